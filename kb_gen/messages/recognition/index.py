"""An index over templates: of ten thousand, it gives the few that a text can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from msgspec import Struct

from kb_gen.messages.recognition.forms import Form, TemplateParts, form_of
from kb_gen.messages.recognition.keys import KEYLESS, Vocabulary, keyed
from kb_gen.messages.recognition.pages import Page

__all__ = ["Candidates", "IndexTables", "TemplateIndex", "first_owners"]

_KEYS_OF_A_LINE = 7
_KEYS_OF_ANOTHER_LINE = 4
_MOST_KEYS = 13
_MOST_WORDS = 48
"""The rarest words of a text, by which templates are looked for."""

_LONGER_KEYS = (3, 2, 2, 1)
"""Keys of two, three, four and five words that are looked at."""

_MOST_OWNERS = 100
_MOST_REMEMBERED = 8_000
"""Sets of words whose templates are remembered: lines of a log have the same words, and differ in values."""


class IndexTables(Struct, frozen=True, array_like=True):
    """An index as it is kept.

    Attributes:
        templates: different templates, whose positions are their numbers.
        owners: for each template the numbers of those that have it.
        lists: the numbers of templates by key.
        classes: how rare the words are that keys consist of.
    """

    templates: list[TemplateParts]
    owners: list[list[int]]
    lists: dict[str, list[int]]
    classes: dict[str, int]


class Candidates:
    """Templates that a text may hold.

    Attributes:
        counts: their numbers, each with the number of keys that led to it.
        forms: their numbers, each with the template as it is compared.
        anchors: texts of which each whole message has one.
    """

    def __init__(self, index: TemplateIndex, words: frozenset[str], keys: tuple[int, int]) -> None:
        """The templates that some words lead to; `TemplateIndex.candidates` gives those of a text.

        Args:
            index: the templates.
            words: words of a text that keys consist of.
            keys: the first of the keys that are looked at, and the first that isn't.
        """
        self._index, self._words, self._keys = index, words, keys
        self.counts: Mapping[int, int] = index.counted(words, *keys)
        self.forms = tuple([(number, index.form(number)) for number in self.counts])
        self.anchors = tuple(dict.fromkeys([form.anchor for _, form in self.forms]))

    @cached_property
    def further(self) -> Candidates:
        """Those that the text's next keys lead to. Values may have more rare words than the message itself."""
        return Candidates(self._index, self._words, (self._keys[1], _MOST_KEYS))


class TemplateIndex:
    """An index over templates, each of which may have several owners: the events that are logged with it."""

    def __init__(self, tables: IndexTables, forms: Mapping[int, Form] | None = None) -> None:
        """An index as it was kept.

        Args:
            tables: the index.
            forms: the templates as they are compared, as far as that is known already.
        """
        self.tables = tables
        self._forms: dict[int, Form] = dict(forms or {})
        self._branches = _branches(tables.lists)
        self._remembered: dict[tuple[frozenset[str], int], Candidates] = {}
        self._of_line: dict[frozenset[str], Candidates] = {}

    @classmethod
    def of(cls, templates: Iterable[tuple[int, TemplateParts]]) -> TemplateIndex:
        """An index over the templates of owners, which are numbers; an owner can have several."""
        owners: dict[TemplateParts, list[int]] = {}
        for owner, parts in templates:
            owners.setdefault(parts, []).append(owner)
        known = {parts: form for parts in owners if (form := form_of(parts)).is_recognisable}
        different, forms = list(known), list(known.values())
        words = [form.words() for form in forms]
        vocabulary = Vocabulary.of(words)
        lists = keyed(words, vocabulary)
        classes = vocabulary.used(lists)
        return cls(
            IndexTables(different, [first_owners(owners[parts]) for parts in different], lists, classes),
            dict(enumerate(forms)),
        )

    def form(self, number: int) -> Form:
        """A template as it is compared."""
        form = self._forms.get(number)
        if form is None:
            form = self._forms[number] = form_of(self.tables.templates[number])
        return form

    def candidates(self, page: Page) -> Candidates:
        """The templates that a text may hold."""
        words = frozenset(filter(self.tables.classes.__contains__, page.words))
        return self._candidates(words, len(page.lines))

    def may_hold(self, words: frozenset[str], line: str) -> bool:
        """Whether a line may hold a whole message, as far as its rarest words lead to any.

        Args:
            words: its words, or at least all of those that keys consist of.
            line: all of it, compact and folded.
        """
        first = self._of_line.get(words)
        if first is None:
            if len(self._of_line) >= _MOST_REMEMBERED:
                self._of_line.clear()
            known = frozenset(filter(self.tables.classes.__contains__, words))
            first = self._of_line[words] = self._candidates(known, 1)
        if not first.counts:
            return False
        return any(map(line.__contains__, first.anchors)) or any(map(line.__contains__, first.further.anchors))

    def _candidates(self, words: frozenset[str], lines: int) -> Candidates:
        first = min(_MOST_KEYS, _KEYS_OF_A_LINE + _KEYS_OF_ANOTHER_LINE * (lines - 1))
        found = self._remembered.get((words, first))
        if found is None:
            found = Candidates(self, words, (0, first))
            if len(words) <= _MOST_WORDS:
                if len(self._remembered) >= _MOST_REMEMBERED:
                    self._remembered.clear()
                self._remembered[words, first] = found
        return found

    def counted(self, words: Iterable[str], start: int, stop: int) -> Mapping[int, int]:
        """The numbers of the templates that some keys lead to, each with the number of these.

        Args:
            words: words that keys consist of.
            start: the first key of one word that is looked at, of those with the rarest words.
            stop: the first that isn't.
        """
        lists = self.tables.lists
        found: dict[int, int] = {}
        for key in self._keys(words, start, stop):
            for number in lists[key]:
                found[number] = found.get(number, 0) + 1
        return found

    def _keys(self, words: Iterable[str], start: int, stop: int) -> Iterator[str]:
        """The keys that consist of these words, those with the rarest words first, as many as are looked at."""
        lists, classes = self.tables.lists, self.tables.classes
        if KEYLESS in lists and not start:
            yield KEYLESS
        ranked = sorted([(classes[word], -len(word), word) for word in words])[:_MOST_WORDS]
        rarest = [word for _, _, word in ranked]
        level: Iterable[str] = rarest
        for begin, end in ((start, stop), *[(0, most) for most in _LONGER_KEYS]):
            found = list(islice((key for key in level if key in lists or key in self._branches), begin, end))
            yield from (key for key in found if key in lists)
            level = _longer([key for key in found if key in self._branches], rarest)


def first_owners(owners: Iterable[int]) -> list[int]:
    """The owners of a template that are told, each once: of hundreds that share one, nobody looks through all."""
    return list(dict.fromkeys(owners))[:_MOST_OWNERS]


def _branches(keys: Iterable[str]) -> frozenset[str]:
    """The keys that longer ones begin with."""
    longer = [key.split(" ") for key in keys if " " in key]
    return frozenset([" ".join(words[:count]) for words in longer for count in range(1, len(words))])


def _longer(keys: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    """Keys with one word more."""
    for key in keys:
        own = key.split(" ")
        yield from (f"{key} {word}" for word in words if word not in own)

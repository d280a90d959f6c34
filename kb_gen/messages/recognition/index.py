"""An index over templates: of ten thousand, it gives the few that a text can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from kb_gen.messages.recognition.forms import Form, TemplateParts, form_of
from kb_gen.messages.recognition.keys import KEYLESS, Vocabulary, keyed
from kb_gen.messages.recognition.pages import Page

__all__ = ["IndexTables", "TemplateIndex", "first_owners"]

_KEYS_OF_A_LINE = 7
_KEYS_OF_ANOTHER_LINE = 4
_MOST_KEYS = 13
_MOST_WORDS = 48
"""The rarest words of a text, by which templates are looked for."""

_LONGER_KEYS = (3, 2, 2, 1)
"""Keys of two, three, four and five words that are looked at."""

_MOST_OWNERS = 100


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

    def candidates(self, page: Page, *, further: bool = False) -> dict[int, int]:
        """The numbers of the templates that a text may hold, each with the number of keys that led to it.

        Args:
            page: the text.
            further: those that its next keys lead to. Values may have more rare words than the message itself.
        """
        lists = self.tables.lists
        found: dict[int, int] = {}
        for key in self._keys(page, further):
            for number in lists[key]:
                found[number] = found.get(number, 0) + 1
        return found

    def _keys(self, page: Page, further: bool) -> Iterator[str]:
        """The keys whose words a text has, those with the rarest words first, as many as are looked at."""
        lists, classes = self.tables.lists, self.tables.classes
        if KEYLESS in lists and not further:
            yield KEYLESS
        known = sorted([(classes[word], -len(word), word) for word in page.words if word in classes])[:_MOST_WORDS]
        words = [word for _, _, word in known]
        first = min(_MOST_KEYS, _KEYS_OF_A_LINE + _KEYS_OF_ANOTHER_LINE * (len(page.lines) - 1))
        level: Iterable[str] = words
        for start, stop in ((first, _MOST_KEYS) if further else (0, first), *[(0, most) for most in _LONGER_KEYS]):
            found = list(islice((key for key in level if key in lists or key in self._branches), start, stop))
            yield from (key for key in found if key in lists)
            level = _longer([key for key in found if key in self._branches], words)


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

"""What a memory has to say to a text: the same text, the same up to details, or texts like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb_gen.load import collection_paused
from kb_gen.locales.likeness import LIKE_ENOUGH, LikeTexts
from kb_gen.locales.memory.remembered import Remembered, Standing
from kb_gen.locales.memory.variables import adapted, outline
from kb_gen.locales.po import Key
from kb_gen.locales.units import MESSAGE_CONTEXT, is_message_context

__all__ = ["ALIKE", "SAME", "Match", "Memory", "UnitKey"]

SAME = 100
"""The score of the same text in the same context."""

ALIKE = 99
"""The score of a text that differs in case, white space, context, or in parts that were put in."""

_LIKE = 98
"""The highest score of a text with other words."""

_MANY = 100
"""So many translations of one text, or of texts with one outline, are looked at."""

UnitKey = tuple[str, Key]
"""A unit's domain and its key there."""

_Wanted = Callable[[Remembered], bool]


@dataclass(frozen=True, slots=True)
class Match:
    """A translation that may serve a text.

    Attributes:
        source: the text that was translated.
        targets: its translation: one text, or one for every plural form. For a text that differs in insertion strings,
            code, addresses or numbers alone, those of the text asked for are put in.
        score: how like the texts are, from 0 to 100. 100 is the same text in the same context; 99 one that differs in
            case, white space, context or what was put in; anything less has other words.
        origin: where it comes from, in words.
        context: its msgctxt there.
        plural: the source text's plural form, where it has one.
        standing: whether the translation is in use.
    """

    source: str
    targets: tuple[str, ...]
    score: int
    origin: str
    context: str | None = None
    plural: str | None = None
    standing: Standing = Standing.APPROVED

    @property
    def target(self) -> str:
        """The translation; of several forms, the first."""
        return self.targets[0]


class Memory:
    """All that was translated into a locale. It never changes; `learned` gives one that knows more."""

    def __init__(self, remembered: Iterable[Remembered] = ()) -> None:
        self._known = _Shelf(tuple(remembered))
        self._newer = _Shelf(())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Remembered]:
        newer = {_unit(known) for known in self._newer.remembered}
        yield from (known for known in self._known.remembered if not newer or _unit(known) not in newer)
        yield from (known for known in self._newer.remembered if known.targets)

    def prepared(self) -> Memory:
        """This memory, with its indexes made, so that the first question is answered as fast as the others."""
        self._known.prepare()
        return self

    def learned(self, *translated: Remembered) -> Memory:
        """A memory that also knows these translations, in the place of what it knew of their units.

        It shares all else with this one, so that it costs little. One without targets is forgotten.
        """
        units = {_unit(known) for known in translated}
        memory = Memory()
        memory._known = self._known
        memory._newer = _Shelf((*(k for k in self._newer.remembered if _unit(k) not in units), *translated))
        return memory

    def matches(
        self,
        text: str,
        *,
        context: str | None = None,
        plural: str | None = None,
        exclude: UnitKey | None = None,
        limit: int = 5,
        least: float = LIKE_ENOUGH,
    ) -> list[Match]:
        """What was translated before and may serve `text`, the best first; each translation once.

        Message templates only serve message templates, and texts with a plural only others with one.

        Args:
            text: the text to translate.
            context: its msgctxt.
            plural: its plural form, if it has one.
            exclude: a unit that is not to be offered: usually the text's own.
            limit: the most that are wanted.
            least: the least score.
        """
        asked = Remembered(text, (), "", context=context, plural=plural)
        newer = {_unit(known) for known in self._newer.remembered}

        def serves(known: Remembered) -> bool:
            return _same_kind(known, asked) and (exclude is None or _unit(known) != exclude)

        def still_serves(known: Remembered) -> bool:
            return serves(known) and not (newer and _unit(known) in newer)

        found = [*self._known.found(asked, still_serves, limit, least)]
        found += self._newer.found(asked, lambda known: bool(known.targets) and serves(known), limit, least)
        return _best(found, limit)

    def search(self, text: str, limit: int, least: float) -> list[Match]:
        """Whatever was translated before that is like `text`, of any kind; the best first, each translation once.

        Args:
            text: what to look for.
            limit: the most that are wanted.
            least: the least score.
        """
        found = [
            match
            for context in (None, MESSAGE_CONTEXT)
            for plural in (None, text)
            for match in self.matches(text, context=context, plural=plural, limit=limit, least=least)
        ]
        return _best(found, limit)


def _best(found: list[Match], limit: int) -> list[Match]:
    """The best of what was found, each translation once."""
    found.sort(key=lambda match: (-match.score, match.standing))
    distinct: dict[tuple[str, ...], Match] = {}
    for match in found:
        distinct.setdefault(match.targets, match)
    return list(distinct.values())[:limit]


def _unit(known: Remembered) -> UnitKey:
    return known.domain, Key(known.context, known.source)


def _same_kind(known: Remembered, asked: Remembered) -> bool:
    same_plurality = (known.plural is None) == (asked.plural is None)
    return same_plurality and is_message_context(known.context) == is_message_context(asked.context)


class _Shelf:
    """Translations with what finds them. The indexes are made when somebody asks."""

    def __init__(self, remembered: Sequence[Remembered]) -> None:
        self.remembered = remembered

    @cached_property
    def _by_source(self) -> dict[str, list[Remembered]]:
        return _grouped(self.remembered, [known.source for known in self.remembered])

    @cached_property
    def _by_outline(self) -> dict[str, list[Remembered]]:
        return _grouped(self.remembered, [outline(known.source) for known in self.remembered])

    @cached_property
    def _sources(self) -> list[str]:
        return list(self._by_source)

    @cached_property
    def _like(self) -> LikeTexts:
        with collection_paused():
            return LikeTexts(self._sources)

    def prepare(self) -> None:
        """Makes the indexes."""
        _ = self._by_source, self._by_outline, self._like

    def found(self, asked: Remembered, wanted: _Wanted, limit: int, least: float) -> Iterator[Match]:
        """The translations that serve `asked`; some of them may say the same."""
        if not self.remembered:
            return
        same = self._by_source.get(asked.source, ())
        for known in _first(same, wanted):
            yield _match(known, SAME if (known.context or None) == (asked.context or None) else ALIKE)
        told = {asked.source}
        if least <= ALIKE:
            for match in self._alike(asked, wanted):
                told.add(match.source)
                yield match
        if least <= _LIKE:
            yield from self._with_other_words(asked, wanted, limit + len(told), least, told)

    def _with_other_words(
        self, asked: Remembered, wanted: _Wanted, limit: int, least: float, told: set[str]
    ) -> Iterator[Match]:
        def serves(place: int) -> bool:
            return any(map(wanted, self._by_source[self._sources[place]]))

        for place, score in self._like.like(asked.source, serves, least, limit):
            if self._sources[place] not in told:
                for known in _first(self._by_source[self._sources[place]], wanted):
                    yield _match(known, min(_LIKE, int(score)))

    def _alike(self, asked: Remembered, wanted: _Wanted) -> Iterator[Match]:
        for known in _first(self._by_outline.get(outline(asked.source), ()), wanted):
            if known.source != asked.source:
                targets = [adapted(target, known.source, asked.source) for target in known.targets]
                if None not in targets:
                    yield _match(known, ALIKE, tuple(target for target in targets if target is not None))


def _grouped(remembered: Sequence[Remembered], names: Sequence[str]) -> dict[str, list[Remembered]]:
    groups: defaultdict[str, list[Remembered]] = defaultdict(list)
    with collection_paused():
        for name, known in zip(names, remembered, strict=True):
            groups[name].append(known)
    return groups


def _first(remembered: Sequence[Remembered], wanted: _Wanted) -> list[Remembered]:
    return [known for known in remembered if wanted(known)][:_MANY]


def _match(known: Remembered, score: int, targets: tuple[str, ...] | None = None) -> Match:
    return Match(
        known.source,
        known.targets if targets is None else targets,
        score,
        known.origin,
        known.context,
        known.plural,
        known.standing,
    )

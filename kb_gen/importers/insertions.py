"""How the insertion strings of a message template have moved from one version of it to the next.

A value is known by the words around it: those stay where a translator, an author of commands and whoever reads a log
with a script expect them. So the texts are compared word by word, and the insertion strings between equal words belong
together, whatever their numbers are. Of those that no words tell, the order is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from kb_gen.messages import Insertion, Literal, MessageTemplate
from kb_gen.messages.arguments import Argument, argument_of

__all__ = ["Moves", "moves"]

_TOKEN = re.compile(r"\w+|[^\w\s]")

_SAME = 1
"""What the same number speaks for two insertion strings being one."""

_AROUND = (2, 1)
"""What each word before and behind speaks for it, if it is the same in both texts: the nearest, and the next."""

_VALUE = "\0"
"""What stands among the words for an insertion. It speaks for nothing, as most have one beside them."""

_SAME_FORMAT = 1
"""What it speaks for two insertions being one that both are shown in the same format."""

_OTHER_KIND = 3
"""What it speaks against it that one is a number and the other a text: products seldom change that."""

_MOST = 200
"""Insertion strings of a template that are compared."""


class Moves(Struct, frozen=True):
    """What became of a template's insertion strings.

    Attributes:
        moved: the numbers that became other ones.
        gone: the numbers that have no successor.
        new: the numbers that have no predecessor.
        formats: the numbers, as they are now, that are shown in another format; with the old one and the new one.
    """

    moved: dict[int, int] = {}
    gone: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    formats: dict[int, tuple[str, str]] = {}

    def __bool__(self) -> bool:
        return bool(self.moved or self.gone or self.new or self.formats)


def moves(before: MessageTemplate, after: MessageTemplate) -> Moves:
    """What became of the insertion strings of `before`."""
    pairs: dict[int, int] = {}
    formats: dict[int, tuple[str, str]] = {}
    old, new = _places(before), _places(after)
    for one, other in _paired(old, new):
        if one.number not in pairs and other.number not in pairs.values():
            pairs[one.number] = other.number
        if pairs.get(one.number) == other.number:
            _compare_formats(formats, one, other)
    shown, now = _by_number(old), _by_number(new)
    left = {number: shown.get(number) for number in sorted(before.numbers) if number not in pairs}
    free = {number: now.get(number) for number in sorted(after.numbers) if number not in pairs.values()}
    for number, successor in _in_order(left, free):
        pairs[number] = successor
        _compare_formats(formats, left[number], free[successor])
    return Moves(
        {one: other for one, other in sorted(pairs.items()) if one != other},
        tuple(number for number in before.numbers if number not in pairs),
        tuple(number for number in after.numbers if number not in pairs.values()),
        dict(sorted(formats.items())),
    )


def _by_number(places: Sequence[_Place]) -> dict[int, Insertion]:
    """The first insertion of each number."""
    return {place.insertion.number: place.insertion for place in reversed(places)}


def _compare_formats(formats: dict[int, tuple[str, str]], one: Insertion | None, other: Insertion | None) -> None:
    if one and other and (one.format or "") != (other.format or ""):
        formats.setdefault(other.number, (one.source, other.source))


def _in_order(left: Mapping[int, Insertion | None], free: Mapping[int, Insertion | None]) -> Iterator[tuple[int, int]]:
    """The pairs of those numbers that no words tell, each in ascending order.

    A sentence may have been written anew around the same values, which then keep their order, those of each format
    among themselves. Where there are more or fewer of them than before, a number speaks for itself alone.
    """
    ones, others = list(left), list(free)
    for wanted in dict.fromkeys(_format(left[number]) for number in left):
        same = [number for number in left if _format(left[number]) == wanted]
        theirs = [number for number in free if _format(free[number]) == wanted]
        if len(same) == len(theirs):
            yield from zip(same, theirs, strict=True)
            ones = [number for number in ones if number not in same]
            others = [number for number in others if number not in theirs]
    if len(ones) == len(others):
        yield from zip(ones, others, strict=True)
    else:
        yield from ((number, number) for number in ones if number in others)


def _format(insertion: Insertion | None) -> str:
    return (insertion.format or "") if insertion else ""


class _Place(Struct, frozen=True):
    """An insertion with the words before it and behind it, the nearest first; none beyond the text."""

    insertion: Insertion
    before: tuple[str, ...]
    behind: tuple[str, ...]


def _places(template: MessageTemplate) -> list[_Place]:
    words: list[str] = []
    found: list[tuple[int, Insertion]] = []
    for part in template.display_parts():
        if isinstance(part, Literal):
            words += _TOKEN.findall(part.text.lower())
        else:
            found.append((len(words), part))
            words.append(_VALUE)
    reach = len(_AROUND)
    padded = [*[""] * reach, *words, *[""] * reach]
    return [
        _Place(part, tuple(reversed(padded[at : at + reach])), tuple(padded[at + reach + 1 : at + 2 * reach + 1]))
        for at, part in found[:_MOST]
    ]


def _paired(old: Sequence[_Place], new: Sequence[_Place]) -> Iterator[tuple[Insertion, Insertion]]:
    """Insertions that belong together by the words around them, those first of which that is surest; each once."""
    scored = [
        (_likeness(one, other), place, other_place)
        for place, one in enumerate(old)
        for other_place, other in enumerate(new)
        if _likeness_of_words(one, other)
    ]
    taken: set[int] = set()
    others: set[int] = set()
    for score, place, other_place in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if score and place not in taken and other_place not in others:
            taken.add(place)
            others.add(other_place)
            yield old[place].insertion, new[other_place].insertion


def _likeness(one: _Place, other: _Place) -> int:
    score = _SAME if one.insertion.number == other.insertion.number else 0
    score += _likeness_of_formats(one.insertion.format or "", other.insertion.format or "")
    return max(score + _likeness_of_words(one, other), 0)


def _likeness_of_words(one: _Place, other: _Place) -> int:
    score = 0
    for words, theirs in ((one.before, other.before), (one.behind, other.behind)):
        for worth, word, their_word in zip(_AROUND, words, theirs, strict=True):
            if not word or word != their_word:
                break
            score += worth if word != _VALUE else 0
    return score


def _likeness_of_formats(one: str, other: str) -> int:
    if not one or not other:
        return 0
    if one == other:
        return _SAME_FORMAT
    kinds = {argument_of(one), argument_of(other)}
    return -_OTHER_KIND if len(kinds) > 1 and Argument.TEXT in kinds and None not in kinds else 0

"""The messages of a text, best first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from kb_gen.messages.recognition.index import Candidates, TemplateIndex
from kb_gen.messages.recognition.matching import FoundValue, Match, going_on, part, values_of, whole
from kb_gen.messages.recognition.pages import LONGEST_TEXT, Page, letters, page_of

__all__ = ["FoundMessage", "messages_in", "whole_messages_on", "without_mark"]

_MOST_MESSAGES = 100
_SURE = 15
"""A whole message of that score needs no others beside it of which only a part is there."""

_BRIEF = 8
"""A message has to explain that much to be more than the one that fills its value."""

_MOST_OF = 0.6
"""The part of a text with which a sure message leaves no room for one that quotes it."""

_MOST_PARTS = 16
"""Templates of which a part is looked for: those that most of the text's keys lead to."""

_MOST_QUOTED = 12
"""Messages, those that explain most, of which is asked whether another quotes them."""

_MOST_LINES = 50
"""Indented lines of a value in which another message may stand."""

Hint = Callable[[int, str], float]
"""What else in a folded text speaks for an owner, such as an ID beside the message."""

_CUT_OFF = re.compile(r"(?:\.\.\.|…)\s{0,80}\Z")


class FoundMessage(NamedTuple):
    """A message in a text.

    Attributes:
        owner: whose it is.
        values: what its insertion strings hold.
        score: how much of the text it explains, with the message that one of its values quotes.
        whole: whether all of it is there.
    """

    owner: int
    values: tuple[FoundValue, ...]
    score: float
    whole: bool


class _Owned(NamedTuple):
    reach: float
    score: float
    order: int
    match: Match


def _no_hint(owner: int, text: str) -> float:  # noqa: ARG001 - as hints are
    return 0.0


def without_mark(text: str) -> str:
    """A text without the dots that say that its end is missing."""
    return _CUT_OFF.sub("", text) if "..." in text or "…" in text else text


def messages_in(
    index: TemplateIndex, text: str, hint: Hint = _no_hint, owners: Container[int] | None = None
) -> tuple[FoundMessage, ...]:
    """The messages that a text holds, best first: none where it holds none.

    Args:
        index: the templates.
        text: a line of a log, or several.
        hint: what else in the folded text speaks for an owner.
        owners: whose messages count; everybody's, if this is left out.
    """
    page = page_of(without_mark(text[:LONGEST_TEXT]))
    if not page.text:
        return ()
    return _ranked(index, page, *_whole(page, index.candidates(page)), hint, owners)


def whole_messages_on(
    index: TemplateIndex, page: Page, hint: Hint = _no_hint, owners: Container[int] | None = None
) -> tuple[FoundMessage, ...]:
    """Those of a text's messages of which all is there, as far as its rarest words lead to any, best first.

    Most lines of a log hold none, which is told without looking for parts of messages.

    Args:
        index: the templates.
        page: the text.
        hint: what else in the folded text speaks for an owner.
        owners: whose messages count; everybody's, if this is left out.
    """
    first = index.candidates(page)
    if not page.text or not first.counts:
        return ()
    looked_at, matches = _whole(page, first)
    if not matches:
        return ()
    return tuple([found for found in _ranked(index, page, looked_at, matches, hint, owners) if found.whole])


_Matches = list[tuple[int, Match]]
"""Templates' numbers, and how they fit."""


def _whole(page: Page, first: Candidates) -> tuple[tuple[Candidates, ...], _Matches]:
    """The templates whose whole messages are on a page, and all that were looked at."""
    matches = _fitting(page, first, {})
    if any(match.score > _SURE and match.end - match.start > _MOST_OF * len(page.text) for _, match in matches):
        return (first,), matches
    further = first.further
    return (first, further), [*matches, *_fitting(page, further, first.counts)]


def _fitting(page: Page, candidates: Candidates, known: Mapping[int, int]) -> _Matches:
    """Those candidates that fit, but for those that are known already."""
    text = page.text
    likely = [each for each in candidates.forms if each[1].anchor in text and each[0] not in known]
    return [(number, match) for number, form in likely if (match := whole(page, form))]


def _likely(looked_at: Sequence[Candidates]) -> list[int]:
    """The templates that most keys led to."""
    keys: dict[int, int] = {}
    for candidates in looked_at:
        for number, count in candidates.counts.items():
            keys[number] = keys.get(number, 0) + count
    return sorted(keys, key=lambda number: -keys[number])[:_MOST_PARTS]


def _ranked(
    index: TemplateIndex,
    page: Page,
    looked_at: Sequence[Candidates],
    matches: _Matches,
    hint: Hint,
    owners: Container[int] | None,
) -> tuple[FoundMessage, ...]:
    """What is on a page, best first, with parts of messages where no whole one is sure."""
    if not any(match.score > _SURE for _, match in matches):
        parts = [(number, match) for number in _likely(looked_at) if (match := part(page, index.form(number)))]
        matches = [*matches, *parts]
    else:
        numbers = dict.fromkeys(number for candidates in looked_at for number in candidates.counts)
        matches = [*matches, *_going_on(page, index, numbers, matches)]
    if not matches:
        return ()
    quoting = _quoting(page, [match for _, match in matches])
    owned = [
        _Owned(score + quoted, score, owner, match)
        for (number, match), quoted in zip(matches, quoting, strict=True)
        for owner in index.tables.owners[number]
        if owners is None or owner in owners
        for score in [match.score + hint(owner, page.text)]
    ]
    owned.sort(key=lambda one: (-one.reach, -one.score, one.order))
    kept: list[_Owned] = []
    for one in owned:
        if not any(_says_more(better, one) for better in kept):
            kept.append(one)
            if len(kept) == _MOST_MESSAGES:
                break
    return tuple(
        [FoundMessage(one.order, values_of(page, one.match.spans), one.reach, one.match.whole) for one in kept]
    )


def _going_on(
    page: Page, index: TemplateIndex, candidates: Iterable[int], matches: Sequence[tuple[int, Match]]
) -> list[tuple[int, Match]]:
    """The messages that say all that the best one says, and then what stands behind it until the text is cut off.

    `Access denied for user 'x'@'y'` is a message, and the beginning of one that goes on with `(using password: YES)`.
    """
    known = [(match, index.form(number).strength) for number, match in matches]
    best, said = min(known, key=lambda each: (-each[0].score, each[0].start, each[0].end, each[1]))
    if best.end == len(page.text):
        return []
    tried = {number for number, _ in matches}
    further = [number for number in candidates if number not in tried]
    return [(number, match) for number in further if (match := going_on(page, index.form(number), best, said))]


def _quoting(page: Page, matches: Sequence[Match]) -> list[float]:
    """For each match, how much the best of the others explains that stands within one of its values.

    A message that gives another as its reason holds all of that, and is the one that was logged, although the other may
    have more words.
    """
    if len(matches) == 1:
        return [0.0]
    whole_ones = [match for match in matches if match.whole]
    inner = sorted(whole_ones, key=lambda match: (-match.score, match.start, match.end))[:_MOST_QUOTED]
    said = [(other, *_said(page, other)) for other in inner]
    return [
        next((other.score for other, start, end in said if _quotes(page, match, other, start, end)), 0.0)
        if match.whole and match.score > _BRIEF and match.spans
        else 0.0
        for match in matches
    ]


def _quotes(page: Page, outer: Match, inner: Match, start: int, end: int) -> bool:
    """Whether what `inner` says stands within a value: in the line where that begins, or an indented one below it.

    It has to be sure, and where it isn't all of the value, the other, too: a few words stand in anything.
    """
    place = bisect_right(outer.spans, start, key=lambda span: span.start) - 1
    if place < 0 or end > outer.spans[place].end:
        return False
    span = outer.spans[place]
    fills = not letters(page.text[span.start : inner.start]) and not letters(page.text[inner.end : span.end])
    if inner.score <= _SURE or (outer.score <= _SURE and not fills):
        return False
    first, last = page.line_at(span.start), page.line_at(start)
    return last - first <= _MOST_LINES and all(line.indented for line in page.lines[first + 1 : last + 1])


def _said(page: Page, match: Match) -> tuple[int, int]:
    """Where a match begins and ends without values around it, of which nobody can say how far they go."""
    start, end, spans = match.start, match.end, match.spans
    if spans and not letters(page.text[start : spans[0].start]):
        start = spans[0].end
    if spans and not letters(page.text[spans[-1].end : end]):
        end = spans[-1].start - page.text.endswith(" ", start, spans[-1].start)
    return start, end


def _says_more(better: _Owned, other: _Owned) -> bool:
    """Whether a message explains so much more of the same that the other is no second answer."""
    if better.order == other.order:
        return True
    one, two = better.match, other.match
    apart = one.end <= two.start or two.end <= one.start
    return not apart and other.score < better.score * (0.7 if one.whole else 0.85)

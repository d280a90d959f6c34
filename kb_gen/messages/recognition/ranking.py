"""The messages of a text, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import NamedTuple

from kb_gen.messages.recognition.index import TemplateIndex
from kb_gen.messages.recognition.matching import FoundValue, Match, part, values_of, whole
from kb_gen.messages.recognition.pages import LONGEST_TEXT, page_of

__all__ = ["FoundMessage", "messages_in"]

_MOST_MESSAGES = 100
_SURE = 15
"""A whole message of that score needs no others beside it of which only a part is there."""

_MOST_PARTS = 12
"""Templates of which a part is looked for: those that most of the text's keys lead to."""

_CUT_OFF = re.compile(r"(?:\.\.\.|…)\s{0,80}\Z")


class FoundMessage(NamedTuple):
    """A message in a text.

    Attributes:
        owner: whose it is.
        values: what its insertion strings hold.
        score: how much of the text it explains.
        whole: whether all of it is there.
    """

    owner: int
    values: tuple[FoundValue, ...]
    score: float
    whole: bool


class _Owned(NamedTuple):
    score: float
    order: int
    match: Match


def messages_in(
    index: TemplateIndex,
    text: str,
    hint: Callable[[int, str], float] = lambda owner, text: 0.0,  # noqa: ARG005
    owners: Container[int] | None = None,
) -> tuple[FoundMessage, ...]:
    """The messages that a text holds, best first: none where it holds none.

    Args:
        index: the templates.
        text: a line of a log, or several.
        hint: what else in the folded text speaks for an owner, such as an ID beside the message.
        owners: whose messages count; everybody's, if this is left out.
    """
    page = page_of(_CUT_OFF.sub("", text[:LONGEST_TEXT]))
    if not page.text:
        return ()
    candidates = index.candidates(page)
    matches = [(number, match) for number in candidates if (match := whole(page, index.form(number)))]
    if not any(match.score > _SURE for _, match in matches):
        likely = sorted(candidates, key=lambda number: -candidates[number])[:_MOST_PARTS]
        matches += [(number, match) for number in likely if (match := part(page, index.form(number)))]
    if not matches:
        return ()
    owned = [
        _Owned(match.score + hint(owner, page.text), owner, match)
        for number, match in matches
        for owner in index.tables.owners[number]
        if owners is None or owner in owners
    ]
    owned.sort(key=lambda one: (-one.score, one.order))
    kept: list[_Owned] = []
    for one in owned:
        if not any(_says_more(better, one) for better in kept):
            kept.append(one)
            if len(kept) == _MOST_MESSAGES:
                break
    return tuple(
        [FoundMessage(one.order, values_of(page, one.match.spans), one.score, one.match.whole) for one in kept]
    )


def _says_more(better: _Owned, other: _Owned) -> bool:
    """Whether a message explains so much more of the same that the other is no second answer."""
    if better.order == other.order:
        return True
    one, two = better.match, other.match
    apart = one.end <= two.start or two.end <= one.start
    return not apart and other.score < better.score * (0.7 if one.whole else 0.85)

"""Names and summaries stay short enough for where they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair
from kb_gen.markup import plain_text

__all__ = ["SHORTEST_ROOM", "check_length", "room_for"]

# The lengths that records may have; the words before are those that extraction says of a text's place.
_ROOM = MappingProxyType({"name of parameter": 60, "summary": 200})
_PLACE = re.compile(rf"({'|'.join(_ROOM)})(?: %[0-9]+)? of ")
_MARGIN = 1.25

SHORTEST_ROOM = min(_ROOM.values())
"""Whatever isn't longer fits everywhere."""


def room_for(comment: str) -> int | None:
    """How many characters fit where a text is shown of which extraction says `comment`; None for running text."""
    place = _PLACE.match(comment)
    return _ROOM[place[1]] if place else None


def check_length(pair: Pair) -> Iterator[Finding]:
    """Finds names and summaries that are too long. A source near the limit leaves its translation a quarter more."""
    if pair.room is None or len(pair.text) <= pair.room:
        return
    length = len(plain_text(pair.inlines(pair.text)))
    room = max(pair.room, int(len(plain_text(pair.inlines(pair.source))) * _MARGIN))
    if length > room:
        message = f"the translation has {length} characters, more than the {room} that fit where it is shown"
        yield Finding("translation-too-long", Severity.WARNING, message, "say it in fewer words")

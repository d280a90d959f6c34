"""Names and summaries stay short enough for where they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair
from kb_gen.markup import plain_text

__all__ = ["SHORTEST_ROOM", "check_length", "narrowest_room", "room_in_notes"]

# The lengths that records may have; the words before are those that extraction says of a text's place.
_ROOM = MappingProxyType({"name of parameter": 60, "summary": 200})
_WORDS = tuple(_ROOM)
_PLACE = re.compile(rf"({'|'.join(_WORDS)})(?: %[0-9]+)? of ")
_MARK = "#. "
_MARGIN = 1.25

SHORTEST_ROOM = min(_ROOM.values())
"""Whatever isn't longer fits everywhere."""


def narrowest_room(comments: Iterable[str]) -> int | None:
    """How many characters fit in the narrowest of the places of which extraction says `comments`.

    None if a text is shown as running text only.
    """
    places = (_PLACE.match(comment) for comment in comments)
    return min((_ROOM[place[1]] for place in places if place), default=None)


def room_in_notes(notes: str) -> int | None:
    """The narrowest room of the places that an entry's comment lines name."""
    for words in _WORDS:
        if words in notes:
            return narrowest_room(line[len(_MARK) :] for line in notes.split("\n") if line.startswith(_MARK))
    return None


def check_length(pair: Pair) -> Iterator[Finding]:
    """Finds names and summaries that are too long. A source near the limit leaves its translation a quarter more."""
    if pair.room is None or len(pair.text) <= pair.room:
        return
    length = len(plain_text(pair.inlines(pair.text)))
    room = max(pair.room, int(len(plain_text(pair.inlines(pair.source))) * _MARGIN))
    if length > room:
        message = f"the translation has {length} characters, more than the {room} that fit where it is shown"
        yield Finding("translation-too-long", Severity.WARNING, message, "say it in fewer words")

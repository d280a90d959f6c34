"""Names, summaries and table cells stay short enough for where they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair
from kb_gen.markup import plain_text

__all__ = ["LEAST_GROWTH", "SHORTEST_LINE", "SHORTEST_ROOM", "check_length", "narrowest_room", "room_in_notes"]

# The lengths that records may have; the words before are those that extraction says of a text's place.
_ROOM = MappingProxyType({"name of parameter": 60, "summary": 200})
_CELL = "table cell"
_WORDS = (*_ROOM, _CELL)
_PLACE = re.compile(rf"({'|'.join(_ROOM)})(?: %[0-9]+)? of |[^,\n]*, ({_CELL}) of ")
_MARK = "#. "
_MARGIN = 1.25

# The shorter a text, the more it may grow: up to so many characters by so much.
# https://www.w3.org/International/articles/article-text-size
_GROWTH = ((10, 3.0), (20, 2.0), (30, 1.8), (50, 1.6), (70, 1.4))
LEAST_GROWTH = 1.3
"""By so much any text of a table may grow."""

SHORTEST_ROOM = 25
"""Whatever isn't longer fits everywhere: every column is that wide."""

SHORTEST_LINE = min(_ROOM.values())
"""Whatever isn't longer fits everywhere but in a table."""


def narrowest_room(comments: Iterable[str], source: str) -> int | None:
    """How many characters fit in the narrowest of the places of which extraction says `comments`.

    None if a text is shown as running text only.
    """
    places = (_PLACE.match(comment) for comment in comments)
    return min((_ROOM[place[1]] if place[1] else _cell_room(source) for place in places if place), default=None)


def _cell_room(source: str) -> int:
    """What a table cell has room for: a column is as wide as its longest cell, and the table as narrow as can be."""
    length = len(source)
    grown = [int(min(length, most) * growth) for most, growth in _GROWTH]
    return max(SHORTEST_ROOM, int(length * LEAST_GROWTH), *grown)


def room_in_notes(notes: str, source: str) -> int | None:
    """The narrowest room of the places that an entry's comment lines name."""
    for words in _WORDS:
        if words in notes:
            lines = (line[len(_MARK) :] for line in notes.split("\n") if line.startswith(_MARK))
            return narrowest_room(lines, source)
    return None


def check_length(pair: Pair) -> Iterator[Finding]:
    """Finds texts that are too long for their place. A source near the limit leaves its translation a quarter more."""
    if pair.room is None or len(pair.text) <= pair.room:
        return
    length = len(plain_text(pair.inlines(pair.text)))
    room = max(pair.room, int(len(plain_text(pair.inlines(pair.source))) * _MARGIN))
    if length > room:
        message = f"the translation has {length} characters, more than the {room} that fit where it is shown"
        yield Finding("translation-too-long", Severity.WARNING, message, "say it in fewer words")

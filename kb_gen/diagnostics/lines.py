"""Offsets become lines and columns, and lines become something a terminal may safely show."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from kb_gen.diagnostics.diagnostic import Place

__all__ = ["LineIndex", "Position", "Positions", "SourceText", "visible"]

SourceText = Callable[[str], str | None]
"""Gives a file's decoded text by the path that places name, None where there is none."""

_BREAK = re.compile(r"\r\n|\n|\r")
_KEPT = frozenset("\u200c\u200d")
"""Invisible, but part of ordinary spelling in Persian and Indic scripts, and harmless."""


def visible(text: str) -> str:
    """`text` with everything a terminal would obey instead of show made visible.

    Control characters become their pictures (␛), other invisible and direction-changing ones `⟨U+202E⟩`.
    """
    if text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    if character.isprintable() or character in _KEPT:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if unicodedata.category(character) == "Zs":
        return " " if character != "\u3000" else character
    return f"⟨U+{code:04X}⟩"


@dataclass(frozen=True, slots=True)
class Position:
    """A line and a column, both from 1; columns count characters."""

    line: int
    column: int


class LineIndex:
    """Where the lines of a text begin, so that offsets can be told as line and column.

    Lines end as editors end them: with a line feed, a carriage return, or both.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def position(self, offset: int) -> Position:
        """The position of the character at `offset`; offsets beyond the text mean its end."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of line `number`, counted from 1, without its end."""
        start = self._starts[number - 1]
        match = _BREAK.search(self._text, start)
        return self._text[start : match.start() if match else len(self._text)]


class Positions:
    """Positions of places in any number of files, each read once."""

    def __init__(self, sources: SourceText) -> None:
        self._sources = sources
        self._indexes: dict[str, LineIndex | None] = {}

    def index(self, path: str) -> LineIndex | None:
        """The lines of a file, None where there is no text."""
        if path not in self._indexes:
            text = self._sources(path)
            self._indexes[path] = None if text is None else LineIndex(text)
        return self._indexes[path]

    def start(self, place: Place) -> Position | None:
        """Where `place` starts, None where only its file is known."""
        index = self.index(place.path)
        return index.position(place.start) if index is not None and place.start is not None else None

    def end(self, place: Place) -> Position | None:
        """Where `place` ends (the position behind its last character), None where only its file is known."""
        index = self.index(place.path)
        end = place.start if place.end is None else place.end
        return index.position(end) if index is not None and end is not None else None

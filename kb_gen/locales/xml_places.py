"""Places in XML files, as findings have them: an XML parser tells lines and columns, a finding offsets."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

from kb_gen.diagnostics import Place
from kb_gen.load.files import MAX_BYTES

__all__ = ["XmlPlaces"]


class XmlPlaces:
    """Gives the places in one file. A file that is too large to be shown, or isn't UTF-8, is named as a whole."""

    def __init__(self, root: Path, path: str) -> None:
        """For the file at `path`, relative to `root`."""
        self._path = path
        self._lines: list[str] = []
        try:
            file = root / path
            if file.stat().st_size <= MAX_BYTES:
                self._lines = file.read_bytes().decode("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            pass
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]

    def place(self, line: int, column: int) -> Place:
        """The rest of a line (from 1) from a column on (from 0)."""
        if not 0 < line <= len(self._lines):
            return Place(self._path)
        text = self._lines[line - 1].rstrip("\r")
        start = self._starts[line - 1]
        return Place(self._path, start + min(column, len(text)), start + len(text))

    def words(self, line: int) -> str:
        """The line in words, where a place can't tell it."""
        return "" if 0 < line <= len(self._lines) else f" (line {line})"

"""The numbered lines of a log, some of which are looked at again, and where objects begin in them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence

__all__ = [
    "ANYWHERE",
    "LONGEST_OBJECT",
    "Line",
    "LineSource",
    "begins",
    "entry_indentation",
    "indentation",
    "least_indented",
]

LONGEST_OBJECT = 1 << 18
"""Characters of an object."""

ANYWHERE = LONGEST_OBJECT
"""An indentation that no line exceeds."""

_MOST_AGAIN = 4
"""How often all of a log may be looked at again, on an average: in one of objects without an end, nothing is found."""

_AHEAD = 1 << 16
"""Characters that are looked at to see how far objects are indented where nothing before tells."""

_BEGIN = re.compile(r"[ \t]*[]}\[,][]}\[, \t]*\{|[ \t]*\{")


Line = tuple[int, str]
"""A line and its number."""


class LineSource:
    """Numbered lines, to which lines can be given back.

    Attributes:
        is_rest: whether the line that came last is the end of one of which the beginning was read.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._source = iter(lines)
        self._again: deque[Line] = deque()
        self._room = LONGEST_OBJECT
        self._has_rest = False
        self.is_rest = False

    def next(self) -> Line | None:
        """The next line; None at the end."""
        self.is_rest, self._has_rest = self._has_rest, False
        if self._again:
            line = self._again.popleft()
            self._room -= len(line[1])
            return line
        return self._read()

    def _read(self) -> Line | None:
        line = next(self._source, None)
        if line:
            self._room += _MOST_AGAIN * len(line[1])
        return line

    @property
    def may_look_again(self) -> bool:
        """Whether text may be looked at again: how much is altogether grows with what is read."""
        return self._room > 0

    @property
    def has_more(self) -> bool:
        """Whether there is a next line."""
        if not self._again and (line := self._read()) is not None:
            self._again.append(line)
        return bool(self._again)

    def note_look(self, characters: int) -> None:
        """That so many characters were looked at in vain."""
        self._room -= characters

    def give_back(self, lines: Sequence[Line]) -> None:
        """Lines that come next."""
        self._again.extendleft(reversed(lines))

    def give_back_rest(self, line: Line) -> None:
        """The end of a line, which comes next."""
        self._again.appendleft(line)
        self._has_rest = True

    def ahead(self) -> Sequence[Line]:
        """Lines that come next, some at least unless the log ends; they still do."""
        length = sum(len(line[1]) for line in self._again)
        while length < _AHEAD and (line := self._read()) is not None:
            self._again.append(line)
            length += len(line[1]) + 1
        self._room -= length
        return self._again


def begins(text: str, most: int) -> bool:
    """Whether an object begins a line that isn't indented by more than `most`, maybe behind the end of another."""
    return _BEGIN.match(text) is not None and indentation(text) <= most


def indentation(text: str) -> int:
    """How many blanks and tabs a line begins with."""
    return len(text) - len(text.lstrip(" \t"))


def least_indented(lines: Iterable[Line]) -> int:
    """How far that line is indented which is so least of all that begin an object; `ANYWHERE` if none does."""
    return min((indentation(text) for _, text in lines if begins(text, ANYWHERE)), default=ANYWHERE)


def entry_indentation(lines: Iterable[Line]) -> int:
    """How far entries are indented at most, by lines of which the first ones may be in the middle of one."""
    lines = list(lines)
    fields = min((indentation(text) for _, text in lines if text.lstrip(" \t")[:1] == '"'), default=ANYWHERE)
    return min(least_indented(lines), max(fields - 1, 0))

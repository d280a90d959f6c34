"""The JSON objects in the lines of a log, of which some may be cut off.

Most objects have a line for themselves. Others go on over several lines, and nothing but the lines themselves tells
whether one does or has lost its end. So a line is taken for more of an object only where JSON could go on with it, and
never where it is a whole object that stands no deeper than the open one begins. What is given up then is looked through
again from the next line that begins an object.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

import msgspec

__all__ = ["LONGEST_OBJECT", "Fields", "FoundObject", "NoObject", "PlainLine", "objects_in"]

Fields = Mapping[str, object]

LONGEST_OBJECT = 1 << 18
"""Characters of an object."""

_MOST_AGAIN = 4
"""How often all of a log may be looked at again, on an average: in one of objects without an end, nothing is found."""

_PIECES = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|"|[^\s"{}\[\],:]+')
_PLAIN = re.compile(r"\s*[^\W_]")
_SIGNS_OF_JSON = re.compile(r'"\s*[:,]|[}\]"],?\s*$|^\s*(?:-?\d[\d.eE+-]*|true|false|null)\s*,?\s*$')
_LIST = re.compile(r"[^\[]*:\s*\[\s*")
"""How a log begins that is one object, of which a list has the entries."""


class FoundObject(NamedTuple):
    """An object: the number of the line where it begins, what it holds, and how it is written."""

    line: int
    fields: Fields
    text: str


class NoObject(NamedTuple):
    """Lines in which no whole object stands, by the numbers of the first and the last one."""

    first: int
    last: int


class PlainLine(NamedTuple):
    """A line that isn't JSON, nor a part of any: what another program wrote in between."""

    line: int
    text: str


class _Open:
    """How far the JSON value of some lines has come."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._before = ""

    def goes_on(self, line: str) -> bool | None:
        """Whether the value may have an end behind one more line: None if it has it in that line, False if never."""
        for piece in _PIECES.findall(line):
            if not self._open and self._before:
                if piece in ",]":
                    continue  # what follows an object in an array
                return False
            kind = piece[0] if piece[0] in '{}[],:"' else "0"
            if piece == '"' or not self._may_follow(kind):
                return False
            if kind in "{[":
                self._open.append(kind)
            elif kind in "}]":
                self._open.pop()
            self._before = kind
        return True if self._open else None

    def _may_follow(self, kind: str) -> bool:
        inside, before = self._open[-1] if self._open else "", self._before
        begins = before == "" or (before in "[," if inside == "[" else before == ":")
        if kind in "{[0":
            return begins
        if kind == '"':
            return begins or (inside == "{" and before in "{,")
        if kind == ":":
            return inside == "{" and before == '"'
        behind_value = before not in {"", ",", ":"}
        if kind == ",":
            return bool(inside) and behind_value and before not in "{["
        return inside == ("{" if kind == "}" else "[") and behind_value


class _Lines:
    """Numbered lines, some of which are looked at again."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._source = iter(lines)
        self._again: deque[tuple[int, str]] = deque()
        self._room = LONGEST_OBJECT

    def next(self) -> tuple[int, str] | None:
        """The next line; None at the end."""
        if self._again:
            line = self._again.popleft()
            self._room -= len(line[1])
            return line
        read = next(self._source, None)
        self._room += _MOST_AGAIN * len(read[1]) if read else 0
        return read

    @property
    def may_come_again(self) -> bool:
        """Whether lines may be given back: what is looked at altogether grows with what is read."""
        return self._room > 0

    def give_back(self, lines: Sequence[tuple[int, str]]) -> None:
        """Lines that come next."""
        self._again.extendleft(reversed(lines))


def objects_in(lines: Iterable[tuple[int, str]]) -> Iterator[FoundObject | NoObject | PlainLine]:
    """The objects in numbered lines, those of arrays one by one, and what is none, in the log's order."""
    source = _Lines(lines)
    lost: NoObject | None = None
    has_any = has_frame = False
    while (line := source.next()) is not None:
        number, text = line
        if not text.strip(" \t\r,[]"):
            continue
        if _PLAIN.match(text) and not _SIGNS_OF_JSON.search(text):
            if lost:
                yield lost
            lost = None
            yield PlainLine(number, text)
            continue
        taken = [line]
        found = _decoded(text) or _over_lines(taken, source)
        if found:
            if lost:
                yield lost
            lost, has_any = None, True
            written = "\n".join([each for _, each in taken])
            for fields in found:
                yield FoundObject(number, fields, written if len(found) == 1 else msgspec.json.encode(fields).decode())
            continue
        end = _next_begin(taken) if source.may_come_again else len(taken)
        source.give_back(taken[end:])
        is_head = not has_any and not has_frame and end == 1 and _LIST.fullmatch(text) is not None
        is_end = has_frame and not text.strip(" \t\r,]}")
        has_frame |= is_head
        if not is_head and not is_end:
            lost = NoObject(lost.first if lost else number, taken[end - 1][0])
    if lost:
        yield lost


def _over_lines(taken: list[tuple[int, str]], source: _Lines) -> list[Fields]:
    """The objects that begin in a line and end in a later one; none if there is no such end.

    Args:
        taken: the line; gets those that were looked at as well.
        source: the lines behind it.
    """
    value, indentation, length = _Open(), _indentation(taken[0][1]), len(taken[0][1])
    goes_on = value.goes_on(taken[0][1])
    while goes_on and length <= LONGEST_OBJECT and (line := source.next()) is not None:
        text = line[1]
        if _begins(text, indentation) and _decoded(text):
            source.give_back([line])
            return []
        taken.append(line)
        length += len(text) + 1
        goes_on = value.goes_on(text)
    return _decoded("\n".join([text for _, text in taken])) if goes_on is None else []


def _next_begin(taken: Sequence[tuple[int, str]]) -> int:
    """The first line behind the first that may begin an object as that one does; their number if none does."""
    indentation = _indentation(taken[0][1])
    return next((place for place in range(1, len(taken)) if _begins(taken[place][1], indentation)), len(taken))


def _begins(text: str, most: int) -> bool:
    """Whether an object begins in a line that isn't indented by more than `most`."""
    return text.lstrip(" \t,[")[:1] == "{" and _indentation(text) <= most


def _indentation(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))


def _decoded(written: str) -> list[Fields]:
    """The objects in a text: one, those of an array, or those of a part of one."""
    text = written.strip(" \t\r\n,")
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        if text[:1] == "[" and text[-1:] != "]":
            text = text[1:]
        elif text[-1:] == "]" and text[:1] != "[":
            text = text[:-1]
        try:
            found = msgspec.json.decode(f"[{text}]")
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
            return []
    objects = found if isinstance(found, list) else [found]
    return [cast("Fields", one) for one in objects if isinstance(one, dict)]

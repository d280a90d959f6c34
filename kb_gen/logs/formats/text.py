"""Logs that are lines of text: syslog, journals, MariaDB's error log, and whatever begins its lines with a time.

How a line begins is found out line by line, so that a file with several programs' lines is no trouble. A line that has
no time belongs to the one before, where lines have times: a stack trace, a message of several lines. Where none has,
each is an entry, but for those that are indented. Where messages have their lengths before them, each is an entry.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from kb_gen.diagnostics import Diagnostic
from kb_gen.logs.counted import CountedMessages, is_counted
from kb_gen.logs.entries import LONGEST_ENTRY, Entry, Reading
from kb_gen.logs.formats.headers import GENERIC, MARIADB, SYSLOG, Head, ReadHead
from kb_gen.logs.levels import level_in
from kb_gen.logs.lines import LogLines, decoded_head, head_lines
from kb_gen.logs.streams import LogStream
from kb_gen.logs.times import NO_TIME

__all__ = ["is_mariadb", "is_syslog", "is_text", "read_mariadb", "read_syslog", "read_text"]

_MOST_LINES = 100
"""Lines of an entry that are kept: the rest of a stack trace says nothing new."""

_REMARK = re.compile(r"-- .{1,200} --\Z|#(?:Software|Version|Date|Fields|Start-Date|End-Date): ")
"""What programs put between entries: journalctl's `-- Boot … --`, the directives of W3C logs."""

_BELONGS = re.compile(r"\s+\S|(?:Traceback|Caused by:|During handling of|The above exception was)\b|\.\.\. [0-9]+ more")
_MOST_CONTROLS = 0.05
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_HOLES = re.compile("\0{16,}")
"""What a power failure leaves where the disk was to be written."""

_LOOKED_AT = 50
_ANY = Reading(dt.UTC, dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
"""For telling how lines begin, whatever their times."""


def is_text(head: bytes) -> bool:
    """Whether a log is text at all."""
    text = _HOLES.sub("", decoded_head(head))
    return len(_CONTROLS.findall(text)) <= len(text) * _MOST_CONTROLS and bool(text or not head)


def is_syslog(head: bytes) -> bool:
    """Whether most of the first lines begin as syslog and journals write them."""
    return is_counted(head) or _begin(head, SYSLOG)


def is_mariadb(head: bytes) -> bool:
    """Whether most of the first lines that begin with a time do so as MariaDB writes them."""
    return _begin(head, MARIADB)


def _begin(head: bytes, ways: Sequence[ReadHead]) -> bool:
    lines = [line for line in head_lines(head)[:_LOOKED_AT] if line.strip() and not _BELONGS.match(line)]
    found = sum(any(way(line, _ANY) for way in ways) for line in lines)
    return found * 2 > len(lines)


def read_text(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:
    """The entries of a text.

    Raises:
        OSError: the log can't be read.
    """
    return _entries(stream, reading, (*SYSLOG, *MARIADB, *GENERIC))


def read_syslog(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:
    """The entries of a syslog file or a journal; see `read_text`."""
    return _entries(stream, reading, SYSLOG)


def read_mariadb(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:
    """The entries of an error log of MariaDB or MySQL; see `read_text`."""
    return _entries(stream, reading, MARIADB)


def _entries(stream: LogStream, reading: Reading, ways: Sequence[ReadHead]) -> Iterator[Entry | Diagnostic]:
    counted = is_counted(stream.head)
    lines = (CountedMessages if counted else LogLines)(stream, reading.encoding)
    order = list(ways)
    entry: _Gathered | None = None
    stamped = False
    for number, line in lines:
        if not line.strip():
            continue
        head = _head(line, reading, order)
        if head is None and _REMARK.match(line):
            continue
        if head is not None or entry is None or counted or not (stamped or _BELONGS.match(line)):
            if entry is not None:
                yield entry.entry()
            stamped = head is not None
            entry = _Gathered(number, line, head or Head(NO_TIME, line, level=level_in(line)))
        else:
            entry.add(line)
    if entry is not None:
        yield entry.entry()
    yield from lines.findings()


def _head(line: str, reading: Reading, order: list[ReadHead]) -> Head | None:
    """A line's beginning; the way that it is written in is tried first at the next line."""
    for place, way in enumerate(order):
        head = way(line, reading)
        if head is not None:
            if place:
                order.insert(0, order.pop(place))
            return head
    return None


class _Gathered:
    """An entry while its lines come together."""

    def __init__(self, number: int, line: str, head: Head) -> None:
        self._number = number
        self._head = head
        self._lines = [line]
        self._length = len(line)
        self._cut = len(line) >= LONGEST_ENTRY

    def add(self, line: str) -> None:
        """A line more."""
        if self._cut or len(self._lines) >= _MOST_LINES or self._length + len(line) > LONGEST_ENTRY:
            self._cut = True
            return
        self._lines.append(line)
        self._length += len(line) + 1

    def entry(self) -> Entry:
        """The entry as far as it has come together."""
        head = self._head
        time, assumed = head.stamp
        more = self._lines[1:]
        return Entry(
            self._number,
            time,
            assumed,
            host=head.host,
            source=head.source,
            id=head.id,
            level=head.level,
            message="\n".join([head.message, *more]) if more else head.message,
            values=head.values,
            text="\n".join(self._lines) if more else self._lines[0],
            cut=self._cut,
        )

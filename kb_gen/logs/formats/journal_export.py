"""The journal of systemd as `journalctl -o export` and `systemd-journal-remote` write it.

An entry is a block of fields, `NAME=value` each, with an empty line behind it. A value with line feeds or control
characters stands behind its name's line, with its length before it in eight bytes
(https://systemd.io/JOURNAL_EXPORT_FORMATS/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.logs.entries import LONGEST_ENTRY, Entry, Reading
from kb_gen.logs.formats.json_lines import entry_of
from kb_gen.logs.said import said, said_plural
from kb_gen.logs.streams import LogStream

__all__ = ["is_journal_export", "read_journal_export"]

_BEGINNING = re.compile(rb"\s*(?:__CURSOR|__REALTIME_TIMESTAMP|__SEQNUM)=[^\n]{1,400}\n_{0,2}[A-Z][A-Z0-9_]{0,63}=")
_NAME = re.compile(rb"[A-Z_][A-Z0-9_]{0,63}")
_LENGTH_BYTES = 8
_LONGEST_LINE = 1 << 20
_MOST_FIELDS = 500


def is_journal_export(head: bytes) -> bool:
    """Whether a log begins as such an export."""
    return _BEGINNING.match(head) is not None


def read_journal_export(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:
    """The entries of an export.

    Raises:
        OSError: the log can't be read.
    """
    position, wrong = 0, 0
    fields: dict[str, object] = {}
    source = _Bytes(stream)
    while True:
        line = source.line()
        if line is None or not line.strip():
            if fields:
                position += 1
                yield entry_of(position, fields, _listed(fields), reading)
                fields = {}
            if line is None:
                break
            continue
        name, mark, value = line.partition(b"=")
        if not _NAME.fullmatch(name):
            wrong += 1
            if wrong == 1:
                message = said("in entry {number}, something stands that is no field", number=position + 1)
                yield error("log-record", message, Place(stream.name), said("what stands around it was read"))
            continue
        if not mark:
            counted = source.counted()
            if counted is None:
                message = said("the journal ends in entry {number}", number=position + 1)
                yield error("log-record", message, Place(stream.name), said("export it anew; what is there was read"))
                continue
            value = counted
        if len(fields) < _MOST_FIELDS:
            fields[name.decode("ascii")] = value[: 4 * LONGEST_ENTRY].decode("utf-8", "replace")
    if wrong > 1:
        message = said_plural("{count} more line is no field", "{count} more lines are no fields", wrong - 1)
        yield error("log-record", message, Place(stream.name), said("what stands around them was read"))


def _listed(fields: dict[str, object]) -> str:
    """An entry that says nothing, as text."""
    return " ".join([f"{name}={value}" for name, value in fields.items() if not name.startswith("__")])[:LONGEST_ENTRY]


class _Bytes:
    """An export's lines, and the values between them."""

    def __init__(self, stream: LogStream) -> None:
        self._pieces = stream.pieces()
        self._buffer = b""
        self._place = 0

    def line(self) -> bytes | None:
        """The next line, or as much of it as is read; None at the end."""
        begin = b""
        while True:
            end = self._buffer.find(b"\n", self._place)
            if end >= 0:
                line, self._place = self._buffer[self._place : end], end + 1
                return begin + line
            if len(begin) < _LONGEST_LINE:
                begin += self._buffer[self._place :]
            if not self._more():
                return begin or None

    def counted(self) -> bytes | None:
        """The value that comes next, of which no more than an entry's length is kept; None if the end is missing."""
        length = self._taken(_LENGTH_BYTES, _LENGTH_BYTES)
        if length is None:
            return None
        value = self._taken(int.from_bytes(length, "little"), 4 * LONGEST_ENTRY)
        return None if value is None or self._taken(1, 1) is None else value

    def _taken(self, count: int, most: int) -> bytes | None:
        kept: list[bytes] = []
        while count:
            part = self._buffer[self._place : self._place + count]
            self._place += len(part)
            count -= len(part)
            if most > 0:
                kept.append(part[:most])
                most -= len(part)
            if count and not self._more():
                return None
        return b"".join(kept)

    def _more(self) -> bool:
        self._buffer, self._place = next(self._pieces, b""), 0
        return bool(self._buffer)

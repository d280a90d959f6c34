"""Syslog as it is sent over TCP, each message with its length before it: `84 <34>1 2026-…` (RFC 6587, section 3.4.1).

Nothing stands between messages, and a line feed may stand within one. Where a length is wrong, the message ends where
the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, islice

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.logs.lines import LogLines
from kb_gen.logs.said import said, said_plural
from kb_gen.logs.streams import LogStream

__all__ = ["CountedMessages", "is_counted"]

_BEGIN = re.compile(rb"([1-9][0-9]{0,8}) (?=<[0-9]{1,3}>)")
_BETWEEN = b" \t\r\n\0"
"""What some senders put behind a message without counting it."""

_LONGEST = 1 << 20
_LONGEST_BEGIN = 64
_MOST_BEGINS = 3


def is_counted(head: bytes) -> bool:
    """Whether lengths stand before a log's messages: behind the first, there is another one, or nothing.

    Of a connection that was recorded from some time on, the first message has lost its beginning, and its length.
    """
    head = head.lstrip(_BETWEEN)
    for begin in islice(_BEGIN.finditer(head), _MOST_BEGINS):
        end = begin.end() + int(begin[1])
        if _ends_well(head, end) and (begin.start() == 0 or head[end:].strip(_BETWEEN)):
            return True
    return False


def _ends_well(data: bytes, end: int) -> bool:
    """Whether a message can end there: another one begins, or the log ends."""
    rest = data[end : end + _LONGEST_BEGIN].lstrip(_BETWEEN)
    return end <= len(data) and (not rest or _BEGIN.match(rest) is not None)


class CountedMessages(LogLines):
    """A log's messages with their numbers, from 1."""

    def __init__(self, stream: LogStream, encoding: str = "") -> None:
        """The messages of a log.

        Args:
            stream: the log.
            encoding: its encoding; empty if its bytes are to tell.
        """
        super().__init__(stream, encoding)
        self._pieces = stream.pieces()
        self._name = stream.name
        self._wrong: list[int] = []

    def __iter__(self) -> Iterator[tuple[int, str]]:
        buffer = self._filled(b"", _LONGEST_BEGIN).lstrip(_BETWEEN)
        for number in count(1):
            if not buffer.strip(_BETWEEN):
                return
            begin = _BEGIN.match(buffer)
            start, length = (begin.end(), int(begin[1])) if begin else (0, _LONGEST)
            if length < _LONGEST:
                buffer = self._filled(buffer, start + length + _LONGEST_BEGIN)
            end = start + length
            if length >= _LONGEST or not _ends_well(buffer, end):
                buffer = self._filled(buffer, start + _LONGEST)
                following = _BEGIN.search(buffer, start)
                end = following.start() if following else min(len(buffer), start + _LONGEST)
                self.note(self._wrong, number)
            yield number, self._shown(number, self._decoded(number, buffer[start:end].strip(_BETWEEN)))
            buffer = self._filled(buffer[end:].lstrip(_BETWEEN), _LONGEST_BEGIN)

    def _filled(self, buffer: bytes, most: int) -> bytes:
        """What is read but not used yet, with so many bytes, unless the log ends."""
        if len(buffer) >= most:
            return buffer
        parts, length = [buffer], len(buffer)
        for piece in self._pieces:
            parts.append(piece)
            length += len(piece)
            if length >= most:
                break
        return b"".join(parts)

    def findings(self) -> Iterator[Diagnostic]:
        """What was odd about the messages so far."""
        yield from super().findings()
        if self._wrong:
            number, first = self._wrong
            yield error(
                "log-record",
                said_plural(
                    "{count} message doesn't end where the length before it says (first: message {first})",
                    "{count} messages don't end where the length before them says (first: message {first})",
                    number,
                    first=first,
                ),
                Place(self._name),
                said(
                    "they were read up to the next one that begins with its length; see if something is missing there"
                ),
            )

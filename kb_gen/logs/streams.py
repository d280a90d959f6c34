"""Logs as streams of bytes: files, files packed with gzip, and pipes, none of which is ever held as a whole."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kb_gen.logs.said import said

__all__ = ["HEAD_BYTES", "STANDARD_INPUT", "LogStream", "open_log"]

STANDARD_INPUT = said("standard input")
"""What a log that comes through a pipe is called."""

HEAD_BYTES = 1 << 16
"""So many bytes are looked at to tell what a log is."""

_PIECE = 1 << 18
_GZIP = b"\x1f\x8b"
_DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error)


class LogStream:
    """A log from its first byte to its last, once.

    Attributes:
        name: what it is called in findings.
        head: its first bytes, `HEAD_BYTES` of them where there are so many. They are read again.
        damage: what is wrong with how it was packed; empty as long as nothing is.
    """

    def __init__(self, name: str, raw: BinaryIO) -> None:
        """A log.

        Args:
            name: what it is called in findings.
            raw: its bytes, packed with gzip or not.
        """
        self.name = name
        self.damage = ""
        self._is_begun = False
        self._counted = _Counted(raw)
        start = io.BufferedReader(self._counted, _PIECE)
        packed = start.peek(2)[:2] == _GZIP
        self._content: io.BufferedIOBase = gzip.GzipFile(fileobj=start) if packed else start
        self.head = self._read_fully(HEAD_BYTES)
        self._pending = self.head

    @property
    def consumed(self) -> int:
        """How many bytes of the file have been read, packed where the file is."""
        return self._counted.count

    def read(self, most: int) -> bytes:
        """The next bytes, as many as are wanted unless the log ends before; none at its end."""
        if self._pending:
            taken, self._pending = self._pending[:most], self._pending[most:]
            return taken if len(taken) == most else taken + self._read_fully(most - len(taken))
        return self._read_fully(most)

    def give_back(self, data: bytes) -> None:
        """Bytes that were read and are to be read again, next."""
        self._pending = data + self._pending

    def pieces(self) -> Iterator[bytes]:
        """All that is left of it, piece by piece."""
        while piece := self.read(_PIECE):
            yield piece

    def _read_fully(self, most: int) -> bytes:
        """So many bytes, unless the log ends: a pipe gives less at a time than it is asked for."""
        parts: list[bytes] = []
        while most > 0 and not self.damage:
            try:
                # `read1` gives what was unpacked before damage is met.
                part = self._content.read1(min(most, _PIECE))
            except _DAMAGE as reason:
                self.damage = self._told(reason, is_begun=bool(parts or self._is_begun))
                break
            if not part:
                break
            parts.append(part)
            most -= len(part)
        self._is_begun |= bool(parts)
        return b"".join(parts)

    @staticmethod
    def _told(reason: Exception, *, is_begun: bool) -> str:
        """What is wrong, by what the library says."""
        if isinstance(reason, EOFError):
            return said("the packed log ends before its end")
        if isinstance(reason, gzip.BadGzipFile) and is_begun and "Not a gzipped file" in str(reason):
            return said("behind the packed log, there is something else, which wasn't read")
        return said("the packed log is damaged: {reason}", reason=str(reason).lower())


class _Counted(io.RawIOBase):
    """Counts the bytes that are read from a stream."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self._raw = raw
        self.count = 0

    def readable(self) -> bool:
        """That it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read bytes into a buffer; gives how many."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        # `read1` doesn't wait for a pipe to give all of it.
        part = self._raw.read1(len(view)) if isinstance(self._raw, io.BufferedReader) else self._raw.read(len(view))
        view[: len(part)] = part
        self.count += len(part)
        return len(part)


@contextmanager
def open_log(file: Path) -> Iterator[LogStream]:
    """A log in a file.

    Raises:
        OSError: it can't be opened or read.
    """
    with file.open("rb") as raw:
        yield LogStream(str(file), raw)

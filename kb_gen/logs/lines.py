"""The lines of a text whose encoding nobody has written down, one after the other and none longer than is useful."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import AnyStr

from kb_gen.diagnostics import Diagnostic, Place, warning
from kb_gen.logs.entries import LONGEST_ENTRY
from kb_gen.logs.said import said, said_plural
from kb_gen.logs.streams import LogStream

__all__ = ["LogLines", "decoded_head", "decoded_text", "encoding_of", "head_lines"]

_MARKS = (
    # Before UTF-16, whose mark is the first half of one of these.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FALLBACK = "cp1252"
"""What Windows programs of the western world write that know no Unicode."""

_COLOURS = re.compile(r"\x1b\[[0-9;:]{0,40}[mK]")
"""How programs colour lines that they take to be shown on a terminal (ECMA-48, 8.3.117 and 8.3.41)."""

_ZEROS = re.compile("\0+")
_ZERO_BYTES = re.compile(b"\0\0+")


def encoding_of(head: bytes) -> str:
    """The encoding of a text by its first bytes: by its mark, by the zeros of UTF-16, else UTF-8 where that fits."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    start = head[:4096]
    for place, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = start[place::2]
        if len(high) > 3 and high.count(0) > len(high) * 0.6 and start[1 - place :: 2].count(0) < len(high) * 0.1:
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _FALLBACK
    return "utf-8"


def decoded_head(head: bytes, encoding: str = "") -> str:
    """The beginning of a text."""
    return head.decode(encoding or encoding_of(head), "replace").removeprefix("\ufeff")


def decoded_text(data: bytes) -> str:
    """A short text as a whole, by the same rules as a log's lines: what isn't Unicode is so line by line."""
    encoding = encoding_of(data)
    if encoding != _FALLBACK:
        return decoded_head(data, encoding)
    return "".join(
        [decoded_head(line, "utf-8" if _is_utf8(line) else _FALLBACK) for line in data.splitlines(keepends=True)]
    )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def head_lines(head: bytes, encoding: str = "") -> list[str]:
    """The lines of the beginning of a text; the last one may be cut off."""
    text = decoded_head(head, encoding)
    return [line.removesuffix("\r") for line in text.split(_line_end(text))]


def _line_end(text: str) -> str:
    """What ends the lines of a text: a carriage return alone only where there is no line feed."""
    return "\r" if "\r" in text and "\n" not in text else "\n"


class LogLines:
    """A log's lines with their numbers, from 1."""

    def __init__(self, stream: LogStream, encoding: str = "", longest: int = LONGEST_ENTRY) -> None:
        """The lines of a log.

        Args:
            stream: the log.
            encoding: its encoding; empty if its bytes are to tell.
            longest: characters of a line that are read.
        """
        self._stream = stream
        self._longest = longest
        self._encoding = codecs.lookup(encoding or encoding_of(stream.head)).name
        self._end = _line_end(decoded_head(stream.head, self._encoding))
        self._shortened: list[int] = []
        self._undecoded: list[int] = []
        self._decoded_count = 0
        # Where nobody names the encoding, each line tells whether it is UTF-8: the first ones speak for no other.
        self._is_guessed = not encoding and self._encoding in {"utf-8", _FALLBACK}
        self._holed: list[int] = []

    def __iter__(self) -> Iterator[tuple[int, str]]:
        wide = self._encoding.startswith(("utf-16", "utf-32"))
        return self._from_text() if wide else self._from_bytes()

    def _from_bytes(self) -> Iterator[tuple[int, str]]:
        """Lines of an encoding in which a line feed is a byte: each is decoded for itself."""
        number = 0
        # A machine that crashed may leave millions of them, which are no reason to call a line too long.
        pieces = (_ZERO_BYTES.sub(b"\0", piece) if b"\0" in piece else piece for piece in self._stream.pieces())
        end = self._end.encode()
        if end == b"\r":
            pieces = (piece.replace(b"\n", end) for piece in pieces)
        for number, line in enumerate(_split(pieces, end, b"", 4 * self._longest), 1):
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901
            yield number, self._shown(number, self._decoded(number, line))

    def _from_text(self) -> Iterator[tuple[int, str]]:
        decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        texts = (decoder.decode(piece) for piece in self._stream.pieces())
        if self._end == "\r":
            texts = (text.replace("\n", "\r") for text in texts)
        for number, line in enumerate(_split(texts, self._end, "", self._longest + 1), 1):
            yield number, self._shown(number, line.removeprefix("\ufeff") if number == 1 else line)

    def _decoded(self, number: int, line: bytes) -> str:
        try:
            if not self._is_guessed:
                return line.decode("utf-8" if self._encoding == "utf-8-sig" else self._encoding)
            text = line.decode("utf-8")
            self._decoded_count += not line.isascii()
            return text
        except UnicodeDecodeError:
            self.note(self._undecoded, number)
            return line.decode(_FALLBACK, "replace")

    def _shown(self, number: int, line: str) -> str:
        if len(line) > self._longest:
            self.note(self._shortened, number)
            line = line[: self._longest]
        if "\0" in line:
            self.note(self._holed, number)
            line = _ZEROS.sub(" ", line.strip("\0"))
        return (_COLOURS.sub("", line) if "\x1b" in line else line).removesuffix("\r")

    @property
    def _meant(self) -> str:
        return "UTF-8" if self._is_guessed or self._encoding == "utf-8-sig" else self._encoding.upper()

    @staticmethod
    def note(found: list[int], number: int) -> None:
        """Count a line in `found`, which has their number and the first one."""
        if found:
            found[0] += 1
        else:
            found.extend((1, number))

    def findings(self) -> Iterator[Diagnostic]:
        """What was odd about the lines so far."""
        place = Place(self._stream.name)
        if self._shortened:
            count, first = self._shortened
            yield warning(
                "log-long-line",
                said_plural(
                    "{count} line is longer than {most} characters (first: line {first}), "
                    "of which the beginning was read",
                    "{count} lines are longer than {most} characters (first: line {first}), "
                    "of which the beginning was read",
                    count,
                    most=self._longest,
                    first=first,
                ),
                place,
                said("nothing has to be done, unless the message stands at the end of such a line"),
            )
        if self._holed:
            count, first = self._holed
            yield warning(
                "log-zeros",
                said(
                    "bytes that are zero stand in the log, in {count} of its lines (first: line {first})",
                    count=count,
                    first=first,
                ),
                place,
                said("they were left out; after a power failure, lines that stood there are lost"),
            )
        # A log that is all in Windows-1252 from its beginning is as it ought to be.
        if self._undecoded and (self._decoded_count or not self._is_guessed or self._encoding != _FALLBACK):
            count, first = self._undecoded
            yield warning(
                "log-encoding",
                said_plural(
                    "{count} line is not {encoding} (first: line {first}), read as Windows-1252",
                    "{count} lines are not {encoding} (first: line {first}), read as Windows-1252",
                    count,
                    encoding=self._meant,
                    first=first,
                ),
                place,
                said("name the encoding with --encoding if letters are wrong"),
            )


def _split(pieces: Iterator[AnyStr], separator: AnyStr, empty: AnyStr, most: int) -> Iterator[AnyStr]:
    """The lines of a text that comes in pieces; of a line that is too long, the first `most` characters or more."""
    pending: list[AnyStr] = []
    held = 0
    for piece in pieces:
        lines = piece.split(separator)
        if held < most:
            pending.append(lines[0])
            held += len(lines[0])
        if len(lines) > 1:
            yield empty.join(pending)
            yield from lines[1:-1]
            pending, held = [lines[-1]], len(lines[-1])
    if held:
        yield empty.join(pending)

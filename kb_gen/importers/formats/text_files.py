"""Files of the product as text: whatever encoding they are in, with places in the text as it was decoded."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error, warning

__all__ = ["LARGEST", "TextFile", "is_charset", "read_text_file"]

LARGEST = 50_000_000
"""Bytes of one file that are read: many times the largest manifest that Windows has."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; that of UTF-32 begins as that of UTF-16 does."""
_DECLARED = re.compile(
    rb"(?:<\?xml[^>]{0,200}?encoding\s*=|<meta[^>]{0,400}?charset\s*=|\"Content-Type:[^\"]{0,100}?charset=)"
    rb"\s*[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
"""How XML, HTML and PO files tell their encoding."""
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "raw_unicode_escape", "unicode_escape", "utf-7", "mbcs", "oem"}
)
"""Codecs that are no encodings of documents; some take long."""
_LINE_END = re.compile(r"\r\n|\n|\r")


class TextFile(Struct, frozen=True, dict=True):
    """A file's text.

    Attributes:
        path: the file as it was named, with `/`.
        text: what it holds, without a byte order mark, line ends as they stand in it.
        encoding: what it was decoded from.
    """

    path: str
    text: str
    encoding: str = "utf-8"

    def place(self, start: int, end: int | None = None) -> Place:
        """A stretch of the text, without the white space at its end; without `end`, the rest of the line."""
        if end is None:
            line_end = _LINE_END.search(self.text, start)
            end = line_end.start() if line_end else len(self.text)
        return Place(self.path, start, max(start, start + len(self.text[start:end].rstrip())))

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where each line begins."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    def offset(self, line: int, column: int) -> int:
        """Where a line (from 1) has a column (from 0)."""
        starts = self.line_starts
        return min(starts[min(max(line, 1), len(starts)) - 1] + column, len(self.text))

    def line(self, offset: int) -> int:
        """The line, from 1, that a place in the text is in."""
        return bisect_right(self.line_starts, offset)


def read_text_file(path: Path, encoding: str = "") -> tuple[TextFile | None, list[Diagnostic]]:
    """The text of a file, or why there is none.

    A byte order mark tells the encoding for certain, then the user; then the file's own declaration (of XML, HTML
    or PO) and UTF-8 are tried. What is neither is taken for Windows-1252, with a warning.

    Args:
        path: the file.
        encoding: what the user says that it is encoded in; may be empty.
    """
    shown = path.as_posix()
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as reason:
        words = (reason.strerror or type(reason).__name__).lower()
        return None, [_unreadable(f"the file can't be read: {words}", shown, "see whether it is there and may be read")]
    if len(data) > LARGEST:
        message = f"the file is larger than {LARGEST // 1_000_000} MB"
        return None, [_unreadable(message, shown, "see whether it is the right one, or split it")]
    marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        return _decoded(data[len(marked[0]) :], marked[1], shown)
    if encoding:
        if not is_charset(encoding):
            return None, [_unreadable(f"nobody knows an encoding `{encoding}`", shown, "name one such as `cp1252`")]
        return _decoded(data, encoding, shown)
    wide = _unmarked_wide(data[:2000])
    return _decoded(data, wide, shown) if wide else _declared_or_guessed(data, shown)


def _declared_or_guessed(data: bytes, shown: str) -> tuple[TextFile | None, list[Diagnostic]]:
    declared = _DECLARED.search(data[:4096])
    name = declared[1].decode("ascii", "replace") if declared else ""
    candidates = [name] if name and is_charset(name) and not name.lower().startswith(("utf-16", "utf-32")) else []
    for candidate in dict.fromkeys((*candidates, "utf-8")):
        try:
            return TextFile(shown, data.decode(candidate), candidate.lower()), []
        except UnicodeDecodeError:
            continue
    if b"\0" in data:
        return None, [
            _unreadable("this is a binary file, not a text file", shown, "give the text file it was made from")
        ]
    text = data.decode("cp1252", "replace")
    try:
        data.decode()
        offset = 0
    except UnicodeDecodeError as reason:
        offset = reason.start  # bytes of Windows-1252 are characters
    guessed = warning(
        "source-file-encoding",
        f"byte 0x{data[offset]:02X} isn't {(name or 'UTF-8').upper()}; the file was read as Windows-1252",
        Place(shown, offset, offset + 1),
        "look at the letters outside of ASCII, or name the encoding with `--encoding`",
    )
    return TextFile(shown, text, "cp1252"), [guessed]


def _decoded(data: bytes, encoding: str, shown: str) -> tuple[TextFile | None, list[Diagnostic]]:
    try:
        return TextFile(shown, data.decode(encoding), encoding.lower()), []
    except UnicodeDecodeError as reason:
        text = data.decode(encoding, "replace")
        offset = len(data[: reason.start].decode(encoding, "replace"))
        odd = warning(
            "source-file-encoding",
            f"byte 0x{data[reason.start]:02X} at this place isn't {encoding.upper()}; it was read as `\ufffd`",
            Place(shown, offset, offset + 1),
            "mend the file, or name its encoding with `--encoding`",
        )
        return TextFile(shown, text, encoding.lower()), [odd]


def _unmarked_wide(start: bytes) -> str:
    """UTF-16 of one byte order or the other: texts in Western languages have a zero in every second byte."""
    if 0 not in start:
        return ""
    half = max(len(start) // 2, 1)
    odd, even = start[1::2].count(0), start[::2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else ""


def is_charset(name: str) -> bool:
    """Whether this is the name of an encoding that documents are in."""
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)
    except (LookupError, ValueError, UnicodeError):
        return False
    return codec.name not in _NO_CHARSETS


def _unreadable(message: str, shown: str, help: str) -> Diagnostic:
    return error("source-file-unreadable", message, Place(shown), help)

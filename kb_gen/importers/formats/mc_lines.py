"""The lines of a Windows message file, whatever it is encoded in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error, warning

__all__ = ["DEFINITION", "Line", "McText", "is_end", "read_text"]

DEFINITION = re.compile(
    r"\s*(?P<name>MessageId|Severity|Facility|SymbolicName|Language|OutputBase)\s*=(?P<value>[^\r\n]*)", re.IGNORECASE
)
"""A statement of a message's definition."""

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_END = re.compile(r"\.[ \t]*\Z")
_BYTES = "latin-1"
"""Gives each byte a character of its own."""

LARGEST = 200_000_000
"""Bytes of the largest message file that is read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, without its end.

    Attributes:
        text: what it says; of a file in no Unicode encoding, a character for each byte.
        start: where it begins in the file's text.
        path: the file's.
    """

    text: str
    start: int
    path: str

    @property
    def place(self) -> Place:
        """Where what it says stands."""
        begin = len(self.text) - len(self.text.lstrip())
        return Place(self.path, self.start + begin, self.start + len(self.text.rstrip()))

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.text or self.text.isspace()


def is_end(text: str) -> bool:
    """Whether a line ends a message's text."""
    return _END.match(text) is not None


@dataclass(slots=True)
class McText:
    """A file's text.

    Attributes:
        path: the file's, for places.
        text: what it says.
        encoding: what it is in; empty where each language may have its own code page.
        diagnostics: what is odd about it.
    """

    path: str
    text: str
    encoding: str
    diagnostics: list[Diagnostic]

    def lines(self) -> Iterator[Line]:
        """Its lines."""
        for found in _LINE.finditer(self.text):
            if found.start() < len(self.text):
                yield Line(found[1], found.start(), self.path)

    def decoded(self, line: Line, code_page: str) -> str:
        """What a line says in a language with a code page."""
        if self.encoding:
            return line.text
        data = line.text.encode(_BYTES)
        try:
            return data.decode(code_page)
        except UnicodeDecodeError as reason:
            place = Place(self.path, line.start + reason.start, line.start + reason.end)
            self.diagnostics.append(
                warning(
                    "mc-encoding",
                    f"a byte has no meaning in {code_page}",
                    place,
                    "say what the file is encoded in: `--encoding cp1252`, for example",
                )
            )
            return data.decode(code_page, "replace")


def read_text(path: Path, encoding: str) -> McText:
    """A file's text: in Unicode if it is that, else in code pages, unless somebody says what it is in.

    Raises:
        OSError: the file can't be read.
        LookupError: there is no such encoding.
    """
    shown = path.as_posix()
    if path.stat().st_size > LARGEST:
        size = error("mc-too-large", f"the file has more than {LARGEST // 1_000_000} MB", Place(shown), "split it")
        return McText(shown, "", "utf-8", [size])
    data = path.read_bytes()
    found = _marked(data) or encoding or ("utf-8" if _is_utf8(data) else "")
    text = data.decode(found or _BYTES, "replace").removeprefix("\ufeff")
    diagnostics: list[Diagnostic] = []
    place = text.find("\ufffd")
    if found and place >= 0 and "\ufffd".encode(found, "ignore") not in data:
        diagnostics.append(
            warning(
                "mc-encoding",
                f"the file isn't encoded in {found} throughout",
                Place(shown, place, place + 1),
                "say what it is encoded in with `--encoding`",
            )
        )
    return McText(shown, text, found, diagnostics)


def _marked(data: bytes) -> str:
    """The encoding that a byte order mark tells, or zero bytes among the first characters."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data[1:2] == b"\0" != data[:1]:
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" != data[1:2] else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True

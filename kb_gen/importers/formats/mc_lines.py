"""The lines of a Windows message file, whatever it is encoded in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, warning
from kb_gen.importers.formats.text_files import read_text_file

__all__ = ["DEFINITION", "Line", "McText", "is_end", "read_text", "without_comment", "without_comments_at_end"]

_NAMES = "MessageId|Severity|Facility|SymbolicName|Language|OutputBase"
DEFINITION = re.compile(rf"\s*(?P<name>{_NAMES})\s*=(?P<value>(?:(?!\s(?:{_NAMES})\s*=)[^\r\n])*)", re.IGNORECASE)
"""A statement of a message's definition; a line may have several."""

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_END = re.compile(r"\.[ \t]*\Z")
_BYTES = "latin-1"
"""Gives each byte a character of its own."""
_GUESSED = "cp1252"
"""What files are read in that tell nothing."""


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
        return self.place_of(0, len(self.text))

    def place_of(self, begin: int, end: int) -> Place:
        """Where a part of it stands, without the blanks around that."""
        part = self.text[begin:end]
        begin += len(part) - len(part.lstrip())
        return Place(self.path, self.start + begin, self.start + max(begin, end - len(part) + len(part.rstrip())))


def without_comment(text: str) -> str:
    """A line outside of texts, without a comment at its end."""
    return text.partition(";")[0]


def without_comments_at_end(lines: Sequence[Line]) -> list[Line]:
    """The lines of a text that isn't ended, without the comments and empty lines that only its end would keep out."""
    end = len(lines)
    while end and not without_comment(lines[end - 1].text).strip():
        end -= 1
    return list(lines[:end])


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
        # Old editors end a file with Control-Z, as DOS did.
        end = len(self.text.rstrip("\x1a"))
        for found in _LINE.finditer(self.text, 0, end):
            if found.start() < end:
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
                    "source-file-encoding",
                    f"a byte has no meaning in {code_page}",
                    place,
                    "name the file's encoding with `--encoding`, or the language's code page in `LanguageNames`",
                )
            )
            return data.decode(code_page, "replace")


def read_text(path: Path, encoding: str) -> McText:
    """A file's text: in Unicode if it is that, else in code pages, unless somebody says what it is in."""
    file, findings = read_text_file(path, encoding)
    if file is None:
        return McText(path.as_posix(), "", "utf-8", findings)
    if findings and not encoding and file.encoding == _GUESSED:
        # Neither Unicode nor named: each language's texts are in its code page, which needs no guessing.
        file, findings = read_text_file(path, _BYTES)
        return McText(path.as_posix(), file.text if file else "", "", findings)
    return McText(file.path, file.text, file.encoding, findings)

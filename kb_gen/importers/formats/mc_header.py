"""The header of a Windows message file: names of severities, facilities and languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb_gen.diagnostics import Diagnostic, Place, warning
from kb_gen.importers.formats.code_pages import ansi_code_page
from kb_gen.importers.formats.language_names import language_called
from kb_gen.importers.formats.mc_lines import Line, without_comment
from kb_gen.locales import locale_for_lcid
from kb_gen.model import EventSeverity

__all__ = ["Header", "Language", "read_header_line"]

_LIST = re.compile(r"\s*(?P<name>SeverityNames|FacilityNames|LanguageNames)\s*=", re.IGNORECASE)
_SINGLE = re.compile(r"\s*(?:MessageIdTypedef(?:Macro)?|OutputBase)\s*=", re.IGNORECASE)
_ENTRY = re.compile(
    r"(?P<name>[^\s=:()]+)\s*=\s*(?P<number>0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,10})"
    r"(?:\s*:\s*(?P<symbol>[^\s:()]+))?(?:\s*:\s*(?P<page>[0-9]{1,5}))?"
)
_NAMED = {
    "informational": EventSeverity.INFORMATION,
    "warning": EventSeverity.WARNING,
    "error": EventSeverity.ERROR,
    "coerror": EventSeverity.ERROR,
    "fatal": EventSeverity.ERROR,
}
"""What names of severities say. Their two bits may say something else: of an HRESULT, the first one means failure."""
_NUMBERED = {1: EventSeverity.INFORMATION, 2: EventSeverity.WARNING, 3: EventSeverity.ERROR}
"""By these bits. Zero, success, says nothing: all of Windows' error codes have it."""
_MOST_LINES = 1000
"""Lines of a list of names."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of messages.

    Attributes:
        name: what the file calls it.
        tag: its BCP 47 tag.
        code_page: what its texts are encoded in, unless the file is Unicode, as Python names it.
    """

    name: str
    tag: str
    code_page: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a file's header defines; the names are in lower case.

    Attributes:
        severities: how grave, by name; None where that says nothing of it.
        facilities: numbers by name.
        languages: languages by name.
    """

    severities: dict[str, EventSeverity | None]
    facilities: dict[str, int]
    languages: dict[str, Language]

    @classmethod
    def standard(cls) -> Header:
        """What the message compiler knows without any header."""
        return cls(
            {"success": None, **_NAMED},
            {"system": 0x0FF, "application": 0xFFF},
            {"english": Language("English", "en", "cp1252")},
        )


def read_header_line(header: Header, line: Line, following: Callable[[], Line | None]) -> list[Diagnostic] | None:
    """Read a statement of the header, with the lines that it goes on over.

    Args:
        header: what it defines is added here.
        line: the line in which it begins.
        following: gives the lines behind it.

    Returns:
        What is odd about it; None where the line is no statement of a header.
    """
    if _SINGLE.match(line.text):
        return []
    begun = _LIST.match(line.text)
    if begun is None:
        return None
    rest = 0
    last: Line | None = line
    pieces = [(without_comment(line.text)[begun.end() :], line.start + begun.end())]
    # The bracket that opens the list may stand in a line of its own.
    while ")" not in pieces[-1][0] and rest < _MOST_LINES:
        last = following()
        if last is None:
            break
        rest += 1
        pieces.append((without_comment(last.text), last.start))
    diagnostics = []
    if last is None or rest == _MOST_LINES:
        diagnostics.append(
            warning("mc-open-list", f"the list of `{begun['name']}` has no end", line.place, "close it with `)`")
        )
    name = begun["name"].lower()
    for piece, start in pieces:
        for found in _ENTRY.finditer(piece.partition(")")[0]):
            place = Place(line.place.path, start + found.start(), start + found.end())
            diagnostics += _define(header, name, found, place)
    return diagnostics


def _define(header: Header, list_name: str, found: re.Match[str], place: Place) -> list[Diagnostic]:
    number = int(found["number"], 0) if found["number"][:2].lower() == "0x" else int(found["number"])
    name = found["name"]
    if list_name == "severitynames":
        header.severities[name.lower()] = _NAMED.get(name.lower()) or _NUMBERED.get(number & 3)
        return []
    if list_name == "facilitynames":
        header.facilities[name.lower()] = number
        return []
    tag = locale_for_lcid(number)
    if tag is None:
        return [
            warning(
                "mc-unknown-language",
                f"{found['number']} is no locale ID that is known here",
                place,
                "use a locale ID of Windows, such as 0x409 for English",
            )
        ]
    page = f"cp{found['page']}" if found["page"] else ansi_code_page(tag)
    header.languages[name.lower()] = Language(name, tag, page)
    if _is_other_language(name, tag):
        return [
            warning(
                "mc-mislabelled-language",
                f"`{name}` has the locale ID of `{tag}`",
                place,
                "correct the name or the ID; the ID counts",
            )
        ]
    return []


def _is_other_language(name: str, tag: str) -> bool:
    """Whether a name means another language than a tag, whatever country or script either has."""
    named = language_called(re.split(r"[_\-.\s]", name)[0])
    language, _, _ = tag.partition("-")
    # Bokmål and Nynorsk are called Norwegian, both of them.
    return bool(named) and language != named.partition("-")[0] and {language, named} != {"nb", "nn"}

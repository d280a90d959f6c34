"""The header of a Windows message file: names of severities, facilities and languages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb_gen.diagnostics import Diagnostic, Place, warning
from kb_gen.importers.formats.code_pages import ansi_code_page
from kb_gen.importers.formats.language_names import language_called
from kb_gen.importers.formats.mc_lines import Line, without_comment
from kb_gen.importers.formats.mc_numbers import number_of
from kb_gen.locales import locale_for_lcid
from kb_gen.model import EventSeverity

__all__ = ["Header", "Language", "is_header_line", "read_header_line"]

_LIST = re.compile(r"\s*(?P<name>SeverityNames|FacilityNames|LanguageNames)\s*=", re.IGNORECASE)
_SINGLE = re.compile(r"\s*(?:MessageIdTypedef(?:Macro)?|OutputBase)\s*=", re.IGNORECASE)
_ENTRY = re.compile(
    r"(?P<name>[^\s=:(),]+)\s*=\s*(?P<number>0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,10})(?![^\s:),])"
    r"(?:\s*:\s*(?P<symbol>[^\s:(),]+))?(?:\s*:\s*(?P<page>[0-9]{1,5}))?"
)
_STRAY = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
"""What stands between two entries and is none."""
_HIGHEST = {"severitynames": 3, "facilitynames": 0xFFF}
"""Of the 32 bits of a number, severities have two and facilities twelve."""
_WHOLE_LOCALE_ID = 0x400
"""Locale IDs below it name no country. Many files just count their languages there: `LanguageNames=(German=1:MSG1)`."""
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


def is_header_line(line: Line) -> bool:
    """Whether a statement of the header begins in a line."""
    return (_LIST.match(line.text) or _SINGLE.match(line.text)) is not None


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
    pieces = [(without_comment(line.text[begun.end() :]), line.start + begun.end())]
    while ")" not in pieces[-1][0] and rest < _MOST_LINES:
        last = following()
        if last is None:
            break
        rest += 1
        pieces.append((without_comment(last.text), last.start))
    # It may open in the line after its name.
    pieces = [(piece.replace("(", " "), start) for piece, start in pieces]
    diagnostics = []
    if last is None or rest == _MOST_LINES:
        diagnostics.append(
            warning("mc-open-list", f"the list of `{begun['name']}` has no end", line.place, "close it with `)`")
        )
    for piece, start in pieces:
        diagnostics += _entries(header, begun["name"], piece.partition(")")[0], start, line.path)
    return diagnostics


def _entries(header: Header, list_name: str, piece: str, start: int, path: str) -> Iterator[Diagnostic]:
    """Define what a line of a list has, and tell what of it is no entry."""
    last = 0
    for found in (*_ENTRY.finditer(piece), None):
        between = piece[last : found.start() if found else len(piece)]
        if stray := _STRAY.search(between):
            place = Place(path, start + last + stray.start(), start + last + stray.end())
            message = f"`{stray[0]}` is no entry of `{list_name}`"
            yield warning("mc-stray-text", message, place, "write `Name=0x…`, or put a `;` before it")
        if found:
            last = found.end()
            place = Place(path, start + found.start(), start + last)
            yield from _define(header, list_name.lower(), found, place)


def _define(header: Header, list_name: str, found: re.Match[str], place: Place) -> list[Diagnostic]:
    number = number_of(found["number"])
    # Zeros before a decimal number make an octal one, unless it has a digit that those don't.
    number = int(found["number"]) if number is None else number
    name = found["name"]
    if list_name in _HIGHEST:
        highest = _HIGHEST[list_name]
        if list_name == "severitynames":
            header.severities[name.lower()] = _NAMED.get(name.lower()) or _NUMBERED.get(number & highest)
        else:
            header.facilities[name.lower()] = number & highest
        message = f"the number of `{name}` is too high; {number & highest} was taken, which is left of it"
        return [warning("mc-bad-number", message, place, f"write a number up to {highest}")] if number > highest else []
    return _define_language(header, found, number, place)


def _define_language(header: Header, found: re.Match[str], number: int, place: Place) -> list[Diagnostic]:
    odd = _code_page_problems(found, place)
    return odd + _language_problems(header, found, number, place, "" if odd else found["page"] or "")


def _code_page_problems(found: re.Match[str], place: Place) -> list[Diagnostic]:
    if not found["page"]:
        return []
    try:
        codecs.lookup(f"cp{found['page']}")
    except LookupError:
        help_text = "write a code page of Windows, such as 1252, or leave it out"
        return [warning("source-file-encoding", f"there is no code page {found['page']}", place, help_text)]
    return []


def _language_problems(
    header: Header, found: re.Match[str], number: int, place: Place, code_page: str
) -> list[Diagnostic]:
    name = found["name"]
    tag = locale_for_lcid(number)
    named = language_called(_first_word(name))
    if number < _WHOLE_LOCALE_ID and named and (tag is None or _is_other_language(name, tag)):
        page = f"cp{code_page}" if code_page else ansi_code_page(named)
        header.languages[name.lower()] = Language(name, named, page)
        # English is 1 in the message compiler's own list.
        if (named, number) == ("en", 1):
            return []
        message = f"{found['number']} isn't the locale ID of `{name}`, as which its texts were read"
        return [warning("mc-mislabelled-language", message, place, "write the ID that Windows has for the language")]
    if tag is None:
        return [
            warning(
                "mc-unknown-language",
                f"{found['number']} is no locale ID that is known here",
                place,
                "use a locale ID of Windows, such as 0x409 for English",
            )
        ]
    page = f"cp{code_page}" if code_page else ansi_code_page(tag)
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


def _first_word(name: str) -> str:
    return re.split(r"[_\-.\s]", name)[0]


def _is_other_language(name: str, tag: str) -> bool:
    """Whether a name means another language than a tag, whatever country or script either has."""
    named = language_called(_first_word(name))
    language, _, _ = tag.partition("-")
    # Bokmål and Nynorsk are called Norwegian, both of them.
    return bool(named) and language != named.partition("-")[0] and {language, named} != {"nb", "nn"}

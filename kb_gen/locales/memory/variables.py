"""The parts of a text that vary while its words stay: insertion strings, code, addresses, numbers.

Two texts that differ in nothing else, nor in anything but case and white space, have the same translation up to these
parts, and those can be put in.
"""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["adapted", "outline"]

_VARIABLE = re.compile(
    r"(?P<code>`[^`]+`)"
    r"|(?P<insertion>%[0-9]{1,2}(?![0-9])|%[0-9]+\$[a-z]+)"
    r"|(?P<name>\{[A-Za-z_][A-Za-z0-9_]*\})"
    r"|(?P<event>\bevent:[\w.%+~/-]*\w)"
    r"|(?P<address>\bhttps?://[^\s)>]+)"
    r"|(?P<number>(?<![\w.,])[0-9]+(?:[.,][0-9]+)*(?!\w))"
)
_MARKS = {"code": "\x01", "insertion": "\x02", "name": "\x03", "event": "\x04", "address": "\x05", "number": "\x06"}
_OTHER_WAY_ROUND = str.maketrans(",.", ".,")


def outline(text: str) -> str:
    """A text without case, and with a mark in the place of each part that varies; white space is one space."""
    marked = _VARIABLE.sub(_mark, text) if not text.isalpha() else text
    return " ".join(marked.casefold().split())


def _mark(match: re.Match[str]) -> str:
    return _MARKS[match.lastgroup or ""]


def _variables(text: str) -> list[str]:
    return [match[0] for match in _VARIABLE.finditer(text)]


def adapted(target: str, source: str, text: str) -> str | None:
    """The translation of `text`, made from that of a text with the same outline.

    Args:
        target: the translation of `source`.
        source: a text with the same outline as `text`.
        text: the text to be translated.

    Returns:
        None where it isn't clear what to put where.
    """
    before, after = _variables(source), _variables(text)
    if before == after:
        return target
    found = Counter(_variables(target))
    for written in (str, _swapped):
        old, new = list(map(written, before)), list(map(written, after))
        meaning = dict(zip(old, new, strict=True))
        if [meaning[part] for part in old] == new and found == Counter(old):
            return _VARIABLE.sub(lambda match, meaning=meaning: meaning[match[0]], target)  # type: ignore[misc]
    return None


def _swapped(part: str) -> str:
    """A number as languages write it that have the comma and the point the other way round; all else as it is."""
    return part.translate(_OTHER_WAY_ROUND) if part[0].isdigit() else part

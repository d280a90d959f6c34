r"""Strings as PO files write them: in quotes, over several lines, with C's escapes.

https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html leaves the escapes to C; these are those that
msgfmt reads: `\n \t \b \r \f \v \a \\ \"`, octal `\101` and hexadecimal `\x41`.
"""

from __future__ import annotations

import re

__all__ = ["bad_escape", "escape", "offset_in", "quoted_lines", "unescape", "unquote"]

_LETTERS = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPE = re.compile(r'\\([ntr"\\abfv]|[0-7]{1,3}|x[0-9a-fA-F]{1,2})')
_WRITTEN = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}
_TO_ESCAPE = str.maketrans(_WRITTEN)
_LINE = re.compile(r'[ \t]*"((?:[^"\\\n]|\\.)*)"[ \t\r]*(?:\n|\Z)(?:[ \t]*#~[ \t]*)?')


def _meaning(match: re.Match[str]) -> str:
    written = match[1]
    if written in _LETTERS:
        return _LETTERS[written]
    return chr(int(written[1:], 16) if written[0] == "x" else int(written, 8))


def unescape(text: str) -> str:
    """What the inside of a quoted string stands for. A backslash that begins no known escape stays."""
    return _ESCAPE.sub(_meaning, text) if "\\" in text else text


def bad_escape(text: str) -> int | None:
    """Where in the inside of a quoted string a backslash begins no known escape; None if nowhere."""
    if "\\" not in text:
        return None
    position = text.find("\\")
    while position >= 0:
        match = _ESCAPE.match(text, position)
        if not match:
            return position
        position = text.find("\\", match.end())
    return None


def unquote(lines: str) -> str:
    """The text of well-formed quoted lines, each of which begins with its quote and ends in a line feed."""
    inside = lines[1:-2] if lines.count("\n") == 1 else lines[1:-2].replace('"\n"', "")
    return unescape(inside)


def escape(text: str) -> str:
    """`text` as it stands between quotes."""
    return text.translate(_TO_ESCAPE)


def quoted_lines(text: str) -> str:
    """`text` as quoted lines, each with its line feed.

    A line is broken behind every line feed of the text and nowhere else: a changed word then changes one line of the
    file, where wrapping at a column would shift every line that follows.
    """
    if "\n" not in text[:-1]:
        return f'"{escape(text)}"\n'
    lines = text.split("\n")
    kept = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return '""\n' + "".join(f'"{escape(line)}"\n' for line in kept)


def offset_in(source: str, start: int, index: int) -> int:
    """Where in `source` the character number `index` of the string stands whose quoted lines begin at `start`.

    An index behind the last character gives the place of the closing quote.
    """
    position, left = start, index
    while match := _LINE.match(source, position):
        place, end = match.span(1)
        while place < end:
            if not left:
                return place
            found = _ESCAPE.match(source, place)
            place = found.end() if found else place + 1
            left -= 1
        if not left and not _LINE.match(source, match.end()):
            return end
        position = match.end()
    return max(start, position)

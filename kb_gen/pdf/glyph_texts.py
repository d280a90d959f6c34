"""What is written in a piece of a page, read from its glyphs through the font's own table (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Glyph", "GlyphTexts", "characters_of", "glyphs_of", "told_otherwise"]

_DIRECT = (0, 0)
_NEXT = re.compile(rb"<(?P<hexadecimal>[0-9a-fA-F]+)>|\(")
_CONTENT = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_SIMPLE = re.compile(rb"\[?(?:\((?:[^()\\]|\\.)*\)|[\d.-]++)*\]?T[jJ]", re.DOTALL)
"""Strings with neither brackets in them nor anything else around."""
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_SPECIAL = re.compile(rb"[()]|\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_SPECIAL_BYTE = re.compile(rb"[()\\\r]")
"""Would have to be escaped."""
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_SINGLE = re.compile(rb"^<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*$", re.MULTILINE)
_RANGE = re.compile(rb"^<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*$", re.MULTILINE)


class Glyph(Struct, frozen=True):
    """A glyph: its font, its number there, and what it stands for."""

    font: tuple[int, int]
    number: int
    text: str


class GlyphTexts:
    """Reads glyphs of the fonts of one file."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Mapping[int, str]] = {}
        self._named: dict[tuple[tuple[int, int], bytes], Mapping[int, str]] = {}

    def text(self, page: pikepdf.Page, font: bytes, shown: bytes) -> str:
        """What is written on a page.

        Args:
            page: the page.
            font: by which font: its name and size, as `/f0 10`.
            shown: operands and operator.
        """
        characters = self._font(page, font)
        return "".join([characters.get(glyph, "") for glyph in glyphs_of(shown)])

    def glyphs(self, page: pikepdf.Page, font: bytes, shown: bytes) -> list[Glyph]:
        """The same, glyph by glyph: one may stand for several letters."""
        characters = self._font(page, font)
        own = page.obj.Resources.Font[font.partition(b" ")[0].decode()]
        return [Glyph(own.objgen, glyph, characters.get(glyph, "")) for glyph in glyphs_of(shown)]

    def space(self, page: pikepdf.Page, font: bytes) -> tuple[bytes, bytes] | None:
        """A font that has a space, and what shows it: the one that is asked for, or else another of the page.

        Args:
            page: the page.
            font: the font's name and size, as `/f0 10`.
        """
        name, _, size = font.partition(b" ")
        others = [other.encode() for other in page.obj.Resources.Font.keys()]  # noqa: SIM118 - no dictionary
        for each in (name, *others):
            glyph = next((glyph for glyph, text in self._font(page, each).items() if text == " "), None)
            shown = struct.pack(">H", glyph) if glyph is not None else b""
            if shown and not _SPECIAL_BYTE.search(shown):
                return b"%s %s" % (each, size), b"(%s)Tj" % shown
        return None

    def _font(self, page: pikepdf.Page, font: bytes) -> Mapping[int, str]:
        name = font.partition(b" ")[0]
        # Pages share their resources.
        resources = page.obj.Resources.objgen
        found = self._named.get((resources, name)) if resources != _DIRECT else None
        if found is None:
            own = page.obj.Resources.Font[name.decode()]
            if own.objgen not in self._fonts:
                self._fonts[own.objgen] = characters_of(own.ToUnicode.read_bytes())
            found = self._named[resources, name] = self._fonts[own.objgen]
        return found


def glyphs_of(operation: bytes) -> Sequence[int]:
    """The numbers of the glyphs that an operation shows (ISO 32000-1, 9.4.3)."""
    if _SIMPLE.fullmatch(operation):
        glyphs = b"".join(_CONTENT.findall(operation))
        return _numbers(_ESCAPE.sub(_unescaped, glyphs) if b"\\" in glyphs else glyphs)
    found: list[int] = []
    place = 0
    while begun := _NEXT.search(operation, place):
        place = begun.end()
        if begun["hexadecimal"]:
            glyphs = bytes.fromhex(begun["hexadecimal"].decode())
        else:
            glyphs, place = _string(operation, place)
        found += _numbers(glyphs)
    return found


def _numbers(glyphs: bytes) -> tuple[int, ...]:
    count = len(glyphs) // 2
    return struct.unpack_from(f">{count}H", glyphs)


def _unescaped(escape: re.Match[bytes]) -> bytes:
    octal, letter = escape.groups()
    return bytes([int(octal, 8)]) if octal else _ESCAPED.get(letter, letter)


def _string(text: bytes, start: int) -> tuple[bytes, int]:
    """A string in round brackets, which may have pairs of them inside, and where it ends."""
    parts: list[bytes] = []
    depth = 1
    while special := _SPECIAL.search(text, start):
        parts.append(text[start : special.start()])
        start = special.end()
        octal, letter = special.groups()
        if octal or letter:
            parts.append(bytes([int(octal, 8)]) if octal else _ESCAPED.get(letter, letter))
            continue
        depth += 1 if special[0] == b"(" else -1
        if depth == 0:
            break
        parts.append(special[0])
    return b"".join(parts), start


def characters_of(to_unicode: bytes) -> Mapping[int, str]:
    """What each glyph of a font stands for, by the font's own table."""
    found = {int(glyph, 16): _decoded(text) for glyph, text in _SINGLE.findall(to_unicode)}
    for first, last, text in _RANGE.findall(to_unicode):
        start = _decoded(text)
        for step in range(int(last, 16) - int(first, 16) + 1):
            found[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return found


def told_otherwise(to_unicode: bytes, characters: Mapping[int, str]) -> bytes:
    """A font's table in which some glyphs stand for something else."""

    def told(line: re.Match[bytes]) -> bytes:
        text = characters.get(int(line[1], 16))
        return line[0] if text is None else b"<%s> <%s>" % (line[1], text.encode("utf-16-be").hex().encode())

    return _SINGLE.sub(told, to_unicode)


def _decoded(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")

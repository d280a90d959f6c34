"""Glyphs are written in one byte each where a file's fonts have no more of them than that.

Typst writes two bytes for each (Identity-H of ISO 32000-1, 9.7.5.2), and escapes for all but letters of ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kb_gen.pdf.glyph_texts import characters_of

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Codes"]

_NARROW = 0x100
"""So many glyphs have numbers of one byte."""
_PLAIN = 0x2800
"""So many have first bytes that mean nothing behind a backslash: from here on, they might be `(`."""
_UNKNOWN = 0x10000

_BACKSLASH = b"\xff"
"""Stands for one that is escaped, as Typst writes nothing but ASCII."""
_NEEDED = (b"\\(", b"\\)", b"\\r")
"""The other escapes that strings need. A carriage return would be read as a line's end (7.3.4.2)."""
_HIGH = b"\0"
_NO_GLYPH = _HIGH * 2
_HEXADECIMAL = re.compile(rb"(?<!<)<(?!feff)((?:[0-9a-f]{4})+)>(?!>)", re.IGNORECASE)
"""A string of glyphs: what says what a text is begins with a byte order mark."""
_SPECIAL = re.compile(rb"[()\\\r]")

# Its name is one that others gave such a table before, by which programs know it that don't read it.
_ENCODING = b"""%!PS-Adobe-3.0 Resource-CMap
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin
  /Registry (Adobe) def
  /Ordering (Identity) def
  /Supplement 0 def
end def
/CMapName /OneByteIdentityH def
/CMapType 1 def
/WMode 0 def
1 begincodespacerange
<00> <FF>
endcodespacerange
1 begincidrange
<00> <FF> 0
endcidrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_CHARACTERS = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Custom def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_MOST_CHARACTERS = 100
"""In one operator of such a table (Adobe Technical Note 5014)."""


class Codes:
    """How a file's pages write glyphs.

    Args:
        pdf: the file, as Typst has made it.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fonts = _fonts(pdf)
        self._most = max((_glyphs(font) for font in self._fonts), default=_UNKNOWN)

    def plain(self, content: bytes) -> bytes:
        """What draws a page, with as few escapes as there can be; glyphs have two bytes, as before."""
        if self._most > _PLAIN or not content.isascii():
            self._most = _UNKNOWN
            return content
        content = content.replace(b"\\\\", _BACKSLASH)
        for escape in _NEEDED:
            content = content.replace(escape, b"\\" + escape)
        # Escapes are those of Python, too, which undoes thousands of them in no time.
        content = content.decode("unicode_escape").encode("latin-1").replace(_BACKSLASH, b"\\\\")
        return _HEXADECIMAL.sub(_literal, content)

    def shortened(self, contents: Sequence[bytes]) -> Sequence[bytes]:
        """Write the glyphs of all pages in one byte each, if that is possible, and tell the fonts.

        Args:
            contents: what draws the pages, plain.
        """
        if self._most > _NARROW or any(_NO_GLYPH in content for content in contents):
            return contents
        _tell(self._pdf, self._fonts)
        return [content.replace(_HIGH, b"") for content in contents]


def _fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The fonts that pages are written with."""
    found = {}
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        for font in resources.Font.values() if resources is not None and "/Font" in resources else ():
            found[font.objgen] = font
    return list(found.values())


def _glyphs(font: pikepdf.Object) -> int:
    """How many a font may have; too many, if it's none whose glyphs have two bytes."""
    if font.get("/Encoding") != "/Identity-H":
        return _UNKNOWN
    # The widths: a number, and a list of widths for what follows it; or two numbers, and a width for all in between.
    widths: list[Any] = list(font.DescendantFonts[0].get("/W", []))
    last = -1
    place = 0
    while place + 1 < len(widths):
        if isinstance(widths[place + 1], int):
            last = max(last, int(widths[place + 1]))
            place += 3
        else:
            last = max(last, int(widths[place]) + len(widths[place + 1]) - 1)
            place += 2
    return last + 1 if last >= 0 else _UNKNOWN


def _literal(hexadecimal: re.Match[bytes]) -> bytes:
    return b"(" + _SPECIAL.sub(_escaped, bytes.fromhex(hexadecimal[1].decode())) + b")"


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"\\r" if found[0] == b"\r" else b"\\" + found[0]


def _tell(pdf: pikepdf.Pdf, fonts: Iterable[pikepdf.Object]) -> None:
    """Tell fonts that their glyphs have one byte."""
    import pikepdf  # noqa: PLC0415 - an extra

    encoding = pdf.make_stream(
        _ENCODING,
        Type=pikepdf.Name.CMap,
        CMapName=pikepdf.Name.OneByteIdentityH,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        WMode=0,
    )
    for font in fonts:
        font.Encoding = encoding
        if "/ToUnicode" in font:
            font.ToUnicode.write(_CHARACTERS % b"\n".join(_listed(font.ToUnicode.read_bytes())))


def _listed(to_unicode: bytes) -> Iterator[bytes]:
    characters = sorted(characters_of(to_unicode).items())
    for start in range(0, len(characters), _MOST_CHARACTERS):
        some = characters[start : start + _MOST_CHARACTERS]
        yield b"%d beginbfchar" % len(some)
        yield from (b"<%02X> <%s>" % (glyph, _utf16(text)) for glyph, text in some)
        yield b"endbfchar"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass").hex().upper().encode()

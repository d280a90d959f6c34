"""Glyphs keep their numbers, in however many bytes these are written."""

from __future__ import annotations

import re

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.pdf.codes import Codes
from kb_gen.pdf.glyph_texts import characters_of, glyphs_of

LETTERS = {8: b"\\b", 9: b"\\t", 10: b"\\n", 12: b"\\f", 13: b"\\r", 40: b"\\(", 41: b"\\)", 92: b"\\\\"}
NARROW = st.lists(st.integers(1, 0xFF), max_size=12)
WIDE = st.lists(st.integers(1, 0x27FF), max_size=12)


def file(glyphs: int, encoding: str = "/Identity-H") -> pikepdf.Pdf:
    """A file with a page and a font of so many glyphs, which stand for the characters of their numbers."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    lines = "\n".join(f"<{glyph:04X}> <{glyph:04X}>" for glyph in range(1, glyphs))
    descendant = pikepdf.Dictionary(Type=pikepdf.Name.Font, W=pikepdf.Array([0, glyphs - 1, 600]))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Encoding=pikepdf.Name(encoding),
        DescendantFonts=pikepdf.Array([descendant]),
        ToUnicode=pdf.make_stream(b"1 beginbfchar\n" + lines.encode() + b"\nendbfchar"),
    )
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(f0=pdf.make_indirect(font)))
    return pdf


def as_typst_writes(glyphs: list[int]) -> bytes:
    """A string: one of letters and escapes, or of digits, if there are bytes that ASCII hasn't."""
    numbers = b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)
    if not numbers.isascii():
        return b"<" + numbers.hex().upper().encode() + b">"
    written = [LETTERS.get(byte) or (bytes([byte]) if 32 <= byte < 127 else b"\\%03o" % byte) for byte in numbers]
    return b"(" + b"".join(written) + b")"


def shown(strings: list[list[int]]) -> bytes:
    return b"[" + b"-7".join(map(as_typst_writes, strings)) + b"]TJ"


def characters_in(pdf: pikepdf.Pdf, operation: bytes) -> list[int]:
    """The glyphs that an operation shows, by how the file's font says that they are written."""
    if pdf.pages[0].obj.Resources.Font.f0.Encoding == "/Identity-H":
        return list(glyphs_of(operation))
    strings = re.findall(rb"\(((?:[^()\\]|\\.)*)\)", operation, re.DOTALL)
    unescaped = [re.sub(rb"\\(.)", lambda it: b"\r" if it[1] == b"r" else it[1], string) for string in strings]
    return list(b"".join(unescaped))


@given(st.lists(NARROW, max_size=5))
def test_glyphs_of_small_fonts_have_one_byte(strings: list[list[int]]) -> None:
    pdf = file(256)
    codes = Codes(pdf)
    plain = codes.plain(shown(strings))
    (content,) = codes.shortened([plain])
    assert characters_in(pdf, content) == [glyph for glyphs in strings for glyph in glyphs]
    assert list(glyphs_of(plain)) == [glyph for glyphs in strings for glyph in glyphs]
    assert pdf.pages[0].obj.Resources.Font.f0.Encoding.CMapName == "/OneByteIdentityH"


@given(st.lists(WIDE, max_size=5))
def test_glyphs_of_large_fonts_have_two_bytes(strings: list[list[int]]) -> None:
    pdf = file(0x2800)
    codes = Codes(pdf)
    (content,) = codes.shortened([codes.plain(shown(strings))])
    assert characters_in(pdf, content) == [glyph for glyphs in strings for glyph in glyphs]
    assert len(content) <= len(shown(strings))
    assert pdf.pages[0].obj.Resources.Font.f0.Encoding == "/Identity-H"


@pytest.mark.parametrize("pdf", [file(0x3000), file(200, "/WinAnsiEncoding")], ids=["huge", "of one byte already"])
def test_other_fonts_stay_as_they_are(pdf: pikepdf.Pdf) -> None:
    content = b"[(\\000A\\000\\050)-7<0001>]TJ"
    codes = Codes(pdf)
    assert codes.shortened([codes.plain(content)]) == [content]


def test_a_missing_glyph_on_one_page_keeps_two_bytes_on_all() -> None:
    pdf = file(256)
    codes = Codes(pdf)
    contents = codes.shortened([codes.plain(shown([[1, 2]])), codes.plain(shown([[0, 2]]))])
    assert [list(glyphs_of(content)) for content in contents] == [[1, 2], [0, 2]]


def test_what_glyphs_stand_for_is_told_by_the_new_numbers() -> None:
    pdf = file(256)
    codes = Codes(pdf)
    codes.shortened([codes.plain(b"(\\000A)Tj")])
    table = pdf.pages[0].obj.Resources.Font.f0.ToUnicode.read_bytes()
    assert b"<00> <FF>" in table
    assert b"<41> <0041>" in table
    assert table.count(b"beginbfchar") == 3
    # Whoever reads numbers of two bytes finds none.
    assert characters_of(table) == {}


def test_what_says_what_a_text_is_stays() -> None:
    pdf = file(256)
    codes = Codes(pdf)
    content = b"/Span<</ActualText<FEFF00AD>/Lang(de)>>BDC BT<0080>Tj ET EMC"
    (shortened,) = codes.shortened([codes.plain(content)])
    assert shortened == b"/Span<</ActualText<FEFF00AD>/Lang(de)>>BDC BT(\x80)Tj ET EMC"

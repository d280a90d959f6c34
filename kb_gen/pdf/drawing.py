"""What draws a page, in fewer words, and each line of code in one piece.

Typst draws each piece of a line by itself: it moves the origin, names colour, font and element, and undoes all that.
What follows in the same element is here drawn without doing so again. A line of code that goes on in the next line on
paper, or has several spaces in a row, becomes one piece that says what its text is (`ActualText` of ISO 32000-1,
14.9.4), so that it is copied as it was written. Code is found by a shade of grey: see `template/blocks.typ`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from kb_gen.pdf.breaks import TAB_BEGINS, TAB_GOES_ON
from kb_gen.pdf.direction import is_partly_from_right
from kb_gen.pdf.glyph_texts import GlyphTexts
from kb_gen.pdf.owners import Owners
from kb_gen.pdf.right_to_left import BLACK_FROM_RIGHT

if TYPE_CHECKING:
    import pikepdf

__all__ = ["redrawn"]

_END = b"\nET\nQ\nEMC"
_MARK = b"/Span<</MCID "
_BEGINNING = re.compile(
    rb"/Span<</MCID (\d+)([^>]*)>>BDC\n"
    rb"q 1 0 0 -1 ([\d.-]+) ([\d.-]+) cm([^\n]*?) ([\d.]+) scn\n"
    rb"BT 0 Tr(/f\d+ [\d.]+) Tf 1 0 0 -1 0 0 Tm"
)
_INSIDE = re.compile(rb" 0 Tr(/f\d+ [\d.]+) Tf 1 0 0 -1 ([\d.-]+) ([\d.-]+) Tm")
_SHADES = 8 / 255 + 0.001
_BLACK = b"0"
_GAP = re.compile(r"\s\s")
_TAB = re.compile(f"{TAB_BEGINS}{TAB_GOES_ON}*")

# Glyphs have two bytes, and a file's fonts have not so many that the first of them could be a digit. So what looks like
# a number in the next two is one, in strings, too.
_KERNING = re.compile(rb"\)(-?\d+\.\d+)\(")
_FINE = re.compile(rb"(?<=\.\d\d)\d+")


class _Piece(Struct, frozen=True):
    """A piece of text: where it is, how it looks, and what shows it.

    Code is a shade lighter than black, as no eye can see.
    """

    mcid: int
    more: bytes
    x: float
    y: float
    space: bytes
    shade: bytes
    font: bytes
    shown: bytes
    is_code: bool

    @property
    def is_simple(self) -> bool:
        """Whether it has nothing inside that says of itself what it is."""
        return b"BDC" not in self.shown


def redrawn(content: bytes, page: pikepdf.Page, owners: Owners, texts: GlyphTexts) -> bytes:
    """What draws a page, shorter.

    Args:
        content: what Typst has written.
        page: the page.
        owners: the elements of its pieces. Those that are joined are so in the structure, too.
        texts: reads glyphs.
    """
    pen = _Pen(owners)
    for part in _parts(content):
        if isinstance(part, bytes):
            pen.copy(part)
            continue
        # Code of two cells of a table may follow one another.
        for _, own in groupby(part, lambda piece: owners.owner(piece.mcid)):
            pieces = list(own)
            text = ""
            if pieces[0].is_code and all(each.is_simple for each in pieces):
                text = "".join([texts.text(page, each.font, each.shown) for each in pieces])
            if (
                text
                and _has_to_say(text, pieces)
                and all(owners.joins(pieces[0].mcid, each.mcid) for each in pieces[1:])
            ):
                space = texts.space(page, pieces[-1].font) if _ends_before_it_begins(pieces) else None
                pen.draw_saying(pieces, _TAB.sub("\t", text), space)
            else:
                pen.draw(pieces)
    owners.settle()
    return pen.drawn()


def _parts(content: bytes) -> Iterator[bytes | list[_Piece]]:
    """The pieces of text, those of a line of code together, and what is between them."""
    run: list[_Piece] = []
    chunks = content.split(_END)
    for chunk in chunks[:-1]:
        start = chunk.rfind(_MARK)
        found = _BEGINNING.match(chunk, start) if start >= 0 else None
        between = chunk if found is None else chunk[:start]
        if between.strip():
            if run:
                yield run
                run = []
            yield between if found else chunk + _END
        elif found is None:
            continue
        if found is None:
            continue
        mcid, more, x, y, space, shade, font = found.groups()
        shown = chunk[found.end() :].strip()
        is_code = 0 < float(shade) <= _SHADES
        piece = _Piece(int(mcid), more, float(x), float(y), space, shade, font, shown, is_code)
        if run and not (piece.is_code and piece.shade == run[0].shade):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run
    yield chunks[-1]


def _has_to_say(text: str, pieces: Sequence[_Piece]) -> bool:
    """Whether programs that copy code have to be told what its text is, as they wouldn't take it so from the page.

    They leave out spaces at the beginning. Where there are several in a row, Poppler takes the gap for one between
    columns, and what is behind it for another text.
    """
    goes_on = len({each.y for each in pieces}) > 1
    return goes_on or text[0].isspace() or TAB_BEGINS in text or _GAP.search(text) is not None


def _ends_before_it_begins(pieces: Sequence[_Piece]) -> bool:
    """Whether a text ends in a lower line, but further to the left.

    Poppler takes what is between the first place and the last for the text's own. It would put such a text behind the
    words that follow; so it has to end in its first line again.
    """
    first, last = pieces[0], pieces[-1]
    return last.y != first.y and last.x < first.x


class _Pen:
    """Draws pieces, and knows what is set already."""

    def __init__(self, owners: Owners) -> None:
        self._owners = owners
        self._out: list[bytes] = []
        self._font = b""
        self._space = b""
        self._shade = b""
        self._block: _Piece | None = None
        self._at = (0.0, 0.0)

    def copy(self, other: bytes) -> None:
        """Draw something as it is. It sets what it needs, and takes it back."""
        self._close()
        self._out.append(_FINE.sub(b"", other.replace(BLACK_FROM_RIGHT, _BLACK)))

    def draw(self, pieces: Iterable[_Piece]) -> None:
        """Draw pieces, each after what has been drawn of its element."""
        for piece in pieces:
            block = self._block
            joined = (
                block is not None
                and block.more == piece.more
                and b"/ActualText" not in piece.more
                and self._owners.joins(block.mcid, piece.mcid)
            )
            if not joined:
                self._close()
                self._out.append(b"\n/Span<</MCID %d%s>>BDC BT" % (piece.mcid, piece.more))
                self._block = piece
                self._at = (0.0, 0.0)
            self._show(piece)

    def draw_saying(self, pieces: Sequence[_Piece], text: str, space: tuple[bytes, bytes] | None) -> None:
        """Draw pieces as one that says what its text is.

        Args:
            pieces: the pieces.
            text: their text.
            space: where the text is to end with one in its first line, a font that has it, and what shows it.
        """
        self._close()
        first = pieces[0]
        self._colour(first)
        actual = b"" if is_partly_from_right(text) else b"/ActualText" + _hexadecimal(text)
        # The mark stands inside of what moves the origin: programs look there for the place of the text.
        self._at = x, y = round(first.x, 2), round(first.y, 2)
        self._out.append(b"\nq 1 0 0 1 %s %s cm\n" % (_number(x), _number(y)))
        self._out.append(b"/Span<</MCID %d%s%s>>BDC BT" % (first.mcid, first.more, actual))
        before = self._font
        for piece in pieces:
            self._show(piece)
        if space is not None:
            font, shown = space
            self._go(max(piece.x for piece in pieces if piece.y == first.y), first.y)
            self._write_with(font)
            self._out.append(shown)
        self._out.append(b" ET EMC Q")
        self._font = before

    def _show(self, piece: _Piece) -> None:
        self._colour(piece)
        self._write_with(piece.font)
        self._go(piece.x, piece.y)
        shown, *others = _INSIDE.split(piece.shown)
        self._out.append(_KERNING.sub(_rounded, shown))
        # Such as a hyphen, which says that it isn't one.
        for font, across, down, more in zip(others[::4], others[1::4], others[2::4], others[3::4], strict=True):
            self._write_with(font)
            self._go(piece.x + float(across), piece.y - float(down))
            self._out.append(_KERNING.sub(_rounded, more))

    def _write_with(self, font: bytes) -> None:
        if font != self._font:
            self._font = font
            self._out.append(font + b" Tf")

    def _go(self, x: float, y: float) -> None:
        # Not coarser: programs would take pieces for words, or put lines into another order.
        x, y = round(x, 2), round(y, 2)
        if (x, y) != self._at:
            self._out.append(b" %s %s Td" % (_number(x - self._at[0]), _number(y - self._at[1])))
            self._at = (x, y)

    def _colour(self, piece: _Piece) -> None:
        shade = _BLACK if piece.is_code or piece.shade == BLACK_FROM_RIGHT else piece.shade
        if piece.space != self._space:
            self._out.append(b"%s %s scn" % (piece.space, shade))
        elif shade != self._shade:
            self._out.append(b" %s scn" % shade)
        self._space, self._shade = piece.space, shade

    def _close(self) -> None:
        if self._block is not None:
            self._out.append(b" ET EMC")
            self._block = None

    def drawn(self) -> bytes:
        """All that has been drawn."""
        self._close()
        return b"".join(self._out)


def _rounded(kerning: re.Match[bytes]) -> bytes:
    return b")%d(" % round(float(kerning[1]))


def _number(value: float) -> bytes:
    """Without zeros that say nothing; six digits are more than a page needs."""
    return b"%.6g" % value


def _hexadecimal(text: str) -> bytes:
    """A text string of PDF."""
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"

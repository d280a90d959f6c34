"""What is written from the right to the left is read aloud in the order in which it is spoken.

Typst draws a run of Arabic or Hebrew from its left end to its right, a piece for each change of fonts, as a page needs
it. Programs that take text from the page turn that around themselves; a screen reader that follows the structure has to
be told. Each run becomes an element that says what its text is (`ActualText`, ISO 32000-1, 14.9.4). It is said in the
structure and not on the page, where Poppler and PDFium would turn it around once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kb_gen.pdf.direction import is_partly_from_right
from kb_gen.pdf.glyph_texts import GlyphTexts

if TYPE_CHECKING:
    import pikepdf

__all__ = ["BLACK_FROM_RIGHT", "say_runs"]

BLACK_FROM_RIGHT = b"0.03529412"
"""The shade of grey of text whose lines begin at the right: see `template/blocks.typ`. It is black in the end."""

_REVERSED = b"/ReversedChars"
"""Typst marks pieces of several letters so."""
_PIECE = re.compile(
    rb"/Span<</MCID (\d+)[^>]*>>BDC\nq 1 0 0 -1 ([\d.-]+) ([\d.-]+) cm[^\n]*? ([\d.]+) scn\nBT(.*?)\nET\nQ\nEMC",
    re.DOTALL,
)
_SHOWN = re.compile(rb"(/f\d+ [\d.]+) Tf 1 0 0 -1 [\d.-]+ [\d.-]+ Tm(.*?T[jJ])(?=\n|\Z)", re.DOTALL)


class _Piece(Struct, frozen=True):
    """A piece of text: where it is, and its glyphs' texts from left to right.

    `is_turned` says whether its line begins at the right.
    """

    x: float
    y: float
    is_turned: bool
    glyphs: tuple[str, ...]

    @property
    def is_from_right(self) -> bool:
        return any(map(is_partly_from_right, self.glyphs))

    @property
    def is_neutral(self) -> bool:
        """Whether it is written as what is around it."""
        return not any(character.isalnum() for glyph in self.glyphs for character in glyph)


def say_runs(
    content: bytes, pdf: pikepdf.Pdf, page: pikepdf.Page, parents: Mapping[int, pikepdf.Object], texts: GlyphTexts
) -> None:
    """Let the structure say what the runs of a page say that are written from the right.

    Args:
        content: what draws the page, as Typst has written it.
        pdf: the file.
        page: the page.
        parents: the elements of pieces, by the number of the page's list of them.
        texts: reads glyphs.
    """
    listed: Any = parents.get(int(page.obj.get("/StructParents", -1)))
    if _REVERSED not in content or listed is None:
        return
    pieces = {
        int(number): _Piece(float(x), float(y), shade == BLACK_FROM_RIGHT, tuple(_glyphs(shown, page, texts)))
        for number, x, y, shade, shown in _PIECE.findall(content)
    }
    elements = {each.objgen: each for each in list(listed) if each is not None}
    for element in elements.values():
        _say(element, pieces, pdf, page, listed)


def _glyphs(text: bytes, page: pikepdf.Page, texts: GlyphTexts) -> Iterator[str]:
    for font, shown in _SHOWN.findall(text):
        yield from texts.glyphs(page, font, shown)


def _say(element: Any, pieces: Mapping[int, _Piece], pdf: pikepdf.Pdf, page: pikepdf.Page, listed: Any) -> None:  # noqa: ANN401 - of another library
    """Let an element's runs be elements of their own."""
    import pikepdf  # noqa: PLC0415 - an extra

    kids: Any = element.get("/K")
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    numbers = [_number(kid, element, page) for kid in kids]
    runs = list(_runs(numbers, pieces))
    for start, end in reversed(runs):
        own = [pieces[number] for number in numbers[start:end] if number is not None]
        glyphs = [glyph for piece in own for glyph in piece.glyphs]
        if len(glyphs) < 2:
            continue
        said = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem,
                S=pikepdf.Name.Span,
                P=element,
                Pg=page.obj,
                K=pikepdf.Array(numbers[start:end]),
                ActualText=pikepdf.String("".join(reversed(glyphs))),
            )
        )
        for number in numbers[start:end]:
            listed[number] = said
        kids[start:end] = [said]
    if runs:
        element.K = pikepdf.Array(kids)


def _number(kid: Any, element: Any, page: pikepdf.Page) -> int | None:  # noqa: ANN401 - of another library
    """The number of a piece of this page; None for whatever else an element has."""
    import pikepdf  # noqa: PLC0415 - an extra

    if isinstance(kid, int):
        return kid if element.get("/Pg") == page.obj else None
    if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid and kid.get("/Pg", element.get("/Pg")) == page.obj:
        return int(kid.MCID)
    return None


def _runs(numbers: Sequence[int | None], pieces: Mapping[int, _Piece]) -> Iterator[tuple[int, int]]:
    """Where runs begin and end among an element's pieces."""
    start = 0
    while start < len(numbers):
        end = start
        last: _Piece | None = None
        while end < len(numbers) and (piece := _next(numbers[end], last, pieces)) is not None:
            last = piece
            end += 1
        own = [pieces[number] for number in numbers[start:end] if number is not None]
        if any(piece.is_from_right for piece in own):
            yield _trimmed(start, end, own)
        start = max(end, start + 1)


def _next(number: int | None, last: _Piece | None, pieces: Mapping[int, _Piece]) -> _Piece | None:
    """The piece of a number, if it goes on to the right of the last one of a run, or begins one."""
    piece = pieces.get(number) if number is not None else None
    if piece is None or not (piece.is_from_right or piece.is_neutral):
        return None
    return piece if last is None or (piece.y == last.y and piece.x > last.x) else None


def _trimmed(start: int, end: int, own: Sequence[_Piece]) -> tuple[int, int]:
    """A run without what is at its ends, but written as the line is: from the left."""
    if own[0].is_turned:
        return start, end
    inside = [place for place, piece in enumerate(own) if piece.is_from_right]
    return start + inside[0], start + inside[-1] + 1

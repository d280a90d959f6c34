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
from kb_gen.pdf.glyph_texts import Glyph, GlyphTexts, told_otherwise

if TYPE_CHECKING:
    import pikepdf

__all__ = ["BLACK_FROM_RIGHT", "RunsFromRight"]

BLACK_FROM_RIGHT = b"0.03529412"
"""The shade of grey of text whose lines begin at the right: see `template/blocks.typ`. It is black in the end."""

_REVERSED = b"/ReversedChars"
"""Typst marks pieces of several letters so."""
_PIECE = re.compile(
    rb"/Span<</MCID (\d+)[^>]*>>BDC\nq 1 0 0 -1 ([\d.-]+) ([\d.-]+) cm[^\n]*? ([\d.]+) scn\nBT(.*?)\nET\nQ\nEMC",
    re.DOTALL,
)
_SHOWN = re.compile(rb"(/f\d+ [\d.]+) Tf 1 0 0 -1 [\d.-]+ [\d.-]+ Tm(.*?T[jJ])(?=\n|\Z)", re.DOTALL)
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
"""What is drawn the other way round among letters that are written from the right (UAX #9, rule L4)."""


class _Piece(Struct, frozen=True):
    """A piece of text: where it is, and its glyphs from left to right.

    `is_turned` says whether its line begins at the right.
    """

    x: float
    y: float
    is_turned: bool
    glyphs: tuple[Glyph, ...]

    @property
    def is_from_right(self) -> bool:
        return any(is_partly_from_right(glyph.text) for glyph in self.glyphs)

    @property
    def is_neutral(self) -> bool:
        """Whether it is written as what is around it."""
        return not any(character.isalnum() for glyph in self.glyphs for character in glyph.text)


class _Run(Struct, frozen=True):
    """Pieces that follow one another in an element, from one of its kids to another."""

    element: Any
    start: int
    end: int
    numbers: tuple[int, ...]


class RunsFromRight:
    """Lets the structure of a file say what its runs say that are written from the right.

    Args:
        pdf: the file.
        parents: the elements of pieces, by the numbers of the pages' lists of them.
    """

    def __init__(self, pdf: pikepdf.Pdf, parents: Mapping[int, pikepdf.Object]) -> None:
        self._pdf = pdf
        self._parents = parents
        # It knows fonts as they were before this mends them.
        self._texts = GlyphTexts()
        self._first: dict[Glyph, bool] = {}

    def say(self, contents: Sequence[bytes]) -> None:
        """Let the structure say it.

        Args:
            contents: what draws the file's pages, as Typst has written it.
        """
        if not any(_REVERSED in content for content in contents):
            return
        for page, content in zip(self._pdf.pages, contents, strict=True):
            self._say_on(page, content)
        self._mend_fonts()

    def _say_on(self, page: pikepdf.Page, content: bytes) -> None:
        pieces = {
            int(number): _Piece(float(x), float(y), shade == BLACK_FROM_RIGHT, tuple(self._glyphs(shown, page)))
            for number, x, y, shade, shown in _PIECE.findall(content)
        }
        listed: Any = self._parents.get(int(page.obj.get("/StructParents", -1)))
        if listed is None:
            return
        elements = {each.objgen: each for each in list(listed) if each is not None}
        runs = [run for element in elements.values() for run in _runs_of(element, pieces, page)]
        inside = {number for run in runs for number in run.numbers}
        for number, piece in pieces.items():
            for glyph in piece.glyphs:
                if glyph.text.translate(_MIRRORED) != glyph.text:
                    self._first.setdefault(glyph, number in inside)
        # From the last one, as places of kids behind a run change.
        for run in reversed(runs):
            self._make_element(run, pieces, page, listed)

    def _glyphs(self, text: bytes, page: pikepdf.Page) -> Iterator[Glyph]:
        for font, shown in _SHOWN.findall(text):
            yield from self._texts.glyphs(page, font, shown)

    def _make_element(self, run: _Run, pieces: Mapping[int, _Piece], page: pikepdf.Page, listed: Any) -> None:  # noqa: ANN401 - of another library
        """Let a run be an element of its own."""
        import pikepdf  # noqa: PLC0415 - an extra

        said = [self._said(glyph) for number in run.numbers for glyph in pieces[number].glyphs]
        if len(said) < 2:
            return
        made = self._pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem,
                S=pikepdf.Name.Span,
                P=run.element,
                Pg=page.obj,
                K=pikepdf.Array(run.numbers),
                ActualText=pikepdf.String("".join(reversed(said))),
            )
        )
        for number in run.numbers:
            listed[number] = made
        kids = _kids(run.element)
        kids[run.start : run.end] = [made]
        run.element.K = pikepdf.Array(kids)

    def _said(self, glyph: Glyph) -> str:
        """What a glyph of a run stands for. Its font says so of the place where it has been used first."""
        return glyph.text if self._first.get(glyph, True) else glyph.text.translate(_MIRRORED)

    def _mend_fonts(self) -> None:
        """Let fonts say what their brackets look like, and not what they stand for where letters go the other way."""
        wrong: dict[tuple[int, int], dict[int, str]] = {}
        for glyph, is_inside in self._first.items():
            if is_inside:
                wrong.setdefault(glyph.font, {})[glyph.number] = glyph.text.translate(_MIRRORED)
        for font, characters in wrong.items():
            table = self._pdf.get_object(font).ToUnicode
            table.write(told_otherwise(table.read_bytes(), characters))


def _runs_of(element: Any, pieces: Mapping[int, _Piece], page: pikepdf.Page) -> Iterator[_Run]:  # noqa: ANN401 - of another library
    """The runs of an element on a page."""
    numbers = [_number(kid, element, page) for kid in _kids(element)]
    for start, end in _runs(numbers, pieces):
        yield _Run(element, start, end, tuple([number for number in numbers[start:end] if number is not None]))


def _kids(element: Any) -> list[Any]:  # noqa: ANN401 - of another library
    import pikepdf  # noqa: PLC0415 - an extra

    kids: Any = element.get("/K")
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


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

"""What becomes of Typst's file: smaller, commands in one piece, and links that lead to other volumes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from kb_gen.pdf.codes import Codes
from kb_gen.pdf.drawing import redrawn
from kb_gen.pdf.glyph_texts import GlyphTexts
from kb_gen.pdf.owners import Owners, parents_of
from kb_gen.pdf.right_to_left import RunsFromRight

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Finished", "finish"]

_VOLUME = "volume:"
_COMPRESSION: Literal[7] = 7
"""Of all but pages. Level 9 takes four times as long, and makes files smaller by a fiftieth."""
_PAGE_COMPRESSION = 9
"""Libdeflate's. At its level 10, pages are another twentieth smaller, but take five times as long."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished file and how many pages it has."""

    data: bytes
    pages: int


def finish(data: bytes, titles: Mapping[str, str], bookmarks: Mapping[str, str]) -> Finished:
    """A file as Typst has made it, finished.

    Args:
        data: the file.
        titles: what articles are called, by their labels: that is what links to them say that they lead to.
        bookmarks: what bookmarks say that lead to articles, by the titles that Typst has put there.
    """
    import deflate  # noqa: PLC0415 - an extra
    import pikepdf  # noqa: PLC0415 - an extra

    pikepdf.settings.set_flate_compression_level(_COMPRESSION)
    with pikepdf.open(BytesIO(data)) as pdf:
        # Poppler takes it for damaged; that it's false goes without saying (ISO 32000-1, table 321).
        if "/MarkInfo" in pdf.Root and "/Suspects" in pdf.Root.MarkInfo:
            del pdf.Root.MarkInfo["/Suspects"]
        chapters = _chapters(pdf, bookmarks)
        parents = parents_of(pdf)
        texts = GlyphTexts()
        codes = Codes(pdf)
        pages = list(pdf.pages)
        contents = [codes.plain(page.obj.Contents.read_bytes()) for page in pages]
        RunsFromRight(pdf, parents).say(contents)
        drawn = []
        for page, content in zip(pages, contents, strict=True):
            _mend_links(page, titles, chapters)
            drawn.append(redrawn(content, page, Owners(page, parents), texts))
        for page, content in zip(pages, codes.shortened(drawn), strict=True):
            compressed = deflate.zlib_compress(content, _PAGE_COMPRESSION)
            page.obj.Contents.write(bytes(compressed), filter=pikepdf.Name.FlateDecode)
        out = BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            deterministic_id=True,
        )
        return Finished(out.getvalue(), len(pages))


def _chapters(pdf: pikepdf.Pdf, bookmarks: Mapping[str, str]) -> Mapping[str, str]:
    """Let the bookmarks of articles say what these are about, and give what chapters are called, by their places."""
    chapters = {}
    with pdf.open_outline() as outline:
        for chapter in outline.root:
            chapters[_place(chapter.destination)] = chapter.title
            for article in chapter.children:
                article.title = bookmarks.get(article.title, article.title)
    return chapters


def _place(destination: object) -> str:
    """A place in a file, as what can be compared: a page and what of it is shown."""
    import pikepdf  # noqa: PLC0415 - an extra

    if not isinstance(destination, pikepdf.Array):
        return ""
    page, *shown = list(destination)
    return f"{page.objgen} {shown}"


def _mend_links(page: pikepdf.Page, titles: Mapping[str, str], chapters: Mapping[str, str]) -> None:
    """Let links say what they lead to, and those to other volumes lead into their files, which are beside this one."""
    import pikepdf  # noqa: PLC0415 - an extra

    for annotation in page.obj.get("/Annots", []):
        place = annotation.get("/Dest")
        action = annotation.get("/A")
        target = str(action.get("/URI", "")) if action is not None else ""
        label = str(place) if isinstance(place, pikepdf.String) else ""
        if target.startswith(_VOLUME):
            file, _, label = unquote(target.removeprefix(_VOLUME)).partition("#")
            there = pikepdf.String(label) if label else pikepdf.Array([0, pikepdf.Name.Fit])
            named = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=pikepdf.String(file), UF=pikepdf.String(file))
            annotation.A = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.GoToR, F=named, D=there)
            annotation.Contents = pikepdf.String(label or file)
        _draw_together(annotation)
        if said := titles.get(label) or chapters.get(_place(place)):
            annotation.Contents = pikepdf.String(said)


def _draw_together(annotation: Any) -> None:  # noqa: ANN401 - of another library
    """Say where a link is, with an area for each of its lines; Typst has one for each piece of text."""
    import pikepdf  # noqa: PLC0415 - an extra

    if "/QuadPoints" not in annotation:
        return
    numbers = [float(number) for number in annotation.QuadPoints]
    lines: list[tuple[float, float, float, float]] = []
    for start in range(0, len(numbers), 8):
        across, up = numbers[start : start + 8 : 2], numbers[start + 1 : start + 8 : 2]
        left, bottom, right, top = min(across), min(up), max(across), max(up)
        if lines and lines[-1][1] < (bottom + top) / 2 < lines[-1][3]:
            before = lines.pop()
            left, bottom = min(left, before[0]), min(bottom, before[1])
            right, top = max(right, before[2]), max(top, before[3])
        lines.append((left, bottom, right, top))
    if len(lines) == 1:
        # That is its rectangle.
        del annotation["/QuadPoints"]
    else:
        corners = [(left, bottom, right, bottom, right, top, left, top) for left, bottom, right, top in lines]
        annotation.QuadPoints = pikepdf.Array([round(number, 2) for line in corners for number in line])

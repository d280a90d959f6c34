"""What becomes of Typst's file: smaller, commands in one piece, and links that lead to other volumes.

Typst writes a line of text as several pieces where it may break, and each reader of PDF puts a line's end where it
does. So a command that is too long for the page would be copied in two lines. Here its pieces become one, which says
what its text is (`ActualText` of ISO 32000-1, 14.9.4). They are found by a shade of grey: see `template/blocks.typ`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from kb_gen.pdf.breaks import TAB_BEGINS, TAB_GOES_ON

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Finished", "finish"]

_VOLUME = "volume:"

_PIECE = re.compile(
    rb"/Span<</MCID (?P<mcid>\d+)(?P<more>[^>]*)>>BDC\n"
    rb"q 1 0 0 -1 (?P<x>[\d.-]+) (?P<y>[\d.-]+) cm(?P<space>[^\n]*?) 0\.0(?P<shade>\d+) scn\n"
    rb"(?P<text>BT(?:(?!\nET\n).)*)\nET\nQ\nEMC",
    re.DOTALL,
)
_MATRIX = b" 1 0 0 -1 0 0 Tm"
"""Text begins where the matrix before it says."""
_FINE = re.compile(rb"(?<=\.\d\d)\d+")
_ESCAPED_BACKSLASH = b"\\\\0"

_COMPRESSION: Literal[7] = 7
"""Level 9 takes four times as long, and makes files smaller by a fiftieth."""

_SHADES = 8 / 255 + 0.001
_TAB = re.compile(f"{TAB_BEGINS}{TAB_GOES_ON}*")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished file and how many pages it has."""

    data: bytes
    pages: int


@dataclass(slots=True)
class _Run:
    """Pieces of one line of code, in the order in which they are drawn."""

    shade: bytes
    pieces: list[re.Match[bytes]] = field(default_factory=list)


def finish(data: bytes) -> Finished:
    """A file as Typst has made it, finished."""
    import pikepdf  # noqa: PLC0415 - an extra

    pikepdf.settings.set_flate_compression_level(_COMPRESSION)
    with pikepdf.open(BytesIO(data)) as pdf:
        parents = _parents(pdf)
        fonts: dict[tuple[int, int], Mapping[int, str]] = {}
        for page in pdf.pages:
            _link_volumes(page)
            content = page.obj.Contents.read_bytes()
            page.obj.Contents.write(_shortened(_with_joined_code(content, page, parents, fonts)))
        out = BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
        return Finished(out.getvalue(), len(pdf.pages))


def _parents(pdf: pikepdf.Pdf) -> Mapping[int, pikepdf.Object]:
    """What elements of the structure a page's pieces belong to, by the number of the page's list of them."""
    found: dict[int, pikepdf.Object] = {}
    waiting = [pdf.Root.StructTreeRoot.ParentTree] if "/StructTreeRoot" in pdf.Root else []
    while waiting:
        node = waiting.pop()
        numbers = node.get("/Nums")
        if numbers is not None:
            listed = list(numbers)
            found.update({int(key): value for key, value in zip(listed[::2], listed[1::2], strict=True)})
        waiting += list(node.get("/Kids", []))
    return found


def _link_volumes(page: pikepdf.Page) -> None:
    """Let links to other volumes lead into their files, which are beside this one."""
    import pikepdf  # noqa: PLC0415 - an extra

    for annotation in page.obj.get("/Annots", []):
        action = annotation.get("/A")
        target = str(action.get("/URI", "")) if action is not None else ""
        if not target.startswith(_VOLUME):
            continue
        file, _, label = unquote(target.removeprefix(_VOLUME)).partition("#")
        specification = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=pikepdf.String(file), UF=pikepdf.String(file))
        annotation.A = pikepdf.Dictionary(
            Type=pikepdf.Name.Action, S=pikepdf.Name.GoToR, F=specification, D=pikepdf.String(label)
        )


def _runs(content: bytes) -> Iterator[_Run]:
    """The lines of code on a page."""
    run = _Run(b"")
    end = -1
    for piece in _PIECE.finditer(content):
        if float(b"0.0" + piece["shade"]) > _SHADES:
            continue
        if piece["shade"] != run.shade or piece.start() != end:
            if run.pieces:
                yield run
            run = _Run(piece["shade"])
        run.pieces.append(piece)
        end = piece.end()
    if run.pieces:
        yield run


def _shortened(content: bytes) -> bytes:
    """What draws a page, with numbers as exact as anybody can see, and without the escapes that there needn't be."""
    content = _FINE.sub(b"", content)
    # Behind a backslash that is escaped itself, this would mean something else.
    return content if _ESCAPED_BACKSLASH in content else content.replace(b"\\000", b"\0")


def _with_joined_code(
    content: bytes,
    page: pikepdf.Page,
    parents: Mapping[int, pikepdf.Object],
    fonts: dict[tuple[int, int], Mapping[int, str]],
) -> bytes:
    """What draws a page, each line of code as one piece."""
    runs = list(_runs(content))
    parts: list[bytes] = []
    done = 0
    elements = parents.get(int(page.obj.get("/StructParents", -1)))
    for run in runs:
        parts.append(content[done : run.pieces[0].start()])
        done = run.pieces[-1].end()
        if elements is not None and _is_one(run, elements):
            text = "".join(_glyphs(run, page, fonts))
            hidden = len({piece["y"] for piece in run.pieces}) > 1 or text[:1].isspace() or TAB_BEGINS in text
            parts.append(_drawn(run, _TAB.sub("\t", text) if hidden else ""))
        else:
            parts += [_drawn(_Run(run.shade, [piece]), "") for piece in run.pieces]
    parts.append(content[done:])
    return b"".join(parts)


def _drawn(run: _Run, text: str) -> bytes:
    """The pieces as one, which says what its text is; not where that can be seen from its glyphs."""
    first = run.pieces[0]
    left, top = float(first["x"]), float(first["y"])
    actual = b"/ActualText" + _hexadecimal(text) if text and not _RIGHT_TO_LEFT.search(text) else b""
    parts = [b"\nq 1 0 0 -1 %s %s cm%s 0 scn\n" % (first["x"], first["y"], first["space"])]
    # Inside of what moves the origin: programs look there for the place of the text.
    parts.append(b"/Span<</MCID %s%s%s>>BDC\n" % (first["mcid"], first["more"], actual))
    for piece in run.pieces:
        across, down = float(piece["x"]) - left, top - float(piece["y"])
        parts.append(piece["text"].replace(_MATRIX, b" 1 0 0 -1 %.5f %.5f Tm" % (across, down), 1))
        parts.append(b"\nET\n")
    parts.append(b"EMC\nQ\n")
    return b"".join(parts)


def _is_one(run: _Run, elements: pikepdf.Object) -> bool:
    """Let one piece stand for all in the structure; False if that can't be."""
    if any(piece["text"].count(_MATRIX) != 1 for piece in run.pieces):
        return False
    numbers = [int(piece["mcid"]) for piece in run.pieces]
    owner = elements[numbers[0]]
    kids = owner.get("/K")
    if kids is None or any(elements[number] != owner for number in numbers[1:]):
        return False
    rest = set(numbers[1:])
    try:
        remaining = [kid for kid in list(kids) if all(kid != number for number in rest)]
    except TypeError:
        return False
    if len(list(kids)) - len(remaining) != len(rest):
        return False
    owner.K = remaining
    for number in rest:
        elements[number] = None
    return True


_NEXT = re.compile(rb"/(?P<font>f\d+) [\d.-]+ Tf|<(?P<hexadecimal>[0-9a-fA-F]+)>|\(")
_SPECIAL = re.compile(rb"[()]|\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _glyphs(run: _Run, page: pikepdf.Page, fonts: dict[tuple[int, int], Mapping[int, str]]) -> Iterator[str]:
    """What is written in the pieces, glyph by glyph."""
    font: Mapping[int, str] = {}
    for piece in run.pieces:
        place = 0
        while found := _NEXT.search(piece["text"], place):
            place = found.end()
            if found["font"]:
                font = _font(page, "/" + found["font"].decode(), fonts)
                continue
            if found["hexadecimal"]:
                glyphs = bytes.fromhex(found["hexadecimal"].decode())
            else:
                glyphs, place = _string(piece["text"], place)
            for at in range(0, len(glyphs), 2):
                yield font.get(int.from_bytes(glyphs[at : at + 2], "big"), "")


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


def _font(page: pikepdf.Page, name: str, fonts: dict[tuple[int, int], Mapping[int, str]]) -> Mapping[int, str]:
    own = page.obj.Resources.Font[name]
    if own.objgen not in fonts:
        fonts[own.objgen] = _characters(own.ToUnicode.read_bytes())
    return fonts[own.objgen]


_SINGLE = re.compile(rb"^<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*$", re.MULTILINE)
_RANGE = re.compile(rb"^<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*$", re.MULTILINE)


def _characters(to_unicode: bytes) -> Mapping[int, str]:
    """What each glyph of a font stands for."""
    found = {int(glyph, 16): _decoded(text) for glyph, text in _SINGLE.findall(to_unicode)}
    for first, last, text in _RANGE.findall(to_unicode):
        start = _decoded(text)
        for step in range(int(last, 16) - int(first, 16) + 1):
            found[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return found


def _decoded(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def _hexadecimal(text: str) -> bytes:
    """A text string of PDF."""
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"

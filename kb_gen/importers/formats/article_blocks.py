"""What an article consists of, whatever it was written in: headings, paragraphs, lists, code, tables.

Texts are the Markdown of records already, in which nothing is markup by accident, and beside it plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from kb_gen.importers.formats.writing_markdown import code_fence, start_escaped

__all__ = ["Block", "Code", "Heading", "Items", "Paragraph", "Table", "in_parts", "markdown_of", "plain_of"]


class Paragraph(Struct, frozen=True):
    r"""A paragraph.

    Attributes:
        markdown: inline Markdown, on one line but for hard breaks.
        plain: the same as text, with a line feed where the article breaks the line.
        start: where it begins in the file.
        quoted: the number of the quotation that it stands in, or 0.
        parts: the paragraphs that its lines are, where they look so; only in a message do these lines belong together.
    """

    markdown: str
    plain: str
    start: int = 0
    quoted: int = 0
    parts: tuple[Paragraph, ...] = ()


class Heading(Struct, frozen=True):
    """A heading; `level` is 1 for a title."""

    level: int
    markdown: str
    plain: str
    start: int = 0


class Code(Struct, frozen=True):
    """Lines of code; `language` as the article names it, or empty."""

    text: str
    language: str = ""
    start: int = 0


class Items(Struct, frozen=True):
    """A list; each item is a sequence of blocks. `number` is that of the first one, as it is written, or empty."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 0
    number: str = ""


class Table(Struct, frozen=True):
    """A table; the first row is its header."""

    rows: tuple[tuple[Paragraph, ...], ...]
    start: int = 0


Block = Paragraph | Heading | Code | Items | Table


def in_parts(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks that belong to no message, with lines as paragraphs where they look so."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Items):
            found.append(Items(block.ordered, tuple(map(in_parts, block.items)), block.start, block.number))
        else:
            found += block.parts if isinstance(block, Paragraph) and block.parts else [block]
    return tuple(found)


def markdown_of(blocks: Sequence[Block]) -> str:
    """Blocks as a record's text."""
    parts: list[str] = []
    for index, block in enumerate(blocks):
        # Two lists in a row would be one.
        if isinstance(block, Items) and index and isinstance(blocks[index - 1], Items):
            parts.append("\\")
        parts.append(_markdown(block))
    return "\n\n".join(part for part in parts if part)


def _markdown(block: Block) -> str:
    match block:
        case Paragraph(markdown=markdown):
            return start_escaped(markdown)
        case Heading(markdown=markdown):
            return strong(markdown)
        case Code(text=text, language=language):
            return code_fence(text, language)
        case Items(ordered=ordered, items=items):
            return "\n".join(_item(item, f"{number}. " if ordered else "- ") for number, item in enumerate(items, 1))
        case Table(rows=rows):
            return "\n".join(_rows(rows))


def strong(markdown: str) -> str:
    """A heading as strong text, which is all that records have for one."""
    return f"**{markdown.replace('**', '')}**" if markdown.strip() else ""


def _item(blocks: Sequence[Block], mark: str) -> str:
    lines = markdown_of(blocks).split("\n")
    indent = " " * len(mark)
    return "\n".join([mark + lines[0], *(f"{indent}{line}" if line else "" for line in lines[1:])])


def _rows(rows: Sequence[Sequence[Paragraph]]) -> Iterator[str]:
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows):
        cells = [cell.markdown.replace("|", "\\|").replace("\\\n", " ").replace("\n", " ") for cell in row]
        yield f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"
        if number == 0:
            yield f"|{' --- |' * width}"


def plain_of(blocks: Iterable[Block]) -> str:
    """What a reader would read aloud."""
    texts: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(plain=plain) | Heading(plain=plain):
                texts.append(plain)
            case Code(text=text):
                texts.append(text)
            case Items(items=items):
                texts.extend(plain_of(item) for item in items)
            case Table(rows=rows):
                texts.extend(" ".join(cell.plain for cell in row) for row in rows)
    return "\n".join(texts)

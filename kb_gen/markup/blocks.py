"""The block structure of a record's text: paragraphs, lists, tables and code.

CommonMark's block rules (https://spec.commonmark.org/) less those that an article has no use for: headings, quotes,
rules, HTML and indented code stay text. A paragraph, a list item's paragraph and a table cell are each one
translatable unit, whose text is kept as inline Markdown with its lines joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

__all__ = ["Block", "CodeBlock", "ListBlock", "Paragraph", "Table", "parse_blocks"]


class Paragraph(Struct, frozen=True, gc=False):
    r"""A paragraph: inline Markdown on one line (`\\` and a line feed for a hard break)."""

    text: str


class ListBlock(Struct, frozen=True, gc=False):
    """A list; each item is a sequence of blocks. `start` is the first number of an ordered one."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


class Table(Struct, frozen=True, gc=False):
    """A table of inline Markdown cells. Every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class CodeBlock(Struct, frozen=True, gc=False):
    """A fenced block, not translated; `language` is the fence's first word."""

    text: str
    language: str = ""


Block = Paragraph | ListBlock | Table | CodeBlock

_PARSER = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table")
# Inlines are parsed unit by unit, each text once; see `inlines`.
_PARSER.core.ruler.disable(["inline", "text_join"])
_PARSER.disable(["heading", "lheading", "hr", "blockquote", "html_block", "reference", "code"])

# What a text must contain somewhere to be more than paragraphs; it may match too much, never too little.
_STRUCTURED = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|^[ \t]*(?:```|~~~)|\|", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_HARD_BREAK = re.compile(r"(?:(?<!\\)\\| {2,})\n[ \t]*")
_SOFT_BREAK = re.compile(r"[ \t]*(?<!\\)\n[ \t]*")


def _joined(content: str) -> str:
    """A paragraph's lines as one, hard breaks kept in one spelling."""
    if "\n" not in content:
        return content.strip()
    kept = _HARD_BREAK.sub("\\\\\n", content.strip())
    return _SOFT_BREAK.sub(" ", kept)


@lru_cache(maxsize=16384)
def parse_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of `text`. Any text parses; nothing of it is lost but white space between blocks."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if not _STRUCTURED.search(normal):
        return tuple(Paragraph(_joined(part)) for part in _BLANK.split(normal.strip("\n")) if part.strip())
    return _blocks(_PARSER.parse(normal))


def _blocks(tokens: Sequence[Token]) -> tuple[Block, ...]:
    return tuple(_children(iter(tokens), ""))


def _children(tokens: Iterator[Token], end: str) -> Iterator[Block]:
    """Blocks up to the token of type `end`."""
    for token in tokens:
        match token.type:
            case kind if kind == end:
                return
            case "inline":
                yield Paragraph(_joined(token.content))
            case "fence":
                yield CodeBlock(token.content.rstrip("\n"), token.info.split()[0] if token.info.strip() else "")
            case "bullet_list_open":
                yield ListBlock(ordered=False, items=tuple(_items(tokens, "bullet_list_close")))
            case "ordered_list_open":
                start = int(token.attrs.get("start", 1))
                yield ListBlock(ordered=True, items=tuple(_items(tokens, "ordered_list_close")), start=start)
            case "table_open":
                yield _table(tokens)
            case _:  # paragraph_open and _close only wrap the inline token
                continue


def _items(tokens: Iterator[Token], end: str) -> Iterator[tuple[Block, ...]]:
    for token in tokens:
        if token.type == end:
            return
        if token.type == "list_item_open":
            yield tuple(_children(tokens, "list_item_close"))


def _table(tokens: Iterator[Token]) -> Table:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_joined(token.content))
    return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))

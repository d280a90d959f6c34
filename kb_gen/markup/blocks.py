"""The block structure of a record's text: paragraphs, lists, tables and code.

CommonMark's block rules (https://spec.commonmark.org/) less those that an article has no use for: headings, quotes,
rules, HTML and indented code stay text. A paragraph, a list item's paragraph and a table cell are each one
translatable unit, whose text is kept as inline Markdown with its lines joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["Block", "CodeBlock", "ListBlock", "Paragraph", "Table", "first_lost_line", "parse_blocks"]


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

_MARKED_LINE = re.compile(r"\n[ \t]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|```|~~~)", re.MULTILINE)
_MARKER = r"(?:[-*+]|\d{1,9}[.)])(?:[ \n]|\Z)"
_BULLETS = re.compile(rf"- (?!{_MARKER})\S.*(?:\n(?:- |  +)(?!{_MARKER})\S.*)*")
_NUMBERS = re.compile(rf"(\d)\. (?!{_MARKER})\S.*(?:\n(?:\d\. |   +)(?!{_MARKER})\S.*)*")
"""Lists whose items are a paragraph each, every line of it where the first one begins or further in."""
_BULLET = re.compile(r"\n- ")
_NUMBER = re.compile(r"\n\d\. ")
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_HARD_BREAK = re.compile(r"(?:(?<!\\)\\| {2,})\n[ \t]*")
_SOFT_BREAK = re.compile(r"[ \t]*(?<!\\)\n[ \t]*")


def _is_structured(text: str) -> bool:
    """Whether a text may be more than paragraphs; it may say so too often, never too rarely."""
    # What begins with a certain character is found at once; alternatives would be tried at every place.
    return "|" in text or _MARKED_LINE.search(f"\n{text}") is not None


def _joined(content: str) -> str:
    """A paragraph's lines as one, hard breaks kept in one spelling."""
    if "\n" not in content:
        return content.strip()
    if "\\" not in content and "  \n" not in content and "\t" not in content:
        return " ".join([line.strip(" ") for line in content.strip().split("\n")])
    kept = _HARD_BREAK.sub("\\\\\n", content.strip())
    return _SOFT_BREAK.sub(" ", kept)


_MOST_NESTING = 60
"""Lists and their items, one within another. What is deeper is left out: it would take Python's stack."""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - slow to load, and few texts need it

    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTING}).enable("table")
    # Inlines are parsed unit by unit, each text once; see `inlines`.
    parser.core.ruler.disable(["inline", "text_join"])
    parser.disable(["heading", "lheading", "hr", "blockquote", "html_block", "reference", "code"])
    return parser


@lru_cache(maxsize=4096)
def parse_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of `text`. Any text parses; nothing of it is lost but white space between blocks."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if not _is_structured(normal):
        if "\n" not in normal:
            return (Paragraph(normal.strip()),) if normal.strip() else ()
        return tuple([Paragraph(_joined(part)) for part in _BLANK.split(normal.strip("\n")) if part.strip()])
    clear = _clear(normal)
    return _blocks(_parser().parse(normal)) if clear is None else clear


def first_lost_line(text: str) -> int | None:
    """The number of the first line of `text` that is lost, because lists are nested too deep there; from 0."""
    tokens = _parser().parse(text.replace("\0", "\ufffd"))
    deepest = (token for token in tokens if token.type == "list_item_open" and token.level >= _MOST_NESTING - 1)
    return next((token.map[0] for token in deepest if token.map), None)


def _clear(text: str) -> tuple[Block, ...] | None:
    """The blocks of a text of nothing but paragraphs and simple lists, each set apart by blank lines; else None.

    Nearly all texts with lists are such, and are read in a tenth of the parser's time.
    """
    if "|" in text or "\t" in text or "```" in text or "~~~" in text:
        return None
    blocks: list[Block] = []
    for part in _BLANK.split(text.strip("\n")):
        if not _is_structured(part):
            # What is indented may belong to a list's item.
            if not part[:1].strip():
                return None
            blocks.append(Paragraph(_joined(part)))
        # Behind another list it may go on with that one.
        elif blocks and isinstance(blocks[-1], ListBlock):
            return None
        elif _BULLETS.fullmatch(part):
            blocks.append(ListBlock(False, _items_of(_BULLET.split(part[2:]))))
        elif numbered := _NUMBERS.fullmatch(part):
            blocks.append(ListBlock(True, _items_of(_NUMBER.split(part[3:])), int(numbered[1])))
        else:
            return None
    return tuple(blocks)


def _items_of(texts: list[str]) -> tuple[tuple[Block, ...], ...]:
    return tuple([(Paragraph(_joined(text)),) for text in texts])


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

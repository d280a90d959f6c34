"""Articles as Markdown that CommonMark, MyST and Python-Markdown read alike, as somebody would write it by hand.

Blocks within list items are indented by four columns, which Python-Markdown insists on and CommonMark accepts after a
marker that is four columns wide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kb_gen.document import (
    Article,
    ArticleLink,
    Block,
    Chip,
    Code,
    CodeBlock,
    CommandBlock,
    Emphasis,
    ExternalLink,
    Fields,
    Inline,
    ItemList,
    Legend,
    LegendEntry,
    LineBreak,
    LinkList,
    MessageBlock,
    Note,
    Paragraph,
    ParameterName,
    Section,
    Strong,
    Table,
    Text,
    Words,
    plain,
)

__all__ = ["Link", "article_markdown", "blocks_markdown", "table_markdown", "text_markdown"]

Link = Callable[[str], str]
"""Gives the destination of a link, from an address below the locale's root."""

_SPECIAL = re.compile(r"[\\`*_\[\]]")
_MARKER = re.compile(r"(?m)^(\d*)([#+\-.)])(?=[\s#])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"})


def article_markdown(article: Article, link: Link) -> str:
    """An article's body, from its summary on; the title is where each generator wants it."""
    lines = [_words(article.summary, link)] if article.summary else []
    lines += [_section(section, link, 2) for section in article.sections]
    lines += [_blocks(note.blocks, link) for note in article.closing]
    return "\n\n".join(lines) + "\n"


def blocks_markdown(blocks: Iterable[Block], link: Link) -> str:
    """Blocks with an empty line between them."""
    return _blocks(blocks, link)


def table_markdown(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are Markdown already."""
    titles = tuple(header)
    lines = (titles, ("---",) * len(titles), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def text_markdown(text: str) -> str:
    """Plain text as Markdown that shows just that."""
    escaped = _MARKER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text.translate(_ENTITIES)))
    # MyST takes a line that begins with a percent sign for a comment, and this text may come to stand at the beginning.
    return escaped.replace("%", "&#37;")


def _section(section: Section, link: Link, level: int) -> str:
    parts = [f"{'#' * level} {_words(section.title, link)}", _blocks(section.blocks, link)]
    parts += [_section(inner, link, level + 1) for inner in section.sections]
    return "\n\n".join(filter(None, parts))


def _blocks(blocks: Iterable[Block], link: Link) -> str:
    return "\n\n".join([_block(block, link) for block in blocks])


def _block(block: Block, link: Link) -> str:
    match block:
        case Paragraph(words):
            return _words(words, link)
        case ItemList():
            return _list(block, link)
        case CommandBlock(language=language, parts=parts):
            return _fence("".join([part if isinstance(part, str) else f"<{part.name}>" for part in parts]), language)
        case CodeBlock(text, language):
            return _fence(text, language)
        case MessageBlock(parts=parts):
            return "> " + _message(parts).replace("\n", "\n> ")
        case Fields(fields):
            rows = [
                (f"**{_words(f.label, link)}**", _code(plain(f.value.inlines)) if f.code else _words(f.value, link))
                for f in fields
            ]
            return table_markdown((" ", " "), rows)
        case Legend(titles, entries):
            return table_markdown((_words(title, link) for title in titles), _legend(entries, link))
        case Table(header, rows):
            return table_markdown(_row(header, link), (_row(row, link) for row in rows))
        case LinkList(items):
            return "\n".join([f"-   {_words(item.title, link)}" for item in items])
        case Note(blocks=inner):
            return _blocks(inner, link)


def _list(block: ItemList, link: Link) -> str:
    items = [_blocks(item, link).replace("\n", "\n    ") for item in block.items]
    markers = [f"{number}." if block.ordered else "-" for number in range(block.start, block.start + len(items))]
    lines = [f"{marker:<4}{item}" for marker, item in zip(markers, items, strict=True)]
    between = "\n" if all(len(item) == 1 for item in block.items) else "\n\n"
    # An editor would not leave indentation on empty lines.
    return re.sub(r"(?m)^ +$", "", between.join(lines))


def _fence(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"


def _message(parts: Iterable[str | Chip]) -> str:
    shown = [text_markdown(part) if isinstance(part, str) else f"*{text_markdown(part.name)}*" for part in parts]
    return "".join(shown)


def _legend(entries: Iterable[LegendEntry], link: Link) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        name, holds = (_words(words, link) if words else "–" for words in (entry.name, entry.holds))
        yield f"&#37;{entry.number}", name, holds, _code(entry.example) if entry.example else "–"


def _row(cells: Iterable[Words], link: Link) -> tuple[str, ...]:
    return tuple(_words(cell, link) for cell in cells)


def _words(words: Words, link: Link) -> str:
    return _inlines(words.inlines, link)


def _inlines(inlines: Iterable[Inline], link: Link) -> str:
    return "".join([_inline(inline, link) for inline in inlines])


def _inline(inline: Inline, link: Link) -> str:
    match inline:
        case Text(text) | ParameterName(name=text):
            return text_markdown(text)
        case Code(text):
            return _code(text)
        case Emphasis(children):
            return f"*{_inlines(children, link)}*"
        case Strong(children):
            return f"**{_inlines(children, link)}**"
        case ExternalLink(href, children):
            return f"[{_inlines(children, link)}]({href})"
        case ArticleLink(address, children):
            return f"[{_inlines(children, link)}]({link(address)})"
        case LineBreak():
            return "\\\n"


def _code(text: str) -> str:
    return f"`{text}`"

"""Documents as plain text, for search and for data: what a reader would read aloud, a block a line.

Nothing is escaped and nothing marked up; whoever puts the text into a format escapes it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen.document import (
    Article,
    Block,
    Chip,
    CodeBlock,
    CommandBlock,
    Fields,
    ItemList,
    Legend,
    LinkList,
    MessageBlock,
    Note,
    Paragraph,
    Section,
    Table,
    Words,
    plain,
)

__all__ = ["article_text", "block_text", "blocks_text", "words_text"]


def words_text(words: Words | None) -> str:
    """A unit's words; nothing for None."""
    return plain(words.inlines) if words else ""


def article_text(article: Article) -> str:
    """What an article says, from its summary on.

    Headings and labels are left out: every article has the same, so they tell nothing about this one.
    """
    lines = [words_text(article.summary)] if article.summary else []
    for section in article.sections:
        lines += _section(section)
    return "\n".join(lines)


def _section(section: Section) -> Iterator[str]:
    for block in section.blocks:
        yield from _lines(block)
    for inner in section.sections:
        yield from _section(inner)


def blocks_text(blocks: Iterable[Block]) -> str:
    """Blocks one below the other."""
    return "\n".join([line for block in blocks for line in _lines(block)])


def block_text(block: Block) -> str:
    """One block: its paragraphs, items, rows and commands, a line each."""
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(words):
            yield plain(words.inlines)
        case ItemList(items=items):
            for item in items:
                for inner in item:
                    yield from _lines(inner)
        case CommandBlock(parts=parts):
            yield "".join([part if isinstance(part, str) else f"<{part.name}>" for part in parts])
        case MessageBlock(parts=parts):
            yield "".join([part if isinstance(part, str) else _name(part) for part in parts])
        case CodeBlock(text):
            yield text
        case Fields(fields):
            yield "\n".join([plain(field.value.inlines) for field in fields])
        case Table(header, rows):
            for row in (header, *rows):
                yield " | ".join([plain(cell.inlines) for cell in row])
        case Legend() | LinkList() | Note():
            yield from _annotations(block)


def _annotations(block: Legend | LinkList | Note) -> Iterator[str]:
    match block:
        case Legend(entries=entries):
            for entry in entries:
                known = (words_text(entry.name), words_text(entry.holds), entry.example)
                yield ": ".join([text for text in known if text])
        case LinkList(items):
            for item in items:
                yield ": ".join([text for text in (plain(item.title.inlines), words_text(item.note)) if text])
        case Note(blocks=blocks, title=title):
            if title:
                yield plain(title.inlines)
            for inner in blocks:
                yield from _lines(inner)


def _name(chip: Chip) -> str:
    return chip.name or f"%{chip.number}"

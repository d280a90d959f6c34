"""Documents as plain text, for search and for data: what a reader would read aloud, a block a line.

Nothing is escaped and nothing marked up; whoever puts the text into a format escapes it there.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb_gen.document import (
    Article,
    Block,
    Chip,
    CodeBlock,
    CommandBlock,
    Fields,
    ItemList,
    Legend,
    LegendEntry,
    LinkList,
    MessageBlock,
    Paragraph,
    Section,
    Table,
    Words,
    plain,
)

__all__ = ["article_text", "block_text", "blocks_text", "message_text", "words_text"]


def words_text(words: Words | None) -> str:
    """A unit's words; nothing for None."""
    return plain(words.inlines) if words else ""


def article_text(article: Article) -> str:
    """What an article says, from its summary on.

    Headings and labels are left out: every article has the same, so they tell nothing about this one.
    """
    lines = [words_text(article.summary)] if article.summary else []
    for section in article.sections:
        _add_section(section, lines)
    return "\n".join(lines)


def blocks_text(blocks: Iterable[Block]) -> str:
    """Blocks one below the other."""
    lines: list[str] = []
    _add(blocks, lines)
    return "\n".join(lines)


def block_text(block: Block) -> str:
    """One block: its paragraphs, items, rows and commands, a line each."""
    return blocks_text((block,))


def _add_section(section: Section, lines: list[str]) -> None:
    _add(section.blocks, lines)
    for inner in section.sections:
        _add_section(inner, lines)


def _add(blocks: Iterable[Block], lines: list[str]) -> None:
    """Appends the lines of blocks; a list is handed down instead of results up, which takes half the time."""
    for block in blocks:
        # The most frequent ones first; tests of types, unlike patterns, look at no attributes.
        if isinstance(block, Paragraph):
            lines.append(plain(block.words.inlines))
        elif isinstance(block, ItemList):
            for item in block.items:
                _add(item, lines)
        elif isinstance(block, CommandBlock):
            lines.append("".join([part if isinstance(part, str) else f"<{part.name}>" for part in block.parts]))
        elif isinstance(block, MessageBlock):
            lines.append(message_text(block.parts))
        elif isinstance(block, Fields):
            lines += [plain(field.value.inlines) for field in block.fields]
        elif isinstance(block, CodeBlock):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += [" | ".join([plain(cell.inlines) for cell in row]) for row in (block.header, *block.rows)]
        elif isinstance(block, Legend):
            lines += [_legend_entry(entry) for entry in block.entries]
        elif isinstance(block, LinkList):
            lines += [_colon(plain(item.title.inlines), words_text(item.note)) for item in block.items]
        else:
            if block.title:
                lines.append(plain(block.title.inlines))
            _add(block.blocks, lines)


def _legend_entry(entry: LegendEntry) -> str:
    name = _colon(words_text(entry.name) or f"%{entry.number}", words_text(entry.holds))
    return f"{name} ({entry.example})" if entry.example else name


def _colon(title: str, note: str) -> str:
    return f"{title}: {note}" if note else title


def message_text(parts: Iterable[str | Chip]) -> str:
    """A message with its insertion strings' names in their places."""
    return "".join([part if isinstance(part, str) else _name(part) for part in parts])


def _name(chip: Chip) -> str:
    return chip.name or f"%{chip.number}"

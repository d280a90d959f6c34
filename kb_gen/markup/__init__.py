"""The small, safe Markdown of a record's texts, parsed into blocks and inlines that every output renders from."""

from kb_gen.markup.blocks import Block, CodeBlock, ListBlock, Paragraph, Table, parse_blocks
from kb_gen.markup.inlines import (
    Code,
    Emphasis,
    EventLink,
    Inline,
    Insertion,
    LineBreak,
    Link,
    RawHtml,
    Strong,
    Text,
    clear_texts,
    has_markup,
    parse_event_target,
    parse_inlines,
    plain_text,
    walk,
)
from kb_gen.markup.safety import SCHEMES, is_safe_link

__all__ = [
    "SCHEMES",
    "Block",
    "Code",
    "CodeBlock",
    "Emphasis",
    "EventLink",
    "Inline",
    "Insertion",
    "LineBreak",
    "Link",
    "ListBlock",
    "Paragraph",
    "RawHtml",
    "Strong",
    "Table",
    "Text",
    "clear_texts",
    "has_markup",
    "is_safe_link",
    "parse_blocks",
    "parse_event_target",
    "parse_inlines",
    "plain_text",
    "walk",
]

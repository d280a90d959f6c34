"""The document: an article as a tree of blocks and inlines, in one locale, ready for any output.

Everything is resolved here: `%1` has become a parameter's name, `event:Source/ID` an address and a title, a snippet
its steps. A renderer adds the form of its format and nothing else.

Articles are made of some hundred such values each: msgspec's structs are made in an eighth of a dataclass's time. Text,
code and line breaks are taken as they were parsed.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from msgspec import Struct

from kb_gen.locales import Coverage, State
from kb_gen.markup import Code, LineBreak, Text
from kb_gen.messages.kinds import ValueKind

__all__ = [
    "Addressed",
    "AddressedMessage",
    "Article",
    "ArticleLink",
    "Block",
    "Chip",
    "Code",
    "CodeBlock",
    "CommandBlock",
    "Emphasis",
    "ExternalLink",
    "Field",
    "Fields",
    "Inline",
    "ItemList",
    "Legend",
    "LegendEntry",
    "LineBreak",
    "LinkItem",
    "LinkList",
    "MessageBlock",
    "Note",
    "NoteKind",
    "Paragraph",
    "ParameterName",
    "Section",
    "Strong",
    "Table",
    "Text",
    "Words",
]


class Emphasis(Struct, frozen=True, gc=False, tag=True):
    """Emphasised inlines."""

    children: tuple[Inline, ...]


class Strong(Struct, frozen=True, gc=False, tag=True):
    """Strongly emphasised inlines."""

    children: tuple[Inline, ...]


class ExternalLink(Struct, frozen=True, gc=False, tag=True):
    """A link out of the knowledge base, of an allowed scheme."""

    href: str
    children: tuple[Inline, ...]


class ArticleLink(Struct, frozen=True, gc=False, tag=True):
    """A link to another article by its address below the locale's root (`msexchangetransport/1025`)."""

    address: str
    children: tuple[Inline, ...]


class ParameterName(Struct, frozen=True, gc=False, tag=True):
    """What the message's insertion string `%number` holds, by name; the name may be in another language."""

    number: int
    name: str
    lang: str | None = None


class Addressed(Struct, frozen=True, gc=False, tag=True):
    """A unit's inlines, where somebody wants to know which unit they are: `unit` is its `kb_gen.locales.unit_id`.

    Only articles for translators have them.
    """

    unit: str
    children: tuple[Inline, ...]


Inline = Text | Code | Emphasis | Strong | ExternalLink | ArticleLink | ParameterName | LineBreak | Addressed


class Words(Struct, frozen=True, gc=False):
    """A unit's inlines. `lang` is set where it isn't the document's; `state` says why.

    `remark` says of an outdated unit that it is: for readers who don't see how it is set apart.
    """

    inlines: tuple[Inline, ...]
    lang: str | None = None
    state: State = State.SOURCE
    remark: Words | None = None


class Paragraph(Struct, frozen=True, gc=False):
    """A paragraph."""

    words: Words


class ItemList(Struct, frozen=True, gc=False):
    """A list, numbered or not; each item is a sequence of blocks."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


class Table(Struct, frozen=True, gc=False):
    """A table of words."""

    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


class CodeBlock(Struct, frozen=True, gc=False):
    """Lines of code; `language` may be empty."""

    text: str
    language: str = ""


class Chip(Struct, frozen=True, gc=False):
    """An insertion string at its place in a message or command: its number, name, and example (may be empty).

    In a message, `kind` is what its value looks like, as far as its format tells.
    """

    number: int
    name: str
    lang: str | None = None
    example: str = ""
    kind: ValueKind | None = None


class CommandBlock(Struct, frozen=True, gc=False):
    """A command to copy and run. `shell` is what it is called to a reader, `language` its highlighting."""

    shell: Words
    language: str
    parts: tuple[str | Chip, ...]


class MessageBlock(Struct, frozen=True, gc=False):
    """The message as the log shows it, with chips for its insertion strings; `version` where it is a variant's.

    `template` is the message as the product ships it.
    """

    template: str
    parts: tuple[str | Chip, ...]
    lang: str | None = None
    version: str = ""


class AddressedMessage(MessageBlock, frozen=True, gc=False):
    """A message template in an article for translators: `unit` is the unit that it is."""

    unit: str = ""


class LegendEntry(Struct, frozen=True, gc=False):
    """One insertion string explained; `holds` is None where nobody has described it."""

    number: int
    name: Words | None
    holds: Words | None
    example: str


class Legend(Struct, frozen=True, gc=False):
    """What the insertion strings hold, with the table's column titles: string, name, holds, example."""

    titles: tuple[Words, Words, Words, Words]
    entries: tuple[LegendEntry, ...]


class Field(Struct, frozen=True, gc=False):
    """One fact of the details table: a stable key, its label and its value; `code` values are identifiers."""

    key: str
    label: Words
    value: Words
    code: bool = False
    address: str | None = None


class Fields(Struct, frozen=True, gc=False):
    """The details table."""

    fields: tuple[Field, ...]


class LinkItem(Struct, frozen=True, gc=False):
    """An entry of a list of links: to an article (`address`) or out of the knowledge base (`href`)."""

    title: Words
    note: Words | None = None
    address: str | None = None
    href: str | None = None


class LinkList(Struct, frozen=True, gc=False):
    """Related events, or where to read more."""

    items: tuple[LinkItem, ...]


class NoteKind(StrEnum):
    """What a note is about."""

    UNFINISHED = "unfinished"
    NOTICE = "notice"


class Note(Struct, frozen=True, gc=False):
    """A note set apart from the text, with an optional title."""

    kind: NoteKind
    blocks: tuple[Block, ...]
    title: Words | None = None


Block = Paragraph | ItemList | Table | CodeBlock | CommandBlock | MessageBlock | Legend | Fields | LinkList | Note


class Section(Struct, frozen=True, gc=False):
    """A headed part of an article. `anchor` is the same in every locale."""

    anchor: str
    title: Words
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


class Article(Struct, frozen=True, gc=False):
    """An event's article in one locale.

    Attributes:
        address: the path below the locale's root.
        locale: BCP 47 tag.
        source: the event source.
        id: the event ID.
        title: source and ID.
        symbolic_name: the symbol, may be empty.
        severity: the level's key (`error`) and its word in this locale; None where unknown.
        summary: the event in a sentence, None where nobody has written it.
        description: the summary or what is known, as plain text.
        modified: date of the last change, None where unknown.
        modified_label: that date in words of this locale.
        banner: a sentence on what isn't translated, None where everything is.
        coverage: how much of the article is translated.
        notes: notes before the first section.
        sections: the article's sections.
        closing: notes after the last section.
    """

    address: str
    locale: str
    source: str
    id: str
    title: str
    symbolic_name: str
    severity: tuple[str, Words] | None
    summary: Words | None
    description: str
    modified: dt.date | None
    modified_label: Words | None
    banner: Words | None
    coverage: Coverage
    notes: tuple[Note, ...]
    sections: tuple[Section, ...]
    closing: tuple[Note, ...]

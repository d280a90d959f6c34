"""The document: an article as a tree of blocks and inlines, in one locale, ready for any output.

Everything is resolved here: `%1` has become a parameter's name, `event:Source/ID` an address and a title, a snippet
its steps. A renderer adds the form of its format and nothing else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kb_gen.locales import Coverage, State

__all__ = [
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


@dataclass(frozen=True, slots=True)
class Text:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Code within a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised inlines."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Strongly emphasised inlines."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A link out of the knowledge base, of an allowed scheme."""

    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link to another article by its address below the locale's root (`msexchangetransport/1025`)."""

    address: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ParameterName:
    """What the message's insertion string `%number` holds, by name; the name may be in another language."""

    number: int
    name: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break within a paragraph."""


Inline = Text | Code | Emphasis | Strong | ExternalLink | ArticleLink | ParameterName | LineBreak


@dataclass(frozen=True, slots=True)
class Words:
    """A unit's inlines. `lang` is set where it isn't the document's; `state` says why."""

    inlines: tuple[Inline, ...]
    lang: str | None = None
    state: State = State.SOURCE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    words: Words


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list, numbered or not; each item is a sequence of blocks."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words."""

    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code; `language` may be empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """An insertion string at its place in a message or command: its number, name, and example (may be empty)."""

    number: int
    name: str
    lang: str | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class CommandBlock:
    """A command to copy and run. `shell` is what it is called to a reader, `language` its highlighting."""

    shell: str
    language: str
    parts: tuple[str | Chip, ...]


@dataclass(frozen=True, slots=True)
class MessageBlock:
    """The message as the log shows it, with chips for its insertion strings; `version` where it is a variant's."""

    parts: tuple[str | Chip, ...]
    lang: str | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One insertion string explained; `holds` is None where nobody has described it."""

    number: int
    name: Words | None
    holds: Words | None
    example: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What the insertion strings hold, with the table's column titles: string, name, holds, example."""

    titles: tuple[Words, Words, Words, Words]
    entries: tuple[LegendEntry, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One fact of the details table: a stable key, its label and its value; `code` values are identifiers."""

    key: str
    label: Words
    value: Words
    code: bool = False
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """The details table."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class LinkItem:
    """An entry of a list of links: to an article (`address`) or out of the knowledge base (`href`)."""

    title: Words
    note: Words | None = None
    address: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class LinkList:
    """Related events, or where to read more."""

    items: tuple[LinkItem, ...]


class NoteKind(StrEnum):
    """What a note is about."""

    UNFINISHED = "unfinished"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Note:
    """A note set apart from the text, with an optional title."""

    kind: NoteKind
    blocks: tuple[Block, ...]
    title: Words | None = None


Block = Paragraph | ItemList | Table | CodeBlock | CommandBlock | MessageBlock | Legend | Fields | LinkList | Note


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of an article. `anchor` is the same in every locale."""

    anchor: str
    title: Words
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
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

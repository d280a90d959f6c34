"""What localization yields: passages of text that know their language and how current they are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from kb_gen.markup import CodeBlock
from kb_gen.model import Command, Entry, Reference, Role

__all__ = [
    "Coverage",
    "LocalAction",
    "LocalBlock",
    "LocalList",
    "LocalParagraph",
    "LocalParameter",
    "LocalReference",
    "LocalTable",
    "LocalVariant",
    "LocalizedRecord",
    "Passage",
    "State",
    "coverage_of",
]


class State(StrEnum):
    """How a passage stands to its source text.

    `SOURCE`: it is the source language that is asked for, or a quotation that has no translation to have.
    `OUTDATED` and `MISSING` passages hold the source text.
    """

    SOURCE = "source"
    TRANSLATED = "translated"
    OUTDATED = "outdated"
    MISSING = "missing"


class Passage(Struct, frozen=True, gc=False):
    """One unit's text as it is to be shown: inline Markdown, the BCP 47 tag of its language, and its state."""

    text: str
    lang: str
    state: State = State.SOURCE


class LocalParagraph(Struct, frozen=True, gc=False):
    """A paragraph."""

    passage: Passage


class LocalList(Struct, frozen=True, gc=False):
    """A list whose items are sequences of blocks."""

    ordered: bool
    items: tuple[tuple[LocalBlock, ...], ...]
    start: int = 1


class LocalTable(Struct, frozen=True, gc=False):
    """A table of passages."""

    header: tuple[Passage, ...]
    rows: tuple[tuple[Passage, ...], ...]


LocalBlock = LocalParagraph | LocalList | LocalTable | CodeBlock


class LocalAction(Struct, frozen=True, gc=False):
    """A user action or a step of one, with the snippet it names, if any, already in its place."""

    text: tuple[LocalBlock, ...]
    commands: tuple[Command, ...] = ()
    note: tuple[LocalBlock, ...] = ()
    steps: tuple[LocalAction, ...] = ()
    ordered: bool = True
    role: Role | None = None


class LocalParameter(Struct, frozen=True, gc=False):
    """What an insertion string holds."""

    number: int
    name: Passage
    holds: Passage | None
    example: str


class LocalVariant(Struct, frozen=True, gc=False):
    """Another version's message."""

    version: str
    message: Passage


class LocalReference(Struct, frozen=True, gc=False):
    """Where to read more."""

    reference: Reference
    title: Passage
    note: Passage | None


class Coverage(Struct, frozen=True, gc=False):
    """How much of something is translated, in units. `total` counts what there is to translate."""

    translated: int = 0
    outdated: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        """All units that want a translation."""
        return self.translated + self.outdated + self.missing

    @property
    def share(self) -> float:
        """The translated part, 0.0 to 1.0; nothing to translate counts as all translated."""
        return self.translated / self.total if self.total else 1.0

    @property
    def complete(self) -> bool:
        """Whether nothing is missing or outdated."""
        return self.translated == self.total

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.translated + other.translated, self.outdated + other.outdated, self.missing + other.missing
        )


class LocalizedRecord(Struct, frozen=True, gc=False):
    """A record in one locale: every text of it as passages.

    `message` and `variants` quote the log: a message without translation of the product's own stands in its own
    language with state SOURCE and isn't counted in `coverage`.
    """

    entry: Entry
    locale: str
    message: Passage | None
    variants: tuple[LocalVariant, ...]
    parameters: tuple[LocalParameter, ...]
    summary: Passage | None
    explanation: tuple[LocalBlock, ...]
    actions: tuple[LocalAction, ...]
    references: tuple[LocalReference, ...]
    coverage: Coverage


def coverage_of(passages: Iterable[Passage]) -> Coverage:
    """The coverage of `passages`; those in state SOURCE have nothing to translate and don't count."""
    states = [passage.state for passage in passages]
    return Coverage(states.count(State.TRANSLATED), states.count(State.OUTDATED), states.count(State.MISSING))

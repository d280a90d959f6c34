"""What an import does, event by event."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, Severity
from kb_gen.model import Entry, KnowledgeBase

__all__ = ["EventReport", "FileChange", "Merge", "Outcome"]


class Outcome(StrEnum):
    """What becomes of an event.

    `ADDED`: it gets a record. `CHANGED`: its record gets what it lacked, or what was to be overwritten. `UNCHANGED`:
    its record says the same. `DIFFERS`: its record says something else, and keeps it. `SKIPPED`: it isn't taken.
    """

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DIFFERS = "differs"
    SKIPPED = "skipped"


class EventReport(Struct, frozen=True):
    """What becomes of one event.

    Attributes:
        outcome: in a word.
        source: its event source.
        id: its ID.
        symbol: its symbolic name; may be empty.
        place: where the file has it.
        path: its record's file, relative to the project's root; empty where there is none.
        changed: the fields that were written into a record that was there.
        reasons: why something wasn't taken, a line each.
    """

    outcome: Outcome
    source: str
    id: str
    symbol: str
    place: Place
    path: str = ""
    changed: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class FileChange(Struct, frozen=True):
    """The bytes that a file has, None where there is none, and those that it gets."""

    before: bytes | None
    after: bytes


class Merge(Struct, frozen=True):
    """What an import is to write, and why.

    Attributes:
        changes: the files of the content folder that are written, by path relative to the project's root.
        events: what becomes of each event, in the order of the file.
        entries: the record of each event as it then is, None where it has none.
        knowledge_base: the knowledge base as it then is.
        shared: what is done in products.yml, a line each.
        diagnostics: what keeps something from being taken, other than single events.
    """

    changes: Mapping[str, FileChange]
    events: tuple[EventReport, ...]
    entries: tuple[Entry | None, ...]
    knowledge_base: KnowledgeBase
    shared: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether nothing may be written."""
        return any(finding.severity is Severity.ERROR for finding in self.diagnostics)

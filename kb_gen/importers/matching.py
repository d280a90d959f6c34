"""Which record of the knowledge base an event of a file is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct, structs

from kb_gen.importers.imported import Imported
from kb_gen.model import Entry, Record

__all__ = ["Certainty", "Match", "Matching", "alike", "without_version"]


class Certainty(StrEnum):
    """How an event was found: as `SAME`, as `NEW`, as one that has been `RENAMED`, or not for certain (`AMBIGUOUS`)."""

    SAME = "same"
    NEW = "new"
    RENAMED = "renamed"
    AMBIGUOUS = "ambiguous"


class Match(Struct, frozen=True):
    """What was found of an event.

    Attributes:
        certainty: whether it was found.
        entry: its record, if there is one.
        others: what it could be, where that isn't certain.
    """

    certainty: Certainty
    entry: Entry | None = None
    others: tuple[Entry, ...] = ()


class Matching:
    """Finds records by product, source, ID, and as far as either side has them, symbol and version."""

    def __init__(self, entries: Iterable[Entry], records: Iterable[Record]) -> None:
        """What is compared.

        Args:
            entries: the records of the knowledge base.
            records: all events of the file, because one that shares its ID with others is found by its symbol alone.
        """
        self._known: defaultdict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        self._wanted: defaultdict[tuple[str, str, str], list[Record]] = defaultdict(list)
        for entry in entries:
            self._known[_key(entry.record)].append(entry)
        for record in records:
            self._wanted[_key(record)].append(record)

    def sharing(self, record: Record) -> int:
        """How many symbols and versions share the source and ID of a record, in the file and the knowledge base."""
        both = (*(entry.record for entry in self._known.get(_key(record), ())), *self._wanted.get(_key(record), ()))
        return len({(other.symbolic_name, other.version) for other in both} | {(record.symbolic_name, record.version)})

    def find(self, record: Record) -> Match:
        """The record that an event of the file is about."""
        known = [entry for entry in self._known.get(_key(record), ()) if _may_be(entry.record.version, record.version)]
        alone = len({other.symbolic_name for other in self._wanted.get(_key(record), ())}) <= 1
        same = [entry for entry in known if entry.record.symbolic_name == record.symbolic_name]
        exact = [entry for entry in same if entry.record.version == record.version]
        for found in (exact, same):
            if found:
                return _one(found)
        if not record.symbolic_name:
            return _one(known) if known else Match(Certainty.NEW)
        nameless = [entry for entry in known if not entry.record.symbolic_name]
        if nameless and alone:
            return _one(nameless)
        if len(known) == 1 and alone:
            return Match(Certainty.RENAMED, known[0])
        return Match(Certainty.NEW)


def _key(record: Record) -> tuple[str, str, str]:
    return record.product, record.source, record.id


def _may_be(known: str, wanted: str) -> bool:
    """Whether events of these versions may be the same; a version that isn't told may be any."""
    return not known or not wanted or known == wanted


def _one(found: list[Entry]) -> Match:
    return Match(Certainty.SAME, found[0]) if len(found) == 1 else Match(Certainty.AMBIGUOUS, None, tuple(found))


def alike(old: object, new: object) -> bool:
    """Whether two values say the same; the line end behind a block of YAML says nothing."""
    if isinstance(old, str) and isinstance(new, str):
        return old == new or old.rstrip("\n") == new.rstrip("\n")
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return all(number in old and old[number].name == value.name for number, value in new.items())
    return old == new


def without_version(imported: Imported, version: str) -> Imported:
    """Events that don't say that they are of `version`, which the whole file is of.

    It tells no event from another: what the next version has is the same event.
    """
    if not version:
        return imported
    events = [
        structs.replace(event, record=structs.replace(event.record, version=""))
        if event.record.version == version
        else event
        for event in imported.events
    ]
    return structs.replace(imported, events=tuple(events))

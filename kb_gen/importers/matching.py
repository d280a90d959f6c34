"""Which record of the knowledge base an event of a file is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct, structs

from kb_gen.importers.imported import Imported
from kb_gen.model import Entry, Identity, Record

__all__ = ["Certainty", "Match", "Matching", "identity_of", "without_version"]


class Certainty(StrEnum):
    """How an event was found.

    `SAME` and `NEW` say it; `RENAMED`: its ID is that of a record with another symbol. `RENUMBERED`: its symbol is that
    of a record with another ID. `AMBIGUOUS`: it could be that of several records.
    """

    SAME = "same"
    NEW = "new"
    RENAMED = "renamed"
    RENUMBERED = "renumbered"
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
        # The same by symbol: a symbol keeps its meaning where numbers are counted anew.
        self._named: defaultdict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        self._numbers: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        # The numbers under which no record has the symbol, found when somebody asks.
        self._fresh: dict[tuple[str, str, str], set[str]] = {}
        for entry in entries:
            self._known[_key(entry.record)].append(entry)
            self._named[_symbol_key(entry.record)].append(entry)
        for record in records:
            self._wanted[_key(record)].append(record)
            self._numbers[_symbol_key(record)].add(record.id)

    def sharing(self, record: Record) -> int:
        """How many symbols and versions share the source and ID of a record, in the file and the knowledge base."""
        both = (*(entry.record for entry in self._known.get(_key(record), ())), *self._wanted.get(_key(record), ()))
        return len({(other.symbolic_name, other.version) for other in both} | {(record.symbolic_name, record.version)})

    def find(self, record: Record) -> Match:
        """The record that an event of the file is about."""
        known = [entry for entry in self._possible(self._known, _key(record), record) if not self._has_moved(entry)]
        alone = len({other.symbolic_name for other in self._wanted.get(_key(record), ())}) <= 1
        same = [entry for entry in known if entry.record.symbolic_name == record.symbolic_name]
        exact = [entry for entry in same if entry.record.version == record.version]
        for found in (exact, same):
            if found:
                return _one(found)
        if not record.symbolic_name:
            return _one(known) if known else Match(Certainty.NEW)
        if former := self._former(record):
            found_so = _one(former)
            return structs.replace(found_so, certainty=Certainty.RENUMBERED) if found_so.entry else found_so
        nameless = [entry for entry in known if not entry.record.symbolic_name]
        if nameless and alone:
            return _one(nameless)
        if len(known) == 1 and alone:
            return Match(Certainty.RENAMED, known[0])
        return Match(Certainty.NEW)

    def _possible(
        self, entries: Mapping[tuple[str, str, str], list[Entry]], key: tuple[str, str, str], record: Record
    ) -> list[Entry]:
        return [entry for entry in entries.get(key, ()) if _may_be(entry.record.version, record.version)]

    def _has_moved(self, entry: Entry) -> bool:
        """Whether the file has a record's symbol, but under other numbers."""
        record = entry.record
        numbers = self._numbers.get(_symbol_key(record), ()) if record.symbolic_name else ()
        return bool(numbers) and record.id not in numbers

    def _former(self, record: Record) -> list[Entry]:
        """The records that an event's symbol has left; none where several events of the file could be theirs."""
        key = _symbol_key(record)
        if key not in self._fresh:
            self._fresh[key] = self._numbers[key] - {entry.record.id for entry in self._named.get(key, ())}
        if self._fresh[key] != {record.id}:
            return []
        return [entry for entry in self._possible(self._named, key, record) if self._has_moved(entry)]


def _key(record: Record) -> tuple[str, str, str]:
    return record.product, record.source, record.id


def _symbol_key(record: Record) -> tuple[str, str, str]:
    return record.product, record.source, record.symbolic_name


def identity_of(record: Record) -> Identity:
    """What tells a record from every other."""
    return Identity(record.product, record.source, record.id, record.symbolic_name, record.version)


def _may_be(known: str, wanted: str) -> bool:
    """Whether events of these versions may be the same; a version that isn't told may be any."""
    return not known or not wanted or known == wanted


def _one(found: list[Entry]) -> Match:
    return Match(Certainty.SAME, found[0]) if len(found) == 1 else Match(Certainty.AMBIGUOUS, None, tuple(found))


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

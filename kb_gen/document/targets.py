"""Where a reference to another event leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import Struct

from kb_gen.load import canonical_id
from kb_gen.model import AddressBook, Entry, KnowledgeBase, address_book, slug, source_address

__all__ = ["Target", "Targets", "find_targets"]


class Target(Struct, frozen=True):
    """An article, or a list of those that share source and ID: where it is and how it is called."""

    address: str
    title: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Targets:
    """Every event that can be referred to, by source (name or address) and ID, alone or with a symbolic name."""

    book: AddressBook
    by_pair: Mapping[tuple[str, str], Target]
    by_symbol: Mapping[tuple[str, str, str], Target]

    def find(self, source: str, id: str, symbolic_name: str = "") -> Target | None:
        """The article of an event, its ID in any spelling; None where there is none."""
        segment = source_address(source)
        number = slug(canonical_id(id) or id)
        if symbolic_name:
            return self.by_symbol.get((segment, number, symbolic_name.lower()))
        return self.by_pair.get((segment, number))


def find_targets(kb: KnowledgeBase) -> Targets:
    """The targets of all of `kb`'s records."""
    book = address_book(kb)
    by_pair: dict[tuple[str, str], Target] = {}
    by_symbol: dict[tuple[str, str, str], Target] = {}
    # There are few sources, and many records of each.
    segments: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in kb.entries:
        record = entry.record
        source = (record.product, record.source)
        if source not in segments:
            chosen = source_address(record.source, kb.event_source(record).address)
            segments[source] = tuple(dict.fromkeys((chosen, source_address(record.source))))
        chosen, number = segments[source][0], slug(record.id)
        bare = f"{chosen}/{number}"
        target = Target(book[entry.identity], entry.title, entry)
        named = Target(bare, entry.title, None) if bare in book.shared else target
        symbol = record.symbolic_name.lower()
        for segment in segments[source]:
            by_pair[segment, number] = named
            if symbol:
                by_symbol[segment, number, symbol] = target
    return Targets(book, by_pair, by_symbol)

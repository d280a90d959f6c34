"""Tables of events: by source, by symbol, by date. What they need of each article, kept small."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import groupby
from operator import itemgetter
from typing import Protocol

import msgspec

from kb_gen.document import Article, Text, Words, plain
from kb_gen.locales import Coverage
from kb_gen.model import Identity

__all__ = ["Arrangement", "ListedEvent", "Listing", "ListingRow", "SourceCount", "brief", "listing_row", "source_of"]

_LONGEST_SUMMARY = 200
_LONGEST_NUMBER = 20


class ArrangedEvent(Protocol):
    """An event, as far as lists have to know it to find its place."""

    @property
    def identity(self) -> Identity:
        """Which event it is."""
        ...

    @property
    def address(self) -> str:
        """Its article's address below the locale's root."""
        ...

    @property
    def title(self) -> str:
        """Its article's title."""
        ...

    @property
    def modified(self) -> dt.date | None:
        """When it changed last."""
        ...


class ListedEvent(ArrangedEvent, Protocol):
    """One event in a table of events, as far as one needs it."""

    @property
    def severity(self) -> tuple[str, Words] | None:
        """The level's key, and its name; None where unknown."""
        ...

    @property
    def summary(self) -> Words | None:
        """The event in a sentence."""
        ...

    @property
    def coverage(self) -> Coverage:
        """How much of its article is translated."""
        ...


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One event in a table of events, with all that there is to know of it."""

    identity: Identity
    address: str
    title: str
    severity: tuple[str, Words] | None
    summary: Words | None
    modified: dt.date | None
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source in a list of sources: its name, its address, and how many of a product's events it has."""

    name: str
    address: str
    count: int


class Arrangement:
    """How lists arrange a site's events: the same in all locales. Events are named by their positions.

    Args:
        rows: all events, in the knowledge base's order.
    """

    def __init__(self, rows: Sequence[ArrangedEvent]) -> None:
        self._rows = rows

    @cached_property
    def by_source(self) -> Mapping[str, Sequence[int]]:
        """As `Listing.by_source`."""
        rows = self._rows
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            found[source_of(row)].append(place)
        for places in found.values():
            if rows[places[0]].identity.product != rows[places[-1]].identity.product:
                places.sort(key=lambda place: _by_id(rows[place]))
        return {address: found[address] for address in sorted(found)}

    @cached_property
    def by_product(self) -> Mapping[str, tuple[SourceCount, ...]]:
        """As `Listing.by_product`."""
        counts: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        for row in self._rows:
            own = counts[row.identity.product]
            key = row.identity.source, source_of(row)
            own[key] = own.get(key, 0) + 1
        return {
            product: tuple([SourceCount(name, address, count) for (name, address), count in own.items()])
            for product, own in counts.items()
        }

    @cached_property
    def by_letter(self) -> Mapping[str, Sequence[int]]:
        """As `Listing.by_letter`."""
        keys: list[tuple[str, str, Identity, int]] = []
        for place, row in enumerate(self._rows):
            symbol = row.identity.symbolic_name
            if symbol:
                keys.append((_letter(symbol), symbol.lower(), row.identity, place))
        keys.sort()
        return {letter: [place for *_, place in own] for letter, own in groupby(keys, key=itemgetter(0))}

    def latest(self, most: int) -> list[int]:
        """As `Listing.latest`."""
        dated = [(row.modified, place) for place, row in enumerate(self._rows) if row.modified]
        return [place for _, place in nlargest(most, dated, key=itemgetter(0))]


class Listing:
    """All events of one locale, in the knowledge base's order.

    Args:
        rows: the events.
        arrangement: how they are arranged, if another locale has found that out.
    """

    def __init__(self, rows: Sequence[ListedEvent], arrangement: Arrangement | None = None) -> None:
        self.rows = rows
        self._arrangement = arrangement or Arrangement(rows)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[ListedEvent, ...]]:
        """The events on each source's page, by the page's address; where products share it, by ID."""
        return {address: self._at(places) for address, places in self._arrangement.by_source.items()}

    @property
    def by_product(self) -> Mapping[str, tuple[SourceCount, ...]]:
        """The sources of each product, in the knowledge base's order."""
        return self._arrangement.by_product

    def latest(self, most: int) -> tuple[ListedEvent, ...]:
        """The events that changed last, newest first."""
        return self._at(self._arrangement.latest(most))

    @cached_property
    def by_letter(self) -> Mapping[str, tuple[ListedEvent, ...]]:
        """The events that have a symbolic name, by its first letter, `#` where it begins with none.

        Identifiers sort by their characters in all locales.
        """
        return {letter: self._at(places) for letter, places in self._arrangement.by_letter.items()}

    def _at(self, places: Sequence[int]) -> tuple[ListedEvent, ...]:
        return tuple([self.rows[place] for place in places])


def source_of(row: ArrangedEvent) -> str:
    """The address of the page that lists a row's event with its neighbours."""
    return row.address.partition("/")[0]


def _letter(symbol: str) -> str:
    first = symbol[0].upper()
    return first if "A" <= first <= "Z" else "#"


def _by_id(row: ArrangedEvent) -> tuple[bool, int, str]:
    own = row.identity.id
    number = own.isascii() and own.isdigit() and len(own) <= _LONGEST_NUMBER
    return not number, int(own) if number else 0, own


def brief(summary: Words) -> Words:
    """A summary that fits into a row: one that is too long is cut between words, and loses its emphasis and links."""
    text = plain(summary.inlines)
    if len(text) <= _LONGEST_SUMMARY:
        return summary
    cut = text[:_LONGEST_SUMMARY]
    shortened = cut.rpartition(" ")[0] or cut
    return msgspec.structs.replace(summary, inlines=(Text(f"{shortened.rstrip(' ,;:.–-')} …"),))


def listing_row(identity: Identity, article: Article) -> ListingRow:
    """What tables need to know of an article."""
    return ListingRow(
        identity=identity,
        address=article.address,
        title=article.title,
        severity=article.severity,
        summary=article.summary,
        modified=article.modified,
        coverage=article.coverage,
    )

"""Tables of events: by source, by symbol, by date. What they need of each article, kept small."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
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

__all__ = ["ListedEvent", "Listing", "ListingRow", "SourceCount", "brief", "listing_row", "source_of"]

_LONGEST_SUMMARY = 200
_LONGEST_NUMBER = 20


class ListedEvent(Protocol):
    """One event in a table of events, as far as one needs it."""

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
    def severity(self) -> tuple[str, Words] | None:
        """The level's key, and its name; None where unknown."""
        ...

    @property
    def summary(self) -> Words | None:
        """The event in a sentence."""
        ...

    @property
    def modified(self) -> dt.date | None:
        """When it changed last."""
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


@dataclass(frozen=True)
class Listing:
    """All events of one locale, in the knowledge base's order."""

    rows: tuple[ListedEvent, ...]

    @cached_property
    def by_source(self) -> Mapping[str, tuple[ListedEvent, ...]]:
        """The events on each source's page, by the page's address; where products share it, by ID."""
        found: defaultdict[str, list[ListedEvent]] = defaultdict(list)
        for row in self.rows:
            found[source_of(row)].append(row)
        for rows in found.values():
            if rows[0].identity.product != rows[-1].identity.product:
                rows.sort(key=_by_id)
        return {address: tuple(found[address]) for address in sorted(found)}

    @cached_property
    def by_product(self) -> Mapping[str, tuple[SourceCount, ...]]:
        """The sources of each product, in the knowledge base's order."""
        counts: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        for row in self.rows:
            own = counts[row.identity.product]
            key = row.identity.source, source_of(row)
            own[key] = own.get(key, 0) + 1
        return {
            product: tuple([SourceCount(name, address, count) for (name, address), count in own.items()])
            for product, own in counts.items()
        }

    def latest(self, most: int) -> list[ListedEvent]:
        """The events that changed last, newest first."""
        dated = [(row.modified, row) for row in self.rows if row.modified]
        return [row for _, row in nlargest(most, dated, key=itemgetter(0))]

    @cached_property
    def by_letter(self) -> Mapping[str, tuple[ListedEvent, ...]]:
        """The events that have a symbolic name, by its first letter, `#` where it begins with none.

        Identifiers sort by their characters in all locales.
        """
        named = [row for row in self.rows if row.identity.symbolic_name]
        named.sort(key=lambda row: (_letter(row), row.identity.symbolic_name.lower(), row.identity))
        return {letter: tuple(rows) for letter, rows in groupby(named, key=_letter)}


def source_of(row: ListedEvent) -> str:
    """The address of the page that lists a row's event with its neighbours."""
    return row.address.partition("/")[0]


def _letter(row: ListedEvent) -> str:
    first = row.identity.symbolic_name[0].upper()
    return first if "A" <= first <= "Z" else "#"


def _by_id(row: ListedEvent) -> tuple[bool, int, str]:
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

"""Tables of events: by source, by symbol, by date. What they need of each article, kept small."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb_gen.document import Article, Words
from kb_gen.locales import Coverage
from kb_gen.model import Identity

__all__ = ["Listing", "ListingRow", "listing_row"]


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One event in a table of events."""

    identity: Identity
    address: str
    title: str
    severity: tuple[str, Words] | None
    summary: Words | None
    modified: dt.date | None
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Listing:
    """All events of one locale, in the knowledge base's order."""

    rows: tuple[ListingRow, ...]

    def of_product(self, product: str) -> tuple[ListingRow, ...]:
        """The events of one product."""
        return tuple(row for row in self.rows if row.identity.product == product)

    @property
    def coverage(self) -> Coverage:
        """How much of all these articles is translated."""
        return sum((row.coverage for row in self.rows), Coverage())


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

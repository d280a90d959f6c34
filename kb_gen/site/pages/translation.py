"""How much of the knowledge base is translated, open to every reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb_gen.locales import Coverage
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.frame import Page, page_parts, render
from kb_gen.site.pages.listing import Listing, ListingRow
from kb_gen.site.pages.source import source_of

__all__ = ["translation_page"]

_GAPS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class LocaleCoverage:
    """One locale's share, by source, and its unfinished articles, those closest to complete first."""

    name: str
    tag: str
    path: str
    total: Coverage
    sources: tuple[tuple[str, str, Coverage], ...]
    gaps: tuple[ListingRow, ...]


def _of_locale(listing: Listing, site: LocaleSite) -> LocaleCoverage:
    by_source: dict[str, tuple[str, Coverage]] = {}
    for row in listing.rows:
        address = source_of(row)
        name, coverage = by_source.get(address, (row.identity.source, Coverage()))
        by_source[address] = (name, coverage + row.coverage)
    gaps = [row for row in listing.rows if not row.coverage.complete]
    gaps.sort(key=lambda row: (row.coverage.total - row.coverage.translated, row.identity))
    return LocaleCoverage(
        name=site.localizer.locale.name,
        tag=site.tag,
        path=site.path,
        total=listing.coverage,
        sources=tuple((name, address, coverage) for address, (name, coverage) in sorted(by_source.items())),
        gaps=tuple(gaps[:_GAPS_SHOWN]),
    )


def translation_page(listings: Mapping[str, Listing], site: LocaleSite, context: SiteContext) -> PageParts:
    """The page with every locale's share."""
    source = context.settings.source_locale
    locales = [_of_locale(listings[tag], other) for tag, other in context.locales.items() if tag != source]
    title = site.localizer.text("Translation")
    body = render("translation.html", site, "translation", title=title, locales=locales)
    description = site.localizer.text("How much of this knowledge base is translated into which language.")
    return page_parts(Page("translation", title, body, description=description, hide=("toc",)), site, context)

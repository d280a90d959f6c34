"""The home page of a locale: ask first, browse second."""

from __future__ import annotations

from dataclasses import dataclass

from kb_gen.locales import Coverage
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Page, page_parts, render
from kb_gen.site.pages.listing import Listing, SourceCount
from kb_gen.site.pages.product import MOST_PRODUCTS, PRODUCTS, product_name, source_counts

__all__ = ["HOME_RECENT", "home_page"]

_SOURCES_SHOWN = 8
HOME_RECENT = 5
"""How many of the events that changed last the page shows."""


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product on the home page, with its largest sources."""

    name: str
    address: str
    sources: tuple[SourceCount, ...]
    more: int


def _card(key: str, listing: Listing, site: LocaleSite, context: SiteContext) -> ProductCard:
    sources = source_counts(key, listing, site)
    largest = set(sorted(sources, key=lambda source: -source.count)[:_SOURCES_SHOWN])
    shown = tuple(source for source in sources if source in largest)
    return ProductCard(product_name(key, context), product_address(key), shown, len(sources) - len(shown))


def home_page(listing: Listing, coverage: Coverage, site: LocaleSite, context: SiteContext) -> PageParts:
    """The locale's home page; `coverage` says how much of its articles is translated."""
    settings = context.settings
    name = settings.site_names.get(site.tag, settings.site_name)
    keys = tuple(listing.by_product)
    cards = [_card(key, listing, site, context) for key in keys[:MOST_PRODUCTS]]
    body = render(
        "home.html",
        site,
        "",
        title=name,
        products=cards,
        more_products=len(keys) - len(cards),
        products_address=PRODUCTS,
        recent=listing.latest(HOME_RECENT),
        events=len(listing.rows),
        coverage=coverage if coverage.total and site.tag != settings.source_locale else None,
    )
    description = settings.site_descriptions.get(site.tag, "")
    return page_parts(Page("", name, body, description=description, hide=("toc",)), site, context)

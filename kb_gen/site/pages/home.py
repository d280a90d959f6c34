"""The home page of a locale: ask first, browse second."""

from __future__ import annotations

from dataclasses import dataclass

from kb_gen.model import Product
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Page, page_parts, render
from kb_gen.site.pages.listing import Listing
from kb_gen.site.pages.product import SourceRow, product_keys, source_rows
from kb_gen.site.pages.recent import latest

__all__ = ["home_page"]

_SOURCES_SHOWN = 8
_RECENT_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product on the home page, with its largest sources."""

    name: str
    address: str
    sources: tuple[SourceRow, ...]
    more: int


def _card(key: str, product: Product, listing: Listing, site: LocaleSite) -> ProductCard:
    rows = source_rows(key, listing, site)
    largest = sorted(rows, key=lambda row: -row.count)[:_SOURCES_SHOWN]
    shown = tuple(row for row in rows if row in largest)
    return ProductCard(product.name, product_address(key), shown, len(rows) - len(shown))


def home_page(listing: Listing, site: LocaleSite, context: SiteContext) -> PageParts:
    """The locale's home page."""
    settings = context.settings
    name = settings.site_names.get(site.tag, settings.site_name)
    cards = [
        _card(key, context.kb.products.get(key) or Product(name=key), listing, site) for key in product_keys(listing)
    ]
    coverage = listing.coverage
    body = render(
        "home.html",
        site,
        "",
        title=name,
        products=cards,
        recent=latest(listing, _RECENT_SHOWN),
        events=len(listing.rows),
        coverage=coverage if coverage.total and site.tag != settings.source_locale else None,
    )
    description = settings.site_descriptions.get(site.tag, "")
    return page_parts(Page("", name, body, description=description, hide=("toc",)), site, context)

"""A product's page: its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb_gen.document import Block
from kb_gen.locales import SHARED_DOMAIN, source_domain
from kb_gen.model import Product
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Page, page_parts, render
from kb_gen.site.pages.listing import Listing
from kb_gen.site.pages.source import source_of

__all__ = ["SourceRow", "product_pages", "source_rows"]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in a list of sources: name, address, number of events, description."""

    name: str
    address: str
    count: int
    description: tuple[Block, ...]


def source_rows(key: str, listing: Listing, site: LocaleSite) -> tuple[SourceRow, ...]:
    """The sources of a product that have events, in the locale's order."""
    product = site.kb.products.get(key) or Product(name=key)
    path = site.kb.paths.get("products", "content/products.yml")
    counts = Counter((row.identity.source, source_of(row)) for row in listing.of_product(key))
    rows = []
    for (name, address), count in counts.items():
        source = product.sources.get(name)
        blocks: tuple[Block, ...] = ()
        if source and source.description:
            domain = source_domain(name, source.address)
            local = site.localizer.blocks(source.description, domain, path, f"description of {name}")
            blocks = site.writer.plain_writer().blocks(local)
        rows.append(SourceRow(name, address, count, blocks))
    return tuple(sorted(rows, key=lambda row: site.localizer.sort_key(row.name)))


def product_keys(listing: Listing) -> tuple[str, ...]:
    """The products that have events, in the knowledge base's order."""
    return tuple(dict.fromkeys(row.identity.product for row in listing.rows))


def product_pages(listing: Listing, site: LocaleSite, context: SiteContext) -> Iterator[PageParts]:
    """One page for each product that has events."""
    path = context.kb.paths.get("products", "content/products.yml")
    for key in product_keys(listing):
        product = context.kb.products.get(key) or Product(name=key)
        local = site.localizer.blocks(product.description, SHARED_DOMAIN, path, f"description of {product.name}")
        address = product_address(key)
        body = render(
            "product.html",
            site,
            address,
            title=product.name,
            description=site.writer.plain_writer().blocks(local),
            versions=product.versions,
            sources=source_rows(key, listing, site),
        )
        page = Page(
            address,
            product.name,
            body,
            description=product.name,
            source_path=context.kb.paths.get("products", ""),
            hide=("toc",),
        )
        yield page_parts(page, site, context)

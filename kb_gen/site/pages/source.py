"""A source's page: all of its events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kb_gen.document import Block, plain
from kb_gen.locales import source_domain
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Crumb, Page, page_parts, render
from kb_gen.site.pages.listing import Listing, ListingRow

__all__ = ["source_pages"]


def source_of(row: ListingRow) -> str:
    """The address of the page that lists a row's event with its neighbours."""
    return row.address.split("/", maxsplit=1)[0]


def source_pages(listing: Listing, site: LocaleSite, context: SiteContext) -> Iterator[PageParts]:
    """One page for each source; sources of several products that share a name share the page."""
    rows = sorted(listing.rows, key=source_of)
    for address, group in groupby(rows, key=source_of):
        yield _source_page(address, tuple(group), site, context)


def _source_page(address: str, rows: tuple[ListingRow, ...], site: LocaleSite, context: SiteContext) -> PageParts:
    kb = context.kb
    first = rows[0].identity
    products = {row.identity.product: kb.products.get(row.identity.product) for row in rows}
    described = next((p.sources[first.source] for p in products.values() if p and first.source in p.sources), None)
    description: tuple[Block, ...] = ()
    if described and described.description:
        path = kb.paths.get("products", "content/products.yml")
        domain = source_domain(first.source, described.address)
        local = site.localizer.blocks(described.description, domain, path, f"description of {first.source}")
        description = site.writer.plain_writer().blocks(local)
    crumbs = [Crumb(product.name if product else key, product_address(key)) for key, product in products.items()]
    body = render(
        "source.html",
        site,
        address,
        title=first.source,
        crumbs=crumbs,
        description=description,
        log=plain(site.writer.log(described.log).inlines) if described else "",
        rows=rows,
    )
    count = site.localizer.plural("{count} event", "{count} events", len(rows))
    page = Page(
        address,
        first.source,
        body,
        description=f"{first.source}: {count}",
        active=product_address(first.product),
        source_path=kb.paths.get("products", "") if described else "",
        hide=("toc",),
    )
    return page_parts(page, site, context)

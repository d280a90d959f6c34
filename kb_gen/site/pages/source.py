"""A source's pages: all of its events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb_gen.document import Block, plain
from kb_gen.locales import source_domain
from kb_gen.model import EventSource
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Crumb, Page, page_parts, render
from kb_gen.site.pages.listing import ListedEvent
from kb_gen.site.pages.paging import ListPage, list_pages, page_title
from kb_gen.site.pages.rows import CHUNK, event_rows

__all__ = ["source_pages"]


@dataclass(frozen=True, slots=True)
class _Source:
    """What all pages of a source share.

    Attributes:
        name: the source's name.
        address: its address below the locale's root.
        crumbs: its products.
        active: the address of its first product.
        described: what a product says of it.
    """

    name: str
    address: str
    crumbs: tuple[Crumb, ...]
    active: str
    described: EventSource | None


def source_pages(
    address: str, rows: Sequence[ListedEvent], site: LocaleSite, context: SiteContext
) -> Iterator[PageParts]:
    """The pages of a source; sources of several products that share a name share them.

    Args:
        address: the source's, below the locale's root.
        rows: its events, as `Listing.by_source` has them.
        site: the locale.
        context: the site.
    """
    source = _source(address, rows, context)
    for page in list_pages(rows, address, lambda row: row.identity.id):
        yield _source_page(source, page, site, context)


def _source(address: str, rows: Sequence[ListedEvent], context: SiteContext) -> _Source:
    name = rows[0].identity.source
    keys = dict.fromkeys([row.identity.product for row in rows])
    products = {key: context.kb.products.get(key) for key in keys}
    described = next((p.sources[name] for p in products.values() if p and name in p.sources), None)
    crumbs = tuple(Crumb(product.name if product else key, product_address(key)) for key, product in products.items())
    return _Source(name, address, crumbs, crumbs[0].address, described)


def _source_page(source: _Source, page: ListPage[ListedEvent], site: LocaleSite, context: SiteContext) -> PageParts:
    described = source.described
    title = page_title(source.name, page, site)
    body = render(
        "source.html",
        site,
        page.address,
        title=title,
        crumbs=source.crumbs if page.number == 1 else (*source.crumbs, Crumb(source.name, source.address)),
        description=_description(source.name, described, site) if page.number == 1 else (),
        log=plain(site.writer.log(described.log).inlines) if described else "",
        page=page,
        source=source.address,
        chunks=-(-page.total // CHUNK),
        rows=event_rows(page.rows, page.up, site, page.address.count("/") + 1),
    )
    count = site.localizer.plural("{count} event", "{count} events", page.total)
    parts = Page(
        page.address,
        title,
        body,
        description=f"{title}: {count}",
        active=source.active,
        source_path=context.kb.paths.get("products", "") if described else "",
        hide=("toc",),
    )
    return page_parts(parts, site, context)


def _description(name: str, described: EventSource | None, site: LocaleSite) -> tuple[Block, ...]:
    if described is None or not described.description:
        return ()
    path = site.kb.paths.get("products", "content/products.yml")
    domain = source_domain(name, described.address)
    local = site.localizer.blocks(described.description, domain, path, f"description of {name}")
    return site.writer.plain_writer().blocks(local)

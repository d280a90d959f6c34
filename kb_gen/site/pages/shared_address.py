"""Where several records share source and ID, the bare address lists them."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Crumb, Page, page_parts, render
from kb_gen.site.pages.listing import ListedEvent, Listing, source_of
from kb_gen.site.pages.paging import list_pages, page_title
from kb_gen.site.pages.product import product_name

__all__ = ["shared_address_pages"]


def shared_address_pages(listing: Listing, site: LocaleSite, context: SiteContext) -> Iterator[PageParts]:
    """The pages of each address that several records share; more than one only where they are hundreds."""
    shared = context.targets.book.shared
    wanted = {identity for identities in shared.values() for identity in identities}
    by_identity = {row.identity: row for row in listing.rows if row.identity in wanted}
    versions = {key: product.versions for key, product in context.kb.products.items()}
    for address, identities in shared.items():
        rows = [by_identity[identity] for identity in identities]
        first = identities[0]
        name = f"{first.source} {first.id}"
        active = product_address(first.product)
        crumbs = [Crumb(product_name(first.product, context), active), Crumb(first.source, source_of(rows[0]))]
        for page in list_pages(rows, address, _label):
            title = page_title(name, page, site)
            path = crumbs if page.number == 1 else [*crumbs, Crumb(name, address)]
            body = render(
                "shared_address.html", site, page.address, title=title, crumbs=path, page=page, versions=versions
            )
            parts = Page(page.address, title, body, description=title, active=active, hide=("toc",))
            yield page_parts(parts, site, context)


def _label(row: ListedEvent) -> str:
    return row.identity.symbolic_name or row.title

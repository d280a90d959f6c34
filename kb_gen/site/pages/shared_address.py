"""Where several records share source and ID, the bare address lists them."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Crumb, Page, page_parts, render
from kb_gen.site.pages.listing import Listing

__all__ = ["shared_address_pages"]


def shared_address_pages(listing: Listing, site: LocaleSite, context: SiteContext) -> Iterator[PageParts]:
    """One page for each address that several records share."""
    by_identity = {row.identity: row for row in listing.rows}
    for address, identities in context.targets.book.shared.items():
        rows = [by_identity[identity] for identity in identities]
        first = identities[0]
        product = context.kb.products.get(first.product)
        crumbs = [
            Crumb(product.name if product else first.product, product_address(first.product)),
            Crumb(first.source, address.split("/", maxsplit=1)[0]),
        ]
        title = f"{first.source} {first.id}"
        names = {key: p.versions for key, p in context.kb.products.items()}
        body = render("shared_address.html", site, address, title=title, crumbs=crumbs, rows=rows, versions=names)
        page = Page(address, title, body, description=title, active=product_address(first.product), hide=("toc",))
        yield page_parts(page, site, context)

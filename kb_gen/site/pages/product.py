"""Products' pages: their sources; and the page of all products, where the home page can't show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from kb_gen.document import Block
from kb_gen.locales import SHARED_DOMAIN, source_domain
from kb_gen.model import Product
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import PageParts
from kb_gen.site.page_pdf import book_links
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.frame import Crumb, Page, page_parts, render
from kb_gen.site.pages.listing import Listing, SourceCount
from kb_gen.site.pages.paging import ListPage, list_pages, page_title

__all__ = ["MOST_PRODUCTS", "PRODUCTS", "product_name", "product_pages", "products_pages", "source_counts"]

MOST_PRODUCTS = 24
"""With more products than this, home page and navigation lead to a page that lists them."""

PRODUCTS = "products"
"""The address of that page."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in a product's list of sources."""

    source: SourceCount
    description: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product in the list of products: name, address, number of sources and of events."""

    name: str
    address: str
    sources: int
    events: int


def product_name(key: str, context: SiteContext) -> str:
    """How readers know a product."""
    product = context.kb.products.get(key)
    return product.name if product else key


def source_counts(key: str, listing: Listing, site: LocaleSite) -> tuple[SourceCount, ...]:
    """The sources of a product that have events, in the locale's order."""
    return tuple(sorted(listing.by_product[key], key=lambda source: site.localizer.sort_key(source.name)))


def product_pages(listing: Listing, site: LocaleSite, context: SiteContext) -> Iterator[PageParts]:
    """The pages of each product that has events."""
    for key in listing.by_product:
        product = context.kb.products.get(key) or Product(name=key)
        for page in list_pages(source_counts(key, listing, site), product_address(key), lambda source: source.name):
            yield _product_page(key, product, page, site, context)


def products_pages(listing: Listing, site: LocaleSite, context: SiteContext) -> Iterator[PageParts]:
    """The list of products, where they are too many for the home page."""
    if len(listing.by_product) <= MOST_PRODUCTS:
        return
    rows = [
        ProductRow(
            product_name(key, context), product_address(key), len(sources), sum([source.count for source in sources])
        )
        for key, sources in listing.by_product.items()
    ]
    rows.sort(key=lambda row: site.localizer.sort_key(row.name))
    name = site.localizer.text("Products")
    for page in list_pages(rows, PRODUCTS, lambda row: row.name):
        title = page_title(name, page, site)
        body = render("products.html", site, page.address, title=title, page=page, crumbs=_crumbs(name, PRODUCTS, page))
        parts = Page(page.address, title, body, description=title, active=PRODUCTS, hide=("toc",))
        yield page_parts(parts, site, context)


def _product_page(
    key: str, product: Product, page: ListPage[SourceCount], site: LocaleSite, context: SiteContext
) -> PageParts:
    path = context.kb.paths.get("products", "content/products.yml")
    subject = f"description of {product.name}"
    local = site.localizer.blocks(product.description, SHARED_DOMAIN, path, subject) if page.number == 1 else ()
    title = page_title(product.name, page, site)
    address = product_address(key)
    body = render(
        "product.html",
        site,
        page.address,
        title=title,
        crumbs=_crumbs(product.name, address, page),
        description=site.writer.plain_writer().blocks(local),
        books=Markup(book_links(context.books.get(key, ()), site.localizer) if page.number == 1 else ""),  # noqa: S704 - escaped there
        versions=product.versions if page.number == 1 else {},
        page=page,
        sources=[SourceRow(source, _description(product, source, path, site)) for source in page.rows],
    )
    parts = Page(
        page.address,
        title,
        body,
        description=title,
        source_path=context.kb.paths.get("products", ""),
        active=address,
        hide=("toc",),
    )
    return page_parts(parts, site, context)


def _crumbs(name: str, address: str, page: ListPage[ProductRow] | ListPage[SourceCount]) -> tuple[Crumb, ...]:
    return (Crumb(name, address),) if page.number > 1 else ()


def _description(product: Product, source: SourceCount, path: str, site: LocaleSite) -> tuple[Block, ...]:
    described = product.sources.get(source.name)
    if described is None or not described.description:
        return ()
    domain = source_domain(source.name, described.address)
    local = site.localizer.blocks(described.description, domain, path, f"description of {source.name}")
    return site.writer.plain_writer().blocks(local)

"""The navigation of a locale: it grows with the products up to some, never with the events."""

from __future__ import annotations

from kb_gen.model import source_address
from kb_gen.site.context import LocaleSite, SiteContext, page_url
from kb_gen.site.engines import NavigationItem
from kb_gen.site.pages.article import product_address
from kb_gen.site.pages.product import MOST_PRODUCTS, PRODUCTS, product_name

__all__ = ["navigation"]

# With more sources than this, the navigation would outweigh the article it stands beside.
_MOST_SOURCES = 24


def navigation(site: LocaleSite, context: SiteContext) -> tuple[NavigationItem, ...]:
    """The items before the hand-written pages."""
    text = site.localizer.text
    sources: dict[str, dict[str, str]] = {}
    products = context.kb.products
    for key, name in dict.fromkeys([(entry.record.product, entry.record.source) for entry in context.kb.entries]):
        described = products[key].sources.get(name) if key in products else None
        sources.setdefault(key, {})[source_address(name, described.address if described else "")] = name
    with_sources = sum(map(len, sources.values())) <= _MOST_SOURCES

    def item(title: str, address: str, children: tuple[NavigationItem, ...] = ()) -> NavigationItem:
        return NavigationItem(title, page_url(site.path, address), children)

    def product(key: str) -> NavigationItem:
        children = (
            tuple(
                item(title, address)
                for address, title in sorted(sources[key].items(), key=lambda s: site.localizer.sort_key(s[1]))
            )
            if with_sources
            else ()
        )
        return item(product_name(key, context), product_address(key), children)

    listed = (
        tuple(product(key) for key in sources) if len(sources) <= MOST_PRODUCTS else (item(text("Products"), PRODUCTS),)
    )
    last = (item(text("Translation"), "translation"),) if len(context.locales) > 1 else ()
    return (
        item(text("Home"), ""),
        item(text("Look up an event"), "lookup"),
        *listed,
        item(text("Symbolic names"), "symbols"),
        item(text("Recently changed"), "recent"),
        *last,
    )

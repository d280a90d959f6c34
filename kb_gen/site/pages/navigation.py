"""The navigation of a locale: it grows with the products, never with the events."""

from __future__ import annotations

from kb_gen.model import Product, source_address
from kb_gen.site.context import LocaleSite, SiteContext, page_url
from kb_gen.site.engines import NavigationItem
from kb_gen.site.pages.article import product_address

__all__ = ["navigation"]

# With more sources than this, the navigation would outweigh the article it stands beside.
_MOST_SOURCES = 24


def navigation(site: LocaleSite, context: SiteContext) -> tuple[NavigationItem, ...]:
    """The items before the hand-written pages."""
    text = site.localizer.text
    sources: dict[str, dict[str, str]] = {}
    for entry in context.kb.entries:
        record = entry.record
        address = source_address(record.source, context.kb.event_source(record).address)
        sources.setdefault(record.product, {})[address] = record.source
    with_sources = sum(map(len, sources.values())) <= _MOST_SOURCES

    def item(title: str, address: str, children: tuple[NavigationItem, ...] = ()) -> NavigationItem:
        return NavigationItem(title, page_url(site.path, address), children)

    def product(key: str) -> NavigationItem:
        name = (context.kb.products.get(key) or Product(name=key)).name
        children = (
            tuple(
                item(title, address)
                for address, title in sorted(sources[key].items(), key=lambda s: site.localizer.sort_key(s[1]))
            )
            if with_sources
            else ()
        )
        return item(name, product_address(key), children)

    last = (item(text("Translation"), "translation"),) if len(context.locales) > 1 else ()
    return (
        item(text("Home"), ""),
        item(text("Look up an event"), "lookup"),
        *(product(key) for key in sources),
        item(text("Symbolic names"), "symbols"),
        item(text("Recently changed"), "recent"),
        *last,
    )

"""Navigation items and addresses as MkDocs' own objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.nav import Link, Section
from mkdocs.structure.pages import Page

from kb_gen.site.engines import NavigationItem

__all__ = ["file_at", "has_section_pages", "navigation_items", "pages_of"]


def file_at(path: str, source: str, config: MkDocsConfig) -> File:
    """A file that exists in the site only, at `path` from its root, with its explicit address.

    Args:
        path: where the site has it, not percent-encoded.
        source: the name it would have among the sources; `index.md` makes it its section's own page.
        config: the locale's configuration.
    """
    file = File(
        source,
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=True,
        dest_uri=path,
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    file.url = quote(path)
    file.edit_uri = None
    return file


def navigation_items(
    items: Iterable[NavigationItem], config: MkDocsConfig, pages: Mapping[str, Page]
) -> list[StructureItem]:
    """MkDocs' form of the given items.

    Args:
        items: the entries, in order.
        config: the locale's configuration.
        pages: hand-written pages by URL, which take the place of an item that leads to them.
    """
    return [_item(item, config, pages) for item in items]


def has_section_pages(items: Iterable[NavigationItem]) -> bool:
    """Whether any section is a page of its own, for which Material needs a feature switched on."""
    return any(item.children and (item.url or has_section_pages(item.children)) for item in items)


def pages_of(items: Iterable[StructureItem]) -> Iterator[Page]:
    """Every page in the navigation, in order."""
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from pages_of(item.children)


def _item(item: NavigationItem, config: MkDocsConfig, pages: Mapping[str, Page]) -> StructureItem:
    title = escape(item.title)
    if not item.children:
        if item.url is None or "://" in item.url:
            return Link(title, item.url or "#")
        return _page(title, item.url, item.url.removesuffix("/index.html") + ".md", config, pages)
    children = navigation_items(item.children, config, pages)
    if item.url is not None:
        source = item.url.removesuffix(".html") + ".md"
        children.insert(0, _page(title, item.url, source, config, pages))
    section = Section(title, children)
    for child in children:
        child.parent = section
    return section


def _page(title: str, url: str, source: str, config: MkDocsConfig, pages: Mapping[str, Page]) -> Page:
    return pages.get(url) or Page(title, file_at(url, source, config), config)

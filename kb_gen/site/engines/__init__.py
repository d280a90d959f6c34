"""A site engine renders the theme's frame around pages; each engine is one module.

The engine is handed a site's shape (locales, navigation, hand-written pages) once and then fills any number of
pages. What belongs to one page travels as `PageParts`; the engine adds nothing to it but the theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from msgspec import Struct

__all__ = [
    "Alternate",
    "Asset",
    "ConfigurationError",
    "Engine",
    "HandwrittenPage",
    "Link",
    "LocaleShape",
    "NavigationItem",
    "PageParts",
    "SearchEntry",
    "SearchScripts",
    "TocEntry",
]


class ConfigurationError(ValueError):
    """The project's `mkdocs.yml` cannot be used; the message says why in one line."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"{path}: {reason}")


class Link(Struct, frozen=True, gc=False):
    """A page that another page points to: its title as plain text and its URL from the site's root."""

    title: str
    url: str


class TocEntry(Struct, frozen=True, gc=False):
    """A heading in the table of contents: plain-text title, the `id` it is found at, its level (2 = below h1)."""

    title: str
    anchor: str
    level: int = 2
    children: tuple[TocEntry, ...] = ()


class Alternate(Struct, frozen=True, gc=False):
    """The same page in one locale: BCP 47 tag, the language's own name, URL from the site's root.

    Whole `alternates` tuples list every locale of the site in the site's order, the page's own included. `exact` is
    false where the page has no counterpart in that locale and the URL is that locale's home.
    """

    locale: str
    name: str
    url: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class PageParts:
    """Everything in which one page differs from another of the same locale.

    Attributes:
        locale: BCP 47 tag of the page's locale.
        url: address from the site's root, always ending in `index.html` (`de/msexchangetransport/1024/index.html`):
            explicit, so that links also work from `file://`.
        title: plain text; the engine escapes it.
        description: plain text for search engines and previews; may be empty.
        body: the article's HTML, starting with its own `<h1>`.
        toc: headings below the h1.
        previous: the page before this one in its source, shown in the footer.
        next: the page after this one.
        edit_url: absolute address of the page's source for editing, where the project has one.
        alternates: the page in every locale.
        active: URL of the navigation item to show as current, where the page itself isn't in the navigation.
        hide: names of theme parts to leave out on this page: `navigation`, `toc`, `footer`.
    """

    locale: str
    url: str
    title: str
    description: str
    body: str
    toc: tuple[TocEntry, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    edit_url: str | None = None
    alternates: tuple[Alternate, ...] = ()
    active: str | None = None
    hide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the navigation; a section has `children` (and may itself be a page). URLs from the root."""

    title: str
    url: str | None = None
    children: tuple[NavigationItem, ...] = ()


@dataclass(frozen=True, slots=True)
class LocaleShape:
    """One locale's part of the site, as the theme needs to know it.

    Attributes:
        tag: BCP 47 tag, also the first path segment in lower case.
        name: the language's own name (`Deutsch`), for the language switch.
        direction: `ltr` or `rtl`.
        site_name: the site's name in this locale.
        site_description: a sentence about the site, plain text.
        home: URL of this locale's home page.
        navigation: the items before the hand-written pages.
        pages: folder with this locale's hand-written Markdown pages, if there is one.
    """

    tag: str
    name: str
    direction: str
    site_name: str
    site_description: str
    home: str
    navigation: tuple[NavigationItem, ...] = ()
    pages: Path | None = None


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One entry of the full-text search: URL (with optional `#anchor`) from the site's root, title, plain text.

    `terms` are further words under which the entry is to be found although they stand nowhere in the text (parts of
    identifiers, parts of compounds); they are matched but never shown. `weight` multiplies the entry's rank: among
    articles that fit alike, one that says more comes first.
    """

    locale: str
    url: str
    title: str
    text: str
    terms: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class SearchScripts:
    """Scripts that take the place of the theme's own search: what every page loads, and its worker.

    Both are URLs from the site's root.
    """

    box: str
    worker: str


@dataclass(frozen=True, slots=True)
class HandwrittenPage:
    """A page that an author wrote in Markdown: its parts, rendered HTML file, and search entries.

    `url` is where the site has it, not percent-encoded; the search entries' URLs are as links need them. `remarks` are
    MkDocs' warnings about the page, in its own words.
    """

    locale: str
    url: str
    title: str
    source: Path
    html: bytes
    search: tuple[SearchEntry, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the theme or the project adds to the site: URL from the root, and its content or where it lies."""

    url: str
    content: bytes | Path = field(repr=False)

    def data(self) -> bytes:
        """What the file holds."""
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content


class Engine(Protocol):
    """Renders the theme around pages. Built once for a site, then asked for any number of pages."""

    def page(self, parts: PageParts) -> bytes:
        """The finished HTML file of one page."""
        ...

    def handwritten(self) -> Iterator[HandwrittenPage]:
        """The project's own Markdown pages in all locales, rendered with the theme."""
        ...

    def assets(self) -> Iterator[Asset]:
        """Style sheets, scripts, fonts and other static files of theme and project, each once."""
        ...

    def inline_scripts(self) -> frozenset[str]:
        """The exact text of every inline script in any page rendered so far, for the Content-Security-Policy."""
        ...

    def search_document(self, entry: SearchEntry) -> bytes:
        """What `search_files` writes of an entry; whoever has made the entry may do this already, in any process."""
        ...

    def search_files(self, locale: str, entries: Callable[[], Iterator[SearchEntry | bytes]]) -> Iterator[Asset]:
        """The files by which the theme's own search finds `entries` in `locale`; bytes are `search_document`'s."""
        ...

    def not_found(self, bodies: Mapping[str, str]) -> bytes:
        """The `404.html` for the whole site, with a body per locale; its links work at any depth."""
        ...

    def evidence(self) -> bytes | None:
        """What shows in a later build that this engine would answer the same again; None where nothing can."""
        ...

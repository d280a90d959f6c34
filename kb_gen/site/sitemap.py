"""The sitemap: every page with its counterparts in the other locales, as search engines read it.

Formats: https://www.sitemaps.org/protocol.html, and for the counterparts Google's "Tell Google about localized versions
of your page". Both want absolute addresses, so there is no sitemap where nobody has said where the site is served.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote, urljoin

import msgspec

from kb_gen.load import digest
from kb_gen.site.context import SiteContext
from kb_gen.site.engines import Alternate, Asset

__all__ = ["SitemapPage", "canonical_url", "sitemap_files", "sitemap_made_from", "sitemap_of"]

_LARGEST = 50_000
_HEAVIEST = 45_000_000
# The protocol's limits are 50,000 addresses and 50 MB a file; the rest is for what surrounds the addresses.
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OPEN = f'{_XML}<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'.encode()
_CLOSE = b"</urlset>\n"
_ENCODER = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page: its URL from the site's root, the date of its last change if known, and itself in every locale."""

    url: str
    modified: dt.date | None = None
    alternates: tuple[Alternate, ...] = ()


def canonical_url(url: str, site_url: str) -> str:
    """The absolute address that a page is known by: without `index.html`, which links name only for `file://`."""
    path = url.removesuffix("index.html") if url.endswith("/index.html") or url == "index.html" else url
    return urljoin(site_url if site_url.endswith("/") else f"{site_url}/", quote(path, safe="/~!$&'()*+,;=:@%"))


def sitemap_files(context: SiteContext, pages: Iterable[SitemapPage]) -> Iterator[Asset]:
    """The site's sitemap: all articles, and `pages`. None if it isn't known where the site is served."""
    site_url = context.settings.site_url
    if site_url:
        own = (_item(page, site_url) for page in pages)
        yield from _files(chain(own, _articles(context, site_url)), site_url)


def sitemap_made_from(context: SiteContext, pages: Iterable[SitemapPage]) -> bytes:
    """Stands for all that a site's sitemap is made from."""
    addresses = context.targets.book.addresses
    articles = [(addresses[entry.identity], entry.record.modified) for entry in context.kb.entries]
    own = [(page.url, page.modified, page.alternates) for page in pages]
    return digest(_ENCODER.encode((context.settings.site_url, context.alternate_names, articles, own)))


def _articles(context: SiteContext, site_url: str) -> Iterator[bytes]:
    """The entries of all articles: as `_item` would write them, from pieces that are the same for all of a locale."""
    roots = {tag: _escape(canonical_url(f"{path}/", site_url)) for tag, path, _ in context.alternate_names}
    places = [*roots.items(), ("x-default", next(iter(roots.values())))] if len(roots) > 1 else []
    starts = [f'<xhtml:link rel="alternate" hreflang="{tag}" href="{root}' for tag, root in places]
    addresses = context.targets.book.addresses
    for root in roots.values():
        for entry in context.kb.entries:
            # Addresses are made of letters, digits, `-`, `_`, `.` and `/`, which stand for themselves everywhere.
            address, changed = addresses[entry.identity], entry.record.modified
            modified = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
            links = "".join([f'{start}{address}/"/>' for start in starts])
            yield f"<url><loc>{root}{address}/</loc>{modified}{links}</url>\n".encode()


def sitemap_of(pages: Iterable[SitemapPage], site_url: str) -> Iterator[Asset]:
    """`sitemap.xml` with `pages`; where that would be too large, an index of `sitemap-1.xml` and so on.

    Args:
        pages: the pages, in the order in which they are to be listed.
        site_url: where the site is served.
    """
    return _files((_item(page, site_url) for page in pages), site_url)


def _files(items: Iterable[bytes], site_url: str) -> Iterator[Asset]:
    count = 0
    part: list[bytes] = []
    size = 0
    for item in items:
        if len(part) == _LARGEST or size + len(item) > _HEAVIEST:
            count += 1
            yield _part(f"sitemap-{count}.xml", part)
            part, size = [], 0
        part.append(item)
        size += len(item)
    if not count:
        yield _part("sitemap.xml", part)
        return
    yield _part(f"sitemap-{count + 1}.xml", part)
    yield _index(count + 1, site_url)


def _part(url: str, items: list[bytes]) -> Asset:
    return Asset(url, b"".join((_OPEN, *items, _CLOSE)))


def _index(count: int, site_url: str) -> Asset:
    parts = [canonical_url(f"sitemap-{number}.xml", site_url) for number in range(1, count + 1)]
    lines = "".join(f"<sitemap><loc>{_escape(part)}</loc></sitemap>\n" for part in parts)
    return Asset("sitemap.xml", f"{_XML}<sitemapindex {_NAMESPACE}>\n{lines}</sitemapindex>\n".encode())


def _item(page: SitemapPage, site_url: str) -> bytes:
    location = _escape(canonical_url(page.url, site_url))
    modified = f"<lastmod>{page.modified.isoformat()}</lastmod>" if page.modified else ""
    return f"<url><loc>{location}</loc>{modified}{_links(page, site_url)}</url>\n".encode()


def _links(page: SitemapPage, site_url: str) -> str:
    """The page in every locale that has it; readers of other languages are sent to the site's first locale."""
    exact = [alternate for alternate in page.alternates if alternate.exact]
    if len(exact) < 2:
        return ""
    places = [(alternate.locale, alternate.url) for alternate in exact]
    places.append(("x-default", exact[0].url))
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{_escape(tag)}" href="{_escape(canonical_url(url, site_url))}"/>'
        for tag, url in places
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

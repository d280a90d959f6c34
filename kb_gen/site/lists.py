"""A locale's lists and what its search and lookup know: groups of files, each made from few things.

A group whose files are in the output as the last build left them isn't made again, if all that it shows is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.load import digest, read_pack, write_pack
from kb_gen.locales import source_domain
from kb_gen.site.api import index_file
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import Asset, Engine, PageParts
from kb_gen.site.exact import exact_files
from kb_gen.site.lookup import LookupEvent, lookup_file
from kb_gen.site.outputs import Output, Stamp, Written
from kb_gen.site.pages import (
    Listing,
    home_page,
    letter_pages,
    lookup_page,
    product_pages,
    products_pages,
    recent_page,
    row_files,
    shared_address_pages,
    source_of,
    source_pages,
    symbols_have_pages,
    symbols_page,
    translation_locale_pages,
    translation_page,
)
from kb_gen.site.site_search import SiteSearch

__all__ = ["Lists", "ListsMadeFrom", "WrittenLists"]

_KIND = b"kb-gen lists\r\n"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]")
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class WrittenLists(NamedTuple):
    """A locale's lists as they were written: all files, and the URLs of those that are pages."""

    files: list[Written]
    pages: list[str]


@dataclass(frozen=True, slots=True)
class ListsMadeFrom:
    """What tells whether lists would be made of the same again.

    Attributes:
        version: what all lists of a locale depend on besides articles, by locale.
        articles: what each article is made from, by locale, in the knowledge base's order.
    """

    version: Mapping[str, bytes]
    articles: Mapping[str, Sequence[bytes]]


def _no_pages() -> Iterator[PageParts]:
    return iter(())


def _no_files() -> Iterator[Asset]:
    return iter(())


class _Group(NamedTuple):
    """Files that are made from the same things.

    Attributes:
        name: tells it from the others of its locale.
        made_from: stands for all that it shows besides what all lists depend on; None where it is made every time.
        pages: makes its pages.
        files: makes its other files.
    """

    name: str
    made_from: bytes | None
    pages: Callable[[], Iterator[PageParts]] = _no_pages
    files: Callable[[], Iterator[Asset]] = _no_files


class _Kept(Struct, frozen=True, array_like=True, gc=False):
    """A group as a build left it: what it was made from, its files, and the URLs of its pages."""

    made_from: bytes
    files: tuple[tuple[str, Stamp], ...]
    pages: tuple[str, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, _Kept])


@dataclass(frozen=True)
class Lists:
    """The lists of a site.

    Attributes:
        context: the site.
        engine: puts the theme around pages.
        output: where the site is.
        listings: all events, by locale.
        lookup: what looking up knows of each article, by locale.
        search: the site's search.
        cache: the folder for packs.
        made_from: tells what needn't be made again; without it, everything is made.
    """

    context: SiteContext
    engine: Engine
    output: Output
    listings: Mapping[str, Listing]
    lookup: Mapping[str, Sequence[LookupEvent]]
    search: SiteSearch
    cache: Path
    made_from: ListsMadeFrom | None

    def write(self, tag: str) -> WrittenLists:
        """Write a locale's lists, those that others have to do with included."""
        name, version = f"lists-{_NOT_IN_NAMES.sub('-', tag)}", self._version(tag)
        before = self._read(name, version) if version else {}
        result = WrittenLists([], [])
        after: dict[str, _Kept] = {}
        for group in self._groups(self.context.locales[tag]):
            kept = before.get(group.name)
            if kept is None or kept.made_from != group.made_from or not self._is_there(kept):
                files, pages = self._made(group)
            else:
                files = [Written(url, stamp.size, False, stamp.mark) for url, stamp in kept.files]
                pages = list(kept.pages)
            if group.made_from is not None:
                stamps = tuple((file.url, Stamp(file.size, file.mark)) for file in files)
                after[group.name] = _Kept(group.made_from, stamps, tuple(pages))
            result.files.extend(files)
            result.pages.extend(pages)
        self.output.flush()
        if version and after != before:
            write_pack(self.cache, name, _KIND, version, _ENCODER.encode(after))
        return result

    def _version(self, tag: str) -> bytes | None:
        if self.made_from is None:
            return None
        where = self.output.describe().encode("utf-8", "surrogateescape")
        return digest(self.made_from.version[tag] + where)

    def _read(self, name: str, version: bytes) -> dict[str, _Kept]:
        payload = read_pack(self.cache, name, _KIND, version)
        try:
            return {} if payload is None else _DECODER.decode(payload)
        except _DOUBTS:
            return {}

    def _is_there(self, kept: _Kept) -> bool:
        return all(self.output.stamp(url) == stamp for url, stamp in kept.files)

    def _made(self, group: _Group) -> tuple[list[Written], list[str]]:
        pages = [self._published(parts.url, self.engine.page(parts)) for parts in group.pages()]
        files = [self._published(asset.url, asset.content) for asset in group.files()]
        return [*pages, *files], [page.url for page in pages]

    def _published(self, url: str, content: bytes | Path) -> Written:
        return Written(url, *self.output.publish(url, content))

    def _groups(self, site: LocaleSite) -> Iterator[_Group]:
        """All that a locale's lists consist of."""
        context, listing = self.context, self.listings[site.tag]
        prints = self.made_from.articles if self.made_from else {}
        yield _Group("overviews", None, partial(self._overviews, site))
        yield _Group("lookup page", b"", lambda: iter((lookup_page(site, context),)))
        yield _Group("products", self._products_made_from(site), partial(self._products, site))
        yield from self._sources(site, prints.get(site.tag, ()))
        yield from self._letters(site)
        own = digest(b"".join(prints[site.tag])) if prints else None
        every = digest(b"".join(chain.from_iterable(prints.values()))) if prints else None
        shared = own if context.targets.book.shared else b""
        yield _Group("shared addresses", shared, partial(shared_address_pages, listing, site, context))
        yield _Group("index", own, files=lambda: iter((index_file(listing, site),)))
        yield _Group("lookup", every, files=lambda: iter((lookup_file(self.lookup, site, context),)))
        yield _Group("search", None, files=partial(self.search.files, site, self.engine))
        if context.search != "material":
            events = self.lookup[site.tag]
            shown = [(event.identity, event.address, event.summary) for event in events]
            yield _Group("exact", digest(_ENCODER.encode(shown)), files=partial(exact_files, site.path, events))

    def _overviews(self, site: LocaleSite) -> Iterator[PageParts]:
        """Pages that show something of all events, but little of each."""
        context, listing = self.context, self.listings[site.tag]
        yield home_page(listing, site, context)
        yield recent_page(listing, site, context)
        if len(context.locales) > 1:
            yield translation_page(self.listings, site, context)
            yield from translation_locale_pages(self.listings, site, context)

    def _products(self, site: LocaleSite) -> Iterator[PageParts]:
        """The pages of products, with their sources."""
        listing = self.listings[site.tag]
        yield from products_pages(listing, site, self.context)
        yield from product_pages(listing, site, self.context)

    def _products_made_from(self, site: LocaleSite) -> bytes:
        """What these show: how many events each source has, and what is said of it."""
        counts, catalogs = self.listings[site.tag].by_product, self.context.catalogs
        described = {
            source.name: source_domain(source.name, known.sources[source.name].address)
            for product, sources in counts.items()
            if (known := self.context.kb.products.get(product))
            for source in sources
            if source.name in known.sources
        }
        prints = [(name, catalogs.catalog(site.tag, domain).print) for name, domain in described.items()]
        return digest(_ENCODER.encode((list(counts.items()), prints)))

    def _sources(self, site: LocaleSite, prints: Sequence[bytes]) -> Iterator[_Group]:
        """Each source's table. A row is made from what its article is made from."""
        listing = self.listings[site.tag]
        made_from: dict[str, list[bytes]] = {}
        for row, article in zip(listing.rows, prints, strict=False):
            made_from.setdefault(source_of(row), []).append(article)
        for address, rows in listing.by_source.items():
            yield _Group(
                f"source {address}",
                digest(b"".join(made_from[address])) if prints else None,
                partial(source_pages, address, rows, site, self.context),
                partial(row_files, address, rows, site),
            )

    def _letters(self, site: LocaleSite) -> Iterator[_Group]:
        """The symbolic names, and those of each letter, where they have pages of their own."""
        context, listing = self.context, self.listings[site.tag]
        letters = listing.by_letter
        made_from = {
            letter: digest(_ENCODER.encode([(row.identity.symbolic_name, row.address, row.title) for row in rows]))
            for letter, rows in letters.items()
        }
        every = digest(_ENCODER.encode(list(made_from.items())))
        yield _Group("symbols", every, lambda: iter((symbols_page(listing, site, context),)))
        if symbols_have_pages(letters):
            others = _ENCODER.encode(list(letters))
            for letter in letters:
                pages = partial(letter_pages, letter, letters, site, context)
                yield _Group(f"letter {letter}", digest(made_from[letter] + others), pages)

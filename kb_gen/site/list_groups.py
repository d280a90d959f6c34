"""What a locale's lists, search and lookup consist of, in groups that are made from the same things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

import msgspec

from kb_gen.load import digest
from kb_gen.locales import source_domain
from kb_gen.model import Entry
from kb_gen.render.surrogates import without_halves
from kb_gen.site.answers.further_languages import FurtherLanguages
from kb_gen.site.answers.known import KnownEvent, former_names
from kb_gen.site.answers.shards import FindableEvent, StoredTemplate, finding_files, shown_files
from kb_gen.site.api import index_file
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import Asset, Engine, PageParts
from kb_gen.site.exact import exact_files
from kb_gen.site.lookup import stored_templates
from kb_gen.site.pages import (
    HOME_RECENT,
    RECENT,
    Arrangement,
    ListedEvent,
    Listing,
    TranslationProgress,
    article_words,
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
from kb_gen.site.told import (
    Event,
    encoded_templates,
    exact_rows,
    index_items,
    listed_events,
    lookup_rows,
    lookup_templates,
)

__all__ = ["Everywhere", "Group", "LocaleLists"]

_ENCODER = msgspec.msgpack.Encoder()


def _no_pages() -> Iterator[PageParts]:
    return iter(())


def _no_files() -> Iterator[Asset]:
    return iter(())


class Group(NamedTuple):
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


@dataclass(frozen=True)
class Everywhere:
    """What lists of all locales have in common, found out when the first one asks.

    Attributes:
        events: the events, in the knowledge base's order.
        told: what lists and lookup are told of each article, by locale, in the same order.
        context: the site.
    """

    events: Sequence[Event]
    told: Mapping[str, Sequence[bytes]]
    context: SiteContext

    @cached_property
    def arrangement(self) -> Arrangement:
        """How lists arrange the events."""
        return Arrangement(self.events)

    @cached_property
    def templates(self) -> list[list[StoredTemplate]]:
        """The templates by which looking up recognises each event, in all languages that there are catalogs of."""
        by_event: Iterable[tuple[Iterable[StoredTemplate], ...]]
        by_event = zip(*map(lookup_templates, self.told.values()), strict=True)
        if self._others:
            by_event = ((*own, other) for own, other in zip(by_event, self._others, strict=True))
        return [list(dict.fromkeys(chain.from_iterable(own))) for own in by_event]

    @property
    def templates_made_from(self) -> bytes:
        """What stands for `templates`."""
        own = [digest(b"".join(encoded_templates(told))) for told in self.told.values()]
        return _stand_in((own, self._others))

    @cached_property
    def _others(self) -> list[tuple[StoredTemplate, ...]]:
        """The templates of each event in languages that the site isn't built in; empty where there are none."""
        kb = self.context.kb
        further = FurtherLanguages(kb, self.context.settings)
        return [stored_templates(further.templates(entry)) for entry in kb.entries] if further else []


@dataclass(frozen=True)
class LocaleLists:
    """The lists of one locale.

    Attributes:
        context: the site.
        locale: the locale.
        engine: puts the theme around pages.
        search: the site's search.
        everywhere: what lists of all locales have in common.
        progress: how far articles are translated, by locale.
        articles: what each article is made from, by locale, in the same order; empty where that can't be told.
    """

    context: SiteContext
    locale: LocaleSite
    engine: Engine
    search: SiteSearch
    everywhere: Everywhere
    progress: Mapping[str, TranslationProgress]
    articles: Mapping[str, Sequence[bytes]]

    def groups(self) -> Iterator[Group]:
        """All groups, in a fixed order."""
        context, locale = self.context, self.locale
        yield from self._overviews()
        yield Group(
            "lookup page",
            b"",
            lambda: iter((lookup_page(locale, context),)),
            lambda: iter((article_words(locale),)),
        )
        yield Group("products", self._products_made_from(), self._products)
        yield from self._sources()
        yield from self._letters()
        own = digest(b"".join(self.articles[locale.tag])) if self.articles else None
        shared = own if context.targets.book.shared else b""
        yield Group("shared addresses", shared, lambda: shared_address_pages(self._listing, locale, context))
        yield Group("index", own, files=lambda: iter((index_file(index_items(self._told), locale),)))
        yield Group("lookup", self._shown_made_from(), files=self._shown)
        if locale is next(iter(context.locales.values())):
            # All locales share these.
            yield Group("finding", self._finding_made_from(), files=self._finding)
        yield Group("search", None, files=partial(self.search.files, locale, self.engine))
        if context.search != "material":
            yield Group("exact", self._exact_made_from(), files=self._exact)

    @cached_property
    def _listing(self) -> Listing:
        everywhere = self.everywhere
        return Listing(tuple(listed_events(everywhere.events, self._told)), everywhere.arrangement)

    @property
    def _told(self) -> Sequence[bytes]:
        return self.everywhere.told[self.locale.tag]

    def _shown(self) -> Iterator[Asset]:
        addresses = [event.address for event in self.everywhere.events]
        return shown_files(self._lookup_rows, addresses, self.locale, self.context)

    def _shown_made_from(self) -> bytes:
        return digest(b"".join(self._lookup_rows))

    @cached_property
    def _lookup_rows(self) -> list[bytes]:
        return list(lookup_rows(self._told))

    def _finding(self) -> Iterator[Asset]:
        products = self.context.kb.products.values()
        chosen = {name: source.address for product in products for name, source in product.sources.items()}
        return finding_files(map(FindableEvent, self._known, self.everywhere.templates), chosen)

    def _finding_made_from(self) -> bytes:
        """What events are found by: their names and their templates in all locales."""
        return _stand_in((self._known, self.everywhere.templates_made_from))

    @cached_property
    def _known(self) -> list[KnownEvent]:
        """What events are called."""
        return [
            KnownEvent(event.address, event.identity.source, event.identity.id, event.identity.symbolic_name, former)
            for event, former in zip(self.everywhere.events, map(_former, self.context.kb.entries), strict=True)
        ]

    def _exact(self) -> Iterator[Asset]:
        identities = [event.identity for event in self.everywhere.events]
        return exact_files(self.locale.path, zip(identities, self._exact_rows, strict=True))

    def _exact_made_from(self) -> bytes:
        return digest(b"".join(self._exact_rows))

    @cached_property
    def _exact_rows(self) -> list[bytes]:
        return list(exact_rows(self._told))

    def _overviews(self) -> Iterator[Group]:
        """Pages that show something of all events, but little of each."""
        context, locale, listing = self.context, self.locale, self._listing
        coverage = self.progress[locale.tag].total
        recent = listing.latest(RECENT)
        changed = [*map(_all_of, recent)]
        home = (list(listing.by_product.items()), len(listing.rows), coverage, changed[:HOME_RECENT])
        yield Group("home", _stand_in(home), lambda: iter((home_page(listing, coverage, locale, context),)))
        yield Group("recent", _stand_in(changed), lambda: iter((recent_page(listing, locale, context),)))
        if len(context.locales) > 1:
            translated = [
                (tag, own.total, own.articles, own.sources, [*map(_all_of, own.gaps)], own.unfinished)
                for tag, own in self.progress.items()
            ]
            yield Group("translation", _stand_in(translated), self._translation)

    def _translation(self) -> Iterator[PageParts]:
        yield translation_page(self.progress, self.locale, self.context)
        yield from translation_locale_pages(self.progress, self.locale, self.context)

    def _products(self) -> Iterator[PageParts]:
        """The pages of products, with their sources."""
        yield from products_pages(self._listing, self.locale, self.context)
        yield from product_pages(self._listing, self.locale, self.context)

    def _products_made_from(self) -> bytes:
        """What these show: how many events each source has, and what is said of it."""
        counts, catalogs = self._listing.by_product, self.context.catalogs
        described = {
            source.name: source_domain(source.name, known.sources[source.name].address)
            for product, sources in counts.items()
            if (known := self.context.kb.products.get(product))
            for source in sources
            if source.name in known.sources
        }
        prints = [(name, catalogs.catalog(self.locale.tag, domain).print) for name, domain in described.items()]
        books = [(volume.file, volume.title) for own in self.context.books.values() for volume in own]
        return digest(_ENCODER.encode((list(counts.items()), prints, books)))

    def _sources(self) -> Iterator[Group]:
        """Each source's table. A row is made from what its article is made from."""
        made_from: dict[str, list[bytes]] = {}
        if self.articles:
            for row, article in zip(self._listing.rows, self.articles[self.locale.tag], strict=True):
                made_from.setdefault(source_of(row), []).append(article)
        for address, own in self._listing.by_source.items():
            yield Group(
                f"source {address}",
                digest(b"".join(made_from[address])) if made_from else None,
                partial(source_pages, address, own, self.locale, self.context),
                partial(row_files, address, own, self.locale),
            )

    def _letters(self) -> Iterator[Group]:
        """The symbolic names, and those of each letter, where they have pages of their own."""
        context, locale = self.context, self.locale
        letters = self._listing.by_letter
        made_from = {
            letter: digest(_ENCODER.encode([(row.identity.symbolic_name, row.address, row.title) for row in own]))
            for letter, own in letters.items()
        }
        every = digest(_ENCODER.encode(list(made_from.items())))
        yield Group("symbols", every, lambda: iter((symbols_page(self._listing, locale, context),)))
        if symbols_have_pages(letters):
            others = _ENCODER.encode(list(letters))
            for letter in letters:
                pages = partial(letter_pages, letter, letters, locale, context)
                yield Group(f"letter {letter}", digest(made_from[letter] + others), pages)


def _former(entry: Entry) -> tuple[tuple[str, str], ...]:
    """What an event was called before."""
    return (
        tuple([(source, former) for source, former in without_halves(former_names(entry))])
        if entry.record.former
        else ()
    )


def _stand_in(shown: object) -> bytes:
    """Stands for what a page shows."""
    return digest(_ENCODER.encode(shown))


def _all_of(row: ListedEvent) -> tuple[object, ...]:
    """All that there is to show of an event."""
    return row.identity, row.address, row.title, row.severity, row.summary, row.modified, row.coverage

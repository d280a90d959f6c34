"""Lists of many events, without the articles: to see how list pages are at a size that no test can build a site of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from site_trees import SAMPLE

from kb_gen.document import Code, Text, Words, find_targets
from kb_gen.load import load_project
from kb_gen.locales import Coverage, State, load_catalogs
from kb_gen.model import Identity, slug
from kb_gen.site import pages
from kb_gen.site.context import LocaleSite, SiteContext, site_context
from kb_gen.site.engine_choice import engine_input, make_engine
from kb_gen.site.engines import Asset, PageParts
from kb_gen.site.headers import header_files
from kb_gen.site.outputs import Disk
from kb_gen.site.pages import Listing, ListingRow
from kb_gen.site.plugin import read_settings
from kb_gen.site.theme import theme_assets

__all__ = ["event_row", "list_files", "list_pages", "long_listing", "sample_context", "write_lists"]

_LETTERS = "ETAOINSRHDLUCMFYWGPBVKXQJZ"
_SEVERITIES = {
    "en": (("error", "Error"), ("warning", "Warning"), ("information", "Information")),
    "de": (("error", "Fehler"), ("warning", "Warnung"), ("information", "Informationen")),
}
_SUMMARIES = {
    "en": "The transport service refused message {} & wrote it to the queue, because its ",
    "de": "Der Transportdienst hat Nachricht {} abgewiesen & in die Warteschlange geschrieben, wegen überschrittener ",
}


def sample_context() -> SiteContext:
    """A site that has the sample project's settings, products and words."""
    settings = read_settings(SAMPLE / "mkdocs.yml")
    kb = load_project(SAMPLE, "content").knowledge_base
    catalogs, _ = load_catalogs(SAMPLE, settings.locales)
    return site_context(settings, kb, find_targets(kb), catalogs)


def event_row(tag: str, product: str, source: str, number: int) -> ListingRow:
    """A row as an article might give it; one of ten isn't translated, one of eleven has no symbolic name."""
    letter = _LETTERS[(number * number) % 97 % 26]
    symbol = f"{letter}VENT_TransportQueue_{number * 7919 % 65537}" if number % 11 else ""
    missing = tag != "en" and number % 10 == 0
    text = _SUMMARIES["en" if missing else tag].format(number)
    key, label = _SEVERITIES[tag][number % 3]
    return ListingRow(
        identity=Identity(product, source, str(number), symbol),
        address=f"{slug(source)}/{number}",
        title=f"{source} {number}",
        severity=(key, Words((Text(label),))) if number % 13 else None,
        summary=Words(
            (Text(text), Code(f"Quota{number % 50}")),
            "en" if missing else None,
            State.MISSING if missing else State.SOURCE,
        ),
        modified=dt.date(2020, 1 + number % 12, 1 + number % 28),
        coverage=Coverage(9, 0, 1) if missing else Coverage(10),
    )


def long_listing(tag: str, events: Mapping[tuple[str, str], int]) -> Listing:
    """A listing with so many events of each product and source."""
    return Listing(
        tuple(
            [
                event_row(tag, product, source, number)
                for (product, source), count in events.items()
                for number in range(1, count + 1)
            ]
        )
    )


def list_pages(listings: Mapping[str, Listing], site: LocaleSite, context: SiteContext) -> Iterator[PageParts]:
    """All pages of one locale that list events."""
    listing = listings[site.tag]
    yield pages.home_page(listing, _progress(listing).total, site, context)
    yield from pages.products_pages(listing, site, context)
    yield from pages.product_pages(listing, site, context)
    for address, rows in listing.by_source.items():
        yield from pages.source_pages(address, rows, site, context)
    yield pages.symbols_page(listing, site, context)
    letters = listing.by_letter
    for letter in letters if pages.symbols_have_pages(letters) else ():
        yield from pages.letter_pages(letter, letters, site, context)
    yield pages.recent_page(listing, site, context)
    progress = {tag: _progress(listing) for tag, listing in listings.items()}
    yield pages.translation_page(progress, site, context)
    yield from pages.translation_locale_pages(progress, site, context)


def _progress(listing: Listing) -> pages.TranslationProgress:
    articles = [(row.identity, row.address, row.coverage) for row in listing.rows]
    return pages.translation_progress(articles, listing.rows.__getitem__)


def list_files(listings: Mapping[str, Listing], context: SiteContext) -> dict[str, bytes]:
    """All pages that list events, with the theme around them, and their data, by URL."""
    engine = make_engine(engine_input(context))
    files: dict[str, bytes] = {}
    for tag, site in context.locales.items():
        for parts in list_pages(listings, site, context):
            assert parts.url not in files
            files[parts.url] = engine.page(parts)
        for address, rows in listings[tag].by_source.items():
            files |= _contents(list(pages.row_files(address, rows, site)))
    return files


def write_lists(folder: Path, events: Mapping[tuple[str, str], int]) -> None:
    """Write a site into `folder` that has all lists, but no article."""
    context = sample_context()
    engine = make_engine(engine_input(context))
    files = list_files({tag: long_listing(tag, events) for tag in context.locales}, context)
    files |= _contents([*engine.assets(), *theme_assets(), *header_files(engine.inline_scripts())])
    for url, content in files.items():
        Disk(folder).publish(url, content)


def _contents(assets: Sequence[Asset]) -> dict[str, bytes]:
    return {
        asset.url: asset.content if isinstance(asset.content, bytes) else asset.content.read_bytes() for asset in assets
    }

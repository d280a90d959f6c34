"""Sites made of a few records, for tests of what is made from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb_gen.document import find_targets
from kb_gen.load import load_project
from kb_gen.locales import load_catalogs
from kb_gen.site.answers.further_languages import FurtherLanguages
from kb_gen.site.answers.known import KnownEvent, former_names
from kb_gen.site.answers.shards import FindableEvent, finding_files, shown_files
from kb_gen.site.context import LocaleSite, SiteContext, site_context
from kb_gen.site.engines import Asset
from kb_gen.site.lookup import LookupEvent, lookup_event, lookup_item, stored_templates
from kb_gen.site.pages import ArticlePage, Listing, article_page, listing_row
from kb_gen.site.settings import Settings

FIXTURES = Path(__file__).parent / "fixtures"


def context_of(root: Path, site_url: str = "", locales: tuple[str, ...] = ("en", "de")) -> SiteContext:
    """The site of the project in `root`, which has to be free of errors."""
    loaded = load_project(root, "content")
    assert [diagnostic.message for diagnostic in loaded.diagnostics] == []
    catalogs, findings = load_catalogs(root, locales)
    assert [finding.message for finding in findings] == []
    settings = Settings(root, root / "mkdocs.yml", root / "site", "Events", locales=locales, site_url=site_url)
    kb = loaded.knowledge_base
    return site_context(settings, kb, find_targets(kb), catalogs)


def article_pages(context: SiteContext, site: LocaleSite) -> Iterator[ArticlePage]:
    """The pages of all records in one locale."""
    for entry in context.kb.entries:
        yield article_page(entry, None, None, site, context)


def page_of(context: SiteContext, tag: str, address: str) -> ArticlePage:
    """The page at an address below a locale."""
    return next(page for page in article_pages(context, context.locales[tag]) if page.article.address == address)


def lookup_events(context: SiteContext) -> dict[str, list[LookupEvent]]:
    """What the lookup pages are made of."""
    return {tag: [lookup_event(page) for page in article_pages(context, site)] for tag, site in context.locales.items()}


def lookup_files(context: SiteContext, events: dict[str, list[LookupEvent]]) -> Iterator[Asset]:
    """The files of the lookup page for events, as `lookup_events` gives them."""
    items = {tag: [lookup_item(event, "") for event in own] for tag, own in events.items()}
    entries = {entry.identity: entry for entry in context.kb.entries}
    further = FurtherLanguages(context.kb, context.settings)
    first, *_ = events.values()
    findable = [
        FindableEvent(
            KnownEvent(
                event.address,
                event.identity.source,
                event.identity.id,
                event.identity.symbolic_name,
                former_names(entries[event.identity]) if event.identity in entries else (),
            ),
            list(
                dict.fromkeys(
                    [
                        *[template for own in items.values() for template in own[place].templates],
                        *stored_templates(
                            further.templates(entries[event.identity]) if event.identity in entries else ()
                        ),
                    ]
                )
            ),
        )
        for place, event in enumerate(first)
    ]
    yield from finding_files(findable, {})
    for tag, own in items.items():
        yield from shown_files([item.row for item in own], [e.address for e in first], context.locales[tag], context)


def listings(context: SiteContext) -> dict[str, Listing]:
    """Every locale's list of events."""
    return {
        tag: Listing(tuple(listing_row(page.entry.identity, page.article) for page in article_pages(context, site)))
        for tag, site in context.locales.items()
    }

"""The records as data, at `/api/v1/`: for scripts, alerts and portals that want to show what is known of an event.

The types here are the contract; `schema.json` is made from them. Fields may be added to them; what is there keeps its
name and meaning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from kb_gen.document import Article, ItemList, Legend, LinkList, MessageBlock, Section
from kb_gen.locales import Coverage
from kb_gen.model import Entry, EventSeverity, MessageSyntax, Role
from kb_gen.render.text import blocks_text, words_text
from kb_gen.site.context import LocaleSite, SiteContext, page_url
from kb_gen.site.engines import Asset
from kb_gen.site.pages import ArticlePage, ListedEvent
from kb_gen.site.sitemap import canonical_url

__all__ = [
    "ArticleAction",
    "ArticleMessage",
    "ArticleParameter",
    "ArticleReference",
    "ArticleTranslation",
    "EventArticle",
    "EventList",
    "EventListItem",
    "EventProduct",
    "RelatedEvent",
    "SiteData",
    "SiteLocale",
    "event_article",
    "index_file",
    "index_item",
    "json_schema",
    "record_json",
    "record_json_url",
    "translation_json",
]

_BASE = "api/v1"

LocaleTag = Annotated[str, Meta(description="A BCP 47 language tag.", examples=["de", "pt-BR"])]
SiteUrl = Annotated[str, Meta(description="An address relative to the site's root.")]
PlainText = Annotated[str, Meta(description="Plain text, paragraphs and commands a line each; may be empty.")]
Severity = Annotated[
    EventSeverity | None, Meta(description="The level under which the event is logged; null where unknown.")
]


class EventProduct(Struct, frozen=True):
    """The product that logs an event."""

    key: Annotated[str, Meta(description="The product's key in the knowledge base.")]
    name: Annotated[str, Meta(description="The product's name.")]
    version: Annotated[str, Meta(description="The version that the article is about; may be empty.")]
    version_name: Annotated[str, Meta(description="The name that version is sold under; may be empty.")]


class ArticleMessage(Struct, frozen=True):
    """The event's message."""

    template: Annotated[str, Meta(description="The message with its insertion strings, as the product ships it.")]
    language: LocaleTag
    syntax: Annotated[MessageSyntax, Meta(description="How the template marks its insertion strings.")]


class ArticleParameter(Struct, frozen=True):
    """What one insertion string of the message holds."""

    number: Annotated[int, Meta(description="The number of the insertion string.", ge=1)]
    name: Annotated[str, Meta(description="Its name; empty where nobody has named it.")]
    holds: Annotated[str, Meta(description="What it holds; may be empty.")]
    example: Annotated[str, Meta(description="A value as the log shows it; may be empty.")]


class ArticleAction(Struct, frozen=True):
    """Something to do about the event."""

    role: Annotated[Role | None, Meta(description="Who does it; null where that doesn't matter.")]
    text: PlainText


class RelatedEvent(Struct, frozen=True):
    """Another event that has to do with this one."""

    title: Annotated[str, Meta(description="Its source and ID.")]
    url: SiteUrl
    note: Annotated[str, Meta(description="The event in a sentence; may be empty.")]


class ArticleReference(Struct, frozen=True):
    """Where to read more."""

    title: Annotated[str, Meta(description="The title of what is there.")]
    url: Annotated[str | None, Meta(description="Its address; null where it isn't a safe one.")]
    note: Annotated[str, Meta(description="What is found there; may be empty.")]


class ArticleTranslation(Struct, frozen=True):
    """How much of the article is translated into its locale; the rest is in the source language."""

    share: Annotated[float, Meta(description="The translated part.", ge=0, le=1)]
    missing: Annotated[int, Meta(description="Passages that nobody has translated.", ge=0)]
    outdated: Annotated[int, Meta(description="Passages whose source text changed after they were translated.", ge=0)]


class EventArticle(Struct, frozen=True, tag_field="kind", tag="article"):
    """One event's article in one locale."""

    locale: LocaleTag
    source: Annotated[str, Meta(description="The event source, as the log shows it.")]
    id: Annotated[str, Meta(description="The event ID, as the log shows it.")]
    symbolic_name: Annotated[str, Meta(description="The symbol that the product's code has for it; may be empty.")]
    product: EventProduct
    category: Annotated[str, Meta(description="The event category, as the log shows it; may be empty.")]
    severity: Severity
    modified: Annotated[dt.date | None, Meta(description="When the record last changed; null where unknown.")]
    title: Annotated[str, Meta(description="The article's title: source and ID.")]
    summary: Annotated[str, Meta(description="The event in a sentence; may be empty.")]
    message: Annotated[ArticleMessage | None, Meta(description="The event's message; null where unknown.")]
    parameters: Annotated[tuple[ArticleParameter, ...], Meta(description="The message's insertion strings.")]
    explanation: PlainText
    actions: Annotated[tuple[ArticleAction, ...], Meta(description="What to do about the event, in order.")]
    related: Annotated[tuple[RelatedEvent, ...], Meta(description="Events that have to do with this one.")]
    references: Annotated[tuple[ArticleReference, ...], Meta(description="Where to read more.")]
    url: SiteUrl
    canonical_url: Annotated[
        str | None, Meta(description="The absolute address of the page; null where the site's address isn't known.")
    ]
    translation: ArticleTranslation


class EventListItem(Struct, frozen=True):
    """An event in a list of events."""

    source: Annotated[str, Meta(description="The event source, as the log shows it.")]
    id: Annotated[str, Meta(description="The event ID, as the log shows it.")]
    symbolic_name: Annotated[str, Meta(description="The symbol that the product's code has for it; may be empty.")]
    title: Annotated[str, Meta(description="The article's title: source and ID.")]
    severity: Severity
    summary: Annotated[str, Meta(description="The event in a sentence; may be empty.")]
    url: SiteUrl
    json: Annotated[str, Meta(description="Where its article is as data, relative to the site's root.")]


class EventList(Struct, frozen=True, tag_field="kind", tag="list"):
    """All events of the knowledge base, in one locale."""

    locale: LocaleTag
    events: Annotated[tuple[EventListItem, ...], Meta(description="The events, by product, source and ID.")]


class SiteLocale(Struct, frozen=True):
    """A locale of the site, and where it is."""

    locale: LocaleTag
    name: Annotated[str, Meta(description="What its speakers call the language.")]
    url: SiteUrl
    lookup: Annotated[str, Meta(description="The page that looks up an event, relative to the site's root.")]
    json: Annotated[str, Meta(description="The list of all events as data, relative to the site's root.")]


class SiteData(Struct, frozen=True, tag_field="kind", tag="site"):
    """What there is, and where."""

    name: Annotated[str, Meta(description="The site's name.")]
    site_url: Annotated[str | None, Meta(description="Where the site is served; null where that isn't known.")]
    events: Annotated[int, Meta(description="How many events it describes.", ge=0)]
    locales: Annotated[tuple[SiteLocale, ...], Meta(description="Its locales; the first is the default.")]
    schema: Annotated[str, Meta(description="The JSON Schema of all these files, relative to the site's root.")]


_ENCODER = msgspec.json.Encoder()


def record_json_url(path: str, address: str) -> str:
    """Where an article is as data, from the site's root: the locale's path segment, and the article's address."""
    return f"{_BASE}/{path}/{address}.json"


def record_json(page: ArticlePage, site: LocaleSite, context: SiteContext) -> tuple[str, bytes]:
    """An article as data: its URL from the site's root, and the file's content."""
    return record_json_url(site.path, page.article.address), _ENCODER.encode(event_article(page, site, context))


def event_article(page: ArticlePage, site: LocaleSite, context: SiteContext) -> EventArticle:
    """An article as the value that its data file holds."""
    article, record = page.article, page.entry.record
    sections = {section.anchor: section for section in article.sections}
    coverage = article.coverage
    site_url = context.settings.site_url
    return EventArticle(
        locale=article.locale,
        source=record.source,
        id=record.id,
        symbolic_name=record.symbolic_name,
        product=_product(page.entry, context),
        category=record.category,
        severity=record.severity,
        modified=record.modified,
        title=article.title,
        summary=words_text(article.summary),
        message=_message(page, sections.get("message"), site),
        parameters=_parameters(sections.get("message")),
        explanation=blocks_text(sections["explanation"].blocks) if "explanation" in sections else "",
        actions=tuple(_actions(article)),
        related=_related(sections.get("related"), site),
        references=_references(sections.get("references")),
        url=page.parts.url,
        canonical_url=f"{_canonical_root(site.path, site_url)}{article.address}/" if site_url else None,
        translation=_translation(coverage),
    )


@lru_cache(maxsize=256)
def _canonical_root(path: str, site_url: str) -> str:
    """The absolute address of a locale; what follows in an article's is safe in URLs as it stands."""
    return canonical_url(f"{path}/", site_url)


def translation_json(coverage: Coverage) -> bytes:
    """What follows in an article's data on everything else."""
    return b',"translation":%b}' % _ENCODER.encode(_translation(coverage))


def _translation(coverage: Coverage) -> ArticleTranslation:
    return ArticleTranslation(round(coverage.share, 4), coverage.missing, coverage.outdated)


def _product(entry: Entry, context: SiteContext) -> EventProduct:
    record = entry.record
    product = context.kb.products.get(record.product)
    name = product.name if product else record.product
    sold_as = product.versions.get(record.version, "") if product else ""
    return EventProduct(record.product, name, record.version, sold_as)


def _message(page: ArticlePage, section: Section | None, site: LocaleSite) -> ArticleMessage | None:
    record = page.entry.record
    if not record.message or section is None:
        return None
    shown = next(block for block in section.blocks if isinstance(block, MessageBlock))
    return ArticleMessage(shown.template, shown.lang or site.tag, site.kb.event_source(record).syntax)


def _parameters(section: Section | None) -> tuple[ArticleParameter, ...]:
    legends = [block for block in section.blocks if isinstance(block, Legend)] if section else []
    return tuple(
        ArticleParameter(entry.number, words_text(entry.name), words_text(entry.holds), entry.example)
        for legend in legends
        for entry in legend.entries
    )


def _actions(article: Article) -> Iterator[ArticleAction]:
    for section in article.sections:
        if section.anchor == "action":
            yield from _actions_for(None, section)
            for inner in section.sections:
                yield from _actions_for(Role(inner.anchor.removeprefix("action-")), inner)


def _actions_for(role: Role | None, section: Section) -> Iterator[ArticleAction]:
    for block in section.blocks:
        if isinstance(block, ItemList):
            for item in block.items:
                yield ArticleAction(role, blocks_text(item))


def _links(section: Section | None) -> Iterable[LinkList]:
    return [block for block in section.blocks if isinstance(block, LinkList)] if section else []


def _related(section: Section | None, site: LocaleSite) -> tuple[RelatedEvent, ...]:
    return tuple(
        RelatedEvent(words_text(item.title), page_url(site.path, item.address or ""), words_text(item.note))
        for links in _links(section)
        for item in links.items
    )


def _references(section: Section | None) -> tuple[ArticleReference, ...]:
    return tuple(
        ArticleReference(words_text(item.title), item.href, words_text(item.note))
        for links in _links(section)
        for item in links.items
    )


def index_item(row: ListedEvent, site: LocaleSite) -> bytes:
    """An event as the list of all events has it."""
    return _ENCODER.encode(_item(row, site))


def index_file(items: Iterable[bytes], site: LocaleSite) -> Asset:
    """The list of all events in a locale; `items` are what `index_item` gave."""
    empty = _ENCODER.encode(EventList(site.tag, ()))
    return Asset(_index_url(site), b"%b%b]}" % (empty.removesuffix(b"]}"), b",".join(items)))


def _index_url(site: LocaleSite) -> str:
    return f"{_BASE}/{site.path}/index.json"


def site_files(context: SiteContext) -> Iterator[Asset]:
    """Where the lists of all events are, and the schema of everything."""
    settings = context.settings
    data = SiteData(
        name=settings.site_name,
        site_url=settings.site_url or None,
        events=len(context.kb.entries),
        locales=tuple(_locale(site) for site in context.locales.values()),
        schema=f"{_BASE}/schema.json",
    )
    yield Asset(f"{_BASE}/index.json", _ENCODER.encode(data))
    yield Asset(f"{_BASE}/schema.json", msgspec.json.format(_ENCODER.encode(json_schema()), indent=2) + b"\n")


def _item(row: ListedEvent, site: LocaleSite) -> EventListItem:
    return EventListItem(
        source=row.identity.source,
        id=row.identity.id,
        symbolic_name=row.identity.symbolic_name,
        title=row.title,
        severity=EventSeverity(row.severity[0]) if row.severity else None,
        summary=words_text(row.summary),
        url=page_url(site.path, row.address),
        json=record_json_url(site.path, row.address),
    )


def _locale(site: LocaleSite) -> SiteLocale:
    return SiteLocale(
        locale=site.tag,
        name=site.localizer.locale.name,
        url=page_url(site.path, ""),
        lookup=page_url(site.path, "lookup"),
        json=_index_url(site),
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of every file below `/api/v1/`; the field `kind` says which of them it is."""
    (reference,), definitions = msgspec.json.schema_components(
        [EventArticle | EventList | SiteData], ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The knowledge base as data",
        **reference,
        "$defs": definitions,
    }

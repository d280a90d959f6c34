"""What the lookup page knows of every event: enough to recognise a log line and to lead to the article.

A file a locale, loaded by a `<script>` element, because pages opened from disk may load nothing else. It has the
titles and addresses of its own locale, and the message templates of all locales: a server logs in its own language,
whatever its administrator reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kb_gen.document import Chip, Legend, MessageBlock, plain
from kb_gen.locales import lcid_table
from kb_gen.model import Identity
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import Asset
from kb_gen.site.pages import ArticlePage

__all__ = ["LookupEvent", "LookupTemplate", "lookup_event", "lookup_file", "lookup_template"]

Value = TypeVar("Value")
LookupTemplate = tuple[str | int, ...]
"""A message template: texts, and the numbers of insertion strings."""


class LookupEvent(Struct, frozen=True):
    """What looking up needs to know of one article.

    Attributes:
        identity: which event it is.
        address: the article's address below its locale's root.
        severity: the level's key and word, empty where unknown.
        summary: the event in a sentence, may be empty.
        summary_language: the language of that sentence where it isn't the article's.
        templates: the message and its variants: texts, and the numbers of insertion strings.
        names: what insertion strings are called: number, name, and the name's language where it isn't the article's.
    """

    identity: Identity
    address: str
    severity: tuple[str, str] = ("", "")
    summary: str = ""
    summary_language: str = ""
    templates: tuple[LookupTemplate, ...] = ()
    names: tuple[tuple[int | str, ...], ...] = ()


def lookup_event(page: ArticlePage) -> LookupEvent:
    """What looking up needs to know of an article."""
    article = page.article
    blocks = next((section.blocks for section in article.sections if section.anchor == "message"), ())
    templates = [lookup_template(block) for block in blocks if isinstance(block, MessageBlock)]
    legends = [block for block in blocks if isinstance(block, Legend)]
    return LookupEvent(
        identity=page.entry.identity,
        address=article.address,
        severity=(article.severity[0], plain(article.severity[1].inlines)) if article.severity else ("", ""),
        summary=plain(article.summary.inlines) if article.summary else "",
        summary_language=(article.summary.lang or "") if article.summary else "",
        templates=tuple(dict.fromkeys(templates)),
        names=tuple(name for legend in legends for name in _names(legend)),
    )


def lookup_template(block: MessageBlock) -> LookupTemplate:
    """A message as looking up knows it."""
    return tuple(part.number if isinstance(part, Chip) else part for part in block.parts)


def _names(legend: Legend) -> Iterator[tuple[int | str, ...]]:
    for entry in legend.entries:
        if entry.name:
            name = plain(entry.name.inlines)
            yield (entry.number, name, entry.name.lang) if entry.name.lang else (entry.number, name)


def lookup_file(
    events: Sequence[LookupEvent], everywhere: Iterable[Iterator[LookupEvent]], site: LocaleSite, context: SiteContext
) -> Asset:
    """A locale's data for its lookup page.

    Args:
        events: what `lookup_event` gave for each article in the locale.
        everywhere: what it gave in each locale, in the same order.
        site: the locale.
        context: the site.
    """
    data = msgspec.json.encode(_data(events, _templates(everywhere), site, context))
    return Asset(f"{site.path}/lookup/data.js", b"window.kbLookup=" + data + b"\n")


def _templates(everywhere: Iterable[Iterator[LookupEvent]]) -> Iterator[tuple[LookupTemplate, ...]]:
    """Each event's templates in all locales, each once."""
    for events in zip(*everywhere, strict=True):
        yield tuple(dict.fromkeys([template for event in events for template in event.templates]))


def _data(
    events: Sequence[LookupEvent],
    templates: Iterable[tuple[LookupTemplate, ...]],
    site: LocaleSite,
    context: SiteContext,
) -> dict[str, Any]:
    """One locale's data. Sources, products and levels are listed once, and named by their positions."""
    sources = _positions(event.identity.source for event in events)
    products = _positions(event.identity.product for event in events)
    levels = _positions(event.severity for event in events)
    known = context.kb.products
    return {
        "locale": site.tag,
        "locales": {tag: other.path for tag, other in context.locales.items()},
        "lcids": {str(number): tag for number, tag in lcid_table(tuple(context.locales)).items()},
        "sources": list(sources),
        "products": [[key, known[key].name if key in known else key] for key in products],
        "levels": list(levels),
        "events": [
            [
                event.identity.id,
                sources[event.identity.source],
                event.identity.symbolic_name,
                event.summary,
                event.address,
                own_and_others,
                event.names,
                levels[event.severity],
                products[event.identity.product],
                event.identity.version,
                event.summary_language,
            ]
            for event, own_and_others in zip(events, templates, strict=True)
        ],
    }


def _positions(values: Iterable[Value]) -> dict[Value, int]:
    return {value: position for position, value in enumerate(dict.fromkeys(values))}

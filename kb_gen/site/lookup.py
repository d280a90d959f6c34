"""What the lookup page knows of every event: enough to recognise a log line and to lead to the article.

A file a locale, loaded by a `<script>` element, because pages opened from disk may load nothing else. It has the
titles and addresses of its own locale, and the message templates of all locales: a server logs in its own language,
whatever its administrator reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

import msgspec
from msgspec import Struct

from kb_gen.document import Chip, Legend, MessageBlock, plain
from kb_gen.locales import lcid_table
from kb_gen.model import Identity
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import Asset
from kb_gen.site.pages import ArticlePage

__all__ = [
    "LookupEvent",
    "LookupItem",
    "LookupTemplate",
    "every_template",
    "lookup_event",
    "lookup_file",
    "lookup_item",
    "lookup_template",
]

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


class LookupItem(Struct, frozen=True, array_like=True, gc=False):
    """What a lookup page's data says of an event, as JSON in pieces.

    Attributes:
        templates: each of the message's templates. First, because other locales ask for nothing else.
        level: the level's key and word.
        id: the event's ID.
        words: symbolic name, summary and address.
        names: what insertion strings are called.
        rest: the version, and the language of the summary.
    """

    templates: tuple[bytes, ...]
    level: bytes
    id: bytes
    words: bytes
    names: bytes
    rest: bytes


_ENCODER = msgspec.json.Encoder()


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


def lookup_item(event: LookupEvent) -> LookupItem:
    """What a lookup page's data says of an event."""
    identity = event.identity
    return LookupItem(
        templates=tuple([_ENCODER.encode(template) for template in event.templates]),
        level=_ENCODER.encode(event.severity),
        id=_ENCODER.encode(identity.id),
        words=_within((identity.symbolic_name, event.summary, event.address)),
        names=_ENCODER.encode(event.names),
        rest=_within((identity.version, event.summary_language)),
    )


def _within(values: tuple[object, ...]) -> bytes:
    """Values as they stand in an array."""
    return _ENCODER.encode(values)[1:-1]


def every_template(everywhere: Iterable[Iterable[tuple[bytes, ...]]]) -> list[bytes]:
    """Each event's templates in all locales, each once; as they stand in an array.

    Args:
        everywhere: the templates that `lookup_item` gave in each locale, in the same order.
    """
    return [b",".join(dict.fromkeys(chain.from_iterable(templates))) for templates in zip(*everywhere, strict=True)]


def lookup_file(
    identities: Sequence[Identity],
    items: Sequence[LookupItem],
    templates: Sequence[bytes],
    site: LocaleSite,
    context: SiteContext,
) -> Asset:
    """A locale's data for its lookup page. Sources, products and levels are listed once, and named by their positions.

    Args:
        identities: all events.
        items: what `lookup_item` gave for each in the locale.
        templates: what `every_template` gave for each.
        site: the locale.
        context: the site.
    """
    sources = _positions(identity.source for identity in identities)
    products = _positions(identity.product for identity in identities)
    levels = _positions(item.level for item in items)
    known = context.kb.products
    about = {
        "locale": site.tag,
        "locales": {tag: other.path for tag, other in context.locales.items()},
        "lcids": {str(number): tag for number, tag in lcid_table(tuple(context.locales)).items()},
        "sources": list(sources),
        "products": [[key, known[key].name if key in known else key] for key in products],
    }
    events = (
        b"[%b,%d,%b,[%b],%b,%d,%d,%b]"
        % (
            item.id,
            sources[identity.source],
            item.words,
            own_and_others,
            item.names,
            levels[item.level],
            products[identity.product],
            item.rest,
        )
        for identity, item, own_and_others in zip(identities, items, templates, strict=True)
    )
    head = b'window.kbLookup=%b,"levels":[%b],"events":[' % (_ENCODER.encode(about)[:-1], b",".join(levels))
    # Joined once: copies of many megabytes are many.
    return Asset(f"{site.path}/lookup/data.js", b"".join((head, *_with_commas(events), b"]}\n")))


def _with_commas(items: Iterable[bytes]) -> Iterator[bytes]:
    separator = b""
    for item in items:
        yield separator
        yield item
        separator = b","


def _positions(values: Iterable[Value]) -> dict[Value, int]:
    return {value: position for position, value in enumerate(dict.fromkeys(values))}

"""What the lookup page's files have of every event: what it is recognised by, and what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from kb_gen.document import Chip, Legend, MessageBlock, plain
from kb_gen.messages.recognition import TemplateParts, TypedNumber, form_of
from kb_gen.model import Identity
from kb_gen.site.pages import ArticlePage

__all__ = [
    "LookupEvent",
    "LookupItem",
    "lookup_event",
    "lookup_item",
    "lookup_template",
    "stored_templates",
]


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
    templates: tuple[TemplateParts, ...] = ()
    names: tuple[tuple[int | str, ...], ...] = ()


class LookupItem(Struct, frozen=True, array_like=True, gc=False):
    """What the lookup page's files have of an event, as JSON.

    Attributes:
        templates: each template of its message that can be recognised, and the words by which that is found. First,
            because other locales ask for nothing else.
        row: what is shown of it, under its address.
    """

    templates: tuple[tuple[bytes, str], ...]
    row: bytes


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


def stored_templates(templates: Iterable[TemplateParts]) -> tuple[tuple[bytes, str], ...]:
    """Those of some templates that can be recognised, as JSON, each with the words by which it is found."""
    forms = [(template, form_of(template)) for template in templates]
    return tuple(
        [(_ENCODER.encode(template), " ".join(form.words())) for template, form in forms if form.is_recognisable]
    )


def lookup_template(block: MessageBlock) -> TemplateParts:
    """A message as looking up knows it."""
    return tuple(_number(part) if isinstance(part, Chip) else part for part in block.parts)


def _number(chip: Chip) -> int | TypedNumber:
    return TypedNumber(chip.number, chip.kind) if chip.kind else chip.number


def _names(legend: Legend) -> Iterator[tuple[int | str, ...]]:
    for entry in legend.entries:
        if entry.name:
            name = plain(entry.name.inlines)
            yield (entry.number, name, entry.name.lang) if entry.name.lang else (entry.number, name)


def lookup_item(event: LookupEvent, product: str) -> LookupItem:
    """What the lookup page's files have of an event.

    Args:
        event: the event.
        product: the name of its product.
    """
    identity = event.identity
    shown = (
        identity.symbolic_name,
        event.summary,
        event.summary_language,
        event.severity,
        event.names,
        identity.version,
        identity.product,
        product,
    )
    return LookupItem(
        templates=stored_templates(event.templates),
        row=b"%b:%b" % (_ENCODER.encode(event.address), _ENCODER.encode(shown)),
    )

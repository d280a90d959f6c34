"""One walk through a record finds its translatable units; extraction and localization both take it.

The walk hands every unit to a `translate` function and builds the localized record from the passages that come back.
Extraction passes a function that writes the unit down, localization one that looks it up: so they can't disagree
about what a unit is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from kb_gen.locales.passages import (
    LocalAction,
    LocalBlock,
    LocalizedRecord,
    LocalList,
    LocalParagraph,
    LocalParameter,
    LocalReference,
    LocalTable,
    LocalVariant,
    Passage,
    coverage_of,
)
from kb_gen.markup import CodeBlock, ListBlock, Paragraph, Table, parse_blocks
from kb_gen.model import Action, Entry, KnowledgeBase, Parameter, Record, Reference, Step, Variant, source_address

__all__ = [
    "SHARED_DOMAIN",
    "UI_DOMAIN",
    "Translate",
    "Unit",
    "UnitKind",
    "is_message_context",
    "localize_blocks",
    "localize_message",
    "localize_record",
    "localize_summary",
    "message_context",
    "record_domain",
    "shared_units",
    "source_domain",
    "step_units",
]

SHARED_DOMAIN = "snippets"
"""The domain of everything that articles share: steps, products, categories."""

UI_DOMAIN = "ui"
"""The domain of the interface's own words."""


class UnitKind(StrEnum):
    """What a unit is, as a translator needs to know it."""

    MESSAGE = "message template"
    TEXT = "text"


class Unit(Struct, frozen=True, gc=False):
    """One translatable unit.

    Attributes:
        domain: the catalog it belongs to.
        msgid: its source text, inline Markdown on one line.
        context: the msgctxt that keeps it apart from equal texts; usually empty.
        path: the file it stands in.
        what: what it is in its subject, may be empty (`user action, step 2.1`).
        subject: what it belongs to (`MSExchangeTransport 1024`).
        kind: a message template is only translated where the product itself is.
        language: the BCP 47 tag of `msgid`.
    """

    domain: str
    msgid: str
    context: str
    path: str
    what: str
    subject: str
    kind: UnitKind = UnitKind.TEXT
    language: str = "en"

    @property
    def place(self) -> str:
        """What it is, for the translator: `user action, step 2.1 of MSExchangeTransport 1024`."""
        return f"{self.what} of {self.subject}" if self.what else self.subject


Translate = Callable[[Unit], Passage]
"""Gives a unit's passage in the wanted locale."""

MESSAGE_CONTEXT = "message template"
_OWN = f"{MESSAGE_CONTEXT}: "


def message_context(record: Record) -> str:
    """The msgctxt of a record's message templates: with the record's own word, if it has one."""
    return f"{_OWN}{record.context}" if record.context else MESSAGE_CONTEXT


def is_message_context(context: str | None) -> bool:
    """Whether a msgctxt is that of a message template."""
    return context == MESSAGE_CONTEXT or (context is not None and context.startswith(_OWN))


def source_domain(source: str, address: str = "") -> str:
    """The domain of an event source's texts; never that of the interface or the shared steps."""
    segment = source_address(source, address)
    return f"source-{segment}" if segment in {SHARED_DOMAIN, UI_DOMAIN} else segment


def record_domain(record: Record, kb: KnowledgeBase) -> str:
    """The domain of a record's own texts."""
    return source_domain(record.source, kb.event_source(record).address)


_ADDRESSES = ("event:", "http:", "https:", "mailto:")
_UNTRANSLATED = re.compile(r"(`+).+?\1|%[0-9]+|<?(?:event|https?|mailto):[^\s>]+>?")


def has_words(text: str) -> bool:
    """Whether there is anything to translate in a text: letters outside code, parameters and bare addresses."""
    # Nearly all texts begin with a word.
    if text[:1].isalpha() and not text.startswith(_ADDRESSES):
        return True
    return any(character.isalpha() for character in _UNTRANSLATED.sub("", text))


@dataclass(frozen=True, slots=True)
class _Walk:
    """The place of a walk: which catalog its units belong to, and whom they are shown to."""

    translate: Translate
    domain: str
    context: str
    path: str
    subject: str
    seen: list[Passage]

    def passage(self, text: str, what: str) -> Passage:
        if not has_words(text):
            return Passage(text, "und")
        passage = self.translate(Unit(self.domain, text, self.context, self.path, what, self.subject))
        self.seen.append(passage)
        return passage

    def optional(self, text: str, what: str) -> Passage | None:
        joined = " ".join(text.split())
        return self.passage(joined, what) if joined else None

    def parameter_name(self, number: int, parameter: Parameter) -> Passage:
        return self.optional(parameter.name, f"name of parameter %{number}") or Passage(f"%{number}", "und")

    def blocks(self, text: str, what: str) -> tuple[LocalBlock, ...]:
        return tuple([self.block(block, what) for block in parse_blocks(text)]) if text else ()

    def block(self, block: Paragraph | ListBlock | Table | CodeBlock, what: str) -> LocalBlock:
        # Tests of types, unlike patterns, look at no attributes.
        if isinstance(block, Paragraph):
            return LocalParagraph(self.passage(block.text, what))
        if isinstance(block, ListBlock):
            items = [tuple([self.block(inner, what) for inner in item]) for item in block.items]
            return LocalList(block.ordered, tuple(items), block.start)
        if isinstance(block, Table):
            return LocalTable(self.cells(block.header, what), tuple([self.cells(row, what) for row in block.rows]))
        return block

    def cells(self, cells: tuple[str, ...], what: str) -> tuple[Passage, ...]:
        return tuple([self.passage(cell, f"{what}, table cell") for cell in cells])

    def step(self, step: Step, kb: KnowledgeBase, number: str, using: frozenset[str] = frozenset()) -> LocalAction:
        role = step.role if isinstance(step, Action) else None
        if step.use and step.use in kb.snippets and step.use not in using:
            shared = self.snippet(step.use, kb)
            inner = shared.step(kb.snippets[step.use], kb, "", using | {step.use})
            return LocalAction(inner.text, inner.commands, inner.note, inner.steps, inner.ordered, role)
        text = self.blocks(step.text, f"user action {number}" if number else "")
        # Few have a note or steps, and articles have many of these.
        note = self.blocks(step.note, f"note after user action {number}" if number else "note") if step.note else ()
        steps = self.steps(step.steps, kb, f"{number}." if number else "step ", using) if step.steps else ()
        return LocalAction(text, step.commands, note, steps, step.ordered, role)

    def steps(
        self, steps: tuple[Step, ...], kb: KnowledgeBase, before: str, using: frozenset[str]
    ) -> tuple[LocalAction, ...]:
        return tuple([self.step(step, kb, f"{before}{n}", using) for n, step in enumerate(steps, 1)])

    def snippet(self, name: str, kb: KnowledgeBase) -> _Walk:
        path = kb.paths.get("snippets", "content/snippets.yml")
        return _Walk(self.translate, SHARED_DOMAIN, "", path, f"snippet {name}", self.seen)


def localize_message(
    entry: Entry, kb: KnowledgeBase, translate: Translate, template: str, what: str = "message template"
) -> Passage:
    """One of a record's message templates; `what` tells a translator which."""
    record = entry.record
    return translate(
        Unit(
            record_domain(record, kb),
            template,
            message_context(record),
            entry.path,
            what,
            entry.title,
            kind=UnitKind.MESSAGE,
            language=kb.event_source(record).message_language,
        )
    )


def localize_record(entry: Entry, kb: KnowledgeBase, translate: Translate, locale: str = "en") -> LocalizedRecord:
    """`entry` in `locale`, with every unit replaced by what `translate` gives for it."""
    record = entry.record
    domain = record_domain(record, kb)
    seen: list[Passage] = []
    walk = _Walk(translate, domain, record.context, entry.path, entry.title, seen)

    def variant(variant: Variant) -> LocalVariant:
        what = f"message template (version {variant.version})"
        return LocalVariant(variant.version, localize_message(entry, kb, translate, variant.message, what))

    def reference(reference: Reference) -> LocalReference:
        title = walk.optional(reference.title, "title of a reference") or Passage(reference.url, "und")
        return LocalReference(reference, title, walk.optional(reference.note, "note on a reference"))

    # The order here is the order of units in a catalog: that in which a reader meets them.
    summary = walk.optional(record.summary, "summary")
    shown = localize_message(entry, kb, translate, record.message) if record.message else None
    variants = tuple(variant(v) for v in record.variants)
    parameters = tuple(
        [
            LocalParameter(
                number,
                walk.parameter_name(number, parameter),
                walk.optional(parameter.holds, f"what parameter %{number} holds,"),
                parameter.example,
            )
            for number, parameter in sorted(record.parameters.items())
        ]
    )
    explanation = walk.blocks(record.explanation, "explanation")
    actions = tuple(walk.step(action, kb, str(n)) for n, action in enumerate(record.actions, 1))
    references = tuple(reference(r) for r in record.references)
    return LocalizedRecord(
        entry=entry,
        locale=locale,
        message=shown,
        variants=variants,
        parameters=parameters,
        summary=summary,
        explanation=explanation,
        actions=actions,
        references=references,
        coverage=coverage_of(seen),
    )


def localize_summary(
    entry: Entry, kb: KnowledgeBase, translate: Translate
) -> tuple[Passage | None, tuple[LocalParameter, ...]]:
    """A record's summary, for lists of events, and the insertion strings that it may name."""
    record = entry.record
    walk = _Walk(translate, record_domain(record, kb), record.context, entry.path, entry.title, [])
    summary = walk.optional(record.summary, "summary")
    if "%" not in record.summary:
        return summary, ()
    names = [
        LocalParameter(number, walk.parameter_name(number, parameter), None, parameter.example)
        for number, parameter in sorted(record.parameters.items())
    ]
    return summary, tuple(names)


def localize_blocks(text: str, domain: str, path: str, subject: str, translate: Translate) -> tuple[LocalBlock, ...]:
    """A text that is no record's: a product's or source's description, a notice."""
    return _Walk(translate, domain, "", path, subject, []).blocks(text, "")


def step_units(name: str, kb: KnowledgeBase, translate: Translate) -> LocalAction:
    """The snippet `name`, localized, with the snippets it uses."""
    path = kb.paths.get("snippets", "content/snippets.yml")
    walk = _Walk(translate, SHARED_DOMAIN, "", path, f"snippet {name}", [])
    return walk.step(kb.snippets[name], kb, "", frozenset({name}))


def shared_units(kb: KnowledgeBase, translate: Translate) -> None:
    """Hands every unit outside the records to `translate`: products, sources, categories, snippets."""
    products = kb.paths.get("products", "content/products.yml")
    for product in kb.products.values():
        localize_blocks(product.description, SHARED_DOMAIN, products, f"description of {product.name}", translate)
        localize_blocks(product.notice, SHARED_DOMAIN, products, f"closing note of {product.name}", translate)
        for name, source in product.sources.items():
            domain = source_domain(name, source.address)
            localize_blocks(source.description, domain, products, f"description of {name}", translate)
    categories = kb.paths.get("categories", "content/categories.yml")
    for name, category in kb.categories.items():
        for text, what in ((category.title, "title"), (category.description, "description")):
            localize_blocks(text, SHARED_DOMAIN, categories, f"{what} of category {name}", translate)
    for name in kb.snippets:
        step_units(name, kb, translate)

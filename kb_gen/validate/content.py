"""What the rules look at: the loaded content, its texts, and where each of its fields stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache
from typing import Protocol

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place
from kb_gen.load import DataPath, Loaded, Outline, read_file
from kb_gen.messages import MessageTemplate, parse
from kb_gen.model import Entry, KnowledgeBase, Record, Step, slug, source_address
from kb_gen.validate.facts import Facts
from kb_gen.validate.glance import Glance, glance
from kb_gen.validate.survey import Survey
from kb_gen.validate.texts import Form, Written, record_texts, shared_texts

__all__ = ["Content", "Located", "Rule", "Screen", "StepAt"]


class Located(Protocol):
    """What has a place among the records: an entry, or its facts."""

    @property
    def path(self) -> str:
        """Its file."""

    @property
    def index(self) -> int | None:
        """Its position in the file's list, None where the file holds one record."""


class Named(Protocol):
    """What has a source: a record, or its facts."""

    @property
    def product(self) -> str:
        """The product's key."""

    @property
    def source(self) -> str:
        """The event source."""


class StepAt(Struct, frozen=True, gc=False):
    """A step and where it stands."""

    step: Step
    path: str
    where: tuple[str | int, ...]


class Content:
    """Loaded content, and what several rules want to know about it.

    A rule of one record looks at `entries`, `texts`, `marked_up` and `steps`, and is given any part of the content:
    records, or what they share. A rule that compares records looks at `facts`, and is given all.
    """

    def __init__(self, loaded: Loaded, facts: Sequence[Facts] = ()) -> None:
        self.loaded = loaded
        # What is partly wrong is looked at as well: each mistake in the tree is told in one run.
        self.kb: KnowledgeBase = loaded.readable
        self.entries: Sequence[Entry] = ()
        self.facts = facts
        self.has_shared = False
        self._has_gaps = any(loaded.gaps.values())
        self._segments: dict[tuple[str, str], str] = {}
        # The rules ask for the messages of one record after the other, each of them more than once.
        self._parse = lru_cache(maxsize=64)(parse)
        self._glanced: tuple[Record, Glance] | None = None
        # Few, as each holds a file's whole tree; one at least, as a file's findings come one after the other.
        self._outline = lru_cache(maxsize=16)(self._read_outline)

    def of(self, *entries: Entry) -> Content:
        """The same content, of which the rules of one record look at these."""
        return self._part(entries, shared=False)

    def of_shared(self) -> Content:
        """The same content, of which the rules of one record look at what records share."""
        return self._part((), shared=True)

    def _part(self, entries: Sequence[Entry], *, shared: bool) -> Content:
        part = copy(self)
        for name in ("texts", "marked_up", "steps"):
            part.__dict__.pop(name, None)
        part.entries = entries
        part.has_shared = shared
        return part

    def _read_outline(self, path: str) -> Outline:
        return Outline(self.loaded.sources(path) or "")

    def place(
        self, path: str, where: DataPath, within: tuple[int, int] | None = None, *, key: bool = False, label: str = ""
    ) -> Place:
        """Where a field stands: looked up only when there is something to say about it.

        Args:
            path: the file.
            where: the way to the field in the file's data.
            within: a stretch of the field's text.
            key: the field's name instead of its value.
            label: what stands there.
        """
        start, end = self._outline(path).locate(where, within, key=key)
        return Place(path, start, end, label)

    def field(self, entry: Located, *where: str | int, within: tuple[int, int] | None = None, label: str = "") -> Place:
        """Where the value of a record's field stands."""
        return self.place(entry.path, in_file(entry, where), within, label=label)

    @cached_property
    def texts(self) -> tuple[Written, ...]:
        """Every text an author wrote into the part looked at."""
        shared = shared_texts(self.kb) if self.has_shared else ()
        return (*(written for entry in self.entries for written in record_texts(entry)), *shared)

    @cached_property
    def marked_up(self) -> tuple[Written, ...]:
        """Every such text that is Markdown."""
        return tuple(written for written in self.texts if written.form is not Form.PLAIN)

    @cached_property
    def steps(self) -> tuple[StepAt, ...]:
        """Every step in the part looked at, sub-steps included."""
        found: list[StepAt] = []
        for entry in self.entries:
            for number, action in enumerate(entry.record.actions):
                found.extend(_steps(StepAt(action, entry.path, in_file(entry, ("actions", number)))))
        return (*found, *self.shared_steps) if self.has_shared else tuple(found)

    @cached_property
    def shared_steps(self) -> tuple[StepAt, ...]:
        """Every step of every snippet, sub-steps included."""
        snippets = self.kb.snippets.items()
        return tuple(at for name, step in snippets for at in _steps(StepAt(step, self.kb.paths["snippets"], (name,))))

    def entry_of(self, facts: Facts) -> Entry | None:
        """The record that facts are of, read again if it isn't here; None if its file no longer has it."""
        known = self._entries_by_place.get((facts.path, facts.index))
        if known is not None:
            return known
        result = read_file(self.loaded.root, facts.path)
        return next((entry for entry in (*result.entries, *result.partial) if entry.index == facts.index), None)

    @cached_property
    def _entries_by_place(self) -> Mapping[tuple[str, int | None], Entry]:
        return {(entry.path, entry.index): entry for entry in self.kb.entries}

    def uncertain(self, path: str, *where: str | int) -> bool:
        """Whether a value of a file isn't known for certain: it, or what it stands in, couldn't be read."""
        gaps = self.loaded.gaps.get(path)
        if not gaps:
            return False
        return any(tuple(where[:length]) in gaps for length in range(len(where) + 1))

    def lacks(self, entry: Located, *fields: str) -> bool:
        """Whether one of a record's fields isn't known for certain."""
        if entry.path not in self.loaded.gaps:
            return False
        return any(self.uncertain(entry.path, *in_file(entry, (field,))) for field in fields)

    def lacks_inside(self, entry: Entry, *fields: str) -> bool:
        """Whether one of a record's fields, or anything in it, isn't known for certain."""
        if self.lacks(entry, *fields):
            return True
        starts = [in_file(entry, (field,)) for field in fields]
        gaps = self.loaded.gaps.get(entry.path, frozenset())
        return any(gap[: len(start)] == start for gap in gaps for start in starts)

    @cached_property
    def identified(self) -> Sequence[Facts]:
        """The records of which all is known that tells them from others."""
        if not self._has_gaps:
            return self.facts
        return tuple(
            facts
            for facts in self.facts
            if not self.lacks(facts, "id", "source", "product", "symbolic_name", "version")
        )

    def product_uncertain(self, key: str, *where: str) -> bool:
        """Whether a product's value isn't known for certain: products.yml or that part of it couldn't be read."""
        return self.uncertain(self.products_path, key, *where)

    @property
    def products_path(self) -> str:
        """Where products.yml is, or would be."""
        return f"{self.loaded.content}/products.yml"

    def source_uncertain(self, of: Entry | Facts, field: str) -> bool:
        """Whether a field of a record's source, as products.yml has it, isn't known for certain."""
        if not self._has_gaps:
            return False
        named = of.record if isinstance(of, Entry) else of
        return self.lacks(of, "source", "product") or self.product_uncertain(
            named.product, "sources", named.source, field
        )

    def syntax_uncertain(self, entry: Entry) -> bool:
        """Whether it isn't known how a record's messages are to be read."""
        return entry.record.product not in self.kb.products or self.source_uncertain(entry, "syntax")

    def message_uncertain(self, entry: Entry) -> bool:
        """Whether a record's insertion strings aren't known for certain: its messages, or how they are to be read."""
        record = entry.record
        if self.lacks_inside(entry, "message", "variants"):
            return True
        return bool(record.message or record.variants) and self.syntax_uncertain(entry)

    def templates(self, record: Record) -> Iterator[tuple[tuple[str | int, ...], MessageTemplate]]:
        """The message templates of a record, each with its field."""
        syntax = self.kb.event_source(record).syntax
        if record.message:
            yield ("message",), self._parse(record.message, syntax)
        for number, variant in enumerate(record.variants):
            yield ("variants", number, "message"), self._parse(variant.message, syntax)

    def numbers(self, record: Record) -> frozenset[int]:
        """The numbers of all insertion strings that the message has in any version."""
        return self.glance(record).numbers

    def glance(self, record: Record) -> Glance:
        """What there is to know about a record's message, in all versions, without taking it apart."""
        if self._glanced is None or self._glanced[0] is not record:
            syntax = self.kb.event_source(record).syntax
            found = glance(record.message, syntax)
            for variant in record.variants:
                other = glance(variant.message, syntax)
                found = Glance(found.numbers | other.numbers, found.has_problems or other.has_problems)
            self._glanced = (record, found)
        return self._glanced[1]

    @cached_property
    def segments(self) -> Mapping[str, Facts]:
        """The first segments of all records' addresses, each with the first record that has it."""
        found: dict[str, Facts] = {}
        for facts in self.facts:
            found.setdefault(self.segment(facts), facts)
        return found

    def segment(self, of: Named) -> str:
        """The first segment of a record's address."""
        key = (of.product, of.source)
        segment = self._segments.get(key)
        if segment is None:
            product = self.kb.products.get(of.product)
            source = product.sources.get(of.source) if product else None
            segment = self._segments[key] = source_address(of.source, source.address if source else "")
        return segment

    def pair(self, of: Facts) -> tuple[str, str]:
        """The segments of the address that a record has if it is alone with its source and ID."""
        return self.segment(of), slug(of.id)


Rule = Callable[[Content], Iterator[Diagnostic]]
"""Looks for one offence in the content it is given."""

Screen = Callable[[Content, Survey], bool]
"""Whether a rule may find something in a record: too often rather than too seldom. Much quicker than the rule."""


def in_file(entry: Located, where: DataPath) -> tuple[str | int, ...]:
    """A field of a record as a way into its file, which may hold a list."""
    return tuple(where) if entry.index is None else (entry.index, *where)


def _steps(at: StepAt) -> Iterator[StepAt]:
    yield at
    for number, inner in enumerate(at.step.steps):
        yield from _steps(StepAt(inner, at.path, (*at.where, "steps", number)))

"""What the rules look at: the loaded content, its texts, and where each of its fields stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place
from kb_gen.load import DataPath, Loaded, Outline
from kb_gen.messages import MessageTemplate, parse
from kb_gen.model import Entry, KnowledgeBase, Record, Step, source_address
from kb_gen.validate.texts import Form, Written, record_texts, shared_texts

__all__ = ["Content", "Rule", "StepAt"]


class StepAt(Struct, frozen=True, gc=False):
    """A step and where it stands; `entry` is None for a snippet's."""

    step: Step
    path: str
    where: tuple[str | int, ...]
    entry: Entry | None = None


class Content:
    """Loaded content, and what several rules want to know about it. Made once a run."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        # What is partly wrong is looked at as well: each mistake in the tree is told in one run.
        self.kb: KnowledgeBase = loaded.readable
        # Several rules ask for the same template.
        self._parse = lru_cache(maxsize=65536)(parse)
        # Few, as each holds a file's whole tree; one at least, as a file's findings come one after the other.
        self._outline = lru_cache(maxsize=16)(self._read_outline)

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

    def field(self, entry: Entry, *where: str | int, within: tuple[int, int] | None = None, label: str = "") -> Place:
        """Where the value of a record's field stands."""
        return self.place(entry.path, in_file(entry, where), within, label=label)

    @cached_property
    def texts(self) -> tuple[Written, ...]:
        """Every text an author wrote, records' first."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[Written]:
        for entry in self.kb.entries:
            yield from record_texts(entry)
        yield from shared_texts(self.kb)

    @cached_property
    def marked_up(self) -> tuple[Written, ...]:
        """Every text that is Markdown."""
        return tuple(written for written in self.texts if written.form is not Form.PLAIN)

    @cached_property
    def steps(self) -> tuple[StepAt, ...]:
        """Every step of every record and snippet, sub-steps included."""
        found: list[StepAt] = []
        for entry in self.kb.entries:
            for number, action in enumerate(entry.record.actions):
                found.extend(_steps(StepAt(action, entry.path, in_file(entry, ("actions", number)), entry)))
        for name, step in self.kb.snippets.items():
            found.extend(_steps(StepAt(step, self.kb.paths["snippets"], (name,))))
        return tuple(found)

    def uncertain(self, path: str, *where: str | int) -> bool:
        """Whether a value of a file isn't known for certain: it, or what it stands in, couldn't be read."""
        gaps = self.loaded.gaps.get(path)
        if not gaps:
            return False
        return any(tuple(where[:length]) in gaps for length in range(len(where) + 1))

    def lacks(self, entry: Entry, *fields: str) -> bool:
        """Whether one of a record's fields isn't known for certain."""
        return any(self.uncertain(entry.path, *in_file(entry, (field,))) for field in fields)

    def lacks_inside(self, entry: Entry, *fields: str) -> bool:
        """Whether one of a record's fields, or anything in it, isn't known for certain."""
        if self.lacks(entry, *fields):
            return True
        starts = [in_file(entry, (field,)) for field in fields]
        gaps = self.loaded.gaps.get(entry.path, frozenset())
        return any(gap[: len(start)] == start for gap in gaps for start in starts)

    @cached_property
    def identified(self) -> tuple[Entry, ...]:
        """The records of which all is known that tells them from others."""
        if not self.loaded.gaps:
            return self.kb.entries
        return tuple(
            entry
            for entry in self.kb.entries
            if not self.lacks(entry, "id", "source", "product", "symbolic_name", "version")
        )

    def product_uncertain(self, key: str, *where: str) -> bool:
        """Whether a product's value isn't known for certain: products.yml or that part of it couldn't be read."""
        return self.uncertain(self.products_path, key, *where)

    @property
    def products_path(self) -> str:
        """Where products.yml is, or would be."""
        return f"{self.loaded.content}/products.yml"

    def source_uncertain(self, entry: Entry, field: str) -> bool:
        """Whether a field of a record's source, as products.yml has it, isn't known for certain."""
        record = entry.record
        return self.lacks(entry, "source", "product") or self.product_uncertain(
            record.product, "sources", record.source, field
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
        syntax = self.kb.event_source(record).syntax.value
        if record.message:
            yield ("message",), self._parse(record.message, syntax)
        for number, variant in enumerate(record.variants):
            yield ("variants", number, "message"), self._parse(variant.message, syntax)

    def numbers(self, record: Record) -> frozenset[int]:
        """The numbers of all insertion strings that the message has in any version."""
        return frozenset(number for _, template in self.templates(record) for number in template.numbers)

    @cached_property
    def segments(self) -> Mapping[str, tuple[Entry, ...]]:
        """The records by the first segment of their address."""
        found: dict[str, list[Entry]] = {}
        for entry in self.kb.entries:
            found.setdefault(self.segment(entry.record), []).append(entry)
        return {segment: tuple(entries) for segment, entries in found.items()}

    def segment(self, record: Record) -> str:
        """The first segment of a record's address."""
        return source_address(record.source, self.kb.event_source(record).address)


Rule = Callable[[Content], Iterator[Diagnostic]]
"""Looks for one offence in the whole content."""


def in_file(entry: Entry, where: DataPath) -> tuple[str | int, ...]:
    """A field of a record as a way into its file, which may hold a list."""
    return tuple(where) if entry.index is None else (entry.index, *where)


def _steps(at: StepAt) -> Iterator[StepAt]:
    yield at
    for number, inner in enumerate(at.step.steps):
        yield from _steps(StepAt(inner, at.path, (*at.where, "steps", number), at.entry))

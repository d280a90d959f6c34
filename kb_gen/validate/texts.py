"""Every text that an author writes: where it stands, how it is read, and where in it something stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from itertools import islice

from msgspec import Struct

from kb_gen.markup import Block, Inline, ListBlock, Paragraph, Table, parse_blocks, parse_inlines, walk
from kb_gen.model import Category, Entry, KnowledgeBase, Product, Record, Step

__all__ = ["Form", "Written", "record_texts", "shared_texts", "stretches"]

_MOST = 20
"""Occurrences of one mistake in one text that get a place of their own."""
_TRIES = 100
"""Candidates that are tried out: each takes parsing the text once more."""


class Form(Enum):
    """How a text is read."""

    BLOCKS = auto()
    """Markdown with paragraphs, lists and tables."""
    INLINES = auto()
    """Markdown on one line."""
    PLAIN = auto()
    """As it stands."""


class Written(Struct, frozen=True, gc=False):
    """A text and where it stands.

    Attributes:
        text: the text.
        form: how it is read.
        path: its file.
        where: the way to it in the file's data.
        entry: the record it belongs to, None for what articles share.
    """

    text: str
    form: Form
    path: str
    where: tuple[str | int, ...]
    entry: Entry | None = None

    @property
    def field(self) -> str:
        """The field's name."""
        return next(str(part) for part in reversed(self.where) if isinstance(part, str))

    def inlines(self) -> Iterator[Inline]:
        """Every inline of the text, outer before inner."""
        return _inlines(self.text, self.form)


def _inlines(text: str, form: Form) -> Iterator[Inline]:
    if form is Form.INLINES:
        yield from walk(parse_inlines(" ".join(text.split())))
    elif form is Form.BLOCKS:
        for paragraph in _paragraphs(parse_blocks(text)):
            yield from walk(parse_inlines(paragraph))


def _paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case ListBlock(items=items):
                for item in items:
                    yield from _paragraphs(item)
            case Table(header, rows):
                for row in (header, *rows):
                    yield from row
            case _:
                continue


def stretches(written: Written, needle: str, is_meant: Callable[[Inline], bool]) -> list[tuple[int, int] | None]:
    """Where `needle` stands in a text as one of the inlines that `is_meant` names.

    The same characters may also stand in a code span or be escaped. Therefore each candidate is taken out in turn:
    it is one of those meant if the inline goes with it. Where some can't be told for certain, the last answer is
    None: the text as a whole.
    """

    def count(text: str) -> int:
        return sum(map(is_meant, _inlines(text, written.form)))

    present = count(written.text)
    found: list[tuple[int, int] | None] = []
    if needle:
        # Lines are joined when a text is parsed.
        pattern = r"\s+".join(map(re.escape, re.split(r"\s+", needle)))
        for match in islice(re.finditer(pattern, written.text), _TRIES):
            without = written.text[: match.start()] + "x" * len(match[0]) + written.text[match.end() :]
            if count(without) < present:
                found.append(match.span())
            if len(found) == min(present, _MOST):
                return found
    return [*found, None]


_PLAIN_FIELDS = ("id", "source", "product", "version", "symbolic_name", "category", "message", "context")


def record_texts(entry: Entry) -> Iterator[Written]:
    """The texts of a record, those left out aside."""
    above: tuple[str | int, ...] = () if entry.index is None else (entry.index,)
    for text, form, where in _record_texts(entry.record):
        if text:
            yield Written(text, form, entry.path, above + where, entry)


_Text = tuple[str, Form, tuple[str | int, ...]]


def _record_texts(record: Record) -> Iterator[_Text]:
    for name in _PLAIN_FIELDS:
        yield getattr(record, name), Form.PLAIN, (name,)
    for number, variant in enumerate(record.variants):
        yield variant.message, Form.PLAIN, ("variants", number, "message")
    for key, parameter in record.parameters.items():
        yield parameter.name, Form.INLINES, ("parameters", key, "name")
        yield parameter.holds, Form.INLINES, ("parameters", key, "holds")
        yield parameter.example, Form.PLAIN, ("parameters", key, "example")
    yield record.summary, Form.INLINES, ("summary",)
    yield record.explanation, Form.BLOCKS, ("explanation",)
    for number, action in enumerate(record.actions):
        yield from _step_texts(action, ("actions", number))
    for number, reference in enumerate(record.references):
        yield reference.title, Form.INLINES, ("references", number, "title")
        yield reference.note, Form.INLINES, ("references", number, "note")
        yield reference.url, Form.PLAIN, ("references", number, "url")
    for name, values in (("related", record.related), ("former", record.former)):
        for number, value in enumerate(values):
            yield value, Form.PLAIN, (name, number)


def _step_texts(step: Step, where: tuple[str | int, ...]) -> Iterator[_Text]:
    yield step.text, Form.BLOCKS, (*where, "text")
    for number, command in enumerate(step.commands):
        yield command.shell, Form.PLAIN, (*where, "commands", number, "shell")
        yield command.run, Form.PLAIN, (*where, "commands", number, "run")
    yield step.note, Form.BLOCKS, (*where, "note")
    for number, inner in enumerate(step.steps):
        yield from _step_texts(inner, (*where, "steps", number))


def shared_texts(kb: KnowledgeBase) -> Iterator[Written]:
    """The texts of products, sources, categories and snippets, those left out aside."""
    for kind, texts in (
        ("products", (text for key, product in kb.products.items() for text in _product_texts(product, key))),
        ("categories", (text for key, category in kb.categories.items() for text in _category_texts(category, key))),
        ("snippets", (text for key, step in kb.snippets.items() for text in _step_texts(step, (key,)))),
    ):
        for text, form, where in texts:
            if text:
                yield Written(text, form, kb.paths[kind], where)


def _product_texts(product: Product, key: str) -> Iterator[_Text]:
    yield product.name, Form.PLAIN, (key, "name")
    yield product.description, Form.BLOCKS, (key, "description")
    yield product.notice, Form.BLOCKS, (key, "notice")
    for version, name in product.versions.items():
        yield name, Form.PLAIN, (key, "versions", version)
    for name, source in product.sources.items():
        yield source.description, Form.BLOCKS, (key, "sources", name, "description")
        yield source.log, Form.PLAIN, (key, "sources", name, "log")


def _category_texts(category: Category, key: str) -> Iterator[_Text]:
    yield category.title, Form.INLINES, (key, "title")
    yield category.description, Form.BLOCKS, (key, "description")

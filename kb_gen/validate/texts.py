"""Every text that an author writes: where it stands, how it is read, and where in it something stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kb_gen.markup import Block, Inline, ListBlock, Paragraph, Table, parse_blocks, parse_inlines, walk
from kb_gen.model import Entry, KnowledgeBase, Step

__all__ = ["Form", "Written", "record_texts", "shared_texts", "stretches"]

_MOST = 20
"""Occurrences of one mistake in one text that get a place of their own."""


class Form(Enum):
    """How a text is read."""

    BLOCKS = auto()
    """Markdown with paragraphs, lists and tables."""
    INLINES = auto()
    """Markdown on one line."""
    PLAIN = auto()
    """As it stands."""


@dataclass(frozen=True, slots=True)
class Written:
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
        for match in re.finditer(re.escape(needle), written.text):
            without = written.text[: match.start()] + "x" * len(needle) + written.text[match.end() :]
            if count(without) < present:
                found.append(match.span())
            if len(found) == min(present, _MOST):
                return found
    return [*found, None]


def record_texts(entry: Entry) -> Iterator[Written]:
    """The texts of a record."""
    record = entry.record
    above: tuple[str | int, ...] = () if entry.index is None else (entry.index,)

    def written(text: str, form: Form, *where: str | int) -> Written:
        return Written(text, form, entry.path, (*above, *where), entry)

    for name in ("id", "source", "product", "version", "symbolic_name", "category", "message", "context"):
        yield written(getattr(record, name), Form.PLAIN, name)
    for number, variant in enumerate(record.variants):
        yield written(variant.message, Form.PLAIN, "variants", number, "message")
    for key, parameter in record.parameters.items():
        yield written(parameter.name, Form.INLINES, "parameters", key, "name")
        yield written(parameter.holds, Form.INLINES, "parameters", key, "holds")
        yield written(parameter.example, Form.PLAIN, "parameters", key, "example")
    yield written(record.summary, Form.INLINES, "summary")
    yield written(record.explanation, Form.BLOCKS, "explanation")
    for number, action in enumerate(record.actions):
        yield from _step_texts(action, entry.path, (*above, "actions", number), entry)
    for number, reference in enumerate(record.references):
        yield written(reference.title, Form.INLINES, "references", number, "title")
        yield written(reference.note, Form.INLINES, "references", number, "note")
        yield written(reference.url, Form.PLAIN, "references", number, "url")
    for name, values in (("related", record.related), ("former", record.former)):
        for number, value in enumerate(values):
            yield written(value, Form.PLAIN, name, number)


def _step_texts(step: Step, path: str, where: tuple[str | int, ...], entry: Entry | None = None) -> Iterator[Written]:
    yield Written(step.text, Form.BLOCKS, path, (*where, "text"), entry)
    for number, command in enumerate(step.commands):
        yield Written(command.shell, Form.PLAIN, path, (*where, "commands", number, "shell"), entry)
        yield Written(command.run, Form.PLAIN, path, (*where, "commands", number, "run"), entry)
    yield Written(step.note, Form.BLOCKS, path, (*where, "note"), entry)
    for number, inner in enumerate(step.steps):
        yield from _step_texts(inner, path, (*where, "steps", number), entry)


def shared_texts(kb: KnowledgeBase) -> Iterator[Written]:
    """The texts of products, sources, categories and snippets."""
    for key, product in kb.products.items():
        path = kb.paths["products"]
        yield Written(product.name, Form.PLAIN, path, (key, "name"))
        yield Written(product.description, Form.BLOCKS, path, (key, "description"))
        yield Written(product.notice, Form.BLOCKS, path, (key, "notice"))
        for name, source in product.sources.items():
            yield Written(source.description, Form.BLOCKS, path, (key, "sources", name, "description"))
            yield Written(source.log, Form.PLAIN, path, (key, "sources", name, "log"))
    for key, category in kb.categories.items():
        yield Written(category.title, Form.INLINES, kb.paths["categories"], (key, "title"))
        yield Written(category.description, Form.BLOCKS, kb.paths["categories"], (key, "description"))
    for key, step in kb.snippets.items():
        yield from _step_texts(step, kb.paths["snippets"], (key,))

"""Articles for translators: what a unit became knows that it is that unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from msgspec import Struct

from kb_gen import markup
from kb_gen.document import tree
from kb_gen.document.article import ArticleWriter
from kb_gen.document.words import NameOf, Writer
from kb_gen.locales import AddressedPassage, Passage, marked
from kb_gen.model import MessageSyntax

__all__ = ["AddressedArticleWriter", "units_of"]


@dataclass(frozen=True, slots=True)
class _AddressedWriter(Writer):
    """Words that know their unit."""

    def words(self, passage: Passage) -> tree.Words:
        """The words of a passage, around them its unit."""
        return self.shown(passage, self.inlines(markup.parse_inlines(passage.text)))

    def shown(self, passage: Passage, inlines: tuple[tree.Inline, ...]) -> tree.Words:
        """Inlines as the words of a passage, around them its unit."""
        # Python's short `super()` doesn't know a class that was made anew to have slots.
        return Writer.shown(self, passage, _addressed(passage, inlines))


class AddressedArticleWriter(ArticleWriter):
    """Writes articles from the passages of an `AddressedLocalizer`."""

    def words(self, names: Mapping[int, NameOf]) -> Writer:
        """A writer for texts whose insertion strings have these names."""
        outdated = partial(self.ui, marked("Changed since it was translated:"))
        return _AddressedWriter(self.locale, self.targets, names, outdated)

    def message(
        self,
        passage: Passage,
        syntax: MessageSyntax,
        names: Mapping[int, NameOf],
        examples: Mapping[int, str],
        version: str = "",
    ) -> tree.MessageBlock:
        """A message template that knows its unit."""
        block = super().message(passage, syntax, names, examples, version)
        if not isinstance(passage, AddressedPassage):
            return block
        return tree.AddressedMessage(block.template, block.parts, block.lang, block.version, passage.unit)

    def _said(self, passage: Passage) -> tree.Words:
        words = super()._said(passage)
        return tree.Words(_addressed(passage, words.inlines), words.lang)


def _addressed(passage: Passage, inlines: tuple[tree.Inline, ...]) -> tuple[tree.Inline, ...]:
    return (tree.Addressed(passage.unit, inlines),) if isinstance(passage, AddressedPassage) else inlines


def units_of(article: tree.Article) -> tuple[str, ...]:
    """The units that an article shows, each once, in the order in which a reader meets them."""
    return tuple(dict.fromkeys(_units(article)))


def _units(part: object) -> Iterator[str]:
    # The fields of every part are in the order in which a page shows them.
    if isinstance(part, tuple):
        for inner in part:
            yield from _units(inner)
    elif isinstance(part, Struct):
        if isinstance(part, tree.Addressed | tree.AddressedMessage):
            yield part.unit
        for name in part.__struct_fields__:
            yield from _units(getattr(part, name))

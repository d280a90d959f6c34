"""Passages become words: inline Markdown with every reference resolved for one article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb_gen import markup
from kb_gen.document import tree
from kb_gen.document.targets import Targets
from kb_gen.locales import LocalBlock, LocalList, LocalParagraph, LocalTable, Passage, State

__all__ = ["NameOf", "Writer", "plain"]


@dataclass(frozen=True, slots=True)
class NameOf:
    """The name of an insertion string and the language of that name, None where it is the article's."""

    name: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Turns passages into the words of one article: knows its locale, its parameters and every event's address."""

    locale: str
    targets: Targets
    names: Mapping[int, NameOf]
    outdated: Callable[[], tree.Words]
    """Gives what is said before an outdated passage."""

    def words(self, passage: Passage) -> tree.Words:
        """The words of a passage, marked with their language where it isn't the article's."""
        if len(passage.text) == 1 and not passage.text.isascii() and passage.state is State.SOURCE:
            return _character(passage, self.locale)
        return self.shown(passage, self.inlines(markup.parse_inlines(passage.text)))

    def shown(self, passage: Passage, inlines: tuple[tree.Inline, ...]) -> tree.Words:
        """Inlines as the words of a passage."""
        lang, state = passage.lang, passage.state
        remark = self.outdated() if state is State.OUTDATED else None
        return tree.Words(inlines, None if lang in (self.locale, "und") else lang, state, remark)

    def inlines(self, inlines: tuple[markup.Inline, ...]) -> tuple[tree.Inline, ...]:
        """Parsed inlines with their references resolved."""
        first = inlines[0] if len(inlines) == 1 else None
        # Most are one text.
        return (first,) if isinstance(first, tree.Text) else tuple([self._inline(inline) for inline in inlines])

    def parameter(self, number: int) -> tree.ParameterName:
        """What `%number` stands for."""
        known = self.names.get(number)
        return tree.ParameterName(number, known.name if known else f"%{number}", known.lang if known else None)

    def _inline(self, inline: markup.Inline) -> tree.Inline:
        if isinstance(inline, (tree.Text, tree.Code, tree.LineBreak)):
            return inline
        if isinstance(inline, markup.Strong):
            return tree.Strong(self.inlines(inline.children))
        if isinstance(inline, markup.Insertion):
            return self.parameter(inline.number)
        if isinstance(inline, markup.Emphasis):
            return tree.Emphasis(self.inlines(inline.children))
        if isinstance(inline, markup.RawHtml):
            return tree.Text(inline.text)
        return self._link(inline)

    def _link(self, inline: markup.Link | markup.EventLink) -> tree.Inline:
        children = self.inlines(inline.children)
        if isinstance(inline, markup.Link):
            if markup.is_safe_link(inline.href):
                return tree.ExternalLink(inline.href, children or (tree.Text(inline.href),))
            # The checks have named it; shown without its target it does no harm.
            return tree.Emphasis(children or (tree.Text(inline.href),))
        target = self.targets.find(inline.source, inline.id, inline.symbolic_name)
        if target is None:
            return tree.Emphasis(children or (tree.Text(f"{inline.source} {inline.id}"),))
        return tree.ArticleLink(target.address, children or (tree.Text(target.title),))

    def blocks(self, blocks: tuple[LocalBlock, ...]) -> tuple[tree.Block, ...]:
        """Localized blocks with their references resolved."""
        return tuple([self._block(block) for block in blocks])

    def _block(self, block: LocalBlock) -> tree.Block:
        # Tests of types, unlike patterns, look at no attributes.
        if isinstance(block, LocalParagraph):
            return tree.Paragraph(self.words(block.passage))
        if isinstance(block, LocalList):
            return tree.ItemList(block.ordered, tuple([self.blocks(item) for item in block.items]), block.start)
        if isinstance(block, LocalTable):
            rows = [tuple([self.words(cell) for cell in row]) for row in block.rows]
            return tree.Table(tuple([self.words(cell) for cell in block.header]), tuple(rows))
        return tree.CodeBlock(block.text, block.language)


@lru_cache(maxsize=4096)
def _character(passage: Passage, locale: str) -> tree.Words:
    """The words of a single character, which can't be markup: of a slot, which occurs in many articles."""
    return tree.Words((tree.Text(passage.text),), None if passage.lang in (locale, "und") else passage.lang)


def plain(inlines: tuple[tree.Inline, ...]) -> str:
    """What a reader would read aloud."""
    # Most are one text; and tests of types, unlike patterns, look at no attributes.
    if len(inlines) == 1 and isinstance(inlines[0], tree.Text):
        return inlines[0].text
    parts: list[str] = []
    for inline in inlines:
        if isinstance(inline, (tree.Text, tree.Code)):
            parts.append(inline.text)
        elif isinstance(inline, tree.ParameterName):
            parts.append(inline.name)
        elif isinstance(inline, tree.LineBreak):
            parts.append(" ")
        else:
            parts.append(plain(inline.children))
    return "".join(parts)

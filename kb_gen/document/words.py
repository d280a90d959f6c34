"""Passages become words: inline Markdown with every reference resolved for one article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb_gen import markup
from kb_gen.document import tree
from kb_gen.document.targets import Targets
from kb_gen.locales import LocalBlock, LocalList, LocalParagraph, LocalTable, Passage, State
from kb_gen.markup import CodeBlock

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
        lang = passage.lang if passage.lang not in (self.locale, "und") else None
        remark = self.outdated() if passage.state is State.OUTDATED else None
        return tree.Words(self.inlines(markup.parse_inlines(passage.text)), lang, passage.state, remark)

    def inlines(self, inlines: tuple[markup.Inline, ...]) -> tuple[tree.Inline, ...]:
        """Parsed inlines with their references resolved."""
        return tuple([self._inline(inline) for inline in inlines])

    def _inline(self, inline: markup.Inline) -> tree.Inline:
        match inline:
            case tree.Text() | tree.Code() | tree.LineBreak():
                return inline
            case markup.Strong(children):
                return tree.Strong(self.inlines(children))
            case markup.Insertion(number):
                known = self.names.get(number)
                return tree.ParameterName(number, known.name if known else f"%{number}", known.lang if known else None)
            case markup.Emphasis(children):
                return tree.Emphasis(self.inlines(children))
            case markup.RawHtml(text):
                return tree.Text(text)
            case markup.Link() | markup.EventLink():
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
        match block:
            case LocalParagraph(passage):
                return tree.Paragraph(self.words(passage))
            case LocalList(ordered, items, start):
                return tree.ItemList(ordered, tuple([self.blocks(item) for item in items]), start)
            case LocalTable(header, rows):
                return tree.Table(
                    tuple(self.words(cell) for cell in header),
                    tuple(tuple(self.words(cell) for cell in row) for row in rows),
                )
            case CodeBlock(text, language):
                return tree.CodeBlock(text, language)


def plain(inlines: tuple[tree.Inline, ...]) -> str:
    """What a reader would read aloud."""
    # Most are one text; and tests of types, unlike patterns, look at no attributes.
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

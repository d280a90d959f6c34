"""Articles as HTML: the body of a page, below whatever the site puts around it."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from markupsafe import Markup

from kb_gen.document import Article, Block, ItemList, Paragraph, Words
from kb_gen.render.html.code import code_html
from kb_gen.render.html.inlines import Href, joined, words_html

__all__ = ["TOP", "HtmlRenderer"]

TOP = "top"
"""The id of an article's first heading."""

_PARAGRAPH, _PARAGRAPH_END = Markup("<p>"), Markup("</p>")
_ITEM, _ITEM_END = Markup("<li>"), Markup("</li>")
_BULLETS = Markup("<ul>"), Markup("</ul>")
_NUMBERS = Markup("<ol>"), Markup("</ol>")


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kb_gen.render.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        auto_reload=False,
    )


def _list_tags(ordered: bool, start: int) -> tuple[Markup, Markup]:
    if not ordered:
        return _BULLETS
    return _NUMBERS if start == 1 else (Markup('<ol start="{}">').format(start), _NUMBERS[1])


class HtmlRenderer:
    """Renders documents for pages that all lie at the same depth below their locale's root.

    Args:
        href: gives the URL of an address as seen from those pages.
    """

    def __init__(self, href: Href) -> None:
        self.href = href
        environment = _environment()
        # As filters, they are called directly; functions among the globals would each go through Jinja's dispatch.
        environment.filters |= {"words": self.words, "blocks": self.blocks, "code": code_html, "href": href}
        environment.globals["top"] = TOP
        self._macros: TemplateModule = environment.get_template("blocks.html").module
        self._article: Template = environment.get_template("article.html")

    def words(self, words: Words) -> Markup:
        """A unit's inlines."""
        return words_html(words, self.href)

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Blocks, a line each."""
        return joined([self._block(block) for block in blocks], "\n")

    def _block(self, block: Block) -> Markup:
        # What articles are mostly made of is done here, and the rest by templates, which take five times as long.
        match block:
            case Paragraph(words):
                return joined((_PARAGRAPH, words_html(words, self.href), _PARAGRAPH_END))
            case ItemList(ordered, items, start):
                return self._list(items, *_list_tags(ordered, start))
            case _:
                rendered: Markup = getattr(self._macros, type(block).__name__)(block)
                return rendered

    def _list(self, items: tuple[tuple[Block, ...], ...], opening: Markup, closing: Markup) -> Markup:
        lines = [joined((_ITEM, self.blocks(item), _ITEM_END)) for item in items]
        return joined((opening, *lines, closing), "\n")

    def article(self, article: Article) -> str:
        """The article's body, starting with its `<h1>`."""
        return self._article.render(article=article)

"""Articles as HTML: the body of a page, below whatever the site puts around it."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.environment import TemplateModule
from markupsafe import Markup

from kb_gen.document import Article, Block, Words
from kb_gen.render.html.code import code_html
from kb_gen.render.html.inlines import Href, words_html

__all__ = ["TOP", "HtmlRenderer"]

TOP = "top"
"""The id of an article's first heading."""


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kb_gen.render.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        auto_reload=False,
    )


class HtmlRenderer:
    """Renders documents for pages that all lie at the same depth below their locale's root.

    Args:
        href: gives the URL of an address as seen from those pages.
    """

    def __init__(self, href: Href) -> None:
        self.href = href
        environment = _environment()
        environment.globals |= {
            "words": self.words,
            "blocks": self.blocks,
            "code": code_html,
            "href": href,
            "top": TOP,
        }
        self._macros: TemplateModule = environment.get_template("blocks.html").module
        self._article: Template = environment.get_template("article.html")

    def words(self, words: Words) -> Markup:
        """A unit's inlines."""
        return words_html(words, self.href)

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Blocks, a line each."""
        return Markup("\n").join([getattr(self._macros, type(block).__name__)(block) for block in blocks])

    def article(self, article: Article) -> str:
        """The article's body, starting with its `<h1>`."""
        return self._article.render(article=article)

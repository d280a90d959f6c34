"""Articles as HTML: the body of a page, below whatever the site puts around it."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from kb_gen.document import Article, Block, Words
from kb_gen.render.html.article import article_html
from kb_gen.render.html.blocks import blocks_html
from kb_gen.render.html.escaping import Html
from kb_gen.render.html.inlines import Href, words_html

__all__ = ["HtmlRenderer"]


class HtmlRenderer:
    """Renders documents for pages that all lie at the same depth below their locale's root.

    Args:
        href: gives the URL of an address as seen from those pages.
    """

    def __init__(self, href: Href) -> None:
        self.href = href

    def words(self, words: Words) -> Markup:
        """A unit's inlines."""
        return Markup(words_html(words, self.href))  # noqa: S704 - escaped there

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Blocks, a line each."""
        return Markup(blocks_html(blocks, self.href))  # noqa: S704 - escaped there

    def article(self, article: Article, banner: Html | None = None) -> Markup:
        """The article's body, starting with its `<h1>`; with `banner` in the place of its own banner."""
        return Markup(article_html(article, self.href, banner))  # noqa: S704 - escaped there

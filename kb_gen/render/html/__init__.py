"""Documents as HTML."""

from kb_gen.render.html.code import code_html
from kb_gen.render.html.inlines import Href, identifier_html, inlines_html, words_html
from kb_gen.render.html.renderer import TOP, HtmlRenderer

__all__ = ["TOP", "Href", "HtmlRenderer", "code_html", "identifier_html", "inlines_html", "words_html"]

"""Documents as HTML."""

from kb_gen.render.html.article import TOP
from kb_gen.render.html.escaping import Html, escaped
from kb_gen.render.html.inlines import Href, identifier_html, words_html
from kb_gen.render.html.renderer import HtmlRenderer

__all__ = ["TOP", "Href", "Html", "HtmlRenderer", "escaped", "identifier_html", "words_html"]

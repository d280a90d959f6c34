"""Documents as HTML."""

from kb_gen.render.html.article import TOP, banner_html
from kb_gen.render.html.blocks import message_html
from kb_gen.render.html.escaping import Html, escaped, lang_attribute
from kb_gen.render.html.inlines import Href, identifier_html, words_html
from kb_gen.render.html.renderer import HtmlRenderer

__all__ = [
    "TOP",
    "Href",
    "Html",
    "HtmlRenderer",
    "banner_html",
    "escaped",
    "identifier_html",
    "lang_attribute",
    "message_html",
    "words_html",
]

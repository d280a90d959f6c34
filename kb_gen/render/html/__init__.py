"""Documents as HTML."""

from kb_gen.render.html.article import TOP, banner_html
from kb_gen.render.html.blocks import message_html
from kb_gen.render.html.escaping import Html, escaped, lang_attribute
from kb_gen.render.html.inlines import Href, identifier_html, own_language_html, words_html
from kb_gen.render.html.renderer import HtmlRenderer
from kb_gen.render.html.texts import Rendered, render_texts

__all__ = [
    "TOP",
    "Href",
    "Html",
    "HtmlRenderer",
    "Rendered",
    "banner_html",
    "escaped",
    "identifier_html",
    "lang_attribute",
    "message_html",
    "own_language_html",
    "render_texts",
    "words_html",
]

"""Inlines as HTML."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from kb_gen.document import (
    ArticleLink,
    Code,
    Emphasis,
    ExternalLink,
    Inline,
    LineBreak,
    ParameterName,
    Strong,
    Text,
    Words,
)
from kb_gen.locales import State

__all__ = ["Href", "inlines_html", "words_html"]

Href = Callable[[str], str]
"""Gives the URL of an article's address, as seen from the page that is being rendered."""

_PARAMETER = Markup('<span class="kb-parameter" data-parameter="{}"{}>{}</span>')
_LANG = Markup(' lang="{}"')


def inlines_html(inlines: tuple[Inline, ...], href: Href) -> Markup:
    """The inlines one after the other."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return escape(inlines[0].text)
    return Markup("").join([_inline(inline, href) for inline in inlines])


def _inline(inline: Inline, href: Href) -> Markup:
    match inline:
        case Text(text):
            return escape(text)
        case Code(text):
            return Markup("<code>{}</code>").format(text)
        case Emphasis(children):
            return Markup("<em>{}</em>").format(inlines_html(children, href))
        case Strong(children):
            return Markup("<strong>{}</strong>").format(inlines_html(children, href))
        case ExternalLink(target, children):
            return Markup('<a href="{}" rel="external noopener">{}</a>').format(target, inlines_html(children, href))
        case ArticleLink(address, children):
            return Markup('<a href="{}">{}</a>').format(href(address), inlines_html(children, href))
        case ParameterName(number, name, lang):
            return _PARAMETER.format(number, _LANG.format(lang) if lang else "", name)
        case LineBreak():
            return Markup("<br>")


def words_html(words: Words, href: Href) -> Markup:
    """A unit's inlines, inside an element that names their language where it isn't the page's."""
    inner = inlines_html(words.inlines, href)
    if words.lang is None:
        return inner
    state = Markup(' class="kb-untranslated" data-state="{}"').format(words.state.value)
    marked = words.state in (State.MISSING, State.OUTDATED)
    return Markup('<span lang="{}" dir="auto"{}>{}</span>').format(words.lang, state if marked else "", inner)

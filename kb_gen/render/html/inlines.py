"""Inlines as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

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

__all__ = ["Href", "inlines_html", "joined", "words_html"]

Href = Callable[[str], str]
"""Gives the URL of an article's address, as seen from the page that is being rendered."""

_CODE, _CODE_END = Markup("<code>"), Markup("</code>")
_EMPHASIS, _EMPHASIS_END = Markup("<em>"), Markup("</em>")
_STRONG, _STRONG_END = Markup("<strong>"), Markup("</strong>")
_BREAK = Markup("<br>")
_EXTERNAL = Markup('<a href="{}" rel="external noopener">{}</a>')
_ARTICLE = Markup('<a href="{}">{}</a>')
_PARAMETER = Markup('<span class="kb-parameter" data-parameter="{}"{}>{}</span>')
_LANG = Markup(' lang="{}"')


def joined(parts: Iterable[Markup], separator: str = "") -> Markup:
    """Escaped parts one after the other; `Markup.join` would look at each of them once more."""
    return Markup(separator.join(parts))  # noqa: S704 - the type says that all are escaped


def inlines_html(inlines: tuple[Inline, ...], href: Href) -> Markup:
    """The inlines one after the other."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return escape(inlines[0].text)
    return joined([_inline(inline, href) for inline in inlines])


def _inline(inline: Inline, href: Href) -> Markup:
    match inline:
        case Text(text):
            return escape(text)
        case Code(text):
            return joined((_CODE, escape(text), _CODE_END))
        case Emphasis(children):
            return joined((_EMPHASIS, inlines_html(children, href), _EMPHASIS_END))
        case Strong(children):
            return joined((_STRONG, inlines_html(children, href), _STRONG_END))
        case ExternalLink(target, children):
            return _EXTERNAL.format(target, inlines_html(children, href))
        case ArticleLink(address, children):
            return _ARTICLE.format(href(address), inlines_html(children, href))
        case ParameterName(number, name, lang):
            return _PARAMETER.format(number, _LANG.format(lang) if lang else "", name)
        case LineBreak():
            return _BREAK


def words_html(words: Words, href: Href) -> Markup:
    """A unit's inlines, inside an element that names their language where it isn't the page's."""
    inner = inlines_html(words.inlines, href)
    if words.lang is None:
        return inner
    state = Markup(' class="kb-untranslated" data-state="{}"').format(words.state.value)
    marked = words.state in (State.MISSING, State.OUTDATED)
    return Markup('<span lang="{}" dir="auto"{}>{}</span>').format(words.lang, state if marked else "", inner)


# Between a small letter or digit and a capital, and behind an underscore or dot that something follows.
_BREAKS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_.])(?=[A-Za-z0-9])")


def identifier_html(identifier: str) -> Markup:
    """A symbolic name or other identifier, which may break between its words where a column is narrow."""
    return Markup("<wbr>").join(_BREAKS.split(identifier))

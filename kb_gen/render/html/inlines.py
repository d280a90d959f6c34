"""Inlines as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

from kb_gen.document import (
    Addressed,
    ArticleLink,
    Code,
    Emphasis,
    ExternalLink,
    Inline,
    ParameterName,
    Strong,
    Text,
    Words,
)
from kb_gen.locales import State
from kb_gen.render.html.escaping import Html, escaped, lang_attribute

__all__ = ["Href", "identifier_html", "inlines_html", "own_language_html", "parameter_html", "words_html"]

Href = Callable[[str], str]
"""Gives the URL of an article's address, as seen from the page that is being rendered."""


def inlines_html(inlines: tuple[Inline, ...], href: Href) -> Html:
    """The inlines one after the other."""
    return "".join([_inline(inline, href) for inline in inlines])


def _inline(inline: Inline, href: Href) -> Html:
    # Tests of types, unlike patterns, look at no attributes.
    if isinstance(inline, Text):
        return escaped(inline.text)
    if isinstance(inline, Code):
        return f"<code>{escaped(inline.text)}</code>"
    if isinstance(inline, Strong):
        return f"<strong>{inlines_html(inline.children, href)}</strong>"
    if isinstance(inline, ParameterName):
        return parameter_html(inline)
    if isinstance(inline, Emphasis):
        return f"<em>{inlines_html(inline.children, href)}</em>"
    if isinstance(inline, ArticleLink):
        return f'<a href="{escaped(href(inline.address))}">{inlines_html(inline.children, href)}</a>'
    if isinstance(inline, ExternalLink):
        children = inlines_html(inline.children, href)
        return f'<a href="{escaped(inline.href)}" rel="external noopener">{children}</a>'
    if isinstance(inline, Addressed):
        return f'<span data-unit="{escaped(inline.unit)}">{inlines_html(inline.children, href)}</span>'
    return "<br>"


def parameter_html(inline: ParameterName) -> Html:
    """What an insertion string holds, by name."""
    lang = lang_attribute(inline.lang)
    return f'<span class="kb-parameter" data-parameter="{inline.number}"{lang}>{escaped(inline.name)}</span>'


def words_html(words: Words, href: Href) -> Html:
    """A unit's inlines, inside an element that names their language where it isn't the page's."""
    inlines = words.inlines
    # Most are one text.
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        inner = escaped(inlines[0].text)
    else:
        inner = "".join([_inline(inline, href) for inline in inlines])
    return inner if words.lang is None else own_language_html(words, inner, href)


def own_language_html(words: Words, inner: Html, href: Href) -> Html:
    """The HTML of inlines, inside an element that names their language."""
    marked = words.state in (State.MISSING, State.OUTDATED)
    state = f' class="kb-untranslated" data-state="{words.state.value}"' if marked else ""
    remark = f'<span class="kb-unseen">{words_html(words.remark, href)} </span>' if words.remark else ""
    return f'{remark}<span lang="{escaped(words.lang or "")}" dir="auto"{state}>{inner}</span>'


# Between a small letter or digit and a capital, and behind an underscore or dot that something follows.
_BREAKS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_.])(?=[A-Za-z0-9])")


def identifier_html(identifier: str) -> Markup:
    """A symbolic name or other identifier, which may break between its words where a column is narrow."""
    return Markup("<wbr>".join([escaped(word) for word in _BREAKS.split(identifier)]))  # noqa: S704 - escaped here

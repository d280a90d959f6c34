"""Highlighted code, with chips where a message's values go."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from kb_gen.document import Chip
from kb_gen.render.html.escaping import Html, escaped, lang_attribute
from kb_gen.render.html.lexing import Token, TokenType, tokens

__all__ = ["code_html"]

# Chips travel through the highlighter as characters that no command contains and no lexer splits.
_FIRST = 0xF0000

_FEW = 8
"""Texts of a language for which Pygments is done before the faster way is prepared."""


class _Highlighter:
    """Takes texts of a language apart."""

    def __init__(self, language: str) -> None:
        self._lexer = _lexer(language)
        self._few = _FEW

    def tokens(self, text: str) -> Iterable[Token]:
        """What Pygments finds in a text."""
        if self._few:
            self._few -= 1
            found: Iterable[Token] = self._lexer.get_tokens(text)
            return found
        return tokens(self._lexer, text)


@lru_cache(maxsize=256)
def _highlighter(language: str) -> _Highlighter:
    return _Highlighter(language)


def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)


@lru_cache(maxsize=1)
def _formatter() -> HtmlFormatter[str]:
    """The one formatter; making another takes twice as long as highlighting a command."""
    return HtmlFormatter()


@lru_cache(maxsize=1024)
def _element(kind: TokenType) -> Html:
    """The start of the element for a kind of token, nothing for a kind that has none."""
    # Material's style sheet knows Pygments' short class names.
    name = _formatter()._get_css_classes(kind)  # type: ignore[attr-defined]  # noqa: SLF001
    return f'<span class="{name}">' if name else ""


@lru_cache(maxsize=4096)
def _highlighted(text: str, language: str) -> Html:
    return _spans(_highlighter(language).tokens(text)).rstrip("\n")


def _spans(found: Iterable[Token]) -> Html:
    """What Pygments' formatter writes: neighbours of a kind in one element, which ends with its line."""
    parts: list[str] = []
    # The element that the line is in; None at its beginning.
    current: Html | None = None
    for kind, value in found:
        element = _element(kind)
        text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        # Most are within a line.
        if "\n" in text:
            *lines, text = text.split("\n")
            for line in lines:
                if line and current != element:
                    parts.append(f"</span>{element}" if current else element)
                    current = element
                parts.append(f"{line}</span>\n" if current else f"{line}\n")
                current = None
        if text:
            if current != element:
                parts.append(f"</span>{element}" if current else element)
                current = element
            parts.append(text)
    if current:
        parts.append("</span>")
    return "".join(parts)


def _slot(chip: Chip) -> Html:
    example = f' data-example="{escaped(chip.example)}"' if chip.example else ""
    name = escaped(f"<{chip.name}>")
    return f'<span class="kb-slot" data-parameter="{chip.number}"{lang_attribute(chip.lang)}{example}>{name}</span>'


def code_html(parts: tuple[str | Chip, ...], language: str) -> Html:
    """The code's spans. A chip becomes an element with its name in angle brackets, which is also what is copied."""
    chips = [part for part in parts if isinstance(part, Chip)]
    index = iter(range(len(chips)))
    text = "".join([chr(_FIRST + next(index)) if isinstance(part, Chip) else part for part in parts])
    html = _highlighted(text, language)
    for number, chip in enumerate(chips):
        html = html.replace(chr(_FIRST + number), _slot(chip))
    return html

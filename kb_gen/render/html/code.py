"""Highlighted code, with chips where a message's values go."""

from __future__ import annotations

from functools import lru_cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from kb_gen.document import Chip
from kb_gen.render.html.escaping import Html, escaped, lang_attribute

__all__ = ["code_html"]

# Chips travel through the highlighter as characters that no command contains and no lexer splits.
_FIRST = 0xF0000


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)


@lru_cache(maxsize=1)
def _formatter() -> HtmlFormatter[str]:
    """The one formatter; making another takes twice as long as highlighting a command."""
    # Material's style sheet knows Pygments' short class names.
    return HtmlFormatter(nowrap=True)


@lru_cache(maxsize=32768)
def _highlighted(text: str, language: str) -> Html:
    return highlight(text, _lexer(language), _formatter()).rstrip("\n")


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

"""Highlighted code, with chips where a message's values go."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from kb_gen.document import Chip

__all__ = ["code_html"]

# Chips travel through the highlighter as characters that no command contains and no lexer splits.
_FIRST = 0xF0000
_SLOT = Markup('<span class="kb-slot" data-parameter="{}"{}{}>{}</span>')


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
def _highlighted(text: str, language: str) -> str:
    return highlight(text, _lexer(language), _formatter()).rstrip("\n")


def _slot(chip: Chip) -> Markup:
    lang = Markup(' lang="{}"').format(chip.lang) if chip.lang else ""
    example = Markup(' data-example="{}"').format(chip.example) if chip.example else ""
    return _SLOT.format(chip.number, lang, example, f"<{chip.name}>")


def code_html(parts: tuple[str | Chip, ...], language: str) -> Markup:
    """The code's spans. A chip becomes an element with its name in angle brackets, which is also what is copied."""
    chips = [part for part in parts if isinstance(part, Chip)]
    if not chips:
        return Markup(_highlighted("".join(str(p) for p in parts), language))  # noqa: S704 - escaped by Pygments
    index = iter(range(len(chips)))
    text = "".join(chr(_FIRST + next(index)) if isinstance(part, Chip) else part for part in parts)
    html = _highlighted(text, language)
    for number, chip in enumerate(chips):
        html = html.replace(chr(_FIRST + number), str(_slot(chip)))
    return Markup(html)  # noqa: S704 - escaped by Pygments, and slots by markupsafe

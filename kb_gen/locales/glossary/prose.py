"""The running text in a text: what is neither code nor a link's target nor an insertion string."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kb_gen.markup import Code, Inline, Insertion, LineBreak, RawHtml, Text, parse_inlines

__all__ = ["prose"]

_GAP = "\ufffc"
"""Stands for what is no running text, so that the words on its sides don't become neighbours."""


@lru_cache(maxsize=4096)
def prose(text: str) -> str:
    """The words that readers see in a text, in their order, emphasised ones and links' texts included."""
    return _joined(parse_inlines(text))


def _joined(inlines: Sequence[Inline]) -> str:
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, LineBreak):
            parts.append(" ")
        elif isinstance(inline, Code | Insertion | RawHtml) or not inline.children:
            parts.append(_GAP)
        else:
            parts.append(_joined(inline.children))
    return "".join(parts)

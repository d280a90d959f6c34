"""Text in pictures: escaped, and as wide as readers' fonts will make it."""

from __future__ import annotations

import re
import unicodedata

from kb_gen.render.html import Html, escaped

__all__ = ["FONTS", "lettering", "width_of"]

FONTS = "Verdana,Geneva,DejaVu Sans,sans-serif"
"""Fonts that readers have: a picture in a page can't bring its own. All of them are about equally wide."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDE, _NARROW, _USUAL, _CAPITAL = 1.0, 0.38, 0.62, 0.72


def lettering(text: str) -> Html:
    """A text as XML, without the characters that XML can't have."""
    return escaped(_NO_XML.sub("\ufffd", text))


def width_of(text: str, size: float) -> float:
    """How wide a text is about, in a font of that size."""
    return sum(map(_width, text)) * size


def _width(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if character in " .,:;!|'ijlIft()[]-\u00a0\u202f":
        return _NARROW
    return _CAPITAL if character.isupper() or character in "mw%" else _USUAL

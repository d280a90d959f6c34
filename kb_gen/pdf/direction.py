"""Which way a text is written. A line may have parts of both kinds; where it begins is that of most of its letters."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["is_from_right", "is_partly_from_right"]

_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def is_partly_from_right(text: str) -> bool:
    """Whether something in a text is written from the right to the left, as Arabic and Hebrew are."""
    return not text.isascii() and _FROM_RIGHT.search(text) is not None


def is_from_right(text: str) -> bool:
    """Whether a text as a whole is written so."""
    if not is_partly_from_right(text):
        return False
    kinds = [unicodedata.bidirectional(character) for character in text]
    return sum(kind in {"R", "AL"} for kind in kinds) > kinds.count("L")

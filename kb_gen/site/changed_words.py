"""Which texts may be found by other words, now that some have come to a site's vocabulary or gone from it."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["ChangedWords"]

_ASCII = re.compile(r"[a-z]*")
_LETTER = r"[^\W\d_]"
_KELVIN, _DOTTED = "\u212a".encode(), "\u0130".encode()
"""The letters beyond ASCII whose small forms are, or begin with, ASCII ones."""


class ChangedWords:
    """Words that came or went.

    A compound is taken apart at words that are shorter than itself (see `kb_gen.site.compounds`). So what matters of a
    text is whether such a word is a part of a longer one in it.

    Args:
        words: in lower case; at least one.
    """

    def __init__(self, words: Collection[str]) -> None:
        self._runs = sorted({max(_ASCII.findall(word), key=len).encode() for word in words})
        either = "|".join(sorted({re.escape(_one_sigma(word)) for word in words}))
        self._parts = re.compile(f"(?<={_LETTER})(?:{either})|(?:{either})(?={_LETTER})")

    def may_be_parts_in(self, text: bytes) -> bool:
        """Whether any of the words may be a part of a longer word.

        Args:
            text: JSON, in UTF-8.
        """
        # Hardly any text has one, and small letters of all texts would take most of the time.
        small = text.lower()
        if not any(run in small for run in self._runs) and _KELVIN not in text and _DOTTED not in text:
            return False
        # In JSON, a backslash is two of them, and a line feed ends in a letter.
        plain = text.decode("utf-8", "replace").replace("\\\\", "  ").replace("\\n", "  ")
        return self._parts.search(_one_sigma(plain.lower())) is not None


def _one_sigma(text: str) -> str:
    """A text with one small sigma: which of both a capital one becomes depends on what stands around the word."""
    return text.replace("ς", "σ")

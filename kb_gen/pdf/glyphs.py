"""Which characters no font has. What readers can't see must not be missing in silence."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from pathlib import Path

from kb_gen.pdf.typesetting import unset_texts

__all__ = ["STAND_IN", "absent_characters", "doubtful", "with_stand_ins"]

STAND_IN = "▯"
"""Stands where a character is that no font has; the fonts that come with Typst have it."""

_CERTAIN = re.compile(
    "[\\t\\n\\x20-\\x7e\\xa0-\\xff"  # ASCII and Latin-1
    "\\u0100-\\u017f"  # Latin Extended-A
    "\\u0386-\\u03ce\\u0410-\\u044f"  # Greek and Russian letters
    "\\u2010\\u2013\\u2014\\u2018-\\u201e\\u2020-\\u2022\\u2026\\u202f\\u2030\\u2039\\u203a\\u20ac\\u2122"
    "\\u2190-\\u2193\\u2212\\u2264\\u2265\\u27e8\\u27e9\\u25a0\\u25b2\\u25cf\\u25cb\\u25af]+"
)
"""What the fonts that come with Typst have for certain."""
_JOINER = "\u200d"
_FOLLOWERS = "\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
"""What joins a character with the next, or chooses its form, and is nothing by itself (Unicode, UTS #51)."""


def doubtful(text: str) -> frozenset[str]:
    """The characters of a text that a font may lack."""
    return frozenset(_CERTAIN.sub("", text)) if not text.isascii() else frozenset()


def absent_characters(characters: Iterable[str], fonts: Path | None) -> frozenset[str]:
    """Those characters that can't be shown with Typst's fonts and those in a folder.

    Typst is asked: only it knows what may be shown, and with which of several fonts.
    """
    wanted = sorted(characters)
    refused = unset_texts(wanted, fonts)
    return frozenset(character for character in wanted if character in refused)


def with_stand_ins(text: str, absent: Container[str]) -> str:
    """A text with `STAND_IN` for each character that no font has, and nothing left of what belongs to it."""
    missing = [character for character in set(text) if character in absent]
    if not missing:
        return text
    return re.sub(f"{_JOINER}*[{re.escape(''.join(missing))}][{_FOLLOWERS}]*", STAND_IN, text)

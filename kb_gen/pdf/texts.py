"""Texts as data for the template: what may be hyphenated in them, what may break, and their quotation marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kb_gen.pdf.breaks import broken, is_identifier, is_unspeakable

__all__ = ["NARROW_WORD", "Data", "code_data", "heading_data", "prose_data", "text_data"]

Data = Any
"""What `json.dumps` takes."""

_SYLLABLE = 5
"""Words that are shorter are never hyphenated."""
NARROW_WORD = 24
"""Characters of a word that has room in any line."""
_WORD = re.compile(r"(\s+)")
_QUOTE = re.compile("([\"'])")
_QUOTES: Mapping[str, Data] = {'"': ["quote", 2], "'": ["quote", 1]}


def code_data(text: str) -> Data:
    """Code within a text."""
    return ["code", *broken(text.replace("\t", " "))]


def prose_data(text: str) -> Data:
    """A text that isn't a program's: its quotation marks and apostrophes are those of its language."""
    parts = [_QUOTES.get(part) or text_data(part.replace("\t", " ")) for part in _QUOTE.split(text) if part]
    return parts[0] if len(parts) == 1 else ["span", *parts]


def text_data(text: str) -> Data:
    """A text; with those words taken apart that are never hyphenated."""
    if not any(_is_never_hyphenated(word) for word in text.split()):
        return text
    parts: list[Data] = []
    running: list[str] = []
    for word in _WORD.split(text):
        if _is_never_hyphenated(word):
            if running:
                parts.append("".join(running))
                running = []
            parts.append(["id", *broken(word)])
        else:
            running.append(word)
    if running:
        parts.append("".join(running))
    return parts[0] if len(parts) == 1 else ["span", *parts]


def heading_data(text: str) -> Data:
    """A text that is never hyphenated where it stands, and has a line of its own."""
    return text if max(map(len, text.split()), default=0) <= NARROW_WORD else text_data(text)


def _is_never_hyphenated(word: str) -> bool:
    return len(word) >= _SYLLABLE and (is_identifier(word) or is_unspeakable(word))

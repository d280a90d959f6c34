"""Whether a passage is English or German, by the words that every text of some length has."""

from __future__ import annotations

import re

__all__ = ["language_of"]

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "is",
        "in",
        "that",
        "for",
        "this",
        "it",
        "on",
        "with",
        "as",
        "be",
        "are",
        "was",
        "by",
        "not",
        "can",
        "from",
        "or",
        "an",
        "at",
        "if",
        "has",
        "have",
        "which",
        "you",
        "your",
        "when",
        "will",
        "these",
        "following",
        "no",
        "been",
        "does",
        "may",
        "should",
        "because",
        "more",
        "do",
        "there",
        "were",
        "they",
        "its",
    ]
)
_GERMAN = frozenset(
    [
        "der",
        "die",
        "das",
        "und",
        "ist",
        "nicht",
        "zu",
        "den",
        "von",
        "mit",
        "dem",
        "ein",
        "eine",
        "für",
        "auf",
        "sie",
        "wird",
        "werden",
        "wurde",
        "im",
        "des",
        "sich",
        "oder",
        "als",
        "auch",
        "bei",
        "einen",
        "einer",
        "kann",
        "können",
        "aus",
        "wenn",
        "durch",
        "zum",
        "zur",
        "dieser",
        "dieses",
        "diese",
        "über",
        "nach",
        "ihre",
        "ihren",
        "sind",
        "hat",
        "haben",
        "es",
        "dass",
        "keine",
        "kein",
        "einem",
        "eines",
        "um",
        "vom",
        "beim",
        "unter",
        "zwischen",
        "keinen",
        "keiner",
        "konnte",
        "konnten",
        "wurden",
    ]
)


def language_of(text: str) -> str:
    """`en` or `de`; empty where too little tells."""
    words = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH for word in words)
    german = sum(word in _GERMAN for word in words) + sum(any(letter in "äöüß" for letter in word) for word in words)
    if max(english, german) < 2 and len(words) > 3:
        return ""
    if english > german:
        return "en"
    return "de" if german > english else ""

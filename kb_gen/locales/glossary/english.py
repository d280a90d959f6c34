"""The forms in which English texts have a word."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["plurals", "verb_forms"]

_VOWELS = frozenset("aeiou")
_HISSING = ("s", "x", "z", "ch", "sh", "o")


def plurals(word: str) -> Iterator[str]:
    """What may be the plural of a word in small letters: `policies`, `mailboxes`, `indexes` and `indices`."""
    yield f"{word}s"
    if word.endswith(_HISSING):
        yield f"{word}es"
    if _ends_in_y(word):
        yield f"{word[:-1]}ies"
    elif word.endswith(("ex", "ix")):
        yield f"{word[:-2]}ices"
    elif word.endswith("is"):
        yield f"{word[:-2]}es"
    elif word.endswith("us"):
        yield f"{word[:-2]}i"
    elif word.endswith(("f", "fe")):
        yield f"{word.rstrip('e')[:-1]}ves"


def verb_forms(word: str) -> Iterator[str]:
    """The regular forms of a verb in small letters: `refuses`, `refused`, `refusing`."""
    yield from plurals(word)
    stem = word.removesuffix("e")
    yield f"{stem}ing"
    yield f"{stem}ed"
    if word.endswith("ee"):
        yield f"{word}ing"
    if _ends_in_y(word):
        yield f"{word[:-1]}ied"
        yield f"{word}ing"
    elif len(word) > 2 and word[-1] not in _VOWELS and word[-2] in _VOWELS:
        yield f"{word}{word[-1]}ed"
        yield f"{word}{word[-1]}ing"


def _ends_in_y(word: str) -> bool:
    return len(word) > 2 and word[-1] == "y" and word[-2] not in _VOWELS

"""English words and the forms that texts have of them."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["base_forms", "verb_forms"]

_VOWELS = frozenset("aeiou")


def base_forms(word: str) -> Iterator[str]:
    """What a word in small letters may be a form of: itself, and the singular if it may be a plural."""
    yield word
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return
    yield word[:-1]
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    elif word.endswith("ices"):
        yield f"{word[:-4]}ex"
        yield f"{word[:-4]}ix"
    elif word.endswith("ves"):
        yield f"{word[:-3]}f"
        yield f"{word[:-3]}fe"
    if word.endswith("es"):
        yield word[:-2]
        yield f"{word[:-2]}is"


def verb_forms(word: str) -> Iterator[str]:
    """What a word in small letters may be a form of if it is a verb: `refused` and `refusing` of `refuse`."""
    yield from base_forms(word)
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2:
            yield stem
            yield f"{stem}e"
            if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                yield stem[:-1]
            if ending == "ed" and stem[-1] == "i":
                yield f"{stem[:-1]}y"

"""Where a long word may go on in the next line: paths, symbolic names and addresses have no hyphens to put in.

A break leaves no character behind. Whoever copies the text gets it as it was written.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["broken", "is_identifier", "line_pieces"]

_IDENTIFIER = re.compile(r"[!-~]*(?:[a-z0-9][A-Z]|[\\/_=@]|[.:][A-Za-z0-9]|\d[A-Za-z])[!-~]*")
"""What has something inside that words don't have."""

_AFTER = re.compile(
    r"(?<=[\\/_=,;|&?@)}\]>])(?=[^\\/_=,;|&?@)}\]>\s])"  # what separates the parts of paths, addresses and code
    r"|(?<=[a-z0-9])(?=[A-Z][a-z])"  # words written together
    r"|(?<=[A-Za-z0-9]{2}[.:\-])(?=[A-Za-z0-9])"
    r"|(?<=\s)(?=\S)"
)
_LONGEST = 18
"""A part without a place to break that is longer than this may break anywhere."""
_CHOPPED = 6

_WORDS = re.compile(r"(\s+)")
_LONGEST_WORD = 32
"""Words of code that are longer may go on in the next line; others, as far as possible, are kept in one piece."""


@lru_cache(maxsize=4096)
def is_identifier(word: str) -> bool:
    """Whether a word is a name of code or the like, which is never hyphenated."""
    return _IDENTIFIER.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def broken(word: str) -> tuple[str, ...]:
    """The parts of a word, between which a line may end."""
    return tuple([part for piece in _AFTER.split(word) for part in _chopped(piece)])


def _chopped(piece: str) -> list[str]:
    if len(piece) <= _LONGEST:
        return [piece]
    return [piece[start : start + _CHOPPED] for start in range(0, len(piece), _CHOPPED)]


def line_pieces(line: str) -> list[str]:
    """The parts of a line of code, between which it may go on in the next line on paper.

    It may do so at its spaces anyway; elsewhere only in words that are long.
    """
    parts: list[str] = []
    running: list[str] = []
    for word in _WORDS.split(line):
        if len(word) <= _LONGEST_WORD:
            running.append(word)
            continue
        first, *others = broken(word)
        parts.append("".join((*running, first)))
        parts += others[:-1]
        running = others[-1:]
    parts.append("".join(running))
    return [part for part in parts if part]

"""Where a long word may go on in the next line: paths, symbolic names and addresses have no hyphens to put in.

A break leaves no character behind. Whoever copies the text gets it as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

__all__ = [
    "TAB_BEGINS",
    "TAB_GOES_ON",
    "address_parts",
    "broken",
    "broken_if_long",
    "is_identifier",
    "is_unspeakable",
    "line_pieces",
    "tabs_as_columns",
]

_IDENTIFIER = re.compile(r"[!-~]*(?:[a-z0-9][A-Z]|[A-Z]{4}|[\\/_=@]|[.:][A-Za-z0-9]|\d[A-Za-z]|[A-Za-z]\d)[!-~]*")
"""What has something inside that words don't have."""

_LONG_WORD = 24
"""A word that is longer has to break in a narrow place."""
_LONGEST_WORD_OF_ALL = 64
"""What is longer is no word of any language."""
_NO_SYLLABLES = re.compile("[^aeiouyäöüàáâãåæçèéêëìíîïòóôõøœùúûýаеёиіїоуыэєюяαάεέηήιίοόυύωώ]{12}", re.IGNORECASE)
"""Letters in which hyphenation finds no place to break."""
_BREAKS_ITSELF = re.compile(
    "[\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60"
    "\U00020000-\U0003ffff]"
)
"""Spaces, and characters between which a line may end anyway: Thai, Chinese, Japanese, Korean and the like."""
_JOINER = "\N{ZERO WIDTH JOINER}"

TAB_BEGINS = "\N{MEDIUM MATHEMATICAL SPACE}"
TAB_GOES_ON = "\N{SIX-PER-EM SPACE}"
"""Stand for the first and each further column of a tab in lines of code until the file is finished, which then says
that it was a tab. Fonts have no tabs, and nobody writes these in a command."""
_TAB_WIDTH = 4

_AFTER = re.compile(
    r"(?<=[\\/_=,;|&?@)}\]>])(?=[^\\/_=,;|&?@)}\]>\s])"  # what separates the parts of paths, addresses and code
    r"|(?<=[a-z0-9])(?=[A-Z][a-z])"  # words written together
    r"|(?<=[A-Za-z0-9]{2}[.:\-])(?=[A-Za-z0-9])"
    r"|(?<=\s)(?=\S)"
)
_LONGEST = 18
"""A part without a place to break that is longer than this may break anywhere."""
_CHOPPED = 6
_LONGEST_HOST = 40

_WORDS = re.compile(r"(\s+)")
_LONGEST_WORD = 32
"""Words of code that are longer may go on in the next line; others, as far as possible, are kept in one piece."""
_OPTION = re.compile(r"-{1,2}\w[\w-]{,46}")
"""The name of an option, which is never parted."""


@lru_cache(maxsize=4096)
def is_identifier(word: str) -> bool:
    """Whether a word is a name of code or the like, which is never hyphenated."""
    return _IDENTIFIER.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def broken(word: str) -> tuple[str, ...]:
    """The parts of a word, between which a line may end."""
    return tuple([part for piece in _AFTER.split(word) for part in _chopped(piece)])


def address_parts(address: str) -> tuple[str, ...]:
    """The parts of an address of the web, between which a line may end: not within a host's name, nor everywhere else.

    A file has an element for each, so there are fewer than `broken` would make.
    """
    parts: list[str] = []
    begun = ""
    place = address.find("/", address.find("//") + 2)
    host = address[: place + 1] if 0 < place < _LONGEST_HOST else ""
    for part in (host, *broken(address[len(host) :])):
        begun += part
        if len(begun) >= _CHOPPED * 2:
            parts.append(begun)
            begun = ""
    return (*parts, begun) if begun else tuple(parts)


def broken_if_long(text: str, fitting: int) -> tuple[str, ...]:
    """The parts of a text that stands in a column alone, where it need only break if a word is longer than the column.

    A part costs a file as much as a line does.

    Args:
        text: the text.
        fitting: so many characters fit into the column's line for certain.
    """
    return broken(text) if any(len(word) > fitting for word in text.split()) else (text,)


@lru_cache(maxsize=4096)
def is_unspeakable(word: str) -> bool:
    """Whether a word is long and has no syllables between which it could be hyphenated."""
    return any(
        len(part) > _LONGEST_WORD_OF_ALL or (len(part) > _LONG_WORD and _NO_SYLLABLES.search(part) is not None)
        for part in _BREAKS_ITSELF.split(word)
    )


def _chopped(piece: str) -> Iterator[str]:
    if len(piece) <= _LONGEST:
        yield piece
        return
    start = 0
    for end in range(_CHOPPED, len(piece)):
        if end - start >= _CHOPPED and not _belongs_to_the_last(piece, end):
            yield piece[start:end]
            start = end
    yield piece[start:]


def _belongs_to_the_last(text: str, place: int) -> bool:
    """Whether a character is drawn as one with the one before it, such as an accent."""
    return unicodedata.category(text[place]).startswith("M") or _JOINER in {text[place], text[place - 1]}


def tabs_as_columns(line: str) -> str:
    """A line of code with a character for each column that a tab takes."""
    *tabbed, rest = line.split("\t")
    text = ""
    for part in tabbed:
        text += part
        text += TAB_BEGINS + TAB_GOES_ON * (_TAB_WIDTH - 1 - len(text) % _TAB_WIDTH)
    return text + rest


def line_pieces(line: str, longest: int = _LONGEST_WORD) -> list[str]:
    """The parts of a line of code, between which it may go on in the next line on paper.

    It may do so at its spaces anyway; elsewhere only in words that are long.

    Args:
        line: the line.
        longest: so many characters has a word at most that is kept in one piece.
    """
    parts: list[str] = []
    running: list[str] = []
    for word in _WORDS.split(line):
        if len(word) <= longest or _OPTION.fullmatch(word):
            running.append(word)
            continue
        first, *others = broken(word)
        parts.append("".join((*running, first)))
        parts += others[:-1]
        running = others[-1:]
    parts.append("".join(running))
    return [part for part in parts if part]

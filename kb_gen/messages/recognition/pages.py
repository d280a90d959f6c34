"""Texts as they are compared: without differences that mean nothing, and with the way back to what was written.

Letters are compared without case, quotation marks without their shape, and every run of blanks as one blank. What is
done here is done in the same way by `recognise.js`; therefore blanks and words are spelled out instead of left to what
a language calls so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

__all__ = [
    "LONGEST_TEXT",
    "UNSPACED",
    "Line",
    "Page",
    "compact",
    "folded",
    "is_word",
    "letters",
    "meaning",
    "page_of",
    "words_in",
]

LONGEST_TEXT = 20_000
"""Characters of a text that are looked at. What is longer is no line of a log."""

_BLANK = "\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts that are written without blanks: each character counts as a word."""

_BLANKS = re.compile(f"[{_BLANK}]+")
_NOT_BLANK = re.compile(f"[^{_BLANK}]+")
_ODD_BLANK = re.compile(f"[{_BLANK}]{{2,}}|[{_BLANK.replace(' ', '')}]")
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
_ASCII_WORD = re.compile("[a-z0-9]+")
"""The same of texts that have nothing else, in half the time."""

_SPACED = re.compile(rf"[^\W_{UNSPACED}]")
_NO_LETTER = re.compile(r"[\W_]+")

_SHAPES = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"'), "ς": "σ"})


class Line(NamedTuple):
    """A line of a page: where it begins and ends, and whether it was indented."""

    start: int
    end: int
    indented: bool


def folded(text: str) -> str:
    """A text without case and shapes of quotation marks, each character in its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join([low if len(low := character.lower()) == 1 else character for character in text])
    return lower if lower.isascii() else lower.translate(_SHAPES)


def compact(text: str) -> str:
    """A text with every run of blanks made one."""
    return _BLANKS.sub(" ", text) if _has_odd_blank(text) else text


def words_in(text: str) -> list[str]:
    """The words of a folded text, in order."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def is_word(text: str, place: int) -> bool:
    """Whether the character at a place is part of a word that is written without a blank in it."""
    return 0 <= place < len(text) and _SPACED.match(text, place) is not None


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return len(_NO_LETTER.sub("", text))


def meaning(text: str) -> int:
    """How many letters its longer words have: short ones stand in any text."""
    return sum([len(word) for word in _NO_LETTER.split(text) if len(word) > 3])


class Page:
    """A text as it is compared.

    Attributes:
        original: as it was written.
        compact: with every run of blanks made one.
        text: folded as well.
    """

    def __init__(self, original: str, compact: str, starts: tuple[list[int], list[int]] | None) -> None:
        """A page; `page_of` makes one.

        Args:
            original: as it was written.
            compact: with every run of blanks made one.
            starts: where words begin in `compact`, and where in `original`; None where places are the same in both.
        """
        self.original = original
        self.compact = compact
        self.text = folded(compact)
        self._starts = starts

    @cached_property
    def lines(self) -> list[Line]:
        """Its lines, at least one."""
        if self._starts is None or "\n" not in self.original:
            return [Line(0, len(self.text), self.original[:1] == " ")]
        return list(self._lines(*self._starts))

    def _lines(self, own: list[int], written: list[int]) -> list[Line]:
        original = self.original
        begins = [0]
        for before, after, place in zip(written, written[1:], own[1:], strict=False):
            if "\n" in original[before:after]:
                begins.append(place)
        ends = [*[begin - 1 for begin in begins[1:]], len(self.text)]
        found = []
        for begin, end in zip(begins, ends, strict=True):
            place = written[bisect_right(own, begin) - 1]
            indented = (
                place > 0 and original[place - 1] not in "\n\r" and _BLANKS.match(original, place - 1) is not None
            )
            found.append(Line(begin, end, indented))
        return found

    @cached_property
    def words(self) -> dict[str, None]:
        """The words of the text, each once, in order."""
        return dict.fromkeys(words_in(self.text))

    def line_at(self, place: int) -> int:
        """The number of the line that a place is in."""
        lines = self.lines
        return 0 if len(lines) == 1 else max(0, bisect_right(lines, place, key=_start_of) - 1)

    def written(self, start: int, end: int) -> str:
        """What is written between two places, without blanks around it."""
        if start >= end:
            return ""
        return self.original[self._place(start) : self._place(end - 1) + 1].strip()

    def _place(self, place: int) -> int:
        if self._starts is None:
            return place
        own, written = self._starts
        word = bisect_right(own, place) - 1
        return written[word] + place - own[word]


def _start_of(line: Line) -> int:
    return line.start


def _has_odd_blank(text: str) -> bool:
    """Whether a text has blanks other than single spaces: most have not, and that can be told at once."""
    if text.isascii() and text.isprintable():
        return "  " in text
    return _ODD_BLANK.search(text) is not None


def page_of(original: str) -> Page:
    """A text as it is compared, its first `LONGEST_TEXT` characters."""
    original = original[:LONGEST_TEXT]
    if not _has_odd_blank(original) and original.strip() == original:
        return Page(original, original, None)
    own: list[int] = []
    written: list[int] = []
    words: list[str] = []
    place = 0
    for found in _NOT_BLANK.finditer(original):
        word = found[0]
        own.append(place)
        written.append(found.start())
        words.append(word)
        place += len(word) + 1
    return Page(original, " ".join(words), (own or [0], written or [0]))

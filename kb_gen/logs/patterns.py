"""Lines that nobody knows, grouped by what they have in common.

What is a number, a path or quoted is taken out first; then lines with as many words, of which most are the same, are
one group, and words that differ are taken out as well. What was taken out and turns out to be the same in all lines of
a group is put back at the end. This is Drain (He, Zhu, Zheng, Lyu 2017) with a bound on
everything; decision 26 says why it isn't a library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import eq
from typing import NamedTuple

__all__ = ["GAP", "LineGroups", "LinePattern"]

GAP = "…"
"""What stands for a part that differs."""

_VARIABLE = re.compile(
    r"https?://[^\s\"'<>]+"
    r"|\{?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\}?"
    # What a web server quotes first is what was asked of it.
    r"|\"(?!(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS) )[^\"\n]{0,300}\""
    r"|(?<!\w)'[^'\n]{0,300}'(?!\w)|(?<!\w)`[^`'\n]{0,300}[`']|„[^“”\n]{0,300}[“”]|«[^»\n]{0,300}»"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
    r"|(?<![\w\\])(?:[A-Za-z]:\\|\\\\)[^\s\"'<>|,;]+"
    r"|(?<![\w/])\.{0,2}(?:/[\w.+@%=~-]+)+/?(?:\?[^\s\"']*)?(?=[\s:,;)\]\"]|$)"
    r"|\bS-1-[0-9-]+"
    r"|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}(?![\w:])"
    r"|\b0x[0-9a-fA-F]+\b"
    r"|\b(?=[a-fA-F]*[0-9])[0-9a-fA-F]{8,}\b"
    r"|[-+]?[0-9]+(?:[.,:/-][0-9]+)*"
)
_REPEATED = re.compile(rf"{GAP}(?:[.,:/-]?{GAP})+")
_NUMBERS = re.compile(r"(?<![^\W_])(?=[a-fA-F]*[0-9])[0-9a-fA-F]+(?![^\W_])|[0-9]+")
_MOST_REMEMBERED = 20_000
_MOST_WORDS = 40
_MOST_IN_BRANCH = 40
_ALIKE = 0.6
_ROUGHLY_ALIKE = 0.34
_LONGEST = 600


_BLANK = re.compile(r"\s")
_HELD = "\0"
"""A blank within what is taken out: it separates no words."""


class _Words(NamedTuple):
    """The first words of a line.

    Attributes:
        masked: without what differs from one line to the next.
        written: the same words as they stand in the line.
        is_cut: whether the line has more.
    """

    masked: list[str]
    written: list[str]
    is_cut: bool

    @classmethod
    def of(cls, message: str) -> _Words:
        """The words of a message's first line."""
        first = message.lstrip().partition("\n")[0]
        line = first[:_LONGEST].strip()
        masked = _REPEATED.sub(GAP, _VARIABLE.sub(GAP, line)).split() or [""]
        written = line.split() or [""]
        if len(written) != len(masked):
            written = _VARIABLE.sub(lambda found: _BLANK.sub(_HELD, found[0]), line).split()
        is_cut = len(first) > _LONGEST or len(masked) > _MOST_WORDS
        return cls(masked[:_MOST_WORDS], written[:_MOST_WORDS], is_cut)


class LinePattern:
    """What the lines of a group have in common.

    Attributes:
        source: the program that wrote them; may be empty.
    """

    __slots__ = ("_gaps", "_is_cut", "_last", "_open", "_same", "_words", "source")

    def __init__(self, source: str, message: str, words: _Words | None = None) -> None:
        """What one line has in common with itself, which is all of it."""
        words = words or _Words.of(message)
        self.source = source
        self._words = words.masked
        self._same: list[str | None] = list(words.written)
        self._is_cut = words.is_cut
        self._gaps = words.masked.count(GAP)
        self._open = sum([GAP in word for word in words.masked])
        self._last = message

    @property
    def text(self) -> str:
        """Their text, with a gap wherever they differ or go on."""
        known = [word if same is None else same for same, word in zip(self._same, self._words, strict=True)]
        return " ".join([*known, GAP] if self._is_cut else known).replace(_HELD, " ")

    def likeness(self, words: Sequence[str], least: float) -> float:
        """The share of words that are the same, of those that differ already half; 0 if it is below `least`."""
        same = sum(map(eq, self._words, words))
        if same + self._gaps / 2 < least * len(words):
            return 0.0
        differ = sum([own == GAP != word for own, word in zip(self._words, words, strict=True)])
        share = (same + differ / 2) / len(words)
        return share if share >= least else 0.0

    def take(self, words: _Words) -> None:
        """One more line with as many words."""
        self._is_cut |= words.is_cut
        for place, (own, word) in enumerate(zip(self._words, words.masked, strict=True)):
            if own != word:
                self._gaps += own != GAP
                self._words[place] = GAP
        for place, (same, written) in enumerate(zip(self._same, words.written, strict=True)):
            if same is not None and same != written:
                self._same[place] = None
        self._count_open()

    def compare(self, message: str) -> None:
        """One more line that is known to belong to them: see what it shares of that which was taken out."""
        if not self._open or message == self._last:
            return
        self._last = message
        words = _Words.of(message)
        if len(words.masked) == len(self._words):
            self.take(words)
        else:
            # Nobody can say which word is which: what was taken out stays out.
            self._same = [None if GAP in word else word for word in self._words]
            self._open = 0

    def _count_open(self) -> None:
        self._open = sum([same is not None and GAP in word for same, word in zip(self._same, self._words, strict=True)])


class LineGroups:
    """The groups of unknown lines, a bounded number of them."""

    def __init__(self, most: int) -> None:
        """No groups yet.

        Args:
            most: how many groups there may be. A line that would need another one has none.
        """
        self._most = most
        self._count = 0
        self._branches: dict[tuple[str, int, str], list[LinePattern]] = {}
        self._seen: dict[tuple[str, str], LinePattern] = {}

    def group(self, source: str, message: str) -> LinePattern | None:
        """The group of a line; None if there are too many.

        Args:
            source: the program that wrote it; may be empty.
            message: what it says, without the time.
        """
        # Numbers are a gap in any case: lines that differ in nothing else needn't be looked at again.
        key = (source, _NUMBERS.sub("#", message[:_LONGEST]))
        known = self._seen.get(key)
        if known is not None:
            known.compare(message)
        else:
            known = self._found(source, message)
            if known is not None:
                if len(self._seen) >= _MOST_REMEMBERED:
                    self._seen.clear()
                self._seen[key] = known
        return known

    def _found(self, source: str, message: str) -> LinePattern | None:
        words = _Words.of(message)
        # What a line begins with says most about it.
        branch = (source, len(words.masked), words.masked[0])
        patterns = self._branches.get(branch, [])
        is_full = self._count >= self._most or len(patterns) >= _MOST_IN_BRANCH
        best, likeness = None, 0.0
        least = _ROUGHLY_ALIKE if is_full else _ALIKE
        for pattern in patterns:
            found = pattern.likeness(words.masked, max(least, likeness))
            if found > likeness:
                best, likeness = pattern, found
        if best is None and is_full and patterns:
            best = patterns[-1]
        if best is not None:
            best.take(words)
            return best
        if is_full:
            return None
        self._count += 1
        pattern = LinePattern(source, message, words)
        self._branches.setdefault(branch, []).append(pattern)
        return pattern

    def __iter__(self) -> Iterator[LinePattern]:
        return (pattern for patterns in self._branches.values() for pattern in patterns)

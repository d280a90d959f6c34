"""Lines that nobody knows, grouped by what they have in common.

What is a number, a path or quoted is taken out first; then lines with as many words, of which most are the same, are
one group, and words that differ are taken out as well. This is Drain (He, Zhu, Zheng, Lyu 2017) with a bound on
everything; decision 26 says why it isn't a library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import eq

__all__ = ["GAP", "LineGroups", "LinePattern", "masked_text"]

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


class LinePattern:
    """What the lines of a group have in common.

    Attributes:
        source: the program that wrote them; may be empty.
    """

    __slots__ = ("_gaps", "_words", "source")

    def __init__(self, source: str, words: list[str]) -> None:
        self.source = source
        self._words = words
        self._gaps = words.count(GAP)

    @property
    def text(self) -> str:
        """Their text, with a gap wherever they differ."""
        return " ".join(self._words)

    def likeness(self, words: Sequence[str], least: float) -> float:
        """The share of words that are the same, of those that differ already half; 0 if it is below `least`."""
        same = sum(map(eq, self._words, words))
        if same + self._gaps / 2 < least * len(words):
            return 0.0
        differ = sum([own == GAP != word for own, word in zip(self._words, words, strict=True)])
        share = (same + differ / 2) / len(words)
        return share if share >= least else 0.0

    def take(self, words: Sequence[str]) -> None:
        """One more line with as many words."""
        for place, (own, word) in enumerate(zip(self._words, words, strict=True)):
            if own != word:
                self._gaps += own != GAP
                self._words[place] = GAP


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
        if known is None:
            known = self._found(source, masked_text(message).split(" ")[:_MOST_WORDS])
            if known is not None:
                if len(self._seen) >= _MOST_REMEMBERED:
                    self._seen.clear()
                self._seen[key] = known
        return known

    def _found(self, source: str, words: list[str]) -> LinePattern | None:
        # What a line begins with says most about it.
        branch = (source, len(words), words[0])
        patterns = self._branches.get(branch, [])
        is_full = self._count >= self._most or len(patterns) >= _MOST_IN_BRANCH
        best, likeness = None, 0.0
        least = _ROUGHLY_ALIKE if is_full else _ALIKE
        for pattern in patterns:
            found = pattern.likeness(words, max(least, likeness))
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
        pattern = LinePattern(source, words)
        self._branches.setdefault(branch, []).append(pattern)
        return pattern

    def __iter__(self) -> Iterator[LinePattern]:
        return (pattern for patterns in self._branches.values() for pattern in patterns)


def masked_text(message: str) -> str:
    """The first line of a message, without what differs from one to the next."""
    line = message.lstrip().partition("\n")[0][:_LONGEST].strip()
    return " ".join(_REPEATED.sub(GAP, _VARIABLE.sub(GAP, line)).split()) or GAP

"""Lines that nobody knows, grouped by what they have in common.

What is a number, a path or quoted is taken out first; then lines with as many words, of which most are the same, are
one group, and words that differ are taken out as well. What was taken out and turns out to be the same in all lines of
a group is put back at the end. This is Drain (He, Zhu, Zheng, Lyu 2017) with a bound on
everything; decision 26 says why it isn't a library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress
from operator import eq, ne
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
_MOST_REPEATED = 10_000
_LONGEST_REPEATED = 300
"""Messages that are remembered as they are: most of a log says the same again and again."""

_MOST_WORDS = 40
_MOST_IN_BRANCH = 40
_ALIKE = 0.6
_ROUGHLY_ALIKE = 0.34
_LONGEST = 600


_BLANK = re.compile(r"\s")
_HELD = "\0"
"""A blank within what is taken out: it separates no words."""


_DIGITS = str.maketrans("123456789", "000000000")
_QUOTE = re.compile("[\"'`„«]")


class _Word(NamedTuple):
    """A word without its numbers, and without all that differs from one line to the next."""

    shape: str
    masked: str


def _masked(text: str) -> str:
    """A text with a gap for each part that differs from one line to the next."""
    return _REPEATED.sub(GAP, _VARIABLE.sub(GAP, text))


@lru_cache(maxsize=_MOST_REMEMBERED)
def _word(written: str) -> _Word:
    # Most are letters or digits only.
    if written.isalpha():
        return _Word(written, written)
    if written.isdecimal() and written.isascii():
        return _Word("#", GAP)
    return _Word(_NUMBERS.sub("#", written), _masked(written))


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
        written = line.split() or [""]
        # But for what is quoted, nothing that differs has a blank in it, so that each word can be looked at for itself.
        is_quoting = _QUOTE.search(line) is not None
        masked = (_masked(line).split() or [""]) if is_quoting else [word.masked for word in map(_word, written)]
        if len(written) != len(masked):
            written = _VARIABLE.sub(lambda found: _BLANK.sub(_HELD, found[0]), line).split()
        is_cut = len(first) > _LONGEST or len(masked) > _MOST_WORDS
        return cls(masked[:_MOST_WORDS], written[:_MOST_WORDS], is_cut)


class _Line:
    """A message as it is compared with others, of which most need no more than a look at each word."""

    __slots__ = ("_known", "message", "shape")

    def __init__(self, message: str) -> None:
        self.message = message
        self._known: list[_Word] | None = None
        # Numbers are a gap in any case: lines that differ in nothing else are alike.
        self.shape: str | tuple[str, ...]
        is_plain = len(message) <= _LONGEST and message.isprintable() and "  " not in message
        if is_plain and message[:1] != " " != message[-1:]:
            # It makes no difference which digits a word has, unless it is a number with a prefix.
            is_prefixed = "0x" in message or "S-1-" in message
            self._known = list(map(_word, (message if is_prefixed else message.translate(_DIGITS)).split(" ")))
            self.shape = tuple([word.shape for word in self._known])
        else:
            self.shape = _NUMBERS.sub("#", message[:_LONGEST])

    @property
    def words(self) -> _Words:
        """Its words."""
        known = self._known
        if known is None or len(known) > _MOST_WORDS or _QUOTE.search(self.message):
            return _Words.of(self.message)
        return _Words([word.masked for word in known], self.message.split(" "), is_cut=False)


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
        self._open = 0
        self._count_open()
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
        differ = list(map(ne, self._words, words.masked))
        if True in differ:
            for place in compress(range(len(differ)), differ):
                self._gaps += self._words[place] != GAP
                self._words[place] = GAP
        written = words.written
        lost = [place for place, same in enumerate(self._same) if same is not None and same != written[place]]
        for place in lost:
            self._same[place] = None
        if lost or True in differ:
            self._count_open()

    def hear(self, message: str) -> None:
        """One more message that is known to belong to them."""
        if self._open:
            self.compare(_Line(message))

    def compare(self, line: _Line) -> None:
        """One more line that is known to belong to them: see what it shares of that which was taken out."""
        if not self._open or line.message == self._last:
            return
        self._last = line.message
        words = line.words
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
        self._seen: dict[tuple[str, str | tuple[str, ...]], LinePattern] = {}
        self._heard: dict[tuple[str, str], LinePattern] = {}

    def group(self, source: str, message: str) -> LinePattern | None:
        """The group of a line; None if there are too many.

        Args:
            source: the program that wrote it; may be empty.
            message: what it says, without the time.
        """
        heard = self._heard.get((source, message))
        if heard is not None:
            # It has told already what it shares with the others.
            return heard
        line = _Line(message)
        key = (source, line.shape)
        known = self._seen.get(key)
        if known is not None:
            known.compare(line)
        else:
            known = self._found(source, line)
            if known is not None:
                if len(self._seen) >= _MOST_REMEMBERED:
                    self._seen.clear()
                    self._heard.clear()
                self._seen[key] = known
        if known is not None and len(message) <= _LONGEST_REPEATED:
            if len(self._heard) >= _MOST_REPEATED:
                self._heard.clear()
            self._heard[source, message] = known
        return known

    def _found(self, source: str, line: _Line) -> LinePattern | None:
        words = line.words
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
        pattern = LinePattern(source, line.message, words)
        self._branches.setdefault(branch, []).append(pattern)
        return pattern

    def __iter__(self) -> Iterator[LinePattern]:
        return (pattern for patterns in self._branches.values() for pattern in patterns)

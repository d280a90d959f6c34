"""Compound words are taken apart at the words that a site knows: `empfangsconnector` into `empfang` and `connector`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["SHORTEST_COMPOUND", "SHORTEST_PART", "Compounds", "joins_words"]

_LINKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": ("", "s", "es", "n", "en", "e", "er"),
        "nl": ("", "s", "en", "n", "e"),
        "af": ("", "s", "e"),
        "sv": ("", "s", "e", "a", "o", "u"),
        "da": ("", "s", "e"),
        "nb": ("", "s", "e"),
        "nn": ("", "s", "e"),
        "is": ("", "s", "a", "ar", "u"),
        "fi": ("", "n"),
        "et": ("", "e"),
        "hu": ("",),
    }
)
"""What languages that write compounds as one word put between their parts; at most two letters."""

_ENDINGS = ("", "s", "n", "en", "e", "es", "er", "ern", "em")
"""What the last part may have behind the form that the vocabulary knows; at most three letters."""

_PREFIXES = frozenset(
    {
        *("über", "unter", "nach", "durch", "gegen", "wieder", "zurück", "hinter", "wider", "zusammen", "weiter"),
        *("außen", "innen", "voll", "onder", "over", "voor", "door", "tegen", "achter", "under", "efter", "etter"),
    }
)
"""Words that begin others without naming a thing: `nachrichten` is no compound of `nach` and `richten`."""

SHORTEST_PART = 4
SHORTEST_COMPOUND = 2 * SHORTEST_PART
_SHORTEST_TAIL = 6
_LONGEST_WORD = 60


def joins_words(language: str) -> bool:
    """Whether a language, an ISO 639 code, writes compounds as one word."""
    return language in _LINKS


class _Lengths(dict[str, tuple[int, ...]]):
    """How long each of some endings is that a few letters end in, by these letters, in the order of the endings."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        super().__init__()
        self._endings = endings

    def __missing__(self, letters: str) -> tuple[int, ...]:
        lengths = self[letters] = tuple(len(ending) for ending in self._endings if letters.endswith(ending))
        return lengths


class Compounds:
    """Takes the compounds of one language apart.

    Args:
        language: an ISO 639 code.
        vocabulary: all words of the site, in lower case.
    """

    def __init__(self, language: str, vocabulary: frozenset[str]) -> None:
        self._links = _LINKS.get(language, ())
        self._vocabulary = vocabulary
        self._stems = {word for word in vocabulary if len(word) >= SHORTEST_PART} - _PREFIXES
        # Few places in a word have four letters that any known word begins with: the others need no further look.
        self._beginnings = {word[:SHORTEST_PART] for word in vocabulary}
        self._ending_lengths = _Lengths(_ENDINGS)
        self._link_lengths = _Lengths(self._links)

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a lower-case compound, as the vocabulary knows them; nothing if it is none.

        As few as possible, and the last one as short as possible then. Where only the last part is known, and as long
        as possible, the rest counts as one more part, without what links it.
        """
        if not self._links or not SHORTEST_COMPOUND <= len(word) <= _LONGEST_WORD:
            return ()
        ends = [len(word) - length for length in self._ending_lengths[word[-3:]]]
        begun = word[:SHORTEST_PART] in self._beginnings
        lasts: dict[int, str] = {}
        for start in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if word[start : start + SHORTEST_PART] not in self._beginnings:
                continue
            last = self._last(word, start, ends)
            if last:
                stem = begun and self._stem(word, 0, start)
                if stem:
                    return (stem, last)
                lasts[start] = last
        if not lasts:
            return ()
        known = begun and (self._three(word, lasts) or self._four_or_more(word, lasts))
        return known or self._with_unknown_rest(word, lasts)

    def _last(self, word: str, start: int, ends: list[int]) -> str | None:
        """What is known of the word from `start` on, with as little as possible taken off its end."""
        for end in ends:
            if end - start >= SHORTEST_PART and word[start:end] in self._vocabulary:
                return word[start:end]
        return None

    def _stem(self, word: str, start: int, following: int) -> str | None:
        """The word between two places, if it is known, without what links it with what follows."""
        for length in self._link_lengths[word[following - 2 : following]]:
            stem = word[start : following - length]
            if stem in self._stems:
                return stem
        return None

    def _three(self, word: str, lasts: Mapping[int, str]) -> tuple[str, ...]:
        """The last part and two before it, if all are known; two are known not to do."""
        for second in range(max(lasts) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if word[second : second + SHORTEST_PART] in self._beginnings:
                first = self._stem(word, 0, second)
                for third, last in lasts.items() if first else ():
                    middle = third > second and self._stem(word, second, third)
                    if first and middle:
                        return (first, middle, last)
        return ()

    def _four_or_more(self, word: str, lasts: Mapping[int, str]) -> tuple[str, ...]:
        """The fewest parts that are all known, found from the end; three are known not to do."""
        # Where a part may end, and how to read the word from there on, without what links them.
        readings: list[tuple[int, tuple[str, ...]]] = []
        # The places between are too near the beginning for a part before them.
        for start in (*range(max(lasts), SHORTEST_PART - 1, -1), 0):
            found: tuple[str, ...] = ()
            if start in lasts:
                found = (lasts[start],)
            elif word[start : start + SHORTEST_PART] in self._beginnings:
                for end, rest in readings:
                    if (not found or len(rest) + 1 < len(found)) and word[start:end] in self._stems:
                        found = (word[start:end], *rest)
            if start == 0:
                return found
            if found:
                readings += [(start - length, found) for length in self._link_lengths[word[start - 2 : start]]]
        return ()

    def _with_unknown_rest(self, word: str, lasts: Mapping[int, str]) -> tuple[str, ...]:
        start = min((start for start, last in lasts.items() if len(last) >= _SHORTEST_TAIL), default=None)
        if start is None or word[:start] in _PREFIXES:
            return ()
        rest = word[:start]
        links = (link for link in self._links if link and rest.endswith(link))
        head = rest.removesuffix(next(links, ""))
        return (head if len(head) >= SHORTEST_PART else rest, lasts[start])

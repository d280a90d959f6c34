"""Texts like another, found without comparing all with all.

The texts that might be like another are those that share its rarest words, or their beginnings at least; only they are
compared. So the effort grows with what is asked, and not with how much there is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice

from rapidfuzz import fuzz, process

__all__ = ["LIKE_ENOUGH", "LikeTexts"]

LIKE_ENOUGH = 70.0
"""The least likeness, in percent, at which an old translation helps more than it disturbs."""

_FEW = 400
"""So many texts are all compared: it takes less than choosing among them."""

_beginnings = re.compile(r"\b\w{1,6}").findall
"""How the words of a text begin: `connector` and `connectors` alike."""


class LikeTexts:
    """A collection of texts that is asked for those like another."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        if len(texts) > _FEW:
            by_word = self._by_word
            for place, text in enumerate(texts):
                for word in set(_beginnings(text.lower())):
                    by_word[word].append(place)

    def like(self, text: str, accepts: Callable[[int], bool], least: float, limit: int) -> list[tuple[int, float]]:
        """The texts most like `text`, the most alike first, then in their order: their places and likeness in percent.

        Args:
            text: what they are to be like.
            accepts: whether the text of a place is wanted at all.
            least: the least likeness, in percent.
            limit: the most that are wanted.
        """
        places = self._near(text) if self._by_word else range(len(self._texts))
        texts = [self._texts[place] for place in places]
        # Comparing all of them takes less than asking of each whether it is wanted; few are like enough.
        found = process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=least, limit=None)
        wanted = ((places[index], score) for _, score, index in found if accepts(places[index]))
        return list(islice(wanted, limit))

    def _near(self, text: str) -> list[int]:
        """Places of the texts that share the rarest words of `text`, at most some `_FEW`."""
        words = {word for word in _beginnings(text.lower()) if word in self._by_word}
        near: dict[int, None] = {}
        for word in sorted(words, key=lambda word: (len(self._by_word[word]), word)):
            near.update(dict.fromkeys(self._by_word[word][:_FEW]))
            if len(near) >= _FEW:
                break
        return sorted(near)

"""Old translations for new texts: what was translated and is gone, found by likeness.

The texts that might be like a new one are those that share its rarest words; only they are compared. So the effort
grows with what has changed, and not with the catalog.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from kb_gen.locales.po import PoEntry
from kb_gen.locales.units import MESSAGE_CONTEXT

__all__ = ["LIKE_ENOUGH", "Candidates"]

LIKE_ENOUGH = 70.0
"""The least likeness, in percent, at which an old translation helps more than it disturbs."""

_FEW = 400
"""So many texts are all compared: it takes less than choosing among them."""

_WORD = re.compile(r"\w+")


class Candidates:
    """Entries whose translations may serve new texts."""

    def __init__(self, entries: Sequence[PoEntry]) -> None:
        self._entries = entries
        self._texts = [entry.msgid for entry in entries]
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        if len(entries) > _FEW:
            for place, text in enumerate(self._texts):
                for word in set(_WORD.findall(text.lower())):
                    self._by_word[word].append(place)

    def best(self, entry: PoEntry) -> PoEntry | None:
        """The entry most like `entry`, the first of several; None if none is like enough.

        A message template is only like message templates, and a text with a plural only like others with one.
        """
        places = self._near(entry.msgid) if self._by_word else range(len(self._entries))
        fitting = {place: self._texts[place] for place in places if _same_kind(self._entries[place], entry)}
        found = process.extractOne(entry.msgid, fitting, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
        return self._entries[found[2]] if found else None

    def _near(self, text: str) -> list[int]:
        """Places of the entries that share the rarest words of `text`, at most some `_FEW`."""
        words = {word for word in _WORD.findall(text.lower()) if word in self._by_word}
        near: dict[int, None] = {}
        for word in sorted(words, key=lambda word: (len(self._by_word[word]), word)):
            near.update(dict.fromkeys(self._by_word[word][:_FEW]))
            if len(near) >= _FEW:
                break
        return sorted(near)


def _same_kind(old: PoEntry, new: PoEntry) -> bool:
    same_plurality = (old.msgid_plural is None) == (new.msgid_plural is None)
    return same_plurality and (old.context == MESSAGE_CONTEXT) == (new.context == MESSAGE_CONTEXT)

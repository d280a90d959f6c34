"""Old translations for new texts: what was translated in a catalog and is gone, found by likeness."""

from __future__ import annotations

from collections.abc import Sequence

from kb_gen.locales.likeness import LIKE_ENOUGH, LikeTexts
from kb_gen.locales.po import PoEntry
from kb_gen.locales.units import MESSAGE_CONTEXT

__all__ = ["Candidates"]


class Candidates:
    """Entries whose translations may serve new texts."""

    def __init__(self, entries: Sequence[PoEntry]) -> None:
        self._entries = entries
        self._like = LikeTexts([entry.msgid for entry in entries])

    def best(self, entry: PoEntry) -> PoEntry | None:
        """The entry most like `entry`, the first of several; None if none is like enough.

        A message template is only like message templates, and a text with a plural only like others with one.
        """
        found = self._like.like(
            entry.msgid, lambda place: _same_kind(self._entries[place], entry), LIKE_ENOUGH, limit=1
        )
        return self._entries[found[0][0]] if found else None


def _same_kind(old: PoEntry, new: PoEntry) -> bool:
    same_plurality = (old.msgid_plural is None) == (new.msgid_plural is None)
    return same_plurality and (old.context == MESSAGE_CONTEXT) == (new.context == MESSAGE_CONTEXT)

"""Old translations for new texts: what was translated in a catalog and is gone, found by likeness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kb_gen.locales.likeness import LIKE_ENOUGH, LikeTexts
from kb_gen.locales.po import PoEntry, PreviousText
from kb_gen.locales.units import is_message_context

__all__ = ["Candidate", "Candidates", "Suggesting", "Suggestion"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation of another text that may serve.

    Attributes:
        msgstr: the translation: one text, or one for each plural form.
        source: the text that it translates.
        score: how like that is to the text that wants a translation, in percent.
        origin: where it comes from, in words for the translator.
    """

    msgstr: tuple[str, ...]
    source: PreviousText
    score: float
    origin: str


class Suggesting(Protocol):
    """Whatever remembers approved translations, of all catalogs and others."""

    def best(self, domain: str, entry: PoEntry) -> Suggestion | None:
        """The most fitting translation for an entry without one, if any is like enough.

        Args:
            domain: the entry's domain.
            entry: the entry, as the template has it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry whose translation may serve, and how like its text is, in percent."""

    entry: PoEntry
    score: float


class Candidates:
    """Entries whose translations may serve new texts."""

    def __init__(self, entries: Sequence[PoEntry]) -> None:
        self._entries = entries
        self._like = LikeTexts([entry.msgid for entry in entries])

    def best(self, entry: PoEntry) -> Candidate | None:
        """The entry most like `entry`, the first of several; None if none is like enough.

        A message template is only like message templates, and a text with a plural only like others with one.
        """
        found = self._like.like(
            entry.msgid, lambda place: _same_kind(self._entries[place], entry), LIKE_ENOUGH, limit=1
        )
        return Candidate(self._entries[found[0][0]], found[0][1]) if found else None


def _same_kind(old: PoEntry, new: PoEntry) -> bool:
    same_plurality = (old.msgid_plural is None) == (new.msgid_plural is None)
    return same_plurality and is_message_context(old.context) == is_message_context(new.context)

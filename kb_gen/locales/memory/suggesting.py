"""The memory's best offer for an entry without a translation, as an update asks for it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from kb_gen.diagnostics import Diagnostic
from kb_gen.locales.candidates import Suggestion
from kb_gen.locales.likeness import LIKE_ENOUGH
from kb_gen.locales.memory.loading import load_memory
from kb_gen.locales.memory.matching import SAME, Match, Memory
from kb_gen.locales.po import PoEntry, PreviousText
from kb_gen.locales.units import is_message_context

__all__ = ["MemorySuggestions"]


class MemorySuggestions:
    """Suggests translations out of a project's memory, which is loaded when the first is asked for."""

    def __init__(self, root: Path, tag: str, translations: str = "translations", source_tag: str = "en") -> None:
        """Out of the memory that `load_memory` gives for these arguments."""
        self._arguments = (root, tag, translations, source_tag)

    @cached_property
    def _loaded(self) -> tuple[Memory, list[Diagnostic]]:
        return load_memory(*self._arguments)

    @property
    def findings(self) -> list[Diagnostic]:
        """What is wrong with the memory's files, as far as it was needed."""
        return self._loaded[1] if "_loaded" in self.__dict__ else []

    def best(self, domain: str, entry: PoEntry) -> Suggestion | None:  # noqa: ARG002 - all domains serve
        """The most fitting translation for an entry, if any is like enough.

        A message template has the product's own words in its language, so only the same template will do for it.

        Args:
            domain: the entry's domain.
            entry: the entry, as the template has it.
        """
        least = SAME if is_message_context(entry.context) else LIKE_ENOUGH
        found = self._loaded[0].matches(
            entry.msgid, context=entry.context, plural=entry.msgid_plural, limit=1, least=least
        )
        return _suggestion(found[0]) if found else None


def _suggestion(match: Match) -> Suggestion:
    before = PreviousText(match.source, match.plural, match.context)
    return Suggestion(match.targets, before, match.score, f"{match.score} % from {match.origin}")

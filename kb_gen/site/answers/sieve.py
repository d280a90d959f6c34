"""Tells at once of most lines of a log that they are no event: a no is sure.

Names and whole messages are looked for only in lines whose words come into question, and lines of a log have the same
of these words again and again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb_gen.messages.recognition.pages import folded, words_in
from kb_gen.site.answers.known import KnownEvents, name_key

__all__ = ["Sieve", "Sifted"]

_PARTED = re.compile(r"\w*_\w*")
_MOST_PROGRAMS = 5_000


class Sifted(NamedTuple):
    """What a line may have in it.

    Attributes:
        message: whether it may hold all of an event's message.
        name: whether it may have an event's symbol, or source and ID.
    """

    message: bool
    name: bool


_ANYTHING = Sifted(message=True, name=True)


class Sieve:
    """Lets those lines of logs through that may be events."""

    def __init__(self, known: KnownEvents) -> None:
        """A sieve for some events.

        Args:
            known: the events.
        """
        self._index = known.index
        self._symbols = known.by_symbol.keys()
        names = {name for event in known.events for name in (event.source, *[former for former, _ in event.former])}
        # What stands right before an ID where a source does; one without a word may stand anywhere.
        ends = [words_in(folded(name))[-1:] for name in names]
        self._names = frozenset([*self._symbols, *[word for end in ends for word in end]])
        self._telling = self._names.union(known.index.tables.classes)
        self._is_blind = not all(ends)
        self._programs: dict[str, bool] = {}

    def sift(self, line: str, program: str = "") -> Sifted:
        """What a line may have in it.

        Args:
            line: what it says.
            program: what wrote it; may be empty.
        """
        # In scripts without blanks, names and keys are no words of their own.
        if self._is_blind or not (line.isascii() and line.isprintable()):
            return _ANYTHING
        lower = line.lower()
        words = self._telling.intersection(words_in(lower))
        has_message = "  " in line or self._index.may_hold(words, lower)
        return Sifted(has_message, self._may_name(line, words) or self._is_named_like(program))

    def _may_name(self, line: str, words: frozenset[str]) -> bool:
        if not self._names.isdisjoint(words):
            return True
        return "_" in line and any(name_key(name) in self._symbols for name in _PARTED.findall(line))

    def _is_named_like(self, program: str) -> bool:
        """Whether a program's own name may be that of an event, or of a source."""
        known = self._programs.get(program)
        if known is None:
            if len(self._programs) >= _MOST_PROGRAMS:
                self._programs.clear()
            words = self._telling.intersection(words_in(program.lower()))
            known = self._programs[program] = not program.isascii() or self._may_name(program, words)
        return known

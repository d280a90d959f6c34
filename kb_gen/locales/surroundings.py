"""What stands around a text: the beginnings of the unit before and the unit after, for who translates it alone.

Neighbours are told within one record, or one shared step or description: what changes there changes these comments
and no others. A step that many articles share is told by its name, or each of its changes would show in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb_gen.locales.units import Unit

__all__ = ["Surroundings", "Walk"]

_MOST_CHARACTERS = 60
_FEWEST_CHARACTERS = 30


@dataclass(slots=True)
class Surroundings:
    """The beginnings of a unit's neighbours, on one line each; empty where there is none."""

    before: str = ""
    after: str = ""

    def comments(self) -> tuple[str, ...]:
        """As comments for the translator."""
        told = (("preceded by", self.before), ("followed by", self.after))
        return tuple(f"{words}: {text}" for words, text in told if text)


class Walk:
    """Units as a reader meets them, one after the other."""

    def __init__(self) -> None:
        self._subject: object = None
        self._last: tuple[Unit, Surroundings] | None = None

    def meet(self, unit: Unit, subject: object) -> Surroundings:
        """What stands around `unit`; its `after` is known when the next one has been met.

        Args:
            unit: the unit that is met.
            subject: what it is read in; another one has no neighbours in this.
        """
        if subject != self._subject:
            self._subject, self._last = subject, None
        found = Surroundings()
        if self._last:
            before, around = self._last
            found.before = _told(before, unit)
            around.after = _told(unit, before)
        self._last = unit, found
        return found


def _told(neighbour: Unit, unit: Unit) -> str:
    return beginning(neighbour.msgid) if neighbour.subject == unit.subject else neighbour.subject


def beginning(text: str) -> str:
    """The beginning of a text, on one line: of a long one as many words as are told, and an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= _MOST_CHARACTERS:
        return line
    cut = line.rfind(" ", _FEWEST_CHARACTERS, _MOST_CHARACTERS)
    return f"{line[: cut if cut > 0 else _MOST_CHARACTERS - 1]}…"

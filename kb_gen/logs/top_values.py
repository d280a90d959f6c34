"""The values that occur most often, counted in little memory however many there are.

The algorithm is Space-Saving (Metwally, Agrawal, El Abbadi 2005): where there is no room for a new value, it takes the
place and the count of the rarest one. What a count may be too high by is known, and taken off at the end.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["TopValues", "ValueCount"]

_MOST_VALUES = 24
_LONGEST = 160


class ValueCount(Struct, frozen=True):
    """A value and how often it occurs, at least.

    Attributes:
        text: the value; its end is `…` where it is longer.
        count: how often it occurs.
        is_exact: whether it doesn't occur more often than that.
        meaning: what it stands for, where it is a reference to another message; may be empty.
    """

    text: str
    count: int
    is_exact: bool = True
    meaning: str = ""


class TopValues:
    """Counts values."""

    __slots__ = ("_counts", "total")

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}
        self.total = 0

    def add(self, value: str) -> None:
        """One more occurrence of a value."""
        self.total += 1
        text = value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
        counted = self._counts.get(text)
        if counted is not None:
            counted[0] += 1
        elif len(self._counts) < _MOST_VALUES:
            self._counts[text] = [1, 0]
        else:
            rarest = min(self._counts, key=self._count_of)
            least = self._counts.pop(rarest)[0]
            self._counts[text] = [least + 1, least]

    def most_frequent(self, most: int) -> tuple[ValueCount, ...]:
        """The values that certainly occur most often, at most so many; those that occur once only if there are few."""
        few = len(self._counts) <= most
        found = [ValueCount(text, count - extra, extra == 0) for text, (count, extra) in self._counts.items()]
        worth_it = [value for value in found if few or value.count > 1]
        return tuple(sorted(worth_it, key=lambda value: (-value.count, value.text))[:most])

    @property
    def is_silent(self) -> bool:
        """Whether no value says anything."""
        return all(text in {"", "-"} for text in self._counts)

    def _count_of(self, text: str) -> int:
        return self._counts[text][0]

"""Tables on a page: how wide their columns are, and in how many parts they stand where a page is too narrow for all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

__all__ = ["Columns", "column_parts"]

_NARROW = 12
"""Columns whose cells have no more characters needn't break them."""
_WORD = 10
"""Longer words may break, so a column needs no more characters than that."""
_GAP = 2
"""What is between two columns, in characters."""
_ROOM = 100
"""Characters that a line of a table holds."""
_SMALLEST = 1.25
"""A table is set smaller by that at most: what is smaller than seven points is no longer read, but deciphered."""


class Columns(Struct, frozen=True):
    """Columns of a table that stand beside one another.

    Attributes:
        places: which they are, from 0.
        widths: how wide they are to one another; 0 for one that is as wide as what it holds.
        crowd: by how much smaller they are set than those of other tables, from 1.
    """

    places: tuple[int, ...]
    widths: tuple[int, ...]
    crowd: float


def column_parts(rows: Sequence[Sequence[str]]) -> list[Columns]:
    """The parts of a table, from left to right: mostly one, otherwise each with the first column again.

    Args:
        rows: what stands in its cells, the head's among them; each has as many.
    """
    columns = list(zip(*rows, strict=True))
    longest = [max((len(word) for cell in column for word in cell.split()), default=1) for column in columns]
    needed = [min(each, _WORD) + _GAP for each in longest]
    widths = [_width(*each) for each in zip(columns, longest, strict=True)]

    together = _together(needed)
    widest = max(sum(needed[place] for place in places) for places in together)
    # The same for all parts: they are one table.
    crowd = round(min(max(widest / _ROOM, 1), _SMALLEST), 2)
    return [Columns(places, tuple([widths[place] for place in places]), crowd) for places in together]


def _width(column: Sequence[str], longest: int) -> int:
    """How wide a column is, by what it holds."""
    if max(map(len, column), default=0) <= _NARROW:
        return 0
    return max(min(24, longest), min(60, round(sum(map(len, column)) / len(column))))


def _together(needed: Sequence[int]) -> list[tuple[int, ...]]:
    """Which columns stand together, in parts of about the same width."""
    first, *others = needed or [0]
    # As a column goes to the part in which its middle is, a part may be a column wider than its share.
    room = int(_ROOM * _SMALLEST) - first
    if sum(others) <= room:
        return [tuple(range(len(needed)))]
    share = sum(others) / math.ceil(sum(others) / (room - max(others)))
    middles = [sum(others[:place]) + width / 2 for place, width in enumerate(others)]
    by_part = groupby(range(len(others)), lambda place: int(middles[place] // share))
    return [(0, *[place + 1 for place in places]) for _, places in by_part]

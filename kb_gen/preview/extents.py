"""How much a change undoes of what earlier builds found out."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Extent"]


class Extent(IntEnum):
    """The parts of what a build knows that a change makes doubtful; a greater one includes the smaller."""

    CONTENT = 1
    """What records and catalogs say."""
    FRAME = 2
    """Everything about the project: its configuration, hand-written pages, the theme's templates."""
    PROGRAM = 3
    """Everything: the program itself is another."""

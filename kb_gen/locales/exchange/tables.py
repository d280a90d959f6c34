"""The form that CSV files and spreadsheets share: which columns there are, and what their cells mean.

For whoever has no translation tool. Columns are told by their heading, so that they may be moved, left out and added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb_gen.locales.exchange.parcels import Shipment
from kb_gen.locales.exchange.units import Mark, NoteKind, OutgoingUnit, ReturnedUnit, UnitState

__all__ = [
    "STATE_WORDS",
    "Column",
    "Headings",
    "NoTable",
    "UnreadableTable",
    "cells",
    "headings",
    "known_headings",
    "returned",
    "rows",
]


class Column(StrEnum):
    """The columns, by their headings, in their order."""

    ID = "id"
    STATE = "state"
    SOURCE = "source"
    TRANSLATION = "translation"
    COMMENT = "comment"
    WHAT = "what"
    NOTES = "notes"
    CONTEXT = "context"
    FILE = "file"
    EXPORTED = "exported"

    @property
    def editable(self) -> bool:
        """Whether what is written here comes back into the catalogs."""
        return self in {Column.STATE, Column.TRANSLATION, Column.COMMENT}


_TOLD = frozenset(NoteKind) - {NoteKind.PLACE, NoteKind.ADDRESS, NoteKind.FILE}
STATE_WORDS = tuple(state.value for state in UnitState)
"""The words of the column for states."""

_STATES: Mapping[str, UnitState | None] = {
    UnitState.APPROVED.value: UnitState.APPROVED,
    UnitState.FUZZY.value: UnitState.FUZZY,
    "fuzzy": UnitState.FUZZY,
    # A translation that was written into such a row is one.
    UnitState.UNTRANSLATED.value: None,
    "": None,
}
_CATALOG = re.compile(r"(?:^|[/\\])([A-Za-z]{2,8}(?:[_-][A-Za-z0-9]+)*)[/\\]LC_MESSAGES[/\\]([^/\\]+)\.po\Z")


class NoTable(ValueError):  # noqa: N818 - named for what it says
    """A table whose headings don't tell what is in it."""


class UnreadableTable(ValueError):  # noqa: N818 - named for what it says
    """A file that can't be read as a table.

    Attributes:
        line: where, from 1; 0 for the whole file.
        help: how to mend it.
    """

    def __init__(self, message: str, line: int = 0, help: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.help = help


@dataclass(frozen=True, slots=True)
class Headings:
    """Which column of a table holds what, by their place from 0."""

    places: Mapping[Column, int]


def rows(shipment: Shipment) -> Iterator[tuple[OutgoingUnit, tuple[str, ...]]]:
    """The units with their cells, in the order of `Column`."""
    for parcel in shipment.parcels:
        for unit in parcel.units:
            yield unit, cells(unit, parcel.path)


def cells(unit: OutgoingUnit, path: str) -> tuple[str, ...]:
    """A unit's cells, in the order of `Column`."""
    places = [note.text for note in unit.notes if note.kind is NoteKind.PLACE]
    # Who needs a table has no workbench that an address could open.
    notes = [note.text for note in unit.notes if note.kind in _TOLD]
    if unit.room is not None:
        notes.append(f"at most {unit.room} characters")
    if unit.previous:
        notes.append(f"translated from: {unit.previous.source}")
    return (
        unit.id,
        unit.state.value,
        unit.source,
        unit.target,
        "\n".join(unit.comments),
        "\n".join(places),
        "\n".join(notes),
        unit.context,
        path,
        str(unit.mark),
    )


def headings(cells: Sequence[str]) -> Headings:
    """What the columns of a table hold.

    Raises:
        NoTable: there is no translation among them, or nothing that tells what it translates, or a heading is there
            twice.
    """
    named = [_heading(cell) for cell in cells]
    places: dict[Column, int] = {}
    for column in Column:
        count = named.count(column.value)
        if count > 1:
            raise NoTable(f"there are {count} columns `{column.value}`; which one is meant?")
        if count:
            places[column] = named.index(column.value)
    if Column.TRANSLATION not in places or not {Column.ID, Column.SOURCE} & places.keys():
        found = ", ".join(f"`{name}`" for name in named if name)[:200] or "none"
        raise NoTable(f"the first row names no columns `translation` and `id` or `source`, but {found}")
    return Headings(places)


def _heading(cell: str) -> str:
    return " ".join(cell.split()).lower()


def returned(cells: Sequence[str], columns: Headings, line: int, problem: str = "") -> ReturnedUnit | None:
    """The unit of a row; None if the row is empty.

    Args:
        cells: the row; it may be shorter than the table.
        columns: what the columns hold.
        line: where the row begins, from 1.
        problem: why the translation's cell holds no text, if so.
    """
    told = {column: cells[place] for column, place in columns.places.items() if place < len(cells)}
    if not any(text.strip() for text in told.values()):
        return None
    word = _heading(told.get(Column.STATE, ""))
    if word not in _STATES:
        problem = problem or f"`{word}` is no state; write one of {', '.join(f'`{known}`' for known in STATE_WORDS)}"
    match = _CATALOG.search(told.get(Column.FILE, "").strip())
    comment = told.get(Column.COMMENT)
    return ReturnedUnit(
        id=told.get(Column.ID, "").strip(),
        source=told.get(Column.SOURCE),
        target=told.get(Column.TRANSLATION, ""),
        state=_STATES.get(word),
        mark=Mark.read(told.get(Column.EXPORTED, "")),
        comments=None if comment is None else tuple(line for line in comment.splitlines() if line.strip()),
        context=told.get(Column.CONTEXT),
        locale=match[1].replace("_", "-") if match else "",
        catalog=match[2] if match else "",
        line=line,
        problem=problem,
    )


def known_headings(cells: Iterable[str]) -> int:
    """How many of these are headings of ours."""
    known = {column.value for column in Column}
    return sum(_heading(cell) in known for cell in cells)

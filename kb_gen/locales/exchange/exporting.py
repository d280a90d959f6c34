"""Chosen units written into a file for translators."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kb_gen.load import write_pieces_atomically
from kb_gen.locales.exchange.formats import TEXT_WRITERS, Format
from kb_gen.locales.exchange.parcels import Parcel, Shipment
from kb_gen.locales.exchange.units import OutgoingUnit
from kb_gen.locales.exchange.xlsx_writing import MOST_UNITS, fits_cell, write_xlsx

__all__ = ["Exported", "export"]

_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes:
        units: how many units.
        left_out: those that the form of the file can't hold.
    """

    units: int
    left_out: tuple[OutgoingUnit, ...] = ()


def export(shipment: Shipment, form: Format, file: Path, told: Callable[[int], None] | None = None) -> Exported:
    """Write units into a file, which is there whole or, if that fails, not at all.

    Args:
        shipment: the units.
        form: the form of the file.
        file: where to write.
        told: is called with the number of units written, now and then.

    Raises:
        NoSpreadsheets: the package that writes spreadsheets isn't installed.
        OSError: the file can't be written.
    """
    left_out: tuple[OutgoingUnit, ...] = ()
    if form is Format.XLSX:
        shipment, left_out = _fitting(shipment)
        write_pieces_atomically(file, _book(shipment, told))
    else:
        write_pieces_atomically(file, _blocks(TEXT_WRITERS[form](shipment)))
    return Exported(sum(1 for _ in shipment.units), left_out)


def _book(shipment: Shipment, told: Callable[[int], None] | None) -> Iterator[bytes]:
    """A spreadsheet, in blocks."""
    with tempfile.TemporaryFile() as stream:
        write_xlsx(stream, shipment, told)
        stream.seek(0)
        while block := stream.read(_BLOCK):
            yield block


def _blocks(pieces: Iterator[str]) -> Iterator[bytes]:
    """A text, in blocks."""
    gathered: list[str] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    yield "".join(gathered).encode()


def _fitting(shipment: Shipment) -> tuple[Shipment, tuple[OutgoingUnit, ...]]:
    """What a spreadsheet can hold, and what it can't."""
    parcels, left_out = [], []
    room = MOST_UNITS
    for parcel in shipment.parcels:
        units = [unit for unit in parcel.units if fits_cell(unit)][:room]
        room -= len(units)
        kept = {unit.id for unit in units}
        left_out += [unit for unit in parcel.units if unit.id not in kept]
        parcels.append(Parcel(parcel.domain, parcel.path, tuple(units)))
    return replace(shipment, parcels=tuple(parcels)), tuple(left_out)

"""The forms that units can have outside the catalogs, and how a file's form is told."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import BinaryIO

from kb_gen.locales.exchange.csv_files import read_csv, write_csv
from kb_gen.locales.exchange.parcels import Shipment
from kb_gen.locales.exchange.tables import UnreadableTable
from kb_gen.locales.exchange.units import ReturnedUnit
from kb_gen.locales.exchange.xliff2_writing import write_xliff2
from kb_gen.locales.exchange.xliff12_writing import write_xliff12
from kb_gen.locales.exchange.xliff_reading import read_xliff
from kb_gen.locales.exchange.xlsx_reading import read_xlsx

__all__ = ["SUFFIXES", "TEXT_WRITERS", "Format", "Reader", "reader_for"]


class Format(StrEnum):
    """What an export can be."""

    XLIFF = "xliff"
    XLIFF12 = "xliff12"
    CSV = "csv"
    XLSX = "xlsx"


SUFFIXES = {".xlf": Format.XLIFF, ".xliff": Format.XLIFF, ".csv": Format.CSV, ".xlsx": Format.XLSX}
"""The form that a file's name asks for."""

TEXT_WRITERS: dict[Format, Callable[[Shipment], Iterator[str]]] = {
    Format.XLIFF: write_xliff2,
    Format.XLIFF12: write_xliff12,
    Format.CSV: write_csv,
}
"""What writes the forms that are texts."""

Reader = Callable[[BinaryIO], Iterator[ReturnedUnit]]

_XML_STARTS = (b"<", b"\0<")
_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "this is a spreadsheet of Excel 97, or one with a password",
    b"%PDF": "this is a PDF",
    b"\x1f\x8b": "this is a compressed file",
}


def reader_for(beginning: bytes) -> Reader:
    """What reads a file that begins so; its name doesn't matter.

    Raises:
        UnreadableTable: it is a file of another kind.
    """
    for start, what in _OTHERS.items():
        if beginning.startswith(start):
            raise UnreadableTable(what, help="save it as .xlsx, .csv or XLIFF")
    if beginning.startswith(b"PK\x03\x04"):
        return read_xlsx
    mark = next((mark for mark in _BYTE_ORDER_MARKS if beginning.startswith(mark)), b"")
    return read_xliff if beginning[len(mark) :].lstrip(b" \t\r\n").startswith(_XML_STARTS) else read_csv

"""Units as CSV, https://www.rfc-editor.org/rfc/rfc4180, with the byte order mark by which Excel knows UTF-8.

Read back is also what Excel and others make of it: semicolons or tabs between the cells, UTF-16, other line ends. A
file in an old code page is refused, because nobody can tell its letters for certain.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from kb_gen.locales.exchange.formulas import guarded, unguarded
from kb_gen.locales.exchange.parcels import Shipment
from kb_gen.locales.exchange.tables import Column, NoTable, UnreadableTable, headings, known_headings, returned, rows
from kb_gen.locales.exchange.units import ReturnedUnit

__all__ = ["decoded", "read_csv", "write_csv"]

_GUARDED = "exported (an apostrophe keeps formulas from running)"
"""The last heading, in the place of `exported`, which says that the cells are guarded."""

_DELIMITERS = (",", ";", "\t")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEPARATOR = re.compile(r"sep=[,;\t]\r?\n", re.IGNORECASE)
_LONGEST = 10_000_000
"""Characters of one cell that are read."""


def write_csv(shipment: Shipment) -> Iterator[str]:
    """The file, row by row; it begins with a byte order mark."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    yield "\ufeff"
    writer.writerow([_GUARDED if column is Column.EXPORTED else column.value for column in Column])
    for _, cells in rows(shipment):
        writer.writerow([guarded(cell) for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def decoded(data: bytes) -> str:
    """The text of a file.

    Raises:
        UnreadableTable: it is neither UTF-8 nor marked as UTF-16.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    data = data[len(mark) :]
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        if encoding != "utf-8":
            raise UnreadableTable(f"the file is marked as UTF-16, but isn't: {reason.reason}", line) from reason
        message = f"byte 0x{data[reason.start]:02X} isn't UTF-8: the file was saved in an old code page"
        help_text = "save it as `CSV UTF-8`, which Excel has in its list of file types, or send the spreadsheet itself"
        raise UnreadableTable(message, line, help_text) from reason


def read_csv(file: BinaryIO) -> Iterator[ReturnedUnit]:
    """The units of a file, row by row.

    Args:
        file: the file's bytes.

    Raises:
        UnreadableTable: the file can't be read, or is no table of translations.
    """
    data = file.read()
    # A line that some programs put before the table, to tell Excel what stands between the cells.
    named = _SEPARATOR.match(text := decoded(data))
    skipped = named[0].count("\n") if named else 0
    text = text[named.end() :] if named else text
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        first = next(reader, [])
        columns = headings([Column.EXPORTED.value if cell == _GUARDED else cell for cell in first])
        # A spreadsheet that somebody has saved as CSV has texts as they are.
        own = unguarded if _GUARDED in first or Column.EXPORTED not in columns.places else str
        line = skipped + reader.line_num + 1
        for row in reader:
            unit = returned([own(cell) for cell in row], columns, line)
            line = skipped + reader.line_num + 1
            if unit is not None:
                yield unit
    except NoTable as reason:
        raise UnreadableTable(str(reason), skipped + 1, "keep the first row as it was exported") from reason
    except csv.Error as reason:
        raise UnreadableTable(f"a row can't be read: {reason}", skipped + reader.line_num) from reason


def _delimiter(text: str) -> str:
    """What stands between the cells: the character that gives the most known headings in the first row."""
    first = text[:100_000]

    def found(delimiter: str) -> int:
        row: list[str] = next(csv.reader(io.StringIO(first, newline=""), delimiter=delimiter), [])
        return known_headings(row)

    return max(_DELIMITERS, key=found)

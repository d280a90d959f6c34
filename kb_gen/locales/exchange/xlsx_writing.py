"""Units as a spreadsheet, for reviewers in Excel, LibreOffice and the like.

What goes back into the catalogs can be written; all else is locked, without a password. No cell is a formula, whatever
it begins with.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import IO, Any

from kb_gen.locales.exchange.parcels import Shipment
from kb_gen.locales.exchange.tables import STATE_WORDS, Column, rows
from kb_gen.locales.exchange.units import OutgoingUnit

__all__ = ["MOST_UNITS", "NoSpreadsheets", "fits_cell", "write_xlsx"]

MOST_UNITS = 1_048_575
"""Rows that a sheet has behind its headings."""

_LONGEST_CELL = 32_767
_WIDTHS = {
    Column.ID: 12,
    Column.STATE: 14,
    Column.SOURCE: 60,
    Column.TRANSLATION: 60,
    Column.COMMENT: 30,
    Column.WHAT: 34,
    Column.NOTES: 34,
    Column.CONTEXT: 18,
    Column.FILE: 20,
    Column.EXPORTED: 12,
}
_TECHNICAL = (Column.ID, Column.FILE, Column.EXPORTED)
"""What says something to the import only, on one line."""

_LINE = 15
_WORD = 5
"""Characters that a line has less than fit into it, because words aren't broken."""

_HIGHEST = 409
"""Points of the highest row that Excel knows."""

_NO_DATE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no time zones
_ALLOWED = dict.fromkeys(("format_cells", "format_columns", "format_rows", "sort", "autofilter"), True)
# Cells write `_x0001_` for characters that XML can't hold. Where two such share an underscore, the package that writes
# them takes only the first for a text, and Excel would read the second as a character.
_AMBIGUOUS = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")


class NoSpreadsheets(RuntimeError):  # noqa: N818 - named for what it says
    """The package that writes spreadsheets isn't installed."""


def fits_cell(unit: OutgoingUnit) -> bool:
    """Whether cells can hold a unit's texts; Excel cuts off the rest of what is longer."""
    texts = (unit.source, unit.target, *unit.comments)
    return all(len(text) <= _LONGEST_CELL and not _AMBIGUOUS.search(text) for text in texts)


def write_xlsx(file: IO[bytes], shipment: Shipment, told: Callable[[int], None] | None = None) -> None:
    """Write a spreadsheet. The same units give the same bytes.

    Args:
        file: what to write into.
        shipment: the units; each has to fit, see `fits_cell` and `MOST_UNITS`.
        told: is called with the number of units written, after each.

    Raises:
        NoSpreadsheets: the package for it isn't installed.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - only where a spreadsheet is asked for
    except ModuleNotFoundError as reason:
        message = "spreadsheets need the package XlsxWriter: pip install 'kb-gen[spreadsheet]'"
        raise NoSpreadsheets(message) from reason
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": f"Translations into {shipment.locale}", "created": _NO_DATE})
        _Sheet(book, shipment).write(told)


class _Sheet:
    """The one sheet of a book."""

    def __init__(self, book: Any, shipment: Shipment) -> None:  # noqa: ANN401 - the package has no types
        self._shipment = shipment
        self._sheet = book.add_worksheet(f"Translations {shipment.locale}"[:31])
        # What begins with `=` stays a text, also after somebody has changed it.
        common = {"text_wrap": True, "valign": "top", "quote_prefix": True, "num_format": "@"}
        locked = common | {"bg_color": "#F2F2F2", "font_color": "#595959"}
        plain = common | {"bg_color": "#F2F2F2", "font_color": "#000000"}
        direction = 2 if shipment.direction == "rtl" else 1
        self._heading = book.add_format({"bold": True, "bottom": 1, "valign": "top", "bg_color": "#D9E2F3"})
        self._locked = book.add_format(locked)
        technical = book.add_format(locked | {"text_wrap": False})
        self._formats = {
            **dict.fromkeys(_TECHNICAL, technical),
            Column.SOURCE: book.add_format(plain),
            Column.STATE: book.add_format(common | {"locked": False}),
            Column.TRANSLATION: book.add_format(common | {"locked": False, "reading_order": direction}),
            Column.COMMENT: book.add_format(common | {"locked": False}),
        }

    def write(self, told: Callable[[int], None] | None) -> None:
        """Headings and units."""
        self._lay_out()
        for place, column in enumerate(Column):
            self._sheet.write_string(0, place, column.value, self._heading)
        row = 0
        for row, (_, cells) in enumerate(rows(self._shipment), 1):
            self._sheet.set_row(row, _height(cells))
            for place, (column, text) in enumerate(zip(Column, cells, strict=True)):
                self._cell(row, place, text, self._formats.get(column, self._locked))
            if told:
                told(1)
        self._restrict(row)

    def _lay_out(self) -> None:
        for place, column in enumerate(Column):
            self._sheet.set_column(place, place, _WIDTHS[column])
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.hide_gridlines(0)
        self._sheet.protect("", _ALLOWED)

    def _restrict(self, last: int) -> None:
        states = list(Column).index(Column.STATE)
        self._sheet.autofilter(0, 0, last, len(Column) - 1)
        choice = {
            "validate": "list",
            "source": list(STATE_WORDS),
            "input_title": "State",
            "input_message": "approved: readers see the translation. needs review: they see the source text.",
            "error_title": "State",
            "error_message": f"Choose one of these: {', '.join(STATE_WORDS)}.",
        }
        self._sheet.print_area(0, states, last, list(Column).index(Column.CONTEXT))
        if last:
            self._sheet.data_validation(1, states, last, states, choice)

    def _cell(self, row: int, place: int, text: str, form: object) -> None:
        if not text:
            self._sheet.write_blank(row, place, None, form)
            return
        kept = text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
        self._sheet.write_string(row, place, kept, form)


def _height(cells: Sequence[str]) -> int:
    """Points that a row's texts take: programs that don't look at the texts themselves show them whole."""
    lines = (
        sum(1 + len(line) // (_WIDTHS[column] - _WORD) for line in text.split("\n"))
        for column, text in zip(Column, cells, strict=True)
        if column not in _TECHNICAL
    )
    return min(_LINE * max(lines), _HIGHEST)

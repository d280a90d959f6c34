"""Spreadsheets read back, row by row, in little memory and with nothing in them taken for granted.

ECMA-376, part 1, 18 (SpreadsheetML). Only what holds texts is looked at: the workbook's list of sheets, the strings
that sheets share, and the rows of the first sheet with headings of ours.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from kb_gen.load.xml_reading import BrokenXml
from kb_gen.locales.exchange.elements import Node, read_elements
from kb_gen.locales.exchange.tables import (
    Column,
    Headings,
    NoTable,
    UnreadableTable,
    headings,
    known_headings,
    returned,
)
from kb_gen.locales.exchange.units import ReturnedUnit

__all__ = ["read_xlsx"]

_MOST_MEMBERS = 2_000
_LARGEST_UNPACKED = 500_000_000
"""Bytes that a book may have when it is unpacked: far more than a million rows of texts."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What comes of an archive whose bytes aren't what they were."""

_MOST_COLUMNS = 200
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_CELL_PLACE = re.compile(r"([A-Z]{1,3})([0-9]+)")
_NO_TEXT = {
    "n": "a number or a date, not a text; give the cell the format Text and write it again",
    "d": "a date, not a text; give the cell the format Text and write it again",
    "b": "a truth value, not a text; give the cell the format Text and write it again",
    "e": "an error of the spreadsheet, not a text",
}


class _Cell(NamedTuple):
    """What a cell shows, and why that is no text, if it is none."""

    text: str
    problem: str = ""


def read_xlsx(file: BinaryIO) -> Iterator[ReturnedUnit]:
    """The units of a spreadsheet.

    Args:
        file: the book's bytes.

    Raises:
        UnreadableTable: the file can't be read, or no sheet of it is a table of translations.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _bound(archive)
            yield from _Book(archive).units()
    except BrokenXml as reason:
        raise UnreadableTable(f"the spreadsheet can't be read: {reason}") from reason
    except KeyError as reason:
        raise UnreadableTable("this is no spreadsheet (.xlsx), or parts of it are missing") from reason
    except UnreadableTable:
        raise
    except _DAMAGE as reason:
        raise UnreadableTable(f"the spreadsheet is damaged, or locked with a password: {reason}") from reason


def _bound(archive: zipfile.ZipFile) -> None:
    """Refuses what would fill the memory or the time; what a member's size is said to be, it can't exceed."""
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _LARGEST_UNPACKED:
        raise UnreadableTable(f"the spreadsheet unpacks to more than {_LARGEST_UNPACKED // 1_000_000} MB")


class _Book:
    """An open book."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._strings: list[str] = []

    def units(self) -> Iterator[ReturnedUnit]:
        """The units of the first sheet that has our headings."""
        workbook = self._workbook()
        sheets, shared = self._parts(workbook)
        if shared:
            self._strings = [_text(node) for _, node in self._elements(shared, "si")]
        reasons: list[str] = []
        for name, path in sheets:
            rows = self._rows(path)
            first = next(rows, None)
            if first is None:
                continue
            try:
                columns = headings([cell.text for cell in first[1]])
            except NoTable as reason:
                if known_headings([cell.text for cell in first[1]]):
                    reasons.insert(0, f"sheet `{name}`: {reason}")
                continue
            yield from _units(rows, columns)
            return
        message = reasons[0] if reasons else "no sheet's first row names columns `translation` and `id` or `source`"
        raise UnreadableTable(message, 1, "keep the first row as it was exported")

    def _elements(self, path: str, *names: str) -> Iterator[tuple[tuple[Node, ...], Node]]:
        with self._archive.open(path) as member:
            for around, node in read_elements(member, frozenset(names)):
                if around:
                    yield around, node

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The type and the path of what a part refers to, by id."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for _, node in self._elements(path, "Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, node.attributes.get("Target", ""))).lstrip("/")
            kind = node.attributes.get("Type", "").rpartition("/")[2]
            found[node.attributes.get("Id", "")] = (kind, target)
        return found

    def _workbook(self) -> str:
        return next(path for kind, path in [*self._relations("").values(), _MISSING] if kind == "officeDocument")

    def _parts(self, workbook: str) -> tuple[list[tuple[str, str]], str]:
        """The names and paths of the sheets, and the path of the strings that they share."""
        relations = self._relations(workbook)
        sheets = []
        for _, node in self._elements(workbook, "sheet"):
            relation = node.attributes.get("id", "")
            kind, path = relations.get(relation, ("", ""))
            if kind == "worksheet":
                sheets.append((node.attributes.get("name", ""), path))
        shared = [path for kind, path in relations.values() if kind == "sharedStrings"]
        return sheets, shared[0] if shared else ""

    def _rows(self, path: str) -> Iterator[tuple[int, Sequence[_Cell]]]:
        number = 0
        for _, row in self._elements(path, "row"):
            told = row.attributes.get("r", "")
            number = int(told) if told.isdecimal() else number + 1
            yield number, self._cells(row)

    def _cells(self, row: Node) -> list[_Cell]:
        cells: list[_Cell] = []
        for node in row.elements:
            if node.name != "c":
                continue
            match = _CELL_PLACE.fullmatch(node.attributes.get("r", ""))
            place = _column(match[1]) if match else len(cells)
            if place < _MOST_COLUMNS:
                cells += [_Cell("")] * (place + 1 - len(cells))
                cells[place] = self._cell(node)
        return cells

    def _cell(self, node: Node) -> _Cell:
        kind = node.attributes.get("t", "n")
        value = node.first("v")
        shown = value.text if value is not None else ""
        if node.first("f") is not None:
            return _Cell(shown, "a formula, not a text; write an apostrophe before the `=`")
        if kind == "s":
            known = shown.isdecimal() and int(shown) < len(self._strings)
            return _Cell(self._strings[int(shown)]) if known else _Cell("", "a text that the spreadsheet has lost")
        if kind == "inlineStr":
            inline = node.first("is")
            return _Cell(_text(inline) if inline is not None else "")
        if kind == "str" or not shown:
            return _Cell(_unescaped(shown))
        return _Cell(shown, _NO_TEXT.get(kind, "no text"))


_MISSING = ("officeDocument", "xl/workbook.xml")


def _units(rows: Iterator[tuple[int, Sequence[_Cell]]], columns: Headings) -> Iterator[ReturnedUnit]:
    for number, cells in rows:
        place = columns.places[Column.TRANSLATION]
        problem = cells[place].problem if place < len(cells) else ""
        unit = returned([cell.text for cell in cells], columns, number, problem and f"the cell holds {problem}")
        if unit is not None:
            yield unit


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(node: Node) -> str:
    """The text of a string, without the reading aids of East Asian scripts."""
    parts = []
    for child in node.elements:
        if child.name == "t":
            parts.append(_unescaped(child.text))
        elif child.name == "r":
            parts += [_unescaped(inner.text) for inner in child.elements if inner.name == "t"]
    return "".join(parts)


def _unescaped(text: str) -> str:
    """A run of characters, with what XML can't hold in the place of what stands for it."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text

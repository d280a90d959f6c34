"""The glossary as a table that Excel, LibreOffice and any editor can write: `translations/glossary.csv`.

    source,part of speech,note,de,de forbidden
    Receive connector,noun,,Empfangsconnector,Empfangskonnektor
    mailbox,noun,,Postfach|E-Mail-Postfach,

A column for each locale, named by its tag, and one more for what is forbidden in it. A cell may hold several terms,
with `|` between them; the first is the usual one. What spreadsheet programs make of the file when they save it is
taken as well: semicolons or tabs between the cells, a byte order mark, UTF-16.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from types import MappingProxyType

from kb_gen.diagnostics import Diagnostic, Place, Severity, error, warning
from kb_gen.locales.tags import UnknownLocale, locale_info

__all__ = [
    "FORBIDDEN",
    "GLOSSARY_FILE",
    "NOTE",
    "PART_OF_SPEECH",
    "SOURCE",
    "Row",
    "Table",
    "joined_cell",
    "read_table",
    "split_cell",
    "table_of",
    "write_table",
]

GLOSSARY_FILE = "glossary.csv"
"""The glossary's name, in the folder of the catalogs."""

SOURCE, PART_OF_SPEECH, NOTE, FORBIDDEN = "source", "part of speech", "note", "forbidden"

_NAMES = MappingProxyType(
    {
        SOURCE: SOURCE,
        "term": SOURCE,
        PART_OF_SPEECH: PART_OF_SPEECH,
        "pos": PART_OF_SPEECH,
        NOTE: NOTE,
        "definition": NOTE,
        "description": NOTE,
    }
)
_SEPARATOR = "|"
_MAX_BYTES = 50_000_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes:
        cells: what it holds, by the names of the columns.
        span: where it stands in the file's text.
    """

    cells: Mapping[str, str]
    span: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def source(self) -> str:
        """The term."""
        return self.cells.get(SOURCE, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A glossary as it stands in its file.

    Attributes:
        columns: the names of the columns: those of ours in our spelling, any others as they stand there.
        rows: what is below them.
        delimiter: what stands between cells.
        line_end: what ends a line.
        encoding: how its text is encoded.
        heading: the first row as it stands there, to be written back.
    """

    columns: tuple[str, ...] = (SOURCE, PART_OF_SPEECH, NOTE)
    rows: tuple[Row, ...] = ()
    delimiter: str = ","
    line_end: str = "\n"
    encoding: str = "utf-8-sig"
    heading: tuple[str, ...] = (SOURCE, PART_OF_SPEECH, NOTE)


def split_cell(cell: str) -> tuple[str, ...]:
    """The terms in a cell."""
    return tuple(dict.fromkeys(term for part in cell.split(_SEPARATOR) if (term := " ".join(part.split()))))


def joined_cell(terms: Sequence[str]) -> str:
    """A cell with these terms."""
    return _SEPARATOR.join(terms)


def read_table(root: Path, path: str) -> tuple[Table | None, list[Diagnostic]]:
    """The table in a file, and what is wrong with it; None where there is none to be had.

    Args:
        root: the folder that `path` is relative to.
        path: the file, with `/`.
    """
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        help_text = "copy the file into the folder, in the place of the link"
        return None, [error("outside-tree", "the glossary leads out of the project's folder", Place(path), help_text)]
    try:
        if file.stat().st_size > _MAX_BYTES:
            message = f"the glossary is larger than {_MAX_BYTES // 1_000_000} MB"
            return None, [error("file-too-large", message, Place(path), "keep the terms that the project uses")]
        data = file.read_bytes()
    except OSError as reason:
        words = (reason.strerror or type(reason).__name__).lower()
        help_text = "mend or remove it, or give yourself the right to read it"
        return None, [error("unreadable-file", f"the glossary can't be read: {words}", Place(path), help_text)]
    return table_of(data, path)


def table_of(data: bytes, path: str) -> tuple[Table | None, list[Diagnostic]]:
    """The table in a file that holds `data`; see `read_table`."""
    text, encoding = _decoded(data)
    if text is None:
        place = Place(path)
        return None, [error("wrong-encoding", "the glossary isn't encoded in UTF-8", place, "save it as UTF-8")]
    first = next(iter(_LINE.findall(text)), "")
    delimiter = max(",;\t", key=first.count)
    records, findings = _records(text, delimiter, path)
    if not records:
        place, help_text = Place(path, 0, 0), "begin the file with a line like `source,part of speech,note,de`"
        return None, findings or [error("glossary-columns", "the glossary is empty", place, help_text)]
    heading, span = records[0]
    columns = tuple(_column(name) for name in heading)
    findings += _wrong_columns(heading, columns, span, path)
    line_end = "\r\n" if first.endswith("\r\n") else "\n"
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
    rows = [Row(dict(zip(columns, cells, strict=False)), span) for cells, span in records[1:] if any(cells)]
    findings += _wrong_rows(records[1:], rows, len(columns), path)
    return Table(columns, tuple(rows), delimiter, line_end, encoding, tuple(heading)), findings


def write_table(table: Table) -> bytes:
    """The bytes of a table."""
    text = StringIO()
    writer = csv.writer(text, delimiter=table.delimiter, lineterminator=table.line_end)
    writer.writerow(table.heading)
    writer.writerows([row.cells.get(column, "") for column in table.columns] for row in table.rows)
    # Codecs for one byte order write no mark of it.
    mark = next((mark for mark, name in _WIDE if name == table.encoding), b"")
    return mark + text.getvalue().encode(table.encoding)


def _decoded(data: bytes) -> tuple[str | None, str]:
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    for mark, name in _WIDE:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], name
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return None, encoding


def _records(text: str, delimiter: str, path: str) -> tuple[list[tuple[list[str], tuple[int, int]]], list[Diagnostic]]:
    """The rows with their places; up to where the file can't be read any more."""
    lines = _LINE.findall(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records: list[tuple[list[str], tuple[int, int]]] = []
    begin = 0
    try:
        for cells in reader:
            start, end = starts[begin], starts[reader.line_num]
            records.append(([cell.strip() for cell in cells], (start, start + len(text[start:end].rstrip("\r\n")))))
            begin = reader.line_num
    except csv.Error as reason:
        start = starts[begin]
        place = Place(path, start, start + len(lines[begin].rstrip("\r\n")) if begin < len(lines) else start)
        help_text = 'a cell with a quote is written `"…""…"`'
        return [], [error("glossary-syntax", f"this row can't be read: {reason}", place, help_text)]
    return records, []


def _column(name: str) -> str:
    """A column's name in our spelling."""
    words = " ".join(name.lower().replace("_", " ").split())
    if words in _NAMES:
        return _NAMES[words]
    tag, _, rest = words.partition(" ")
    try:
        locale = locale_info(tag).tag if rest in {"", FORBIDDEN} else ""
    except UnknownLocale:
        return name
    return f"{locale} {rest}".strip() if locale else name


def _wrong_columns(
    heading: Sequence[str], columns: Sequence[str], span: tuple[int, int], path: str
) -> Iterator[Diagnostic]:
    place = Place(path, *span)
    help_text = (
        "name the columns `source`, `part of speech`, `note`, and a locale's tag, such as `de` or `de forbidden`"
    )
    if SOURCE not in columns:
        yield error("glossary-columns", "the glossary has no column `source`", place, help_text)
    for name in dict.fromkeys(column for column in columns if column and columns.count(column) > 1):
        yield error("glossary-columns", f"the glossary has the column `{name}` twice", place, "join the two")
    for name, column in zip(heading, columns, strict=True):
        known = column in _NAMES.values() or _is_locale(column.removesuffix(f" {FORBIDDEN}"))
        if name and not known:
            yield warning("glossary-columns", f"nothing reads the column `{name}`", place, help_text)


def _is_locale(tag: str) -> bool:
    try:
        return locale_info(tag).tag == tag
    except UnknownLocale:
        return False


def _wrong_rows(
    records: Sequence[tuple[Sequence[str], tuple[int, int]]], rows: Sequence[Row], columns: int, path: str
) -> Iterator[Diagnostic]:
    for cells, span in records:
        if len(cells) > columns and any(cells[columns:]):
            place, help_text = Place(path, *span), "put a cell that holds the separator into quotes"
            yield warning("glossary-syntax", "the row has more cells than there are columns", place, help_text)
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        if not row.source:
            yield warning(
                "glossary-syntax", "the row has no term", Place(path, *row.span), "fill in the column `source`"
            )
            continue
        before = first.setdefault((row.source, row.cells.get(PART_OF_SPEECH, "")), row)
        if before is not row:
            yield warning(
                "glossary-duplicate-term",
                f"the glossary has the term `{row.source}` twice",
                Place(path, *row.span),
                f"join the two rows; several translations stand in one cell, with `{_SEPARATOR}` between them",
                (Place(path, *before.span, label="first here"),),
            )

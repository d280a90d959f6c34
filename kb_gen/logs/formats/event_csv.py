"""Windows events exported as CSV: by Event Viewer, in any language, or by PowerShell.

There, `Get-WinEvent` or `Get-EventLog` gave them to `Export-Csv`. Event Viewer has names for five columns, in the
language of Windows, and none for the sixth, which is the message. By that its files are known whatever the names are:
level, date, source, ID and task stand in that order unless somebody has moved them. Dates are written as the machine
that wrote the file has them; which number of `3/4/2026` is the day, its other rows tell, or its clock of twelve hours.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.logs.entries import LONGEST_ENTRY, Entry, NamedValue, Reading
from kb_gen.logs.levels import level_of, of_windows
from kb_gen.logs.lines import LogLines, decoded_head, head_lines
from kb_gen.logs.said import said
from kb_gen.logs.streams import LogStream
from kb_gen.logs.times import WRONG_TIME, Stamp, dated, iso_time

__all__ = ["is_event_csv", "read_event_csv"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "level": ("level", "leveldisplayname", "ebene", "entrytype", "keywords", "schlüsselwörter", "stufe"),
    "time": ("date and time", "datum und uhrzeit", "timecreated", "timegenerated", "zeitpunkt"),
    "source": ("source", "quelle", "providername"),
    "id": ("event id", "ereignis-id", "id", "eventid", "ereigniskennung"),
    "channel": ("logname", "log", "protokollname"),
    "host": ("machinename", "computer"),
    "message": ("message", "nachricht", "meldung"),
    "qualifiers": ("qualifiers",),
    "values": ("replacementstrings",),
}
_NEEDED = ("time", "id")
_DELIMITERS = ",;\t"
_NO_ROWS = ("#TYPE ", "sep=")
"""What PowerShell and Excel put before the names of columns."""
_LONGEST_ROW = 500
"""Lines of a row: more than that, and a quotation mark is missing."""

_LONGEST_CELLS = 100_000
"""Characters of a row, with the same meaning; below the limit that the library has for a cell."""

_MOST_MENDED = 200
_NUMBER = re.compile(r"[0-9]{1,10}")
_DATE = re.compile(
    # `28. 2. 2026` and `2026. 02. 28.` are Czech and Hungarian, `10.00.00` is Finnish.
    r"([0-9]{1,4})([./-]) ?([0-9]{1,2})\2 ?([0-9]{1,4})\.?,? "
    r"([0-9]{1,2}([:.])[0-9]{2}(?:\6[0-9]{2})?(?:\.[0-9]+)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?)\Z"
)
_EVENT_VIEWERS = {"level": 0, "time": 1, "source": 2, "id": 3, "message": 5}
"""Where Event Viewer has what, behind five names of columns."""
_QUOTED = re.compile(r'[^"]*(?:""[^"]*)*')
"""What stands in quotes, up to the mark that closes them."""

_STROKES = re.compile(r"(?<![0-9/])([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})[, ]")
_TWELVE_HOURS = re.compile(r"/[0-9]{4},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s[AaPp]\.?[Mm]", re.ASCII)


class _Quotes(Enum):
    """How a cell stands at the end of a line."""

    CLOSED = auto()
    OPEN = auto()
    MISPLACED = auto()


class _Layout(NamedTuple):
    """How a file is written.

    Attributes:
        delimiter: what stands between cells.
        places: the column of each field that it has.
        width: how many columns have a name.
        day_first: whether the day stands before the month where strokes are between them.
        is_sure: whether the file shows that it does, or doesn't.
    """

    delimiter: str
    places: Mapping[str, int]
    width: int
    day_first: bool
    is_sure: bool


def is_event_csv(head: bytes) -> bool:
    """Whether a log begins with the names of columns that exports of events have."""
    return _layout(head) is not None


def _layout(head: bytes, encoding: str = "") -> _Layout | None:
    lines = [line for line in head_lines(head, encoding)[:4] if line.strip() and not line.startswith(_NO_ROWS)]
    if not lines:
        return None
    delimiter = max(_DELIMITERS, key=lines[0].count)
    names = [name.strip().strip('"').lower() for name in lines[0].split(delimiter)]
    places: dict[str, int] = {}
    for field, known in _COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            places[field] = place
    if not all(field in places for field in _NEEDED):
        if len(lines) < 2 or not _is_event_viewers(names, lines[1], delimiter):
            return None
        places = {**_EVENT_VIEWERS}
    places.setdefault("message", len(names))
    return _Layout(delimiter, places, len(names), *_day_order(decoded_head(head, encoding)))


def _is_event_viewers(names: Sequence[str], line: str, delimiter: str) -> bool:
    """Whether names of columns and the row below them are Event Viewer's, in a language that isn't known."""
    cells = _cells([(0, line)], delimiter) or []
    has_message = len(names) == 5 and len(cells) == 6
    return has_message and _NUMBER.fullmatch(cells[3]) is not None and _DATE.match(cells[1]) is not None


def _day_order(text: str) -> tuple[bool, bool]:
    """Whether days stand before months, and whether that is sure."""
    dates = [(int(first), int(second), int(year)) for first, second, year in _STROKES.findall(text)]
    # A date that there isn't in either order, such as 30/02, tells nothing.
    day_first = sum([_is_date(y, second, first) and not _is_date(y, first, second) for first, second, y in dates])
    month_first = sum([_is_date(y, first, second) and not _is_date(y, second, first) for first, second, y in dates])
    if day_first != month_first:
        # Where both occur, some stand in messages, or rows of two files were joined.
        return day_first > month_first, not (day_first and month_first)
    # Hardly anybody but Americans has a clock of twelve hours, and nobody but them the month first.
    is_same = all(first == second or not _is_date(year, first, second) for first, second, year in dates)
    return _TWELVE_HOURS.search(text) is None, is_same and not day_first


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def read_event_csv(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:
    """The events of an export.

    Raises:
        OSError: the log can't be read.
    """
    layout = _layout(stream.head, reading.encoding)
    if layout is None:
        message = said("the first line has no columns for time and event ID")
        yield error("log-file", message, Place(stream.name), said("export the log anew"))
        return
    if not layout.is_sure:
        message = (
            said("the file doesn't tell whether days or months come first in its dates; the day was taken")
            if layout.day_first
            else said("the file doesn't tell whether days or months come first in its dates; the month was taken")
        )
        yield warning("log-date-order", message, Place(stream.name), said("compare a date with the log it came from"))
    lines = LogLines(stream, reading.encoding)
    header_seen, width = False, 0
    for number, row in _rows(lines, layout, stream.name):
        if isinstance(row, Diagnostic):
            yield row
        elif header_seen:
            # Event Viewer has no name for its last column: whether a file has it, its first row shows.
            width = width or (layout.width + 1 if len(row) > layout.width else layout.width)
            if len(row) < width:
                yield _too_short(number, len(row), width, stream.name)
            yield _entry(number, row, layout, reading) or _no_event(number, stream.name)
        else:
            header_seen = True
    yield from lines.findings()


def _too_short(number: int, fields: int, width: int, name: str) -> Diagnostic:
    message = said("the row at line {number} has {fields} of {width} fields", number=number, fields=fields, width=width)
    cure = said("what is there was read in the order of the columns; look whether a delimiter or the row's end is gone")
    return error("log-record", message, Place(name), cure)


def _no_event(number: int, name: str) -> Diagnostic:
    message = said("the row at line {number} is no event", number=number)
    return error("log-record", message, Place(name), said("the rows around it were read"))


def _rows(lines: LogLines, layout: _Layout, name: str) -> Iterator[tuple[int, list[str] | Diagnostic]]:
    """The rows of a file, each with the number of its first line.

    Where a quotation mark is missing, a row would have all that follows in it. Such a row is given up, and reading goes
    on at the next line that looks like the first one of an event.
    """
    waiting: deque[tuple[int, str]] = deque()
    source = iter(lines)
    row: list[tuple[int, str]] = []
    length, quotes, mended = 0, _Quotes.CLOSED, 0
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is not None and not row and (not line[1].strip() or line[1].startswith(_NO_ROWS)):
            continue
        if line is not None:
            row.append(line)
            length += len(line[1])
            quotes = _quotes(line[1], quotes, layout.delimiter)
        is_open = quotes is _Quotes.OPEN
        if line is not None and is_open and len(row) <= _LONGEST_ROW and length <= _LONGEST_CELLS:
            continue
        # In a row of one line a misplaced mark does no harm; in one of several it has joined what are others.
        is_whole = row and (quotes is _Quotes.CLOSED or (len(row) == 1 and not is_open))
        cells = _cells(row, layout.delimiter) if is_whole else None
        if cells is not None:
            yield row[0][0], cells
        elif row:
            mended += 1
            again = _next_event(row, layout) if mended <= _MOST_MENDED else len(row)
            yield row[0][0], _unclosed(row, again, name)
            waiting.extendleft(reversed(row[again:]))
        elif line is None:
            break
        row, length, quotes = [], 0, _Quotes.CLOSED


def _quotes(line: str, before: _Quotes, delimiter: str) -> _Quotes:
    """How a cell stands behind a line. A quotation mark opens a cell at its beginning, and closes it at its end."""
    is_open = before is _Quotes.OPEN
    if not is_open and line.startswith('"'):
        line, is_open = line[1:], True
    place = 0
    while True:
        if not is_open:
            opening = line.find(f'{delimiter}"', place)
            if opening < 0:
                return _Quotes.CLOSED
            place = opening + 2
        quoted = _QUOTED.match(line, place)
        place = quoted.end() if quoted else len(line)
        if place >= len(line):
            return _Quotes.OPEN
        place, is_open = place + 1, False
        if line[place : place + 1] not in {"", delimiter}:
            return _Quotes.MISPLACED


def _cells(row: Sequence[tuple[int, str]], delimiter: str) -> list[str] | None:
    """The cells of a row; None where a quotation mark inside a cell that isn't quoted has joined lines."""
    text = "\n".join([line for _, line in row]).replace("\r", "")
    try:
        return next(csv.reader([text], delimiter=delimiter))
    except csv.Error:
        return None


def _unclosed(row: Sequence[tuple[int, str]], end: int, name: str) -> Diagnostic:
    first, last = row[0][0], row[end - 1][0]
    lost = said("line {first} is lost", first=first)
    if first != last:
        lost = said("lines {first} to {last} are lost", first=first, last=last)
    message = said(
        "a quotation mark in line {first} has no counterpart where it ought to be; {lost}", first=first, lost=lost
    )
    return error("log-record", message, Place(name), said("reading went on at the next line that begins an event"))


def _next_event(row: Sequence[tuple[int, str]], layout: _Layout) -> int:
    """The first line behind the first that begins an event: its cells for time and ID look like that."""
    most = max(layout.places[field] for field in _NEEDED)
    for place in range(1, len(row)):
        cells = [cell.strip('" ') for cell in row[place][1].split(layout.delimiter, most + 1)]
        if len(cells) > most and _NUMBER.fullmatch(cells[layout.places["id"]]) and ":" in cells[layout.places["time"]]:
            return place
    return len(row)


def _entry(number: int, row: Sequence[str], layout: _Layout, reading: Reading) -> Entry | None:
    def cell(field: str) -> str:
        place = layout.places.get(field, len(row))
        return row[place].strip() if place < len(row) else ""

    if not _NUMBER.fullmatch(cell("id")):
        return None
    time, assumed = _time(cell("time"), layout, reading)
    qualifiers = cell("qualifiers")
    return Entry(
        number,
        time,
        assumed,
        host=cell("host"),
        source=cell("source"),
        id=cell("id"),
        qualifiers=int(qualifiers) & 0xFFFF if _NUMBER.fullmatch(qualifiers) else None,
        level=of_windows(int(cell("level")), 0) if _NUMBER.fullmatch(cell("level")) else level_of(cell("level")),
        channel=cell("channel"),
        message=cell("message").replace("\r\n", "\n")[:LONGEST_ENTRY],
        values=tuple([NamedValue("", text) for text in _replacements(cell("values"))]),
    )


def _replacements(text: str) -> list[str]:
    """Insertion strings, as far as PowerShell wrote them and not only what type they are of."""
    return text.split("|") if text and not text.startswith("System.") else []


def _time(text: str, layout: _Layout, reading: Reading) -> Stamp:
    found = _DATE.match(text)
    if found is None:
        stamp = iso_time(text, reading)
        return stamp if stamp[0] or not text else WRONG_TIME
    first, mark, second, third, clock = int(found[1]), found[2], int(found[3]), int(found[4]), found[5]
    if found[6] == ".":
        clock = clock.replace(".", ":")
    if len(found[1]) == 4:
        return dated(first, second, third, clock, reading)
    if mark != "/" or layout.day_first:
        day, month = first, second
    else:
        day, month = second, first
    if month > 12 >= day:
        # This row shows that the order is another one than the rows before let assume.
        day, month = month, day
    return dated(third, month, day, clock, reading) if third > 31 or len(found[4]) == 2 else WRONG_TIME

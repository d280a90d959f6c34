"""Rows of an answer as lines: a table where one fits, else a list, in which each row has lines of its own.

A terminal gets no more of a text than a few lines; the report and the JSON have all of it. A pipe gets each text on one
line, whatever its length: programs look for lines, and viewers break them. Addresses are never broken, so that they can
be followed and copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

__all__ = ["Row", "as_list", "as_table", "has_room"]

_BETWEEN = "  "
_LEAST = 32
"""Cells of the last column: in less, a text would be a word or two wide."""

_MOST_LINES = 3
_GAP = "…"


class Row(Struct, frozen=True):
    """A row.

    Attributes:
        count: how often something occurs.
        severity: how severe it is.
        name: what it is called; may be empty.
        first: when it occurred first; may be empty.
        last: when it occurred last; may be empty.
        texts: what is told of it.
        address: where more is told; may be empty.
    """

    count: str
    severity: Text
    name: Text
    first: str
    last: str
    texts: Sequence[Text]
    address: str = ""

    @property
    def cells(self) -> tuple[Text, ...]:
        """What stands in the columns before the last one."""
        return Text(self.count), self.severity, self.name, Text(self.first), Text(self.last)


def has_room(rows: Sequence[Row], width: int) -> bool:
    """Whether a table of these rows fits into so many cells, with its addresses unbroken."""
    used = sum(_widths(rows, ())) + len(_BETWEEN) * len(rows[0].cells) if rows else 0
    return used + max([_LEAST, *[cell_len(row.address) for row in rows]]) <= width


def as_table(rows: Sequence[Row], headings: Sequence[str], console: Console) -> Iterator[Text]:
    """The lines of a table with these headings."""
    widths = _widths(rows, headings)
    yield _line([Text(heading, "bold") for heading in headings], widths)
    indent = sum(widths) + len(_BETWEEN) * len(widths)
    for row in rows:
        texts = list(_told(row, console, indent))
        yield _line([*row.cells, *texts[:1]], widths)
        for text in texts[1:]:
            yield Text(" " * indent).append_text(text)


def as_list(rows: Sequence[Row], console: Console) -> Iterator[Text]:
    """The lines of a list."""
    width = max([len(row.count) for row in rows], default=0)
    indent = " " * (width + len(_BETWEEN))
    for row in rows:
        times = row.first if row.first == row.last else f"{row.first} to {row.last}"
        begin = [Text(row.count.rjust(width)), *[text for text in (row.severity, row.name) if text]]
        yield Text(_BETWEEN).join(begin)
        lines = [*([Text(times)] if times else []), *_told(row, console, len(indent))]
        yield from [Text(indent).append_text(line) for line in lines]


def _widths(rows: Sequence[Row], headings: Sequence[str]) -> list[int]:
    cells = [row.cells for row in rows]
    columns = zip(*cells, strict=True)
    named = [*headings, *[""] * len(cells[0])]
    return [
        max([cell_len(heading), *[cell_len(cell.plain) for cell in column]])
        for heading, column in zip(named, columns, strict=False)
    ]


def _line(cells: Sequence[Text], widths: Sequence[int]) -> Text:
    """A line of a table, without blanks at its end."""
    line = Text()
    for place, cell in enumerate(cells):
        blanks = " " * (widths[place] - cell_len(cell.plain)) if place < len(widths) else ""
        # The first column has numbers.
        line.append_text(Text(blanks).append_text(cell) if not place else cell.copy().append(blanks))
        line.append(_BETWEEN)
    line.rstrip()
    return line


def _told(row: Row, console: Console, indent: int) -> Iterator[Text]:
    """What is told of a row, line by line."""
    width = max(1, console.width - indent) if console.is_terminal else 0
    for text in row.texts:
        yield from _shortened(text, console, width)
    if row.address:
        yield Text(row.address)


def _shortened(text: Text, console: Console, width: int) -> Sequence[Text]:
    """A text in a few lines of so many cells; as it is where the width is 0."""
    if not width:
        return [text]
    lines = list(text.wrap(console, width))
    for line in lines:
        line.rstrip()
    if len(lines) > _MOST_LINES:
        lines = lines[:_MOST_LINES]
        last = lines[-1]
        last.truncate(max(1, width - 1))
        last.rstrip()
        last.append("" if last.plain.endswith(_GAP) else _GAP)
    return lines

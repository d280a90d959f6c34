"""For people: the place with its source line, carets below it, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rich.cells import cell_len

from kb_gen.diagnostics.diagnostic import Diagnostic, Place
from kb_gen.diagnostics.lines import Position, Positions, SourceText, visible

__all__ = ["Style", "ansi", "full", "unstyled"]

Style = Callable[[str, str], str]
"""Gives a text the look of its role: `error`, `warning`, `message`, `frame`, `caret`, `help`."""

_TAB = 4
_WIDEST = 100
"""Cells of a source line that are shown; what is longer is cut around the caret."""
_BEFORE = 40
"""Cells that stay before the caret where a line is cut."""

_ANSI = {"error": "1;31", "warning": "1;33", "message": "1", "frame": "1;34", "caret": "1;31", "help": "1;36"}


def unstyled(role: str, text: str) -> str:  # noqa: ARG001 - the interface of a style
    """The text as it is: for pipes and files."""
    return text


def ansi(role: str, text: str) -> str:
    """The text in a terminal's colours."""
    return f"\x1b[{_ANSI[role]}m{text}\x1b[0m" if text else text


def full(diagnostics: Iterable[Diagnostic], sources: SourceText, style: Style = unstyled) -> Iterator[str]:
    """Lines without line ends, an empty one between two diagnostics."""
    positions = Positions(sources)
    for number, finding in enumerate(diagnostics):
        if number:
            yield ""
        yield from _one(finding, positions, style)


def _one(finding: Diagnostic, positions: Positions, style: Style) -> Iterator[str]:
    title = style(finding.severity.value, f"{finding.severity.value}[{finding.code}]")
    yield title + style("message", f": {visible(finding.message)}")
    places = [*([finding.place] if finding.place else []), *finding.related]
    starts = [positions.start(place) for place in places]
    gutter = max((len(str(start.line)) for start in starts if start), default=1)
    for place, start in zip(places, starts, strict=True):
        arrow = "-->" if place is finding.place else ":::"
        yield from _snippet(place, start, positions, gutter, style, arrow)
    if finding.help:
        yield f"{' ' * gutter} {style('frame', '=')} {style('help', 'help')}: {visible(finding.help)}"


def _snippet(
    place: Place, start: Position | None, positions: Positions, gutter: int, style: Style, arrow: str
) -> Iterator[str]:
    margin = " " * gutter
    index = positions.index(place.path)
    if start is None or index is None:
        yield f"{margin}{style('frame', arrow)} {visible(place.path)}"
        return
    yield f"{margin}{style('frame', arrow)} {visible(place.path)}:{start.line}:{start.column}"
    end = positions.end(place) or start
    line = index.line(start.line)
    # Of a place that goes over several lines, the first is enough to find it.
    last = end.column - 1 if end.line == start.line else len(line.rstrip())
    shown, before, width = _window(line, start.column - 1, max(last, start.column))
    carets = style("caret", "^" * width + (f" {visible(place.label)}" if place.label else ""))
    bar = style("frame", "|")
    yield f"{margin} {bar}"
    yield f"{style('frame', str(start.line).rjust(gutter))} {bar} {shown}".rstrip()
    yield f"{margin} {bar} {' ' * before}{carets}"


def _cells(line: str) -> list[str]:
    """What is shown for each character of the line."""
    shown: list[str] = []
    width = 0
    for character in line:
        cell = " " * (_TAB - width % _TAB) if character == "\t" else visible(character)
        shown.append(cell)
        width += cell_len(cell)
    return shown


def _window(line: str, first: int, last: int) -> tuple[str, int, int]:
    """The part of a line to show, the cells before its carets, and how many carets there are."""
    cells = _cells(line)
    widths = [cell_len(cell) for cell in cells]
    if sum(widths) <= _WIDEST:
        begin, stop = 0, len(cells)
    else:
        begin = first
        room = _BEFORE
        while begin and widths[begin - 1] <= room:
            begin -= 1
            room -= widths[begin]
        stop = begin
        room = _WIDEST
        while stop < len(cells) and widths[stop] <= room:
            room -= widths[stop]
            stop += 1
    head = "…" if begin else ""
    tail = "…" if stop < len(cells) else ""
    before = len(head) + sum(widths[begin:first])
    carets = sum(widths[first : min(last, stop)])
    return head + "".join(cells[begin:stop]) + tail, before, max(carets, 1)

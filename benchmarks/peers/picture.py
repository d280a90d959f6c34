"""A comparison as an SVG picture: a row a contender, its times as dots on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from peers.measuring import Figures, Result

__all__ = ["picture"]

_WIDTH = 860
_NAMES = 270
_TIMES = 90
_ROW = 26
_HEAD = 44
_TITLE = 34
_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1d1d1f; }
.title { font-weight: 700; }
.small { font-size: 11px; fill: #57606a; }
.ours { font-weight: 700; }
.grid { stroke: #d0d7de; }
.row { stroke: #57606a; }
.wall { fill: #22436b; }
.processors { fill: #fff; stroke: #22436b; stroke-width: 1.5; }"""


def picture(results: Sequence[Result]) -> str:
    """The picture; results with the same number of records stand together.

    Raises:
        ValueError: no contender has finished.
    """
    times = [time for result in results if result.figures for time in _times(result.figures)]
    if not times:
        raise ValueError("no contender has finished")
    scale = _Scale(math.floor(math.log10(min(times))), math.ceil(math.log10(max(times))))
    groups = [(records, tuple(members)) for records, members in groupby(results, key=lambda result: result.records)]
    height = _HEAD + len(groups) * _TITLE + len(results) * _ROW + 8
    lines = (line for part in (_legend(), scale.grid(height), _rows(groups, scale)) for line in part)
    body = "\n".join(lines)
    # White behind everything: a page may be dark, and an image doesn't know.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">\n'
        f"<title>Seconds that a cold build takes</title>\n<style>\n{_STYLE}\n</style>\n"
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n'
    )


class _Scale:
    """Seconds between two powers of ten, as places on the picture."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = max(last, first + 1)

    def place(self, seconds: float) -> float:
        share = (math.log10(seconds) - self.first) / (self.last - self.first)
        return round(_NAMES + share * (_WIDTH - _NAMES - _TIMES), 1)

    def grid(self, height: int) -> Iterator[str]:
        for power in range(self.first, self.last + 1):
            x = self.place(10**power)
            yield f'<line class="grid" x1="{x}" y1="{_HEAD - 6}" x2="{x}" y2="{height - 8}"/>'
            yield f'<text class="small" x="{x}" y="{_HEAD - 10}" text-anchor="middle">{10**power:g} s</text>'


def _times(figures: Figures) -> tuple[float, float]:
    """Seconds on the clock, and of processors; none is so short that it has no logarithm."""
    return max(figures.wall, 0.01), max(figures.user + figures.system, 0.01)


def _legend() -> Iterator[str]:
    yield '<circle class="wall" cx="16" cy="16" r="5"/><text class="small" x="26" y="20">on the clock</text>'
    yield '<circle class="processors" cx="116" cy="16" r="4"/><text class="small" x="126" y="20">of processors</text>'


def _rows(groups: Sequence[tuple[int, Sequence[Result]]], scale: _Scale) -> Iterator[str]:
    y = _HEAD
    for records, results in groups:
        y += _TITLE
        yield f'<text class="title" x="10" y="{y - 10}">{records:,} records, {2 * records:,} articles</text>'
        for result in results:
            yield from _row(result, y + _ROW // 2, scale)
            y += _ROW


def _row(result: Result, y: int, scale: _Scale) -> Iterator[str]:
    style = ' class="ours"' if result.contender.startswith("kb-gen") else ""
    yield f'<text{style} x="10" y="{y + 4}">{escape(result.title)}</text>'
    if result.figures is None:
        yield f'<text class="small" x="{_NAMES + 6}" y="{y + 4}">{escape(result.problem)}</text>'
        return
    wall, processors = map(scale.place, _times(result.figures))
    yield f'<line class="row" x1="{min(wall, processors)}" y1="{y}" x2="{max(wall, processors)}" y2="{y}"/>'
    yield f'<circle class="processors" cx="{processors}" cy="{y}" r="4"/>'
    yield f'<circle class="wall" cx="{wall}" cy="{y}" r="5"/>'
    seconds = f"{result.figures.wall:,.1f} s"
    yield f'<text x="{_WIDTH - 10}" y="{y + 4}" text-anchor="end">{seconds}</text>'

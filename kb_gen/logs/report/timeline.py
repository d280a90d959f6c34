"""The chart of a report: a bar for each stretch of time, with errors below, then warnings, then all else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from kb_gen.locales import Localizer
from kb_gen.logs.histogram import Bar, Timeline

__all__ = ["Chart", "ChartBar", "Piece", "chart_of"]

_HEIGHT = 1000
"""Units of the highest bar. The picture is stretched to the width and height that a page gives it."""

_LEAST = 12
"""Units of a piece that has anything: one error among a thousand entries must not vanish."""

_WIDTH, _GAP = 100, 14
_LABELS = 5
_DAY = 86_400
_KINDS = ("error", "warning", "other")


class Piece(Struct, frozen=True):
    """A part of a bar, in units: a rectangle of one kind of entries."""

    kind: str
    x: int
    y: int
    width: int
    height: int


class ChartBar(Struct, frozen=True):
    """A bar.

    Attributes:
        label: the stretch of time, in words.
        counts: how many entries it has that are errors, warnings and others.
        pieces: what is drawn.
    """

    label: str
    counts: tuple[int, int, int]
    pieces: tuple[Piece, ...]


class Chart(Struct, frozen=True):
    """A chart.

    Attributes:
        width: units from left to right.
        height: units from top to bottom.
        highest: how many entries the highest bar has.
        bars: its bars.
        ticks: what stands below, from left to right.
        totals: how many entries are errors, warnings and others.
    """

    width: int
    height: int
    highest: int
    bars: tuple[ChartBar, ...]
    ticks: tuple[str, ...]
    totals: tuple[int, int, int]


def chart_of(timeline: Timeline, words: Localizer) -> Chart | None:
    """The chart of a timeline; None where there is none to draw."""
    bars = timeline.bars
    if not bars:
        return None
    highest = max(sum(bar.weight) for bar in bars)
    drawn = [
        ChartBar(_label(bar.start, timeline.seconds, words), bar.weight, tuple(_pieces(bar, place * _WIDTH, highest)))
        for place, bar in enumerate(bars)
    ]
    errors, warnings, others = (sum(bar.weight[kind] for bar in bars) for kind in range(3))
    width = len(bars) * _WIDTH - _GAP
    return Chart(width, _HEIGHT, highest, tuple(drawn), tuple(_ticks(timeline, words)), (errors, warnings, others))


def _pieces(bar: Bar, x: int, highest: int) -> Iterator[Piece]:
    heights = [max(_LEAST, round(count * _HEIGHT / highest)) if count else 0 for count in bar.weight]
    excess = max(0, sum(heights) - _HEIGHT)
    heights[heights.index(max(heights))] -= excess
    bottom = _HEIGHT
    for kind, height in zip(_KINDS, heights, strict=True):
        if height > 0:
            bottom -= height
            yield Piece(kind, x, bottom, _WIDTH - _GAP, height)


def _label(start: dt.datetime, seconds: int, words: Localizer) -> str:
    """When a stretch begins: the day alone where it is as long as that."""
    return words.date_short(start.date()) if seconds >= _DAY else words.date_time(start)


def _ticks(timeline: Timeline, words: Localizer) -> Iterator[str]:
    bars = timeline.bars
    span = (bars[-1].start - bars[0].start).total_seconds() + timeline.seconds
    count = min(_LABELS, len(bars))
    before = ""
    for number in range(count):
        start = bars[number * (len(bars) - 1) // max(1, count - 1)].start
        tick = _tick(start, timeline.seconds, span, words)
        # Of two on one day, the second says the hour.
        yield tick if tick != before or timeline.seconds >= _DAY else words.clock(start)
        before = tick


def _tick(start: dt.datetime, seconds: int, span: float, words: Localizer) -> str:
    """When a bar begins, as exactly as it has to be told from others in a chart that is so many seconds long."""
    if seconds >= 364 * _DAY:
        return str(start.year)
    if span > 300 * _DAY:
        return words.date_short(start.date())
    if span > _DAY / 2:
        return words.day_of_year(start.date())
    return words.clock(start) if seconds >= 60 or span > 600 else words.date_time(start)

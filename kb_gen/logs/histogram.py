"""How entries are spread over time, of which nobody knows beforehand how long it is."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from kb_gen.logs.times import shown_in
from kb_gen.model import EventSeverity

__all__ = ["Bar", "Histogram", "Timeline", "Weight"]

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock's
_DAY = 86_400
_WIDTHS = (1, 10, 60, 600, 3600, 6 * 3600, _DAY, 7 * _DAY, 28 * _DAY, 364 * _DAY, 3640 * _DAY, 36400 * _DAY)
"""Seconds of a span that is counted; each is a multiple of the one before, so that counts can be joined."""

_SHOWN = (
    *(1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 6 * 3600, 12 * 3600),
    *(_DAY, 7 * _DAY, 28 * _DAY, 84 * _DAY, 364 * _DAY, 3640 * _DAY, 36400 * _DAY),
)
"""Seconds of a bar that is shown."""

_MOST_SPANS = 1200
_MOST_BARS = 72

Weight = tuple[int, int, int]
"""How many entries are errors or worse, how many are warnings, and how many are others."""

_PLACES = {
    EventSeverity.CRITICAL: 0,
    EventSeverity.ERROR: 0,
    EventSeverity.FAILURE_AUDIT: 1,
    EventSeverity.WARNING: 1,
}


class Bar(Struct, frozen=True):
    """A stretch of time.

    Attributes:
        start: when it begins, on a clock of the zone in which times are shown.
        weight: how many entries it has.
    """

    start: dt.datetime
    weight: Weight


class Timeline(Struct, frozen=True):
    """Entries over time.

    Attributes:
        seconds: how long a bar's stretch is.
        bars: all stretches from the first that has entries to the last, at most 72.
    """

    seconds: int
    bars: tuple[Bar, ...]


class Histogram:
    """Counts entries in stretches that become longer where there are too many of them."""

    def __init__(self, zone: dt.tzinfo) -> None:
        """An empty histogram.

        Args:
            zone: the zone in whose time days and hours begin.
        """
        self._zone = zone
        self._width = 0
        self._spans: dict[int, list[int]] = {}
        self._last: tuple[dt.datetime | None, int] = None, 0

    def add(self, time: dt.datetime, level: EventSeverity | None) -> None:
        """One more entry."""
        seconds = self._minute(time) + time.second
        own = self._spans.setdefault(seconds // _WIDTHS[self._width], [0, 0, 0])
        own[_PLACES.get(level, 2) if level else 2] += 1
        while len(self._spans) > _MOST_SPANS and self._width < len(_WIDTHS) - 1:
            self._widen()

    def _minute(self, time: dt.datetime) -> int:
        """Seconds from 1970 to the minute that a clock of the zone shows.

        Zones change their clocks on a minute, and of most entries the one before is of the same.
        """
        minute = time.replace(second=0, microsecond=0)
        last, seconds = self._last
        if last is None or minute.tzinfo is not last.tzinfo or minute.fold != last.fold or minute != last:
            seconds = int((_wall(minute, self._zone) - _EPOCH).total_seconds())
            self._last = minute, seconds
        return seconds

    def _widen(self) -> None:
        factor = _WIDTHS[self._width + 1] // _WIDTHS[self._width]
        self._width += 1
        joined: dict[int, list[int]] = {}
        for span, weight in self._spans.items():
            own = joined.setdefault(span // factor, [0, 0, 0])
            for place, count in enumerate(weight):
                own[place] += count
        self._spans = joined

    def timeline(self) -> Timeline:
        """What was counted, in bars that a reader can tell apart."""
        if not self._spans:
            return Timeline(1, ())
        width = _WIDTHS[self._width]
        first, last = min(self._spans) * width, max(self._spans) * width
        seconds = next(
            (
                each
                for each in _SHOWN
                if each >= width and each % width == 0 and last // each - first // each < _MOST_BARS
            ),
            _SHOWN[-1],
        )
        bars: dict[int, list[int]] = {number: [0, 0, 0] for number in range(first // seconds, last // seconds + 1)}
        for span, weight in self._spans.items():
            own = bars[span * width // seconds]
            for place, count in enumerate(weight):
                own[place] += count
        return Timeline(
            seconds,
            tuple([Bar(_moment(number * seconds), _weight(own)) for number, own in bars.items()]),
        )


def _moment(seconds: int) -> dt.datetime:
    """A moment by its distance from 1970, or the edge of the calendar that it is beyond."""
    try:
        return _EPOCH + dt.timedelta(seconds=seconds)
    except OverflowError:
        return dt.datetime.min if seconds < 0 else dt.datetime.max  # noqa: DTZ901 - a wall clock's


def _weight(counts: list[int]) -> Weight:
    return counts[0], counts[1], counts[2]


def _wall(time: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """What a clock in a zone shows; of a time at the edge of the calendar, what it shows somewhere else."""
    return shown_in(zone, time).replace(tzinfo=None)

"""Counts entries by what they are, in an amount of memory that doesn't depend on how many there are."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.logs.entries import Assumed, Entry
from kb_gen.logs.fields import FieldNumbers
from kb_gen.logs.histogram import Histogram
from kb_gen.logs.patterns import LineGroups, LinePattern
from kb_gen.logs.summary import Article, EntryCounts, EventCount, ParameterValues, Summary, UnknownCount
from kb_gen.logs.times import shown_in
from kb_gen.logs.top_values import TopValues, ValueCount
from kb_gen.model import EventSeverity

__all__ = ["EventKnower", "KnownEntry", "Tally"]

_MOST_UNKNOWN = 3_000
"""Groups of unknown entries, of each of the two kinds."""

_MOST_PARAMETERS = 12
_MOST_COUNTERS = 8_000
"""Parameters whose values are counted, in all groups together: some 60 MB if all their values are long."""

_VALUES = 3
_HOSTS = 3
_MOST_OTHERS = 5
_REFERENCE = re.compile(r"%%([0-9]{1,10})")
_RANKS = {
    EventSeverity.CRITICAL: 0,
    EventSeverity.ERROR: 1,
    EventSeverity.FAILURE_AUDIT: 2,
    EventSeverity.WARNING: 3,
    None: 4,
    EventSeverity.INFORMATION: 5,
    EventSeverity.SUCCESS_AUDIT: 6,
    EventSeverity.VERBOSE: 7,
}


class KnownEntry(Struct, frozen=True):
    """An entry that is one of a known event.

    Attributes:
        key: the event's.
        values: what its insertion strings hold, by their numbers.
        others: the keys of events that it may be as well.
    """

    key: str
    values: Sequence[tuple[int, str]] = ()
    others: Sequence[str] = ()


class EventKnower(Protocol):
    """Whoever knows the events."""

    def find(self, entry: Entry) -> KnownEntry | None:
        """The event of an entry; None if it is none that is known."""
        ...

    def article(self, key: str) -> Article:
        """What is told of an event."""
        ...

    def meaning(self, sources: Sequence[str], number: str) -> str:
        """What `%%number` stands for in the data of a source; empty if nobody knows."""
        ...


class Tally:
    """Counts entries.

    Attributes:
        entries: how many were counted so far.
    """

    def __init__(self, knower: EventKnower, zone: dt.tzinfo) -> None:
        """Nothing counted yet.

        Args:
            knower: tells which event an entry is.
            zone: the zone in whose time days begin, and times are told.
        """
        self.entries = 0
        self._knower = knower
        self._budget = _Budget(_MOST_COUNTERS)
        self._known: dict[str, _Count] = {}
        self._others: dict[str, dict[str, None]] = {}
        self._named: dict[tuple[str, str], _Count] = {}
        self._fields: dict[tuple[str, str], FieldNumbers] = {}
        self._lines = LineGroups(_MOST_UNKNOWN)
        self._patterns: dict[LinePattern, _Count] = {}
        self._zone = zone
        self._histogram = Histogram(zone)
        self._assumed: set[Assumed] = set()
        self._ungrouped = 0
        self._timeless = 0

    def add(self, entry: Entry) -> None:
        """One more entry."""
        self.entries += 1
        found = self._knower.find(entry)
        if entry.time is None:
            self._timeless += 1
        else:
            # Where the log doesn't say how severe it is, whoever knows the event does.
            level = entry.level or (self._knower.article(found.key).severity if found else None)
            self._histogram.add(entry.time, level)
            self._assumed.add(entry.assumed)
        if found is not None:
            self._count_known(entry, found)
        elif not entry.text:
            self._count_named(entry)
        else:
            pattern = self._lines.group(entry.source, entry.message)
            if pattern is None:
                self._ungrouped += 1
                return
            count = self._patterns.get(pattern)
            if count is None:
                count = self._patterns[pattern] = _Count(self._budget)
            count.add(entry, ())

    def _count_known(self, entry: Entry, found: KnownEntry) -> None:
        count = self._known.get(found.key)
        if count is None:
            count = self._known[found.key] = _Count(self._budget)
        count.add(entry, found.values)
        if found.others:
            others = self._others.setdefault(found.key, {})
            others.update(dict.fromkeys(found.others[: max(0, _MOST_OTHERS - len(others))]))

    def _count_named(self, entry: Entry) -> None:
        key = (entry.source, entry.id)
        count = self._named.get(key)
        if count is None:
            if len(self._named) >= _MOST_UNKNOWN:
                self._ungrouped += 1
                return
            count = self._named[key] = _Count(self._budget)
            self._fields[key] = FieldNumbers({}, {})
        count.hear(entry.message)
        count.add(entry, self._fields[key].numbered(entry.values))

    def most_frequent(self, most: int) -> list[tuple[Article, int]]:
        """The known events that were counted most often so far, the severest first, for somebody who waits."""
        articles = [(self._knower.article(key), count.count) for key, count in self._known.items()]
        return sorted(articles, key=lambda each: (_RANKS[each[0].severity], -each[1]))[:most]

    def summary(self, logs: Sequence[str], findings: Iterable[Diagnostic], left_out: int = 0) -> Summary:
        """What it comes to.

        Args:
            logs: the names of the logs that were read.
            findings: what couldn't be read of them.
            left_out: how many entries weren't counted because of their times.
        """
        counts = [*self._known.values(), *self._named.values(), *self._patterns.values()]
        return Summary(
            tuple(logs),
            self.entries,
            tuple(sorted(self._known_events(), key=lambda event: _order(event.counts, event.article.source))),
            tuple(sorted(self._unknown(), key=lambda group: _order(group.counts, group.source))),
            self._ungrouped,
            self._timeless,
            left_out,
            self._in_zone(min((count.first for count in counts if count.first), default=None)),
            self._in_zone(max((count.last for count in counts if count.last), default=None)),
            self._histogram.timeline(),
            bool(self._assumed - {Assumed.NOTHING}),
            Assumed.YEAR in self._assumed,
            tuple(findings),
        )

    def _known_events(self) -> Iterator[EventCount]:
        for key, count in self._known.items():
            article = self._knower.article(key)
            others = tuple([self._knower.article(other) for other in self._others.get(key, {})])
            yield EventCount(article, self._counts(count, article.severity, article.names), others)

    def _unknown(self) -> Iterator[UnknownCount]:
        for (source, event_id), count in self._named.items():
            yield UnknownCount(
                source, event_id, count.text, self._counts(count, None, self._fields[source, event_id].names)
            )
        for pattern, count in self._patterns.items():
            yield UnknownCount(pattern.source, "", pattern.text, self._counts(count, None, {}))

    def _counts(self, count: _Count, severity: EventSeverity | None, names: Mapping[int, str]) -> EntryCounts:
        parameters = [
            ParameterValues(
                number,
                names.get(number) or count.names.get(number, ""),
                tuple([self._meant(value, count.sources) for value in values.most_frequent(_VALUES)]),
                values.total,
            )
            for number, values in sorted(count.values.items())
            if not values.is_silent
        ]
        return EntryCounts(
            count.count,
            self._in_zone(count.first),
            self._in_zone(count.last),
            severity or count.severity,
            count.hosts.most_frequent(_HOSTS),
            tuple(parameters),
        )

    def _in_zone(self, time: dt.datetime | None) -> dt.datetime | None:
        """A time in the zone in which all times are shown, whatever the log has written it in."""
        return time and shown_in(self._zone, time)

    def _meant(self, value: ValueCount, sources: Sequence[str]) -> ValueCount:
        """A value with what it refers to, where it is made of references only: they are neither text nor templates."""
        references = _REFERENCE.findall(value.text)
        if not references or _REFERENCE.sub("", value.text).strip():
            return value
        meanings = [self._knower.meaning(sources, number) for number in references]
        return ValueCount(value.text, value.count, value.is_exact, ", ".join(filter(None, meanings)))


def _order(counts: EntryCounts, source: str) -> tuple[int, int, str]:
    return _RANKS[counts.severity], -counts.count, source


class _Budget:
    """How many more parameters may have their values counted."""

    def __init__(self, left: int) -> None:
        self._left = left

    def take(self) -> bool:
        """Whether there is room for one more."""
        self._left -= 1
        return self._left >= 0


class _Count:
    """Entries that are the same."""

    __slots__ = ("_budget", "_levels", "_pattern", "count", "first", "hosts", "last", "names", "sources", "values")

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget
        self._levels: Counter[EventSeverity] = Counter()
        self.count = 0
        self.first: dt.datetime | None = None
        self.last: dt.datetime | None = None
        self.hosts = TopValues()
        self.values: dict[int, TopValues] = {}
        self.names: dict[int, str] = {}
        self.sources: tuple[str, ...] = ()
        self._pattern: LinePattern | None = None

    def hear(self, message: str) -> None:
        """The message of one more entry; it may be empty."""
        if self._pattern is not None:
            self._pattern.hear(message)
        elif message:
            self._pattern = LinePattern("", message)

    @property
    def text(self) -> str:
        """What the messages have in common."""
        return self._pattern.text if self._pattern else ""

    def add(self, entry: Entry, values: Sequence[tuple[int, str]]) -> None:
        """One more entry."""
        if not self.count:
            self.sources = tuple(filter(None, (entry.source, entry.other)))
            self.names = {number: value.name for number, value in enumerate(entry.values, 1) if value.name}
        self.count += 1
        time = entry.time
        if time is not None:
            if self.first is None or time < self.first:
                self.first = time
            if self.last is None or time > self.last:
                self.last = time
        if entry.level is not None:
            self._levels[entry.level] += 1
        if entry.host:
            self.hosts.add(entry.host)
        for number, value in values[:_MOST_PARAMETERS]:
            counted = self.values.get(number)
            if counted is None:
                if not self._budget.take():
                    return
                counted = self.values[number] = TopValues()
            counted.add(value)

    @property
    def severity(self) -> EventSeverity | None:
        """What most of the entries say."""
        return self._levels.most_common(1)[0][0] if self._levels else None

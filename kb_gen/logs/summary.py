"""What logs come to: which events occur how often, which entries nobody knows, and what couldn't be read."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.logs.histogram import Timeline
from kb_gen.logs.top_values import ValueCount
from kb_gen.model import EventSeverity

__all__ = ["Article", "EntryCounts", "EventCount", "ParameterValues", "Summary", "UnknownCount"]


class Article(Struct, frozen=True):
    """What is told of an event that is known.

    Attributes:
        source: its source.
        id: its ID.
        symbol: its symbolic name; may be empty.
        product: the product's name.
        version: the product version; may be empty.
        severity: the level under which it is logged; None where nobody has written it down.
        summary: the event in a sentence; may be empty.
        address: where its article is in the site's folder.
        url: where its article is on the web, where the project says so; else the address.
        names: what its insertion strings are called.
    """

    source: str
    id: str
    symbol: str
    product: str
    version: str
    severity: EventSeverity | None
    summary: str
    address: str
    url: str
    names: dict[int, str] = {}


class ParameterValues(Struct, frozen=True):
    """The values of one insertion string, or one field of an event's data.

    Attributes:
        number: its number, from 1.
        name: what it is called; may be empty.
        values: those that occur most often.
        total: how many there were altogether.
    """

    number: int
    name: str
    values: tuple[ValueCount, ...]
    total: int


class EntryCounts(Struct, frozen=True):
    """How often and when something occurs.

    Attributes:
        count: how often.
        first: the earliest time; None where no entry has one.
        last: the latest time.
        severity: how severe it is: as its article says, else as most of its entries do.
        hosts: the machines that most entries are from.
        parameters: what it occurs with.
    """

    count: int
    first: dt.datetime | None
    last: dt.datetime | None
    severity: EventSeverity | None
    hosts: tuple[ValueCount, ...]
    parameters: tuple[ParameterValues, ...]


class EventCount(Struct, frozen=True):
    """An event that occurs.

    Attributes:
        article: the event.
        counts: how often and when.
        others: events that some of the entries may be as well.
    """

    article: Article
    counts: EntryCounts
    others: tuple[Article, ...] = ()


class UnknownCount(Struct, frozen=True):
    """Entries that nobody knows, and that have something in common.

    Attributes:
        source: what wrote them; may be empty.
        id: the event ID that all have; empty for lines of text.
        text: what their lines have in common, with `…` for the rest; of events with an ID, the first message.
        counts: how often and when.
    """

    source: str
    id: str
    text: str
    counts: EntryCounts


class Summary(Struct, frozen=True):
    """What logs come to.

    Attributes:
        logs: the names of the logs that were read.
        entries: how many entries were counted.
        known: the events that occur, the severest first, then the most frequent.
        unknown: groups of entries that nobody knows, in the same order.
        ungrouped: how many entries are in none of these, because there are too many groups.
        timeless: how many of the entries have no time.
        left_out: how many entries weren't counted because of their times.
        first: the earliest time.
        last: the latest time.
        timeline: how entries are spread over time.
        zone_assumed: whether some times were taken for times of the reader's zone.
        year_assumed: whether some times had no year.
        findings: what couldn't be read, and what was odd.
    """

    logs: tuple[str, ...]
    entries: int
    known: tuple[EventCount, ...]
    unknown: tuple[UnknownCount, ...]
    ungrouped: int
    timeless: int
    left_out: int
    first: dt.datetime | None
    last: dt.datetime | None
    timeline: Timeline
    zone_assumed: bool
    year_assumed: bool
    findings: tuple[Diagnostic, ...]

    @property
    def known_entries(self) -> int:
        """How many entries are of known events."""
        return sum([event.counts.count for event in self.known])

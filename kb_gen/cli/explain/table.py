"""The answer for people: tables of the events that occur, and of what nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb_gen.cli.known_events import on_one_line
from kb_gen.logs import Article, EntryCounts, ParameterValues, Summary, UnknownCount
from kb_gen.logs.times import shown_in, zone_name
from kb_gen.model import EventSeverity

__all__ = ["event_name", "show_summary"]

_WIDE = 160
"""Characters of a line where nobody's window says how many there are."""

_MOST_VALUES = 4
_LONGEST_VALUE = 40
"""Characters of a value that stands for a message which nobody has."""

_COLOURS = {
    EventSeverity.CRITICAL: "bold red",
    EventSeverity.ERROR: "red",
    EventSeverity.FAILURE_AUDIT: "magenta",
    EventSeverity.WARNING: "yellow",
}

SeverityWord = Callable[[EventSeverity | None], str]
"""What a severity is called in the reader's language."""


def event_name(article: Article) -> str:
    """Source and ID of an event, on one line that no terminal takes for orders."""
    return on_one_line(f"{article.source} {article.id}")


def show_summary(summary: Summary, word: SeverityWord, zone: dt.tzinfo, limit: int) -> None:
    """Print what logs come to.

    Args:
        summary: what they come to.
        word: what severities are called.
        zone: the time zone in which times are shown.
        limit: how many rows a table has at most.
    """
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=_WIDE)
    if summary.known:
        console.print(_known(summary, word, zone, limit))
        _tell_rest(len(summary.known), limit, "events")
    if summary.unknown:
        click.echo(("\n" if summary.known else "") + "Not in the knowledge base")
        console.print(_unknown(summary.unknown[:limit], word, zone))
        _tell_rest(len(summary.unknown), limit, "groups")
    if summary.known or summary.unknown:
        click.echo()
    for line in _closing(summary, zone):
        click.echo(line)


def _title(article: Article) -> str:
    """What an event is: in a sentence, or by its symbol as long as nobody has written that sentence."""
    return article.summary or article.symbol


def _tell_rest(count: int, limit: int, what: str) -> None:
    if count > limit:
        click.echo(f"{count - limit:,} more {what}; --limit {count} shows them.")


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("count", justify="right", no_wrap=True)
    for heading in headings[:-1]:
        table.add_column(heading, no_wrap=heading != "event", overflow="fold")
    table.add_column(headings[-1], overflow="fold", ratio=1)
    return table


def _known(summary: Summary, word: SeverityWord, zone: dt.tzinfo, limit: int) -> Table:
    table = _table("severity", "event", "first", "last", "what it is")
    for event in summary.known[:limit]:
        article, counts = event.article, event.counts
        told = Text("\n").join([Text(on_one_line(text)) for text in (_title(article), article.url) if text])
        if event.others:
            told.append(f"\nor {', '.join([event_name(other) for other in event.others])}", "dim")
        table.add_row(
            f"{counts.count:,}", _severity(counts, word), Text(event_name(article), "bold"), *_times(counts, zone), told
        )
    return table


def _unknown(groups: Sequence[UnknownCount], word: SeverityWord, zone: dt.tzinfo) -> Table:
    table = _table("severity", "event", "first", "last", "text")
    for group in groups:
        counts = group.counts
        # Of a damaged record, the source may be gone.
        source = group.source or ("–" if group.id else "")
        name = on_one_line(f"{source} {group.id}".strip())
        told = on_one_line(group.text) or _values(counts.parameters)
        table.add_row(f"{counts.count:,}", _severity(counts, word), name, *_times(counts, zone), told)
    return table


def _values(parameters: Sequence[ParameterValues]) -> str:
    """The data of events that say nothing else, of each value the most frequent one, and whether there are others."""
    told = []
    for parameter in parameters[:_MOST_VALUES]:
        values = [_shortened(on_one_line(value.text)) for value in parameter.values[:1]]
        differs = not values or parameter.values[0].count < parameter.total
        name = f"{_shortened(on_one_line(parameter.name))}: " if parameter.name else ""
        told.append(name + ", ".join([*values, "…"] if differs else values))
    return "; ".join([*told, "…"] if len(parameters) > _MOST_VALUES else told)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1].rstrip()}…"


def _severity(counts: EntryCounts, word: SeverityWord) -> Text:
    return Text(word(counts.severity), _COLOURS.get(counts.severity, "") if counts.severity else "")


def _times(counts: EntryCounts, zone: dt.tzinfo) -> Iterator[str]:
    for time in (counts.first, counts.last):
        yield shown_time(time, zone) if time else ""


def shown_time(time: dt.datetime, zone: dt.tzinfo) -> str:
    """A time for a table, to the second."""
    return shown_in(zone, time).strftime("%Y-%m-%d %H:%M:%S")


def _closing(summary: Summary, zone: dt.tzinfo) -> Iterator[str]:
    """What is said below the tables."""
    logs = "1 log" if len(summary.logs) == 1 else f"{len(summary.logs):,} logs"
    span = ""
    if summary.first and summary.last:
        span = (
            f", {shown_time(summary.first, zone)} to {shown_time(summary.last, zone)} {zone_name(summary.last, zone)}"
        )
    entries = "1 entry" if summary.entries == 1 else f"{summary.entries:,} entries"
    unknown = summary.entries - summary.known_entries
    yield f"{entries} in {logs}{span}: {summary.known_entries:,} of known events, {unknown:,} of others."
    if summary.ungrouped:
        yield f"{summary.ungrouped:,} of these are in no group: there are too many different ones."
    if summary.left_out:
        yield f"{summary.left_out:,} more are outside the time that was asked for, or have no time."
    if summary.zone_assumed:
        year = " Years that the log leaves out are the latest possible." if summary.year_assumed else ""
        yield f"Times without a zone were taken for times of the zone in which all are shown (--time-zone).{year}"

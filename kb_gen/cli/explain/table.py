"""The answer for people: a table of the events that occur, and of what nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import click
from rich.console import Console
from rich.text import Text

from kb_gen.cli.explain.rows import Row, as_list, as_table, has_room
from kb_gen.cli.known_events import on_one_line
from kb_gen.logs import Article, EntryCounts, EventCount, ParameterValues, Summary, UnknownCount
from kb_gen.logs.times import shown_in, zone_name
from kb_gen.model import EventSeverity

__all__ = ["event_name", "show_summary"]

_HEADINGS = ("count", "severity", "event", "first", "last")
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
    known = [_known(event, word, zone) for event in summary.known[:limit]]
    unknown = [_unknown(group, word, zone) for group in summary.unknown[:limit]]
    # Both in one form, as they are read together.
    is_table = not console.is_terminal or all(has_room(rows, console.width) for rows in (known, unknown))
    for rows, heading in ((known, "what it is"), (unknown, "text")):
        if not rows:
            continue
        if rows is unknown:
            click.echo(("\n" if known else "") + "Not in the knowledge base")
        for line in as_table(rows, [*_HEADINGS, heading], console) if is_table else as_list(rows, console):
            # No line is broken or cut here: those that may be are short enough.
            console.print(line, soft_wrap=True)
        if rows is known:
            _tell_rest(len(summary.known), limit, "events")
        else:
            _tell_rest(len(summary.unknown), limit, "groups")
    if known or unknown:
        click.echo()
    for closing in _closing(summary, zone):
        click.echo(closing)


def _title(article: Article) -> str:
    """What an event is: in a sentence, or by its symbol as long as nobody has written that sentence."""
    return article.summary or article.symbol


def _tell_rest(count: int, limit: int, what: str) -> None:
    if count > limit:
        click.echo(f"{count - limit:,} more {what}; --limit {count} shows them.")


def _known(event: EventCount, word: SeverityWord, zone: dt.tzinfo) -> Row:
    article, counts = event.article, event.counts
    texts = [Text(on_one_line(_title(article)))] if _title(article) else []
    if event.others:
        texts.append(Text(f"or {', '.join([event_name(other) for other in event.others])}", "dim"))
    return Row(
        f"{counts.count:,}",
        _severity(counts, word),
        Text(event_name(article), "bold"),
        *_times(counts, zone),
        texts,
        on_one_line(article.url),
    )


def _unknown(group: UnknownCount, word: SeverityWord, zone: dt.tzinfo) -> Row:
    counts = group.counts
    # Of a damaged record, the source may be gone.
    source = group.source or ("–" if group.id else "")
    name = on_one_line(f"{source} {group.id}".strip())
    told = on_one_line(group.text) or _values(counts.parameters)
    return Row(
        f"{counts.count:,}", _severity(counts, word), Text(name), *_times(counts, zone), [Text(told)] if told else []
    )


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


def _times(counts: EntryCounts, zone: dt.tzinfo) -> tuple[str, str]:
    first, last = [shown_time(time, zone) if time else "" for time in (counts.first, counts.last)]
    return first, last


def shown_time(time: dt.datetime, zone: dt.tzinfo) -> str:
    """A time for a table, to the second."""
    return shown_in(zone, time).strftime("%Y-%m-%d %H:%M:%S")


def _closing(summary: Summary, zone: dt.tzinfo) -> Iterator[str]:
    """What is said below the tables."""
    logs = "1 log" if len(summary.logs) == 1 else f"{len(summary.logs):,} logs"
    span = ""
    if summary.first and summary.last:
        before, behind = zone_name(summary.first, zone), zone_name(summary.last, zone)
        # In between, clocks may have been put forward or back.
        first = shown_time(summary.first, zone) + (f" {before}" if before != behind else "")
        span = f", {first} to {shown_time(summary.last, zone)} {behind}"
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

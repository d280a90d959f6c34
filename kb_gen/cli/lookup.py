"""`kb-gen lookup`: which event a line of a log, a code or a name is about."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kb_gen.cli.known_events import (
    article_file,
    article_url,
    chosen_locale,
    known_events,
    on_one_line,
    page_file,
    page_url,
)
from kb_gen.cli.project import config_option, project_settings
from kb_gen.messages.recognition import LONGEST_TEXT
from kb_gen.site.answers.codes import SEVERITIES, CodeNote
from kb_gen.site.answers.details import EventDetails, LocaleEvents
from kb_gen.site.answers.known import KnownEvent, KnownEvents, name_key, source_page
from kb_gen.site.answers.questions import Answer, Hit, answer
from kb_gen.site.settings import Settings

__all__ = ["command"]

_NEGATIVE = re.compile(r"-[0-9]+")
_STANDARD_INPUT = "-"
_MOST_BYTES = 4 * LONGEST_TEXT


class _Lookup(click.Command):
    """A command whose arguments may be negative numbers, which Windows makes of many event IDs."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it; a blank keeps a number from being taken for an option."""
        return super().parse_args(ctx, [f" {each}" if _NEGATIVE.fullmatch(each) else each for each in args])


@click.command("lookup", cls=_Lookup)
@click.argument("text", nargs=-1)
@config_option
@click.option("--locale", "-l", metavar="TAG", help="The language of the answer; the project's first by default.")
@click.option(
    "--limit", "-n", type=click.IntRange(1), default=10, show_default=True, help="Show so many events at most."
)
@click.option(
    "--format", "form", type=click.Choice(["full", "json"]), default="full", show_default=True, help="How to answer."
)
def command(text: tuple[str, ...], config_file: Path, locale: str | None, limit: int, form: str) -> int:
    """Find the event that TEXT is about.

    TEXT is a line of a log or several, with whatever stands around the message, an event ID, a source with an ID, a
    symbolic name, a hexadecimal code, or an event as XML or JSON. Without TEXT, or for `-`, standard input is read.

    \b
    Example:
      kb-gen lookup "Volume C: has only 5 MB of free space left."
      kb-gen lookup 1024 MSExchangeTransport
      kb-gen lookup 0x80040400 --locale de
      journalctl -n 1 | kb-gen lookup --format json

    Exit codes: 0 found, 1 nothing found, 2 wrong usage or environment.
    """
    question = _question(text)
    settings = project_settings(config_file)
    tag = chosen_locale(locale, settings)
    known, shown = known_events(settings, tag)
    found = answer(known, question)
    lines = _json(found, known, shown, settings, tag) if form == "json" else _full(found, known, shown, settings, limit)
    for line in lines:
        click.echo(line)
    return 0 if found.hits or found.sources else 1


def _question(text: tuple[str, ...]) -> str:
    if text and text != (_STANDARD_INPUT,):
        return " ".join(word.strip() if _NEGATIVE.fullmatch(word.strip()) else word for word in text)
    if sys.stdin is None or (not text and sys.stdin.isatty()):
        raise click.UsageError("say what to look up: a line of a log, an ID, a name; or pipe it into this command")
    # Late: this loads all that reads logs.
    from kb_gen.logs import decoded_text  # noqa: PLC0415

    return decoded_text(sys.stdin.buffer.read(_MOST_BYTES))


def _full(found: Answer, known: KnownEvents, shown: LocaleEvents, settings: Settings, limit: int) -> Iterator[str]:
    """The answer for a reader."""
    for note in found.notes:
        yield _note(note)
    if found.notes:
        yield ""
    if not found.hits and not found.sources:
        yield "No event was found for this."
    for source in found.sources:
        events = known.sources[name_key(source)]
        yield f"{on_one_line(source)} is an event source with {len(events)} event{'' if len(events) == 1 else 's'}."
        yield f"  {page_url(source_page(events), shown.path, settings)}"
    details = _details(known, shown)
    for number, hit in enumerate(found.hits[:limit]):
        if number:
            yield ""
        yield from _event(hit, details[hit.event.address], shown.path, settings)
    if len(found.hits) > limit:
        yield ""
        yield f"{len(found.hits) - limit} more fit; --limit {len(found.hits)} shows them."


def _details(known: KnownEvents, shown: LocaleEvents) -> dict[str, EventDetails]:
    return {event.address: details for event, details in zip(known.events, shown.details, strict=True)}


def _note(note: CodeNote) -> str:
    if note.severity is None:
        return f"{note.code} is event ID {note.id}."
    code = note.code if note.code.lower() == note.hex else f"{note.code} ({note.hex})"
    return f"{code} is event ID {note.id} with severity {SEVERITIES[note.severity]} and facility {note.facility}."


def _event(hit: Hit, details: EventDetails, path: str, settings: Settings) -> Iterator[str]:
    event = hit.event
    head = [click.style(f"{on_one_line(event.source)} {on_one_line(event.id)}", bold=True)]
    head += [
        on_one_line(part) for part in (details.severity[1], event.symbol, details.product, details.version) if part
    ]
    yield "  ".join(head)
    if details.summary:
        yield f"  {on_one_line(details.summary)}"
    yield f"  {article_url(event, path, settings)}"
    labels = [on_one_line(f"%{value.number} {details.names.get(value.number, '')}".rstrip()) for value in hit.values]
    width = max(map(len, labels), default=0)
    for label, value in zip(labels, hit.values, strict=True):
        first, *others = f"{value.text}{' …' if value.cut else ''}".split("\n")
        yield f"    {label:<{width}}  {on_one_line(first)}".rstrip()
        for line in others:
            yield f"    {'':<{width}}  {on_one_line(line)}".rstrip()


def _json(found: Answer, known: KnownEvents, shown: LocaleEvents, settings: Settings, tag: str) -> Iterator[str]:
    """The answer for programs: all of it, with keys that stay."""
    details = _details(known, shown)
    result = {
        "locale": tag,
        "events": [_hit(hit, details[hit.event.address], shown.path, settings) for hit in found.hits],
        "sources": [_source(source, known.sources[name_key(source)], shown.path, settings) for source in found.sources],
        "codes": [
            {
                "code": note.code,
                "id": note.id,
                "hexadecimal": note.hex or None,
                "severity": None if note.severity is None else SEVERITIES[note.severity].lower(),
                "facility": note.facility,
            }
            for note in found.notes
        ],
    }
    # ASCII only: no terminal that shows this obeys anything in it.
    yield json.dumps(result, indent=2)


def _source(name: str, events: Sequence[KnownEvent], path: str, settings: Settings) -> dict[str, object]:
    address = source_page(events)
    return {
        "source": name,
        "event_count": len(events),
        "address": page_file(address, path),
        "url": page_url(address, path, settings),
    }


def _hit(hit: Hit, details: EventDetails, path: str, settings: Settings) -> dict[str, object]:
    event = hit.event
    return {
        "source": event.source,
        "id": event.id,
        "symbolic_name": event.symbol,
        "product": details.product,
        "version": details.version,
        "severity": details.severity[0] or None,
        "summary": details.summary,
        "address": article_file(event, path),
        "url": article_url(event, path, settings),
        "found_by": hit.kind,
        "score": hit.score,
        "values": [
            {
                "number": value.number,
                "name": details.names.get(value.number, ""),
                "value": value.text,
                "cut": value.cut,
            }
            for value in hit.values
        ],
    }

"""`kb-gen drift`: what a product's message file and the knowledge base say differently."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click
import msgspec

from kb_gen.cli.i18n.project import chosen_locales, errors_among, loading_errors
from kb_gen.cli.importing import FileOptions, file_options, product_of, read_files, texts_of
from kb_gen.cli.output import BuildProgress, counted, show_findings
from kb_gen.cli.project import project_settings
from kb_gen.diagnostics import FORMATS as FINDING_FORMATS
from kb_gen.diagnostics import visible
from kb_gen.importers import (
    FORMATS,
    Drift,
    DriftedEvent,
    ImportedEvent,
    Moves,
    WaitingTranslations,
    drift,
    told_difference,
)
from kb_gen.load import load_project
from kb_gen.locales import load_catalogs
from kb_gen.model import Entry

__all__ = ["command"]


@click.command("drift")
@file_options(*FORMATS)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(options: FileOptions, form: str) -> int:
    """Compare a product's new message file with the knowledge base; nothing is written.

    Told are events without a record, records whose event is gone or has another ID, and events whose symbol, severity,
    category, message, translation, insertion strings' names or other texts, as far as the file has them, are others.
    Where a message has changed, it is said which insertion strings have moved, because texts, commands and translations
    name them by their numbers.

    \b
    Example:
      kb-gen drift errmsg errmsg-utf8.txt --into content/mariadb
      kb-gen drift mc events.mc --into content/agent --format json

    Exit codes: 0 both say the same, 1 something differs or can't be read, or there are no events, 2 wrong usage.
    """
    settings = project_settings(options.config_file)
    loaded = load_project(settings.root, settings.content)
    kb = loaded.knowledge_base
    product = product_of(options, settings, kb)
    texts = texts_of(options.files, options.encoding, loaded)
    with BuildProgress() as progress:
        progress.stage("Reading", 0)
        imported = read_files(options, product, kb)
        progress.stage("Comparing", 0)
        locales = chosen_locales(settings, ())
        catalogs, unreadable = load_catalogs(settings.root, locales, settings.translations)
        waiting = WaitingTranslations(settings.root, settings.translations)
        found = drift(kb, imported, catalogs, waiting, product, locales, options.version)
    # Of what a file is written like, importing it tells all; here it counts only that something is missing.
    findings = errors_among([*imported.diagnostics, *loading_errors(loaded), *unreadable])
    if form == "json":
        told = json.loads("\n".join(FINDING_FORMATS["json"](findings, texts)))
        click.echo(json.dumps({**_data(found), "findings": told}, indent=1))
    else:
        for line in _lines(found) if imported.events else ["The file has no events to compare."]:
            click.echo(visible(line))
        show_findings(findings, texts, "full")
    return 0 if imported.events and not found and not findings else 1


def _lines(found: Drift) -> Iterator[str]:
    yield from (f"new        {_named(event)}  {_short(event.record.message)}" for event in found.new)
    yield from (f"retired    {_titled(entry)}  {entry.path}" for entry in found.retired)
    for entry, event in found.renumbered:
        yield f"renumbered {_titled(entry)} is {event.record.id} now  {entry.path}"
    yield from (f"uncertain  {_named(event)}  several records could be this event" for event in found.uncertain)
    for drifted in found.changed:
        yield f"changed    {_titled(drifted.entry)}  {drifted.entry.path}"
        yield from (f"             {line}" for line in _changes(drifted))
    if found:
        yield (
            f"{counted(found.compared, 'event')} compared: {len(found.new)} new, {len(found.retired)} retired, "
            f"{len(found.changed)} changed"
            + (f", {len(found.renumbered)} renumbered" if found.renumbered else "")
            + (f", {len(found.uncertain)} uncertain" if found.uncertain else "")
        )
    else:
        yield f"{counted(found.compared, 'event')} compared: nothing differs"


def _changes(drifted: DriftedEvent) -> Iterator[str]:
    for field, (ours, theirs) in drifted.facts.items():
        yield f"{field}: {ours or '(none)'} → {theirs}"
    if drifted.message:
        ours, theirs = drifted.message
        yield f"message, record: {ours or '(none)'}"
        yield f"message, file:   {theirs}"
    yield from (f"%{number}: {ours or '(none)'} → {theirs}" for number, (ours, theirs) in drifted.parameters.items())
    yield from _moves(drifted.moves)
    yield from (told_difference(field, ours, theirs) for field, (ours, theirs) in drifted.others.items())
    for locale, (ours, theirs) in drifted.translations.items():
        yield f"{locale}, catalog: {ours or '(none)'}"
        yield f"{locale}, file:    {theirs}"


def _moves(moves: Moves) -> Iterator[str]:
    yield from (f"%{one} is now %{other}" for one, other in moves.moved.items())
    yield from (f"%{number} is gone" for number in moves.gone)
    yield from (f"%{number} is new" for number in moves.new)
    yield from (f"%{number} is shown as {new}, not as {old}" for number, (old, new) in moves.formats.items())


def _named(event: ImportedEvent) -> str:
    record = event.record
    return f"{record.source} {record.id}" + (f" {record.symbolic_name}" if record.symbolic_name else "")


def _titled(entry: Entry) -> str:
    return f"{entry.title} {entry.record.symbolic_name}".rstrip()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def _data(found: Drift) -> dict[str, object]:
    """The same for programs; the keys are stable."""
    return {
        "compared": found.compared,
        "new": [{**_event_data(event), "message": event.record.message} for event in found.new],
        "retired": [_entry_data(entry) for entry in found.retired],
        "renumbered": [{**_entry_data(entry), "now": event.record.id} for entry, event in found.renumbered],
        "uncertain": [_event_data(event) for event in found.uncertain],
        "changed": [_changed_data(drifted) for drifted in found.changed],
    }


def _event_data(event: ImportedEvent) -> dict[str, object]:
    record = event.record
    return {
        "source": record.source,
        "id": record.id,
        "symbol": record.symbolic_name or None,
        "file": event.place.path,
    }


def _entry_data(entry: Entry) -> dict[str, object]:
    record = entry.record
    return {"source": record.source, "id": record.id, "symbol": record.symbolic_name or None, "path": entry.path}


def _changed_data(drifted: DriftedEvent) -> dict[str, object]:
    moves = drifted.moves

    def pair(values: tuple[str, str]) -> dict[str, str]:
        return {"record": values[0], "file": values[1]}

    return {
        **_entry_data(drifted.entry),
        "facts": {field: pair(values) for field, values in drifted.facts.items()},
        "message": pair(drifted.message) if drifted.message else None,
        "moved": {str(one): other for one, other in moves.moved.items()},
        "gone": list(moves.gone),
        "appeared": list(moves.new),
        "formats": {str(number): {"record": old, "file": new} for number, (old, new) in moves.formats.items()},
        "parameters": {str(number): pair(names) for number, names in drifted.parameters.items()},
        "translations": {
            locale: {"catalog": ours, "file": theirs} for locale, (ours, theirs) in drifted.translations.items()
        },
        "others": {
            field: {"record": msgspec.to_builtins(ours), "file": msgspec.to_builtins(theirs)}
            for field, (ours, theirs) in drifted.others.items()
        },
    }

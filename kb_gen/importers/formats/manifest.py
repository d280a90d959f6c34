"""Windows' instrumentation manifests (`.man`).

Microsoft's "Writing an Instrumentation Manifest" (Windows Event Log) describes them, eventman.xsd is their schema. A
provider is an event source, and an event's value its ID. What an event names, its task, its template, the strings of
its message, is looked up in all files that are given together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from kb_gen.diagnostics import Diagnostic, Place, Severity, error, warning
from kb_gen.importers.formats.manifest_events import HIGHEST_ID, EventReader, event_number, log_of, undefined_maps
from kb_gen.importers.formats.manifest_facts import version_of
from kb_gen.importers.formats.manifest_strings import StringTables, string_tables
from kb_gen.importers.formats.manifest_xml import Element, Manifest, Provider, read_manifest
from kb_gen.importers.formats.text_files import read_text_file
from kb_gen.importers.formats.writing_markdown import escaped
from kb_gen.importers.imported import Described, Imported, ImportedEvent, Reading
from kb_gen.importers.sources import odd_source_name
from kb_gen.load import canonical_id
from kb_gen.model import EventSource

__all__ = ["read"]

_WHOLE_NUMBERS = range(0x1000_0000, 0x1_0000_0000)
"""As message compilers number the messages of events (0xB0000001): the lower half is the event's ID."""


def read(paths: Sequence[Path], reading: Reading) -> Imported:
    """The events of manifests that belong together; string tables may have files of their own."""
    manifest = Manifest()
    findings: list[Diagnostic] = []
    for path in paths:
        file, odd = read_text_file(path, reading.encoding)
        findings += odd
        if file is not None:
            findings += read_manifest(file, manifest)
    strings, odd = string_tables(manifest.cultures, reading.locale)
    findings += [*odd, *_unread(manifest)]
    events: list[ImportedEvent] = []
    sources: dict[str, EventSource] = {}
    descriptions: dict[str, Described] = {}
    providers, odd = _chosen(manifest, reading.source)
    findings += odd
    for provider in providers:
        source = reading.source or provider.name
        if odd_name := odd_source_name(source, provider.element.place("name")):
            findings.append(odd_name)
        sources[source] = _source(provider, strings)
        if sources[source].description:
            descriptions[source] = _described(provider, strings)
        reader = EventReader(provider, source, strings, reading, sources[source].log)
        found, odd = _events(reader)
        events += found
        findings += odd
    if not events and not any(finding.severity is Severity.ERROR for finding in findings):
        shown = manifest.providers[0].element.place() if manifest.providers else Place(paths[0].as_posix())
        help_text = "see whether this is the manifest of the provider that logs the events"
        findings.append(warning("manifest-no-events", "no event was found in the manifest", shown, help_text))
    return Imported(tuple(events), (*findings, *_untranslated(events, strings)), sources, descriptions)


def _chosen(manifest: Manifest, source: str) -> tuple[list[Provider], list[Diagnostic]]:
    """The providers to take: all that have a name, or the one that the user named."""
    if not source:
        nameless = [provider for provider in manifest.providers if not provider.name]
        help_text = "give the provider a `name`, or name the source with `--source`"
        words = "the provider has no name, so that nobody knows the source of its events"
        odd = [error("manifest-bad-event", words, provider.element.place(), help_text) for provider in nameless]
        return [provider for provider in manifest.providers if provider.name], odd
    same = [provider for provider in manifest.providers if provider.name.casefold() == source.casefold()]
    filled = [provider for provider in manifest.providers if provider.events]
    if same or len(filled) < 2:
        return same or filled, []
    named = ", ".join(f"`{provider.name}`" for provider in filled)
    words = f"the manifest has several providers, and none is called `{source}`"
    return [], [error("manifest-bad-event", words, filled[0].element.place("name"), f"name one of {named}, or none")]


def _source(provider: Provider, strings: StringTables) -> EventSource:
    told = strings.text(provider.element.get("message"))
    description = "" if told == provider.name else escaped(told)
    return EventSource(description=description, message_language=strings.language, log=log_of(provider))


def _described(provider: Provider, strings: StringTables) -> Described:
    told = strings.texts(provider.element.get("message"))
    texts = {tag: escaped(text.strip()) for tag, text in told.items() if tag != strings.language and text.strip()}
    return Described(provider.element.place("message"), texts)


def _events(reader: EventReader) -> tuple[list[ImportedEvent], list[Diagnostic]]:
    """A provider's events, each number once for each symbol; of an event's versions the highest."""
    findings = list(undefined_maps(reader.provider))
    versions: defaultdict[str, list[Element]] = defaultdict(list)
    for event in reader.provider.events:
        number = event_number(event)
        if number is None:
            findings.append(_no_number(event))
        else:
            versions[number].append(event)
    kept: dict[int, ImportedEvent] = {}
    for same in versions.values():
        highest = max(map(version_of, same))
        older = [event for event in same if version_of(event) != highest]
        taken: dict[str, Element] = {}
        for event in same:
            if version_of(event) != highest:
                continue
            first = taken.setdefault(event.get("symbol"), event)
            if first is not event or len(taken) > 1:
                findings.append(
                    _twice(event, next(iter(taken.values())), "both were" if first is event else "the first was")
                )
        for event in taken.values():
            imported, odd = reader.read(event)
            notes = [
                note for old in sorted(older, key=version_of, reverse=True) for note in reader.of_older(old, event)
            ]
            kept[id(event)] = replace(imported, notes=(*imported.notes, *notes))
            findings += odd
    return [kept[id(event)] for event in reader.provider.events if id(event) in kept], findings


def _no_number(event: Element) -> Diagnostic:
    value = event.get("value")
    words = f"`{value}` is no event ID" if value else "the event has no `value`"
    help_text = "write a number from 0 to 65535, decimal or with `0x`; the event was left out"
    whole = canonical_id(value) or ""
    if whole.isdecimal() and int(whole) in _WHOLE_NUMBERS:
        help_text = f"write `{int(whole) & HIGHEST_ID}` if it is the number of a message table; the event was left out"
    return error("manifest-bad-event", words, event.place("value"), help_text)


def _twice(event: Element, first: Element, outcome: str) -> Diagnostic:
    return warning(
        "manifest-duplicate",
        f"the event {event_number(event)} is defined twice in version {version_of(event)}; {outcome} taken",
        event.place("value"),
        "give one of them another value, or another version",
        (first.place("value"),),
    )


def _unread(manifest: Manifest) -> Iterator[Diagnostic]:
    for name, element in manifest.unread.items():
        help_text = "import the events of the message table from its `.mc` file"
        yield warning("manifest-unread-part", f"a `{name}` isn't read", element.place(), help_text)


def _untranslated(events: Sequence[ImportedEvent], strings: StringTables) -> Iterator[Diagnostic]:
    """One finding for each language that lacks messages which others have."""
    for tag in strings.tables:
        lacking = [event for event in events if event.messages and tag not in event.messages]
        if lacking and len(lacking) < len(events):
            count = f"{len(lacking)} message{'s' if len(lacking) > 1 else ''}"
            words = f"the string table for {tag} lacks {count} that another has, the first for {lacking[0].record.id}"
            help_text = "add the strings, or translate the messages in the catalog"
            yield warning("manifest-untranslated", words, lacking[0].place, help_text)

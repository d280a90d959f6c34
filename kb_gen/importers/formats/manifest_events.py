"""An event of a manifest becomes a record."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, error, warning
from kb_gen.importers.formats.manifest_facts import LEVELS, Facts, level_of
from kb_gen.importers.formats.manifest_names import readable_name
from kb_gen.importers.formats.manifest_strings import StringTables
from kb_gen.importers.formats.manifest_xml import Element, Group, Provider
from kb_gen.importers.formats.writing_markdown import code_span
from kb_gen.importers.imported import ImportedEvent, Reading
from kb_gen.load import canonical_id
from kb_gen.messages import parse
from kb_gen.model import EventSeverity, MessageSyntax, Parameter, Record

__all__ = ["HIGHEST_ID", "EventReader", "event_number", "log_of", "undefined_maps"]

_AUDITS = {"win:AuditSuccess": EventSeverity.SUCCESS_AUDIT, "win:AuditFailure": EventSeverity.FAILURE_AUDIT}
_ERROR_CODES = {
    "errorcode": "A Windows error code.",
    "hresult": "An error code (HRESULT).",
    "ntstatus": "An error code (NTSTATUS).",
    "win32error": "A Windows error code.",
}
"""By the names of data's `outType`, in lower case: manifests spell them in several ways."""
HIGHEST_ID = 0xFFFF
"""Event IDs have 16 bits."""


class EventReader(Struct, frozen=True):
    """Makes records of a provider's events.

    Attributes:
        provider: the provider.
        source: the event source's name for the records.
        strings: the messages.
        reading: how the file is to be read.
        log: the log that the source writes to.
    """

    provider: Provider
    source: str
    strings: StringTables
    reading: Reading
    log: str

    @property
    def _facts(self) -> Facts:
        return Facts(self.provider, self.strings)

    def of_older(self, older: Element, newest: Element) -> Iterator[str]:
        """What an earlier version of an event says otherwise than the newest one, which alone becomes a record."""
        return self._facts.of_older(older, newest)

    def read(self, event: Element) -> tuple[ImportedEvent, list[Diagnostic]]:
        """The record of an event that has a number, and what is odd about the event."""
        findings = [*self._unknown(event)]
        messages, odd = self._messages(event)
        findings += odd
        message = messages.get(self.strings.language, "")
        group = self.provider.templates.get(event.get("template"))
        numbers = parse(message, MessageSyntax.FORMATMESSAGE).numbers
        findings += _beyond(event, numbers, group)
        record = Record(
            id=event_number(event) or "",
            source=self.source,
            product=self.reading.product,
            version=self.reading.version,
            symbolic_name=event.get("symbol"),
            category=self._facts.named("task", event.get("task")),
            severity=self._severity(event),
            message=message,
            parameters=self._parameters(numbers, group),
        )
        notes = tuple(self._notes(event, message, numbers, group))
        places = self.strings.places(event.attributes.get("message", ""))
        return ImportedEvent(record, event.place("value"), messages, notes, places), findings

    def _messages(self, event: Element) -> tuple[dict[str, str], list[Diagnostic]]:
        reference = event.attributes.get("message", "")
        messages = self.strings.texts(reference)
        name = self.strings.id_of(reference)
        if self.strings.is_elsewhere(reference):
            help_text = "import the events of that message file from its `.mc` file"
            words = f"`{reference.strip()}` is a message of another file, so the event has no message"
            return {}, [error("manifest-missing-string", words, event.place("message"), help_text)]
        if name is None and reference.strip():
            help_text = "put it into a string table and name it with `$(string.…)`"
            odd = warning("manifest-missing-string", "the message is no reference", event.place("message"), help_text)
            return messages, [odd]
        if name is not None and not messages:
            is_there = bool(self.strings.places(reference))
            words = f"the string `{name}` is empty" if is_there else f"no string table has `{name}`"
            words += ", so that the event has no message"
            help_text = "write its text" if is_there else "add the string, or give the file that has it as well"
            return messages, [error("manifest-missing-string", words, event.place("message"), help_text)]
        return messages, []

    def _unknown(self, event: Element) -> Iterator[Diagnostic]:
        """What the event names that the provider doesn't define."""
        for kind in ("level", "task", "opcode", "channel"):
            name = event.get(kind)
            if name and not _is_predefined(kind, name) and name not in self.provider.named[kind]:
                yield _undefined(event, kind, name)
        template = event.get("template")
        if template and template not in self.provider.templates:
            yield _undefined(event, "template", template)
        for name in event.get("keywords").split():
            if not _is_predefined("keyword", name) and name not in self.provider.named["keyword"]:
                yield _undefined(event, "keywords", name)

    def _severity(self, event: Element) -> EventSeverity | None:
        audit = next((_AUDITS[word] for word in event.get("keywords").split() if word in _AUDITS), None)
        severity = level_of(self.provider, event.get("level"))
        return audit if audit and severity in {None, EventSeverity.INFORMATION} else severity

    def _parameters(self, numbers: tuple[int, ...], group: Group | None) -> dict[int, Parameter]:
        data = group.items if group else []
        named = [(number, data[number - 1]) for number in numbers if number <= len(data)]
        return {
            number: Parameter(readable_name(item.get("name")), self._holds(item))
            for number, item in named
            if item.get("name")
        }

    def _holds(self, item: Element) -> str:
        group = self.provider.maps.get(item.get("map"))
        if group is None:
            return _ERROR_CODES.get(item.get("outType").rpartition(":")[2].lower(), "")
        texts = [self.strings.text(value.get("message")) or value.get("value") for value in group.items]
        listed = ", ".join(code_span(text) for text in dict.fromkeys(texts) if text)
        return f"{'Any' if group.element.name == 'bitMap' else 'One'} of {listed}." if listed else ""

    def _notes(self, event: Element, message: str, numbers: tuple[int, ...], group: Group | None) -> Iterator[str]:
        """What the manifest says that no field of a record holds."""
        if not message and not event.get("message"):
            yield "The manifest has no message for this event."
        told = []
        facts = self._facts.all(event)
        if facts["log"] != self.log:
            told += [f"log {facts['log']}"] if facts["log"] else []
        if level_of(self.provider, event.get("level")) is None:
            told += [f"level {facts['level']}"] if facts["level"] else []
        told += [f"{what} {facts[what]}" for what in ("opcode", "keywords") if facts[what]]
        if told:
            yield f"Also in the manifest: {'; '.join(told)}."
        unshown = [
            f"%{number} {item.get('name')}"
            for number, item in enumerate(group.items if group else (), 1)
            if number not in numbers
        ]
        if unshown:
            yield f"Data that the message doesn't show: {', '.join(unshown)}."


def event_number(event: Element) -> str | None:
    """The event's number in its one form; None if it has none."""
    number = canonical_id(event.get("value"))
    return number if number is not None and number.isdecimal() and int(number) <= HIGHEST_ID else None


def log_of(provider: Provider) -> str:
    """The log that most of a provider's events go to: one that people read, if there is any; else a tracing log."""
    counts: dict[tuple[bool, str], int] = {}
    for event in provider.events:
        channel = provider.named["channel"].get(event.get("channel"))
        if channel is not None:
            key = (channel.get("type") not in {"Analytic", "Debug"}, channel.get("name"))
            counts[key] = counts.get(key, 0) + 1
    return max(counts, key=lambda key: (key[0], counts[key]))[1] if counts else ""


def _is_predefined(kind: str, name: str) -> bool:
    """Whether a name is one of Winmeta.xml's, whatever prefix the file has for its namespace."""
    _, colon, own = name.rpartition(":")
    return bool(colon) and (kind != "level" or own in LEVELS or own.startswith("ReservedLevel"))


def _undefined(event: Element, attribute: str, name: str) -> Diagnostic:
    kind = "keyword" if attribute == "keywords" else attribute
    help_text = f"define it in the provider's `{kind}s`"
    if attribute == "level":
        own = name.rpartition(":")[2]
        nearest = next((level for level in LEVELS if level.casefold() == own.casefold()), "")
        help_text = (
            f"write `win:{nearest}`{', as which it was read' if own == nearest else ''}" if nearest else help_text
        )
    return warning("manifest-undefined-name", f"the provider has no {kind} `{name}`", event.place(attribute), help_text)


def undefined_maps(provider: Provider) -> Iterator[Diagnostic]:
    """A finding for each value of a template whose map the provider doesn't define."""
    for template in provider.templates.values():
        for item in template.items:
            if (name := item.get("map")) and name not in provider.maps:
                yield _undefined(item, "map", name)


def _beyond(event: Element, numbers: tuple[int, ...], group: Group | None) -> Iterator[Diagnostic]:
    count = len(group.items) if group else 0
    missing = [f"`%{number}`" for number in numbers if number > count]
    if missing:
        values = "1 value" if count == 1 else f"{count} values"
        has = f"the event's template has {values}" if group else "the event has no template"
        yield warning(
            "manifest-missing-data",
            f"the message shows {', '.join(missing)}, but {has}",
            event.place("template" if group else "message"),
            "give the event a template with that many data, or mend the message",
            (group.element.place("tid"),) if group else (),
        )

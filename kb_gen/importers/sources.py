"""The event source of events whose file names none, and the language that a source's messages are in."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kb_gen.diagnostics import Diagnostic, Place, warning
from kb_gen.importers.imported import Imported, ImportedEvent
from kb_gen.locales.language_fit import language_fit
from kb_gen.model import Product, source_address

__all__ = ["in_source_languages", "lacks_source", "nearest_language", "odd_source_name", "with_source"]

_NO_FOLDER = re.compile(r"[/\\:*?\"<>|]|\.\.")
"""What no folder's name may hold on some system, or what leads out of a folder."""


def lacks_source(imported: Imported) -> bool:
    """Whether there are events of which nobody knows the source."""
    return any(not event.record.source for event in imported.events)


def with_source(imported: Imported, source: str) -> Imported:
    """The same, with a source for those that have none."""
    events = tuple(
        event
        if event.record.source
        else msgspec.structs.replace(event, record=msgspec.structs.replace(event.record, source=source))
        for event in imported.events
    )
    sources = {name or source: known for name, known in imported.sources.items()}
    return msgspec.structs.replace(imported, events=events, sources=sources)


def in_source_languages(imported: Imported, product: Product | None) -> Imported:
    """The same, with the messages of records in the language that products.yml gives their source.

    An event that the file has in none of that language has no message. A file that has nothing at all in it doesn't
    say otherwise: its texts are translations.
    """
    known = product.sources if product else {}
    events = [
        _in_language(event, known[event.record.source].message_language) if event.record.source in known else event
        for event in imported.events
    ]
    taken = {event.record.source for event in events if event.messages}
    sources = {
        name: msgspec.structs.replace(source, message_language=known[name].message_language)
        if name in known and name in taken
        else source
        for name, source in imported.sources.items()
    }
    return msgspec.structs.replace(imported, events=tuple(events), sources=sources)


def _in_language(event: ImportedEvent, own: str) -> ImportedEvent:
    if not event.messages:
        return event
    nearest = own if own in event.messages else nearest_language(tuple(event.messages), own)
    message = event.messages.get(nearest, "")
    # What is nearest to the source's language is in it, for everyone who looks for that.
    messages = {own if tag == nearest else tag: text for tag, text in event.messages.items()}
    places = {own if tag == nearest else tag: place for tag, place in event.places.items()}
    record = msgspec.structs.replace(event.record, message=message)
    return msgspec.structs.replace(event, record=record, messages=messages, places=places)


def nearest_language(languages: Sequence[str], tag: str, own: str = "") -> str:
    """The language of a file that serves a locale best, other than the messages' own; empty if none does."""
    fits = [(language_fit(language, tag), language) for language in languages if language != own]
    fitting = [(fit, language) for fit, language in fits if fit is not None]
    return min(fitting)[1] if fitting else ""


def odd_source_name(name: str, place: Place) -> Diagnostic | None:
    """A finding where a source has a name that can't be that of its folder.

    Args:
        name: the source's name, as the file has it.
        place: where.
    """
    if not _NO_FOLDER.search(name):
        return None
    message = f"`{name}` can't be the name of a folder; the source's folder and address are `{source_address(name)}`"
    return warning("odd-source-name", message, place, "compare the name with what the log shows")

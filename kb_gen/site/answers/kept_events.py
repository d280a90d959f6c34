"""A project's events for finding them, kept from one question to the next.

One pack has the events and the index over their messages, one for each locale what is shown of them. They count as long
as every file that a project's records and catalogs are in is as it was; the rules are those of `kb_gen.load.cache`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.load import (
    CACHE_FOLDER,
    ContentState,
    FileState,
    changed_paths,
    content_state,
    digest,
    format_version,
    is_settled,
    read_pack,
    write_pack,
)
from kb_gen.messages.recognition import IndexTables
from kb_gen.site.answers.details import LocaleEvents
from kb_gen.site.answers.known import KnownEvent, KnownEvents
from kb_gen.site.evidence import files_below
from kb_gen.site.settings import Settings

__all__ = ["EventsInputs", "events_inputs", "keep_events", "recall_events"]

_EVENTS = b"kb-gen events\r\n\r\n"
_SHOWN = b"kb-gen shown\r\n\r\n"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]")
_PROGRAM = ("diagnostics", "document", "load", "locales", "markup", "messages", "model", "site")
"""Our own code that decides on what is kept."""
_LIBRARIES = ("Babel", "markdown-it-py")

_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class EventsInputs(Struct, frozen=True, array_like=True):
    """The files that events are gathered from, before they are read.

    Attributes:
        content: the content folder.
        catalogs: whatever lies among the project's catalogs.
    """

    content: ContentState
    catalogs: tuple[FileState, ...]


class _Kept(Struct, frozen=True, array_like=True):
    inputs: EventsInputs
    events: list[KnownEvent]
    tables: IndexTables


_ENCODER = msgspec.msgpack.Encoder()
_KEPT = msgspec.msgpack.Decoder(_Kept)
_LOCALE = msgspec.msgpack.Decoder(LocaleEvents)


def events_inputs(settings: Settings) -> EventsInputs:
    """What there is to gather a project's events from now. No file is opened."""
    catalogs = tuple(files_below(settings.root / settings.translations))
    return EventsInputs(content_state(settings.root, settings.content), catalogs)


def recall_events(settings: Settings, tag: str, inputs: EventsInputs) -> tuple[KnownEvents, LocaleEvents] | None:
    """A project's events and what is shown of them in a locale, as they were kept; None where that isn't certain.

    Args:
        settings: the project's.
        tag: the locale.
        inputs: what there is to gather them from.
    """
    folder, version = settings.root / CACHE_FOLDER, _version(settings)
    payload = read_pack(folder, "events", _EVENTS, version) if version else None
    if version is None or payload is None:
        return None
    shown = read_pack(folder, _name(tag), _SHOWN, _version_of(version, payload))
    try:
        kept = _KEPT.decode(payload)
        locale = _LOCALE.decode(shown) if shown is not None else None
    except _DOUBTS:
        return None
    if locale is None or kept.inputs.catalogs != inputs.catalogs or changed_paths(kept.inputs.content, inputs.content):
        return None
    return KnownEvents(kept.events, kept.tables), locale


def keep_events(
    settings: Settings, inputs: EventsInputs, known: KnownEvents, shown: Mapping[str, LocaleEvents]
) -> None:
    """Keep a project's events, as far as the next question can be sure of them; else nothing is kept.

    Args:
        settings: the project's.
        inputs: what `events_inputs` gave before they were gathered.
        known: the events.
        shown: what is shown of them, by locale.
    """
    folder, version = settings.root / CACHE_FOLDER, _version(settings)
    read = (*inputs.content.files, *inputs.content.shared, *inputs.catalogs)
    if version is None or not all(is_settled(state, inputs.content.taken) for state in read):
        return
    try:
        payload = _ENCODER.encode(_Kept(inputs, list(known.events), known.index.tables))
        write_pack(folder, "events", _EVENTS, version, payload)
        for tag, locale in shown.items():
            write_pack(folder, _name(tag), _SHOWN, _version_of(version, payload), _ENCODER.encode(locale))
    except _DOUBTS:
        return


def _name(tag: str) -> str:
    return f"events-{_NOT_IN_NAMES.sub('-', tag)}"


def _version_of(version: bytes, payload: bytes | memoryview) -> bytes:
    """The version of what belongs to the events in `payload`."""
    return digest(version + digest(bytes(payload)))


def _version(settings: Settings) -> bytes | None:
    program = format_version(_PROGRAM, _LIBRARIES)
    places = (Path(settings.root), settings.content, settings.translations, settings.locales, settings.source_locale)
    return digest(program + repr(places).encode("utf-8", "surrogatepass")) if program else None

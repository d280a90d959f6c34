"""The event source of events whose file names none."""

from __future__ import annotations

import msgspec

from kb_gen.importers.imported import Imported

__all__ = ["lacks_source", "with_source"]


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

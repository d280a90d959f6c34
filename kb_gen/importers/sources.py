"""The event source of events whose file names none."""

from __future__ import annotations

import re

import msgspec

from kb_gen.diagnostics import Diagnostic, Place, warning
from kb_gen.importers.imported import Imported
from kb_gen.model import source_address

__all__ = ["lacks_source", "odd_source_name", "with_source"]

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

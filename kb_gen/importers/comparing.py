"""In what an event of a file and its record differ: the same for an import, which tells it, and for a drift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kb_gen.importers.versions import message_in
from kb_gen.model import Record

__all__ = ["FIELDS", "alike", "differing", "shortened", "told_difference"]

FIELDS = (
    "symbolic_name",
    "category",
    "severity",
    "message",
    "parameters",
    "summary",
    "explanation",
    "actions",
    "related",
    "references",
)
"""The fields that an import may fill in, or overwrite."""


def differing(record: Record, theirs: Record, version: str) -> Iterator[tuple[str, Any, Any]]:
    """The fields of which a file says something that its record doesn't, each with what the record and the file have.

    Args:
        record: the record.
        theirs: the file's event.
        version: the product version that the file belongs to; may be empty.
    """
    for field in FIELDS:
        old, new = getattr(record, field), getattr(theirs, field)
        if field == "message":
            old = message_in(record, version)
        if new and not alike(old, new):
            yield field, old, new


def alike(old: object, new: object) -> bool:
    """Whether two values say the same; the line end behind a block of YAML says nothing."""
    if isinstance(old, str) and isinstance(new, str):
        return old == new or old.rstrip("\n") == new.rstrip("\n")
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return all(number in old and old[number].name == value.name for number, value in new.items())
    return old == new


def told_difference(what: str, old: object, new: object) -> str:
    """That a value is another one in the file, for people; texts are quoted."""
    if isinstance(old, str) and isinstance(new, str):
        has = shortened(old) if old else "none"
        return f"{what} differs: the record has {has}, the file {shortened(new)}"
    return f"{what} differs from the file's"


def shortened(text: str) -> str:
    """The beginning of a text, in quotation marks."""
    joined = " ".join(text.split())
    return f"“{joined[:77]}…”" if len(joined) > 80 else f"“{joined}”"

"""What is shown of an event that was found, in one locale."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["EventDetails", "LocaleEvents"]


class EventDetails(Struct, frozen=True, array_like=True):
    """What is shown of an event besides its names.

    Attributes:
        summary: the event in a sentence; may be empty.
        severity: the level's key and word; empty where unknown.
        names: what its insertion strings are called.
        product: the product's name.
        version: the product version; may be empty.
    """

    summary: str = ""
    severity: tuple[str, str] = ("", "")
    names: dict[int, str] = {}
    product: str = ""
    version: str = ""


class LocaleEvents(Struct, frozen=True, array_like=True):
    """What is shown of all events in one locale.

    Attributes:
        path: the locale's first path segment.
        details: what is shown of each event, in the order of the events.
    """

    path: str
    details: list[EventDetails]

"""An entry of a log, whatever wrote it, and what has to be known beside a log to read it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from kb_gen.model import EventSeverity

__all__ = ["LONGEST_ENTRY", "Assumed", "Entry", "NamedValue", "Reading"]

LONGEST_ENTRY = 20_000
"""Characters of an entry that are kept. What is longer is no message, but a dump."""


class Assumed(StrEnum):
    """What a log doesn't say of a time, so that it was assumed."""

    NOTHING = ""
    ZONE = "zone"
    YEAR = "year"
    """The year, and the zone as well."""
    WRONG = "wrong"
    """All of it: what stands there is no time."""


class NamedValue(NamedTuple):
    """A value in an entry's data; the name is empty where the data has none."""

    name: str
    text: str


class Entry(Struct, frozen=True):
    """An entry of a log.

    Attributes:
        position: where it begins: the number of its line, its row or its record, from 1.
        time: when it was logged, with a zone; None where the log doesn't say.
        assumed: what of the time the log doesn't say.
        host: the machine that logged it; may be empty.
        source: the event source, provider or program; may be empty.
        other: another name of the source; may be empty.
        id: the event ID as the log writes it; may be empty.
        qualifiers: the upper 16 bits of a Windows message identifier, where the log has them apart.
        level: how severe the log calls it; None where it doesn't.
        channel: the Windows log that it is from; may be empty.
        message: its message as it was shown, without the time and the names before it; may be empty.
        values: its data in order. Whatever stands in a value is text: `%%2307` is the name of another message, and no
            insertion string.
        text: all of it as it stands in a log of lines; empty for an event in a form that programs read.
        cut: whether the end of its text is missing.
    """

    position: int
    time: dt.datetime | None = None
    assumed: Assumed = Assumed.NOTHING
    host: str = ""
    source: str = ""
    other: str = ""
    id: str = ""
    qualifiers: int | None = None
    level: EventSeverity | None = None
    channel: str = ""
    message: str = ""
    values: tuple[NamedValue, ...] = ()
    text: str = ""
    cut: bool = False

    @property
    def is_structured(self) -> bool:
        """Whether the log itself names the event, by a source and an ID."""
        return bool(self.source and self.id and not self.text)


class Reading(Struct, frozen=True):
    """What a log may leave out.

    Attributes:
        zone: the time zone of times that don't name theirs.
        latest: when the log was written last: a time without a year is none after that.
        encoding: the encoding of a text; empty if its bytes are to tell.
    """

    zone: dt.tzinfo
    latest: dt.datetime
    encoding: str = ""

"""Times as logs write them.

A time without a zone is one of `Reading.zone`; one without a year is the last such time before `Reading.latest`.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from kb_gen.logs.entries import Assumed, Reading

__all__ = [
    "MONTH",
    "NO_TIME",
    "WRONG_TIME",
    "Stamp",
    "clock_time",
    "dated",
    "in_zone",
    "iso_time",
    "month_number",
    "shown_in",
    "yearless",
    "zone_name",
]

Stamp = tuple[dt.datetime | None, Assumed]
"""A time, and what of it was assumed."""

NO_TIME: Stamp = (None, Assumed.NOTHING)
WRONG_TIME: Stamp = (None, Assumed.WRONG)
"""What stands where a time ought to be is none, such as February 30."""

MONTH = (
    "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    # In German, as journalctl writes them there.
    "|Mär|Mrz|Mai|Okt|Dez"
)
_MONTHS = {name: place % 12 + 1 for place, name in enumerate(MONTH.split("|")[:12])}
_MONTHS |= {"Mär": 3, "Mrz": 3, "Mai": 5, "Okt": 10, "Dez": 12}
_FRACTION = re.compile(r"([.,][0-9]{6})[0-9]+")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?(?:\s?([AaPp])\.?\s?[Mm]\.?)?\Z")
_PLAIN = len("03:12:44")
_TOLERANCE = dt.timedelta(days=1)
"""Clocks of machines differ, and so do their zones."""


def month_number(name: str) -> int:
    """The number of a month by its first three letters; 0 if there is none of that name."""
    return _MONTHS.get(name, 0)


def in_zone(time: dt.datetime, reading: Reading) -> Stamp:
    """A time, in the zone that is assumed where it has none."""
    if time.tzinfo is not None:
        return time, Assumed.NOTHING
    return time.replace(tzinfo=reading.zone), Assumed.ZONE


def iso_time(text: str, reading: Reading) -> Stamp:
    """A time as ISO 8601 and RFC 3339 write it, with a blank or a comma here and there."""
    if ":" not in text[:14]:
        return NO_TIME
    try:
        return in_zone(dt.datetime.fromisoformat(text), reading)
    except ValueError:
        pass
    written = text.strip().replace("/", "-").replace(",", ".")
    date, _, clock = written[:10], written[10:11], written[11:].lstrip()
    if clock[1:2] == ":":
        clock = f"0{clock}"
    for name in (" UTC", " GMT", "UTC", "GMT", " Z"):
        clock = f"{clock.removesuffix(name)}Z" if clock.endswith(name) else clock
    clock = _FRACTION.sub(r"\1", clock.replace(" ", ""))
    try:
        return in_zone(dt.datetime.fromisoformat(f"{date}T{clock}"), reading)
    except ValueError:
        return WRONG_TIME


def clock_time(text: str) -> dt.time | None:
    """A time of day, on a clock of 24 hours or of twelve."""
    if len(text) == _PLAIN and text[2] == text[5] == ":":
        try:
            return dt.time.fromisoformat(text)
        except ValueError:
            return None
    found = _CLOCK.match(text.strip())
    if found is None:
        return None
    hour, half = int(found[1]), (found[5] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return dt.time(hour, int(found[2]), int(found[3] or 0), int((found[4] or "0")[:6].ljust(6, "0")))
    except ValueError:
        return None


def dated(year: int, month: int, day: int, clock: str, reading: Reading) -> Stamp:
    """A time of which the date is known by its numbers; a year of two digits is one of this century."""
    time = clock_time(clock)
    if time is None:
        return WRONG_TIME
    try:
        date = dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return WRONG_TIME
    return in_zone(dt.datetime.combine(date, time), reading)


def yearless(month: int, day: int, clock: str, reading: Reading) -> Stamp:
    """The last time with that month, day and time of day before the log was written last."""
    time, date = clock_time(clock), _last_date(month, day, reading.latest.date())
    if time is None or date is None:
        return WRONG_TIME
    return dt.datetime.combine(date, time, reading.zone), Assumed.YEAR


@lru_cache(maxsize=1024)
def _last_date(month: int, day: int, latest: dt.date) -> dt.date | None:
    for year in range(latest.year + 1, latest.year - 8, -1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date <= latest + _TOLERANCE:
            return date
    return None


def shown_in(zone: dt.tzinfo, time: dt.datetime) -> dt.datetime:
    """A time as clocks in a zone show it; at the edge of the calendar, where they have none, as it is."""
    try:
        return time.astimezone(zone)
    except (OverflowError, ValueError):
        return time


def zone_name(time: dt.datetime, zone: dt.tzinfo) -> str:
    """What a zone's clocks show then, as any reader can work with it: `UTC+02:00`."""
    try:
        offset = time.astimezone(zone).strftime("%z")
    except (OverflowError, ValueError):
        offset = ""
    return f"UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else "UTC"

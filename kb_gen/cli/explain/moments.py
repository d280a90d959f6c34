"""Moments as they are given on the command line."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

__all__ = ["chosen_zone", "moment"]

_AGO = re.compile(r"([0-9]{1,6})\s?(m|min|h|d|w)", re.IGNORECASE)
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def chosen_zone(name: str | None) -> dt.tzinfo:
    """The time zone of that name, or this machine's. Raises a usage error if there is none of that name."""
    if name is None:
        # `tzlocal` knows this machine's rules for any date; an offset of now would be wrong in half of the year.
        return _LocalZone()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as reason:
        message = f"there is no time zone `{name}`; name one as `Europe/Berlin` or `UTC`"
        raise click.UsageError(message) from reason


class _LocalZone(dt.tzinfo):
    """This machine's time zone, with its rules for any date."""

    def utcoffset(self, time: dt.datetime | None) -> dt.timedelta | None:
        """How far its clocks are from UTC."""
        if time is None:
            return None
        try:
            return time.replace(tzinfo=None).astimezone().utcoffset()
        except (OverflowError, OSError, ValueError):
            return dt.timedelta(0)

    def dst(self, time: dt.datetime | None) -> dt.timedelta | None:  # noqa: ARG002
        """Nobody asks for it."""
        return dt.timedelta(0)

    def tzname(self, time: dt.datetime | None) -> str | None:
        """What it is called."""
        if time is None:
            return None
        try:
            return time.replace(tzinfo=None).astimezone().tzname()
        except (OverflowError, OSError, ValueError):
            return "UTC"


def moment(text: str | None, zone: dt.tzinfo, now: dt.datetime, *, option: str) -> dt.datetime | None:
    """A moment: a date, a date with a time, or how long ago it is (`90m`, `24h`, `7d`, `2w`).

    A date alone means its first moment; as an end (`--until`), its last.

    Raises a usage error if the text is none of these.
    """
    if text is None:
        return None
    ago = _AGO.fullmatch(text.strip())
    if ago:
        return now - dt.timedelta(**{_UNITS[ago[2].lower()]: int(ago[1])})
    try:
        found = dt.datetime.fromisoformat(text.strip())
    except ValueError as reason:
        message = f"`{option} {text}` is no time; write 2026-05-01, 2026-05-01T03:00, or 24h for the last 24 hours"
        raise click.UsageError(message) from reason
    if _DAY.fullmatch(text.strip()) and option == "--until":
        found += dt.timedelta(days=1, microseconds=-1)
    return found if found.tzinfo else found.replace(tzinfo=zone)

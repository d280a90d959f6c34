"""What stands at the beginning of a line of a log: time, host, program, level. A function for each way to write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kb_gen.logs.entries import NamedValue, Reading
from kb_gen.logs.levels import level_in, level_of, of_priority
from kb_gen.logs.times import MONTH, NO_TIME, Stamp, dated, iso_time, month_number, yearless
from kb_gen.model import EventSeverity

__all__ = ["GENERIC", "MARIADB", "SYSLOG", "Head", "ReadHead"]


class Head(NamedTuple):
    """The beginning of a line.

    Attributes:
        stamp: the time.
        message: what follows.
        host: the machine; may be empty.
        source: the program; may be empty.
        level: how severe the line says it is.
        id: what the program calls the message; may be empty.
        values: data with names.
    """

    stamp: Stamp
    message: str
    host: str = ""
    source: str = ""
    level: EventSeverity | None = None
    id: str = ""
    values: tuple[NamedValue, ...] = ()


ReadHead = Callable[[str, Reading], Head | None]
"""Reads the beginning of a line; None if it is written otherwise."""

_ISO = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt _,]{1,2}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?: ?(?:Z|z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?"
)
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_TAG = r"(?P<tag>[^\s:\[\]]{1,64})(?:\[(?P<process>[^\]]{0,32})\])?:(?: |$)"

# The length of a message, RFC 6587, where it is of no use any more: its line feeds were taken for the ends of lines.
_LENGTH = "(?:[1-9][0-9]{0,8} (?=<[0-9]))?"

# RFC 5424: <PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG
# A `]` in a value has to be escaped; not all senders do so, and between quotes nothing else is meant.
_RFC5424 = re.compile(
    rf"{_LENGTH}<(?P<priority>[0-9]{{1,3}})>[0-9]{{1,2}} "
    r"(?P<time>\S{1,64}) (?P<host>\S{1,255}) (?P<tag>\S{1,128}) \S{1,128} "
    r"(?P<id>\S{1,64}) (?P<data>-|(?:\[[^\s\]\"=]{1,64}(?: [^\s\]\"=]{1,64}=\"(?:[^\"\\]|\\.)*\")*\])+)"
    r"(?: (?P<message>.*))?\Z",
    re.DOTALL,
)
_DATA = re.compile(r" ([^\s\]\"=]{1,64})=\"((?:[^\"\\]|\\.)*)\"")
_ESCAPED = re.compile(r"\\([\"\\\]])")

# RFC 3164, section 4.1; journalctl's `short` forms; rsyslog's files.
_RFC3164 = re.compile(
    rf"{_LENGTH}(?:<(?P<priority>[0-9]{{1,3}})>)?"
    rf"(?:(?P<month>{MONTH})\.? {{1,2}}(?P<day>[0-9]{{1,2}})(?: (?P<year>[0-9]{{4}}))? "
    rf"(?P<clock>{_CLOCK})|(?P<iso>{_ISO})):? (?P<host>[^\s:\[\]]{{1,255}}) {_TAG}(?P<message>.*)\Z",
    re.DOTALL,
)
# The error log of MariaDB and MySQL, as they have written it since 5.6 and 8.0, and before.
_MARIADB = re.compile(
    r"(?:(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ] ?[0-9]{1,2}:[0-9:.]{5,15}(?:Z|[+-][0-9]{2}:[0-9]{2})?)"
    r"|(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2}) {1,2}(?P<clock>[0-9]{1,2}:[0-9]{2}:[0-9]{2}))"
    r" +(?:(?:0x)?[0-9a-f]{1,20} +)?\[(?P<level>ERROR|Error|Warning|Note|System)\] "
    r"(?:\[(?P<id>MY-[0-9]{1,8})\] \[(?P<tag>\w{1,32})\] )?(?P<message>.*)\Z",
    re.DOTALL,
)
_ISO_START = re.compile(
    rf"[\[(\"]?(?:(?:time|ts|timestamp|t)=)?[\"']?(?P<iso>{_ISO.replace('-[0-9]{2}-', '[-/][0-9]{2}[-/]', 1)})"
    # What Kubernetes puts there: the stream, and whether the line is full (F) or partial (P).
    r"[\"'\])]?[:;,|]?(?:\s|\b|$)(?:(?:stdout|stderr) [FP] )?"
)
_NUMBERS = re.compile(
    rf"[\[(\"]?(?:(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})\.(?P<y>[0-9]{{4}}|[0-9]{{2}})"
    rf"|(?P<first>[0-9]{{1,2}})/(?P<second>[0-9]{{1,2}})/(?P<y2>[0-9]{{4}}))"
    rf"[ ,T-]{{1,2}}(?P<clock>{_CLOCK})[\"\])]?[:;,|]?(?:\s|$)"
)
_WORDS = re.compile(
    rf"\[?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:(?P<month>{MONTH}) {{1,2}}(?P<day>[0-9]{{1,2}})"
    rf"|(?P<day2>[0-9]{{1,2}}) (?P<month2>{MONTH}))(?:,? (?P<year>[0-9]{{4}}),?)? (?P<clock>{_CLOCK})"
    r"(?: (?P<year2>[0-9]{4}))?(?: (?P<zone>[+-][0-9]{4}))?\]?:?(?:\s|$)"
)
_ACCESS = re.compile(
    rf"(?P<host>\S{{1,255}}) \S{{1,64}} [^\[]{{1,128}}? ?\[(?P<day>[0-9]{{2}})/(?P<month>{MONTH})/(?P<year>[0-9]{{4}}):"
    r"(?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2}) (?P<zone>[+-][0-9]{4})\] "
)
_KLOG = re.compile(
    r"(?P<level>[IWEF])(?P<month>[0-9]{2})(?P<day>[0-9]{2}) (?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+)\s"
)
_CLOCK_ONLY = re.compile(rf"\[?(?:{_CLOCK}|\s{{0,5}}[0-9]{{1,9}}\.[0-9]{{6}})\]?:?\s")
_MESSAGE_FIELD = re.compile(r"(?:^|\s)msg=\"((?:[^\"\\]|\\.){1,2000})\"")
_KLOG_LEVELS = {"I": "info", "W": "warning", "E": "error", "F": "fatal"}


def _rfc5424(line: str, reading: Reading) -> Head | None:
    found = _RFC5424.match(line)
    if found is None:
        return None
    values = [NamedValue(name, _ESCAPED.sub(r"\1", value)) for name, value in _DATA.findall(found["data"])]
    return Head(
        iso_time(found["time"], reading),
        (found["message"] or "").removeprefix("\ufeff"),
        _said(found["host"]),
        _said(found["tag"]),
        of_priority(int(found["priority"])),
        _said(found["id"]),
        tuple(values),
    )


def _said(text: str) -> str:
    """What a field says; `-` is nothing."""
    return "" if text == "-" else text


def _rfc3164(line: str, reading: Reading) -> Head | None:
    found = _RFC3164.match(line)
    if found is None:
        return None
    if found["iso"]:
        stamp = iso_time(found["iso"], reading)
    else:
        stamp = _with_month(found["month"], found["day"], found["year"], found["clock"], reading)
    priority = found["priority"]
    level = of_priority(int(priority)) if priority else level_in(found["message"])
    return Head(stamp, found["message"], found["host"], found["tag"], level)


def _with_month(month: str, day: str, year: str | None, clock: str, reading: Reading) -> Stamp:
    number = month_number(month)
    if year:
        return dated(int(year), number, int(day), clock, reading)
    return yearless(number, int(day), clock, reading)


def _mariadb(line: str, reading: Reading) -> Head | None:
    found = _MARIADB.match(line)
    if found is None:
        return None
    if found["iso"]:
        stamp = iso_time(found["iso"], reading)
    else:
        stamp = dated(int(found["year"]), int(found["month"]), int(found["day"]), found["clock"], reading)
    return Head(
        stamp, found["message"], source=found["tag"] or "", level=level_of(found["level"]), id=found["id"] or ""
    )


def _iso(line: str, reading: Reading) -> Head | None:
    found = _ISO_START.match(line)
    return _stamped(line, found, iso_time(found["iso"], reading)) if found else None


def _numbers(line: str, reading: Reading) -> Head | None:
    """Dates in numbers: with dots the day is first; with strokes the month, where it can be."""
    found = _NUMBERS.match(line)
    if found is None:
        return None
    if found["d"]:
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    else:
        year, month, day = int(found["y2"]), int(found["first"]), int(found["second"])
        if month > 12:
            month, day = day, month
    return _stamped(line, found, dated(year, month, day, found["clock"], reading))


def _words(line: str, reading: Reading) -> Head | None:
    found = _WORDS.match(line)
    if found is None:
        return None
    month, day, year = found["month"] or found["month2"], found["day"] or found["day2"], found["year"] or found["year2"]
    stamp = _with_month(month, day, year, found["clock"], reading)
    return _stamped(line, found, _zoned(stamp, found["zone"], reading))


def _zoned(stamp: Stamp, zone: str | None, reading: Reading) -> Stamp:
    """A time in the zone that stands behind it."""
    if not zone or stamp[0] is None:
        return stamp
    return iso_time(f"{stamp[0].replace(tzinfo=None).isoformat()}{zone}", reading)


def _access(line: str, reading: Reading) -> Head | None:
    """Web servers' access logs: https://httpd.apache.org/docs/2.4/logs.html#accesslog."""
    found = _ACCESS.match(line)
    if found is None:
        return None
    stamp = _with_month(found["month"], found["day"], found["year"], found["clock"], reading)
    return Head(_zoned(stamp, found["zone"], reading), line[found.end() :])


def _klog(line: str, reading: Reading) -> Head | None:
    found = _KLOG.match(line)
    if found is None:
        return None
    stamp = yearless(int(found["month"]), int(found["day"]), found["clock"], reading)
    return Head(stamp, line[found.end() :].strip(), level=level_of(_KLOG_LEVELS[found["level"]]))


def _clock_only(line: str, reading: Reading) -> Head | None:  # noqa: ARG001 - as all of them
    """A time of day without a date, or seconds since the start: the line begins an entry, at nobody knows what time."""
    found = _CLOCK_ONLY.match(line)
    return _stamped(line, found, NO_TIME) if found else None


def _stamped(line: str, found: re.Match[str], stamp: Stamp) -> Head | None:
    rest = line[found.end() :].strip()
    field = _MESSAGE_FIELD.search(rest)
    return Head(stamp, _ESCAPED.sub(r"\1", field[1]) if field else rest, level=level_in(rest))


SYSLOG: Sequence[ReadHead] = (_rfc5424, _rfc3164)
MARIADB: Sequence[ReadHead] = (_mariadb,)
GENERIC: Sequence[ReadHead] = (_iso, _numbers, _words, _access, _klog, _clock_only)

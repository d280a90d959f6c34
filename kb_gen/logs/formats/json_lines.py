"""Logs of JSON objects: `journalctl -o json`, log shippers, containers, PowerShell's `ConvertTo-Json`.

An object has a line for itself, goes on over several lines, or stands in an array.

The fields of the journal are described in systemd.journal-fields(7). Of other programs, the usual names are known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import cast

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.logs.entries import LONGEST_ENTRY, Entry, NamedValue, Reading
from kb_gen.logs.formats.json_objects import FoundObject, NoObject, PlainLine, objects_in
from kb_gen.logs.formats.json_sources import LONGEST_OBJECT
from kb_gen.logs.formats.json_texts import Fields
from kb_gen.logs.levels import level_of, of_priority
from kb_gen.logs.lines import LogLines, decoded_head
from kb_gen.logs.said import said
from kb_gen.logs.streams import LogStream
from kb_gen.logs.times import NO_TIME, WRONG_TIME, Stamp, iso_time
from kb_gen.model import EventSeverity

__all__ = ["entry_of", "is_json_lines", "read_json_lines"]

_TIMES = ("@timestamp", "timestamp", "time", "ts", "TimeCreated", "asctime", "EventTime")
_MESSAGES = ("MESSAGE", "message", "msg", "log", "Message", "text")
_LEVELS = ("level", "severity", "levelname", "LevelDisplayName", "Level", "log.level", "Severity", "EventType")
_HOSTS = (
    "_HOSTNAME",
    "hostname",
    "host.name",
    "host",
    "Hostname",
    "MachineName",
    "computer_name",
    "winlog.computer_name",
)
_SOURCES = (
    "SYSLOG_IDENTIFIER",
    "_COMM",
    "winlog.provider_name",
    "ProviderName",
    "SourceName",
    "logger",
    "name",
    "program",
)
_IDS = ("winlog.event_id", "EventID", "event_id", "event.code", "Id")
_DATA = ("winlog.event_data", "event_data", "EventData")
_CHANNELS = ("winlog.channel", "Channel", "LogName")
_MOST_VALUES = 200
_BEGINNING = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
_LATEST = 253_402_300_799


def is_json_lines(head: bytes) -> bool:
    """Whether a log begins with a JSON object, or with an array of them."""
    return _BEGINNING.match(decoded_head(head)) is not None


def read_json_lines(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:
    """The entries of such a log.

    Raises:
        OSError: the log can't be read.
    """
    lines = LogLines(stream, reading.encoding, LONGEST_OBJECT)
    for found in objects_in(lines):
        if isinstance(found, FoundObject):
            yield entry_of(found.line, found.fields, found.text, reading)
        elif isinstance(found, PlainLine):
            yield entry_of(found.line, {}, found.text, reading)
        else:
            yield _no_object(stream, found)
    yield from lines.findings()


def _no_object(stream: LogStream, lost: NoObject) -> Diagnostic:
    first, last = lost.first, lost.last
    match lost.is_part, first == last:
        case False, True:
            message = said("line {number} is no whole JSON object", number=first)
        case False, False:
            message = said("lines {first} to {last} are no whole JSON object", first=first, last=last)
        case True, True:
            message = said("something in line {number} is no whole JSON object", number=first)
        case _:
            message = said("something in lines {first} to {last} is no whole JSON object", first=first, last=last)
    return error(
        "log-record",
        message,
        Place(stream.name),
        said("what is whole before and behind it was read, as far as it is surely an entry"),
    )


def entry_of(number: int, fields: Fields, line: str, reading: Reading) -> Entry:
    """An entry by its fields.

    Args:
        number: where it begins.
        fields: what it has, by the names that programs use.
        line: all of it as a text, for an entry that has no message.
        reading: what the log may leave out.
    """
    time, assumed = _time(fields, reading)
    line = line[:LONGEST_ENTRY]
    message, source, event_id = _first(fields, _MESSAGES), _first(fields, _SOURCES), _first(fields, _IDS)
    return Entry(
        number,
        time,
        assumed,
        host=_first(fields, _HOSTS),
        source=source,
        id=event_id,
        level=_level(fields),
        channel=_first(fields, _CHANNELS),
        message=message or line,
        values=_values(fields),
        # An event that names itself is looked up by its names, others by what they say.
        text="" if source and event_id else message or line,
    )


def _time(fields: Fields, reading: Reading) -> Stamp:
    journal = _first(fields, ("__REALTIME_TIMESTAMP", "_SOURCE_REALTIME_TIMESTAMP"))
    if journal.isdecimal() and len(journal) < 20:
        return _since_epoch(int(journal) / 1_000_000)
    written = _first(fields, _TIMES)
    number = written.replace(".", "", 1)
    if number.isdecimal() and number.isascii() and len(number) < 20:
        seconds = float(written)
        # Seconds, milliseconds, microseconds or nanoseconds: none of them is after the year 9999 as a smaller unit.
        while seconds > _LATEST / 50:
            seconds /= 1000
        return _since_epoch(seconds)
    return iso_time(written, reading)


def _since_epoch(seconds: float) -> Stamp:
    if not 0 <= seconds <= _LATEST:
        return WRONG_TIME
    return dt.datetime.fromtimestamp(seconds, dt.UTC), NO_TIME[1]


def _level(fields: Fields) -> EventSeverity | None:
    priority = _first(fields, ("PRIORITY",))
    if priority in set("01234567"):
        return of_priority(int(priority))
    return level_of(_first(fields, _LEVELS))


def _values(fields: Fields) -> tuple[NamedValue, ...]:
    data = next((found for name in _DATA if isinstance(found := _at(fields, name), dict)), {})
    named = [NamedValue(str(name), _text(value)) for name, value in cast("dict[str, object]", data).items()]
    return tuple(named[:_MOST_VALUES])


def _first(fields: Fields, names: Sequence[str]) -> str:
    """The text of the first of these fields that has one."""
    return next((text for name in names if (text := _text(_at(fields, name)))), "")


def _at(fields: Fields, name: str) -> object:
    """A field, also where its name is a path through objects: `winlog.event_id`."""
    if name in fields:
        return fields[name]
    found: object = fields
    for part in name.split("."):
        found = cast("Fields", found).get(part) if isinstance(found, dict) else None
    return found


def _text(value: object) -> str:
    if isinstance(value, str):
        return value[:LONGEST_ENTRY].rstrip("\n")
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        # The journal writes a text that isn't UTF-8 as a list of its bytes.
        numbers = [byte for byte in value[:LONGEST_ENTRY] if isinstance(byte, int) and 0 <= byte < 256]
        return bytes(numbers).decode("utf-8", "replace") if len(numbers) == len(value[:LONGEST_ENTRY]) else ""
    return str(value)

"""A module for each format that logs come in, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic
from kb_gen.logs.entries import Entry, Reading
from kb_gen.logs.formats.event_csv import is_event_csv, read_event_csv
from kb_gen.logs.formats.event_xml import is_event_xml, read_event_xml
from kb_gen.logs.formats.evtx import is_evtx, read_evtx
from kb_gen.logs.formats.journal_export import is_journal_export, read_journal_export
from kb_gen.logs.formats.json_lines import is_json_lines, read_json_lines
from kb_gen.logs.formats.later_beginnings import later_format
from kb_gen.logs.formats.text import is_mariadb, is_syslog, is_text, read_mariadb, read_syslog, read_text
from kb_gen.logs.streams import LogStream

__all__ = ["FORMATS", "LogFormat", "format_of"]

_Read = Callable[[LogStream, Reading], Iterator[Entry | Diagnostic]]


class LogFormat(Struct, frozen=True):
    """A format that logs come in.

    Attributes:
        name: what the user calls it.
        title: what it is, in a few words.
        recognises: whether a log is of this format, by its first bytes.
        read: the entries of a log and what is wrong with it, in the log's order.
        place: what the position of an entry is the number of, in findings.
    """

    name: str
    title: str
    recognises: Callable[[bytes], bool]
    read: _Read
    place: str = "number"


FORMATS: Mapping[str, LogFormat] = MappingProxyType(
    {
        each.name: each
        for each in (
            # No two fit one log, but for the last three.
            LogFormat("evtx", "Windows event log", is_evtx, read_evtx, "record"),
            LogFormat("xml", "Windows events as XML", is_event_xml, read_event_xml, "event"),
            LogFormat("csv", "Windows events as CSV", is_event_csv, read_event_csv, "line"),
            LogFormat("json", "JSON objects, as `journalctl -o json` writes", is_json_lines, read_json_lines),
            LogFormat("journal", "journal, as `journalctl -o export` writes", is_journal_export, read_journal_export),
            LogFormat("mariadb", "error log of MariaDB or MySQL", is_mariadb, read_mariadb),
            LogFormat("syslog", "syslog or journal", is_syslog, read_syslog),
            LogFormat("text", "lines with or without a time", is_text, read_text),
        )
    }
)
"""The formats by name, in the order in which a log is tried for them."""


def format_of(head: bytes) -> LogFormat | None:
    """The format of a log that begins with these bytes; None if it is none that is known.

    A log may have lost its beginning, or have lines of something else before it.

    Formats of lines are read by the reader that knows all of them: a file may have lines of several programs.
    """
    found = next((each for each in FORMATS.values() if each.recognises(head)), None)
    if found and found.name not in {"mariadb", "syslog", "text"}:
        return found
    later = later_format(head, is_text=found is not None)
    return FORMATS[later] if later else FORMATS["text"] if found else None

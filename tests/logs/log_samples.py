"""Logs as tests write them, and what is read of them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

from kb_gen.diagnostics import Diagnostic
from kb_gen.logs import Entry, LogStream, Reading, read_log

UTC = dt.UTC
LATEST = dt.datetime(2026, 3, 1, 12, tzinfo=UTC)
READING = Reading(UTC, LATEST)


def read(content: bytes | str, form: str = "", reading: Reading = READING) -> tuple[list[Entry], list[Diagnostic]]:
    """The entries of a log and what is found wrong with it."""
    data = content.encode() if isinstance(content, str) else content
    found = list(read_log(LogStream("a.log", io.BytesIO(data)), reading, form))
    return [each for each in found if isinstance(each, Entry)], [each for each in found if isinstance(each, Diagnostic)]


def codes(findings: Iterable[Diagnostic]) -> list[str]:
    """The codes of findings."""
    return [finding.code for finding in findings]


def event_xml(source: str, event_id: int, data: str = "", *, rendered: str = "", other: str = "") -> str:
    """A Windows event."""
    more = f" EventSourceName='{other}'" if other else ""
    info = f"<RenderingInfo Culture='en-US'><Message>{rendered}</Message></RenderingInfo>" if rendered else ""
    return (
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
        f"<Provider Name='{source}'{more}/><EventID Qualifiers='49152'>{event_id}</EventID><Level>2</Level>"
        "<Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='2026-02-01T10:00:00.1234567Z'/>"
        "<EventRecordID>7</EventRecordID><Channel>Application</Channel><Computer>PC-1</Computer></System>"
        f"<EventData>{data}</EventData>{info}</Event>"
    )

"""A Windows event as XML becomes an entry.

The schema is Microsoft's "Event Schema" (https://learn.microsoft.com/windows/win32/wes/eventschema-schema).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from io import BytesIO

from kb_gen.locales.xml_reading import BrokenXml, read_xml
from kb_gen.logs.entries import LONGEST_ENTRY, Entry, NamedValue
from kb_gen.logs.levels import of_windows

__all__ = ["BrokenEvent", "windows_event"]

_MOST_VALUES = 500
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    "|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]));",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"-?[0-9]{1,20}|0x[0-9a-fA-F]{1,16}")
_FRACTION = re.compile(r"(\.[0-9]{6})[0-9]*")


class BrokenEvent(ValueError):  # noqa: N818 - named for what it says
    """An event that can't be read, with the reason."""


def windows_event(xml: str, position: int) -> Entry:
    """An event.

    Args:
        xml: the element `Event`, with or without a declaration before it.
        position: which record of its log it is.

    Raises:
        BrokenEvent: it isn't well-formed, or is none.
    """
    # Messages have characters that XML can't have, and that writers of XML put there all the same.
    written = _CONTROLS.sub("\ufffd", xml)
    reader = _EventReader()
    try:
        for _ in read_xml(BytesIO(written.encode()), reader):
            pass
    except BrokenXml as reason:
        cut = "no element" in str(reason) or "empty" in str(reason)
        raise BrokenEvent("its end is missing" if cut else str(reason)) from reason
    if "EventID" not in reader.fields and not reader.system:
        raise BrokenEvent("there is no event ID in it")
    return _entry(reader, position)


def _entry(reader: _EventReader, position: int) -> Entry:
    system, fields = reader.system, reader.fields
    name, other = system.get("Provider.Name", ""), system.get("Provider.EventSourceName", "")
    qualifiers = _number(system.get("EventID.Qualifiers", ""))
    level = of_windows(_number(fields.get("Level", "")) or 0, _number(fields.get("Keywords", "")) or 0)
    return Entry(
        position,
        time=_time(system.get("TimeCreated.SystemTime", "")),
        host=fields.get("Computer", ""),
        source=name or other,
        other="" if other == name else other,
        id=fields.get("EventID", ""),
        qualifiers=qualifiers if qualifiers is None else qualifiers & 0xFFFF,
        level=level,
        channel=fields.get("Channel", ""),
        message=fields.get("Message", "").strip(),
        values=tuple(reader.values),
    )


def _number(text: str) -> int | None:
    return int(text, 0 if text[:2].lower() == "0x" else 10) if _NUMBER.fullmatch(text) else None


def _time(text: str) -> dt.datetime | None:
    """A system time, which is in UTC."""
    try:
        found = dt.datetime.fromisoformat(_FRACTION.sub(r"\1", text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


class _EventReader:
    """Takes an event's elements and text."""

    def __init__(self) -> None:
        self.system: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.values: list[NamedValue] = []
        self._path: list[str] = []
        self._name = ""
        self._text: list[str] = []
        self._has_children = False

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:  # noqa: ARG002
        """An element begins."""
        self._path.append(name)
        self._text = []
        self._has_children = False
        if self._path[1:2] == ["System"]:
            for attribute, value in attributes.items():
                self.system.setdefault(f"{name}.{attribute}", value)
        elif name == "Data":
            self._name = attributes.get("Name", "")
        else:
            self._name = name

    def text(self, data: str) -> None:
        """A piece of text."""
        self._text.append(data)

    def end(self, name: str) -> None:
        """An element ends."""
        path = self._path
        section, depth = path[1] if len(path) > 1 else "", len(path)
        path.pop()
        text = "".join(self._text)[:LONGEST_ENTRY]
        if section == "System" and depth == 3:
            self.fields.setdefault(name, text.strip())
        elif section == "RenderingInfo" and name == "Message":
            self.fields["Message"] = text
        elif section in {"EventData", "UserData", "DebugData"} and self._is_value(name, depth, section):
            self.values.append(NamedValue(self._name, text.strip() if text.isspace() else text))
        self._text = []
        self._has_children = True

    def _is_value(self, name: str, depth: int, section: str) -> bool:
        """Whether the element that ends holds a value: each `Data` does, and what has no elements in other data."""
        if len(self.values) >= _MOST_VALUES or depth < 3 or name == "Binary":
            return False
        return name == "Data" or (not self._has_children and section != "EventData") or name == "string"

"""A Windows event as XML becomes an entry.

The schema is Microsoft's "Event Schema" (https://learn.microsoft.com/windows/win32/wes/eventschema-schema).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from xml.etree import ElementTree as ET
from xml.parsers.expat import errors

from kb_gen.logs.entries import LONGEST_ENTRY, Assumed, Entry, NamedValue
from kb_gen.logs.levels import of_windows
from kb_gen.logs.said import said
from kb_gen.logs.times import NO_TIME, WRONG_TIME, Stamp

__all__ = ["BrokenEvent", "windows_event"]

Element = ET.Element

_MOST_VALUES = 500
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    "|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]));",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"[<\s]([A-Za-z_][\w.-]{0,60}):[A-Za-z_]")
_BINDING = re.compile(r"\sxmlns:([\w.-]{1,61})\s*=")
_TAG = re.compile(r"<[A-Za-z_][\w.:-]*")
_NUMBER = re.compile(r"-?[0-9]{1,20}|0x[0-9a-fA-F]{1,16}")
_CUT_OFF = frozenset({errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN})
_REASONS = {
    errors.XML_ERROR_TAG_MISMATCH: said("mismatched tag"),
    errors.XML_ERROR_INVALID_TOKEN: said("not well-formed (invalid token)"),
    errors.XML_ERROR_UNDEFINED_ENTITY: said("undefined entity"),
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: said("duplicate attribute"),
}
"""What the parser says most often."""

_FRACTION = re.compile(r"(\.[0-9]{6})[0-9]*")


class BrokenEvent(ValueError):  # noqa: N818 - named for what it says
    """An event that can't be read, with the reason."""

    def __init__(self, why: str, line: int = 0) -> None:
        """An event.

        Args:
            why: the reason, which may be `Said`.
            line: in which of its lines, from 1; 0 if that is none of them.
        """
        super().__init__(why)
        self.why = why
        self.line = line


def windows_event(xml: str, position: int) -> Entry:
    """An event.

    Logs have millions of them, so each is read by the parser that is in C. It knows no way to the network; a document
    type, which could declare entities, is refused beforehand.

    Args:
        xml: the element `Event`, with or without a declaration before it.
        position: which record of its log it is.

    Raises:
        BrokenEvent: it isn't well-formed, or is none.
    """
    if "<!DOCTYPE" in xml:
        raise BrokenEvent(said("it has a document type, which isn't read"))
    # Messages have characters that XML can't have, and that writers of XML put there all the same.
    written = _CONTROLS.sub("\ufffd", xml) if _CONTROLS.search(xml) else xml
    written = _DECLARATION.sub("", written, 1)
    try:
        try:
            event = ET.fromstring(written)  # noqa: S314 - see above
        except ET.ParseError as reason:
            if "unbound prefix" not in str(reason):
                raise
            event = ET.fromstring(_bound(written))  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as reason:
        raise _broken(reason) from reason
    sections = {_local(section.tag): section for section in event}
    system = sections.get("System")
    if system is None:
        raise BrokenEvent(said("there is no event ID in it"))
    return _entry({_local(field.tag): field for field in system}, sections, position)


def _broken(reason: Exception) -> BrokenEvent:
    """An event that the parser can't read, with what it says about that."""
    if not isinstance(reason, ET.ParseError):
        return BrokenEvent(str(reason))
    # Behind the colon is where it is, which is told as a line of the log.
    why = str(reason).partition(":")[0]
    if why in _CUT_OFF:
        return BrokenEvent(said("its end is missing"))
    return BrokenEvent(_REASONS.get(why, why), reason.position[0])


def _bound(xml: str) -> str:
    """An event whose prefixes are bound, to whatever: it was cut out of the element that does so."""
    prefixes = set(_PREFIX.findall(xml)) - set(_BINDING.findall(xml)) - {"xml", "xmlns"}
    bindings = "".join([f' xmlns:{prefix}="urn:{prefix}"' for prefix in sorted(prefixes)])
    return _TAG.sub(lambda found: found[0] + bindings, xml, 1)


def _local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def _entry(system: Mapping[str, Element], sections: Mapping[str, Element], position: int) -> Entry:
    def content(name: str) -> str:
        field = system.get(name)
        return (field.text or "").strip() if field is not None else ""

    def attribute(name: str, key: str) -> str:
        field = system.get(name)
        return field.get(key, "") if field is not None else ""

    name, other = attribute("Provider", "Name"), attribute("Provider", "EventSourceName")
    qualifiers = _number(attribute("EventID", "Qualifiers"))
    rendering = sections.get("RenderingInfo")
    message = ""
    if rendering is not None:
        message = next((part.text or "" for part in rendering if _local(part.tag) == "Message"), "")
    time, assumed = _time(attribute("TimeCreated", "SystemTime"))
    return Entry(
        position,
        time=time,
        assumed=assumed,
        host=content("Computer"),
        source=name or other,
        other="" if other == name else other,
        id=content("EventID"),
        qualifiers=qualifiers if qualifiers is None else qualifiers & 0xFFFF,
        level=of_windows(_number(content("Level")), _number(content("Keywords")) or 0),
        channel=content("Channel"),
        message=message.strip()[:LONGEST_ENTRY],
        values=tuple(islice(_values(sections), _MOST_VALUES)),
    )


def _values(sections: Mapping[str, Element]) -> Iterator[NamedValue]:
    """The event's data: each `Data`, and of data with elements of its own whatever has no others in it."""
    data = sections.get("EventData")
    if data is not None:
        for value in data:
            if _local(value.tag) == "Data":
                yield NamedValue(value.get("Name", ""), _plain(value))
        return
    for section in ("UserData", "DebugData"):
        data = sections.get(section)
        if data is not None:
            yield from (
                NamedValue(value.get("Name", _local(value.tag)), _plain(value))
                for value in data.iter()
                if not len(value) and value is not data
            )


def _plain(value: Element) -> str:
    """The text of an element, with that of those in it; none if it is blank."""
    text = value.text or "" if not len(value) else "".join(value.itertext())
    return "" if text.isspace() else text[:LONGEST_ENTRY]


def _number(text: str) -> int | None:
    return int(text, 0 if text[:2].lower() == "0x" else 10) if _NUMBER.fullmatch(text) else None


def _time(text: str) -> Stamp:
    """A system time, which is in UTC."""
    if not text:
        return NO_TIME
    try:
        found = dt.datetime.fromisoformat(_FRACTION.sub(r"\1", text))
    except ValueError:
        return WRONG_TIME
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC), Assumed.NOTHING

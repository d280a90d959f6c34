"""What log viewers and log shippers put around a message: labelled fields, Windows' event XML, JSON.

Everything is found with patterns that take time in proportion to the text: an event that is cut off anywhere is read as
far as it goes, and nothing in it is carried out.
"""

from __future__ import annotations

import json
import re

from msgspec import Struct

from kb_gen.messages.recognition import LONGEST_TEXT

__all__ = ["Surroundings", "may_surround", "surroundings"]

_LONGEST_RECORD = 200_000
_DEEPEST = 12
_MOST_TEXTS = 200


class Surroundings(Struct, frozen=True):
    """What stands around a message.

    Attributes:
        text: where the message may be.
        source: the event's source; empty where nothing says so.
        other: another name of the source.
        id: the event's ID; empty where nothing says so.
        values: the values of the event's insertion strings, where it carries them.
        structured: whether it is an event in a form that programs read.
    """

    text: str
    source: str = ""
    other: str = ""
    id: str = ""
    values: tuple[str, ...] = ()
    structured: bool = False


_LABELS = {
    "source": (
        "source|sourcename|event ?source|provider|providername|provider_name|quelle|ereignisquelle|origen|origine"
    ),
    "id": (
        r"event ?id|eventid|event_id|event ?code|id|ereignis-?id|ereigniskennung|id (?:de l['’])?événement"
        r"|id\. del evento|id evento|evento id"
    ),
}
_FIELDS = {
    name: re.compile(
        rf"(?:^|[\s{{,;|\"'(])(?:{labels})[\"']?\s{{0,20}}[:=]\s{{0,40}}[\"']?([^\"'\n\r,;|}}]{{1,120}})", re.IGNORECASE
    )
    for name, labels in _LABELS.items()
}
_ID = re.compile(r"(?:0x[0-9a-f]{1,8}|-?[0-9]{1,10})(?![^\W_])", re.IGNORECASE)

_EVENT = re.compile(r"<(?:Event|System)[\s>]", re.IGNORECASE)
_PROVIDER = re.compile(r"<Provider\s([^<>]{0,400})", re.IGNORECASE)
_NAME = re.compile(r"(?:^|\s)Name\s?=\s?([\"'])(.{0,200}?)\1", re.IGNORECASE)
_OTHER_NAME = re.compile(r"(?:^|\s)EventSourceName\s?=\s?([\"'])(.{0,200}?)\1", re.IGNORECASE)
_EVENT_ID = re.compile(r"<EventID(?:\s[^<>]{0,200})?>\s{0,20}(-?[0-9]{1,10})", re.IGNORECASE)
_DATA = re.compile(r"<Data(?:\s[^<>]{0,400})?(?:/>|>([^<]{0,20000})</Data>)", re.IGNORECASE)
_MESSAGE = re.compile(r"<Message>([^<]{0,20000})", re.IGNORECASE)


_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


_SOURCES = ("source", "provider", "quelle", "orig", "<event", "<system")
"""What all that names a source has in it, but for JSON."""


def may_surround(text: str) -> bool:
    """Whether anything that names a source may stand around a message; tells quickly that most lines have none."""
    lower = text.lower()
    return any(map(lower.__contains__, _SOURCES)) or lower.lstrip()[:1] in {"{", "["}


def surroundings(text: str) -> Surroundings:
    """What stands around a message in a text."""
    return _from_xml(text[:LONGEST_TEXT]) or _from_json(text) or _from_fields(text[:LONGEST_TEXT], text)


def _from_fields(told: str, text: str) -> Surroundings:
    if ":" not in told and "=" not in told:
        return Surroundings(text)
    source, event_id = _FIELDS["source"].search(told), _FIELDS["id"].search(told)
    number = _ID.match(event_id[1].strip()) if event_id else None
    return Surroundings(text, source[1].strip() if source else "", id=number[0] if number else "")


def _from_xml(text: str) -> Surroundings | None:
    start = _EVENT.search(text)
    if start is None:
        return None
    stop = text.find("</Event>", start.start())
    event = text[start.start() : stop if stop >= 0 else len(text)]
    provider, event_id = _PROVIDER.search(event), _EVENT_ID.search(event)
    if provider is None and event_id is None:
        return None
    name = _NAME.search(provider[1]) if provider else None
    other = _OTHER_NAME.search(provider[1]) if provider else None
    message = _MESSAGE.search(event)
    return Surroundings(
        _plain(message[1]) if message else "",
        _plain(name[2]) if name else _plain(other[2]) if other else "",
        _plain(other[2]) if other else "",
        event_id[1] if event_id else "",
        tuple([_plain(data[1] or "") for data in _DATA.finditer(event)]),
        structured=True,
    )


def _plain(markup: str) -> str:
    """Text without XML's entities."""
    return _ENTITY.sub(_character, markup) if "&" in markup else markup


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _ENTITIES[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]


def _from_json(text: str) -> Surroundings | None:
    trimmed = text.strip()
    if trimmed[:1] not in {"{", "["} or len(trimmed) > _LONGEST_RECORD:
        return None
    try:
        value = json.loads(trimmed)
    except (ValueError, RecursionError):
        return None
    texts: list[str] = []
    fields: list[str] = []
    _visit(value, "", 0, texts, fields)
    found = _from_fields("\n".join(fields)[:LONGEST_TEXT], "")
    return Surroundings("\n".join(texts), found.source, id=found.id, structured=True)


def _visit(node: object, name: str, depth: int, texts: list[str], fields: list[str]) -> None:
    """Gather the texts of a record, and its fields as lines."""
    if depth > _DEEPEST or len(texts) > _MOST_TEXTS:
        return
    if isinstance(node, str):
        texts.append(node)
        fields.append(f"{name}: {node.partition(chr(10))[0]}")
    elif isinstance(node, int) and not isinstance(node, bool):
        fields.append(f"{name}: {node}")
    elif isinstance(node, dict):
        for inner, child in node.items():
            _visit(child, str(inner), depth + 1, texts, fields)
    elif isinstance(node, list):
        for place, child in enumerate(node):
            _visit(child, str(place), depth + 1, texts, fields)

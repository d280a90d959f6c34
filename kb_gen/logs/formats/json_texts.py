"""What a text says as JSON (RFC 8259), also where programs write what JSON doesn't know.

Python and JavaScript write `NaN` and `Infinity`, others half of a character beyond U+FFFF, a path with single
backslashes, or a tab as it is. None of that makes it doubtful what was meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple, cast

import msgspec

__all__ = [
    "BETWEEN",
    "Fields",
    "ObjectAt",
    "TornAt",
    "is_whole",
    "mended",
    "object_at",
    "objects_from",
    "whole_objects",
]

Fields = Mapping[str, object]

BETWEEN = " \t\r,[]"
"""What stands between objects, and means nothing."""

_LENIENT = json.JSONDecoder(strict=False, parse_constant=str)
_SEPARATORS = re.compile(r"[\s,\[\]]*")
_HEX = "[0-9a-fA-F]"
_ESCAPE = re.compile(
    rf"(?P<sound>\\(?:[\"\\/bfnrt]|u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}}|u(?![dD][89a-fA-F]){_HEX}{{4}}))"
    rf"|\\(?P<code>u{_HEX}{{0,4}})|\\(?P<other>.)"
)


class ObjectAt(NamedTuple):
    """An object in a text, the place where it begins, and the one behind it."""

    fields: Fields
    begin: int
    end: int


class TornAt(NamedTuple):
    """That no whole object begins at a place.

    Attributes:
        place: up to where it is JSON.
        seen: how many characters it took to see that.
    """

    place: int
    seen: int


def whole_objects(text: str) -> list[Fields]:
    """The objects of a text that is one, or an array of them; none if it is anything else.

    Args:
        text: JSON as the standard has it; a comma may stand behind it.
    """
    try:
        found = msgspec.json.decode(text.strip(" \t\r\n,"))
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return []
    if isinstance(found, dict):
        return [found]
    return [cast("Fields", one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def mended(text: str) -> str:
    """A text whose escapes are all sound: a character that there can't be becomes U+FFFD."""
    return _ESCAPE.sub(_sound, text) if "\\" in text else text


def _sound(escape: re.Match[str]) -> str:
    if escape["sound"]:
        return escape["sound"]
    return r"\ufffd" if escape["code"] else rf"\\{escape['other']}"


def object_at(text: str, place: int) -> ObjectAt | TornAt:
    """The object that begins at a place of a text.

    Args:
        text: what `mended` made.
        place: where a brace stands.
    """
    try:
        found, end = _LENIENT.raw_decode(text, place)
    except json.JSONDecodeError as torn:
        # Of a string without an end, the place is its beginning, though all of the text was looked at.
        end = len(text) if torn.msg.startswith("Unterminated") else torn.pos
        # The library counts the lines before it, which is fast, but not for nothing.
        return TornAt(end, end - place + end // 64)
    except (ValueError, RecursionError):
        return TornAt(len(text), len(text) - place)
    return ObjectAt(cast("Fields", found), place, end)


def objects_from(text: str, place: int) -> tuple[list[ObjectAt], int, TornAt | None]:
    """The whole objects from a place of a text on, one behind the other, the place behind, and what is torn there."""
    objects: list[ObjectAt] = []
    while True:
        separators = _SEPARATORS.match(text, place)
        place = separators.end() if separators else place
        found = object_at(text, place) if text.startswith("{", place) else None
        if not isinstance(found, ObjectAt):
            return objects, place, found
        objects.append(found)
        place = found.end


def is_whole(text: str) -> bool:
    """Whether a text has whole objects, and nothing else."""
    if text.rstrip(BETWEEN)[-1:] != "}":
        return False
    if whole_objects(text):
        return True
    text = mended(text)
    objects, place, _ = objects_from(text, 0)
    return bool(objects) and place == len(text)

"""Numbers as logs write event IDs: decimal, hexadecimal, negative, and as the 32 bits of a message identifier.

Windows' message identifiers have the severity in their two highest bits, then a bit for customers' codes, twelve bits
for the facility, and the event ID in the lower sixteen; see "Event Identifiers" in Microsoft's documentation of Event
Logging, and [MS-ERREF] 2.1.
"""

from __future__ import annotations

import re

from msgspec import Struct

__all__ = ["NUMBER", "SEVERITIES", "CodeNote", "code_note", "id_keys", "number_keys"]

NUMBER = re.compile(r"(?:0x[0-9a-f]{1,8}|-?[0-9]{1,10})\Z", re.IGNORECASE)
SEVERITIES = ("Success", "Information", "Warning", "Error")

_BITS = 0xFFFFFFFF


class CodeNote(Struct, frozen=True):
    """What a number is besides an event ID.

    Attributes:
        code: the number as it was written.
        id: the event ID in it.
        hex: all of it, with eight digits; empty where it is a mere ID.
        severity: the severity in it; None where it is a mere ID.
        facility: the facility in it; None where it is a mere ID.
    """

    code: str
    id: int
    hex: str = ""
    severity: int | None = None
    facility: int | None = None


def _value(text: str) -> int | None:
    """The number that a text is; None if it is none of 32 bits."""
    if not NUMBER.match(text):
        return None
    number = int(text, 16) if text[:2].lower() == "0x" else int(text)
    return number if -(2**31) <= number <= _BITS else None


def id_keys(id: str) -> tuple[str, ...]:
    """What an event's ID is found by: itself in lower case, and as a number without a sign if it is one."""
    number = _value(id)
    return (id.lower(),) if number is None else tuple(dict.fromkeys((id.lower(), str(number & _BITS))))


def number_keys(text: str) -> tuple[tuple[str, ...], str]:
    """What to look for where an ID was asked for: its keys, and where these find nothing the ID inside a code."""
    number = _value(text)
    if number is None:
        return (text.lower(),), ""
    code = number & _BITS
    return id_keys(text), str(code & 0xFFFF) if code > 0xFFFF else ""


def code_note(text: str) -> CodeNote | None:
    """What a number is besides an ID: a message identifier, or the ID written otherwise. None where there is nothing.

    Args:
        text: the number as it was written.
    """
    number = _value(text)
    if number is None:
        return None
    code = number & _BITS
    if code > 0xFFFF:
        return CodeNote(text, code & 0xFFFF, f"0x{code:08x}", code >> 30, code >> 16 & 0xFFF)
    return CodeNote(text, code) if text[:2].lower() == "0x" else None

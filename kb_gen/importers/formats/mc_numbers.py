"""The numbers of messages: given, or counted from the last one of the same facility.

Source: Microsoft's "Message Definitions". Which facility a message belongs to may stand behind its number, so that a
number is known only when all of the message's statements are.
"""

from __future__ import annotations

import re

from msgspec import Struct

__all__ = ["HIGHEST_ID", "Counting", "WrittenNumber", "number_of", "written_number"]

HIGHEST_ID = 0xFFFF
_CONSTANT = re.compile(
    r"(?P<hexadecimal>0[xX][0-9A-Fa-f]{1,16})|0(?P<octal>[0-7]{1,20})|(?P<decimal>0|[1-9][0-9]{0,19})"
)
"""An integer as C has them."""


class WrittenNumber(Struct, frozen=True):
    """What stands behind `MessageId=`.

    Attributes:
        number: the number, or the step from the last one.
        is_step: whether it counts from the last one.
    """

    number: int
    is_step: bool


def number_of(text: str) -> int | None:
    """An integer constant, decimal, hexadecimal or octal; None if it is none."""
    found = _CONSTANT.fullmatch(text)
    if found is None:
        return None
    if found["octal"]:
        return int(found["octal"], 8)
    return int(text, 16) if found["hexadecimal"] else int(text)


def written_number(text: str) -> WrittenNumber | None:
    """What a statement says of a message's number; None if it says none that a message can have."""
    if not text:
        return WrittenNumber(1, is_step=True)
    number = number_of(text.removeprefix("+").lstrip())
    return None if number is None or number > HIGHEST_ID else WrittenNumber(number, is_step=text.startswith("+"))


class Counting:
    """Counts messages, for each facility from its own last one."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def number(self, written: WrittenNumber, facility: str) -> int | None:
        """The number of the next message of a facility; None if it has more than 16 bits, and then it doesn't count."""
        number = written.number + (self._last.get(facility, 0) if written.is_step else 0)
        if number > HIGHEST_ID:
            return None
        self._last[facility] = number
        return number

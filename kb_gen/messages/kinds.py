"""What an insertion's format tells about its value: that it is a number, or a name in backticks.

A program can tell values apart by that where the text between them doesn't: of `%s %d`, `a b 5` is `a b` and `5`.
Windows puts the strings of an event in as they are, whatever the format says; therefore a kind is what a value most
likely looks like, and no condition.
"""

from __future__ import annotations

from enum import Enum

__all__ = ["ValueKind", "kind_of"]


class ValueKind(Enum):
    """What a value looks like; the value is what it is called in stored templates."""

    INTEGER = "d"
    HEXADECIMAL = "x"
    FLOAT = "f"
    IDENTIFIER = "`"
    ERROR = "e"
    """A number with its text behind it in quotation marks: `2 "No such file or directory"`."""


_VERBS = {
    **dict.fromkeys("diuo", ValueKind.INTEGER),
    **dict.fromkeys("xXp", ValueKind.HEXADECIMAL),
    **dict.fromkeys("eEfFgG", ValueKind.FLOAT),
    "M": ValueKind.ERROR,
}


def kind_of(format: str | None) -> ValueKind | None:
    """What the value of an insertion with this format looks like; None if that can be anything.

    Args:
        format: the insertion's, as `Insertion.format` has it. For MariaDB's see `kb_gen.messages.printf`.
    """
    if not format:
        return None
    if "`" in format or format.endswith("sQ"):
        return ValueKind.IDENTIFIER
    if format.endswith("iE"):
        return ValueKind.ERROR
    # The flag `'` groups digits by a character that depends on the locale.
    return None if "'" in format else _VERBS.get(format[-1])

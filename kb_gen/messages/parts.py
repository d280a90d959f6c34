"""What a message template consists of.

Every part keeps, as `source`, exactly the characters it was read from, so that a template can be printed as its
product ships it; what a reader of the log sees instead is `text` (an insertion has none: its text comes with the
event).
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

__all__ = ["Control", "ControlKind", "Insertion", "Literal", "Part", "Unknown"]


class ControlKind(Enum):
    """What an escape sequence stands for; the value is the text that a reader sees in its place."""

    NEWLINE = "\n"
    CARRIAGE_RETURN = "\r"
    TAB = "\t"
    SPACE = " "
    PERCENT = "%"
    PERIOD = "."
    EXCLAMATION = "!"
    END = ""


class Literal(Struct, frozen=True, gc=False):
    """Text that stands for itself."""

    text: str

    @property
    def source(self) -> str:
        """The text, which is also how it is written."""
        return self.text


class Insertion(Struct, frozen=True, gc=False):
    """A place where the event puts in a value of its own.

    Attributes:
        number: number of the insertion string that is shown here, from 1. Where a format takes its width or precision
            from further insertion strings, this is the one behind them: `%1!*.*s!` shows number 3.
        source: how it is written, `%1!08lx!` or `%-.192s`.
        format: the printf-like format: `08lx`, `-.192s`; None if the syntax lets it out, as `%1` does.
        width_number: number of the insertion string that holds the field's width, where the width is `*`.
        precision_number: number of the insertion string that holds the precision, where the precision is `*`.
    """

    number: int
    source: str
    format: str | None = None
    width_number: int | None = None
    precision_number: int | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """All the insertion strings it takes: for width, for precision, and the one that is shown."""
        taken = (self.width_number, self.precision_number, self.number)
        return tuple(number for number in taken if number is not None)


class Control(Struct, frozen=True, gc=False):
    """An escape sequence: a line break, a character that could not stand there by itself, or the message's end."""

    kind: ControlKind
    source: str

    @property
    def text(self) -> str:
        """What a reader sees in its place; nothing for the message's end."""
        return self.kind.value


class Unknown(Struct, frozen=True, gc=False):
    """A sequence that the syntax does not define.

    Attributes:
        source: how it is written.
        text: what the product shows for it.
    """

    source: str
    text: str


Part = Literal | Insertion | Control | Unknown

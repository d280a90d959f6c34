"""What can be odd about a template. Nothing here keeps a template from being parsed and printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Problem", "ProblemKind"]


class ProblemKind(StrEnum):
    """Ways in which a template departs from its syntax, or likely says something other than its author meant."""

    LONE_PERCENT = "lone-percent"
    """A percent sign with nothing behind it."""
    UNKNOWN_SEQUENCE = "unknown-sequence"
    """A percent sign before something that the syntax does not define."""
    LONG_NUMBER = "long-number"
    """A third digit behind an insertion's number: `%100` is insertion 10 and the text `0`."""
    MALFORMED_FORMAT = "malformed-format"
    """An exclamation mark behind an insertion that opens no format, or one that is never closed."""
    FLOAT_FORMAT = "float-format"
    """A floating-point format, which FormatMessage does not support."""
    TEXT_BEHIND_END = "text-behind-end"
    """Text behind the sequence that ends the message; no reader ever sees it."""
    MIXED_NUMBERING = "mixed-numbering"
    """Numbered and unnumbered insertions in one template."""
    BLANK_FLAG = "blank-flag"
    """A conversion with a blank flag: `100% done` has the insertion `% d`."""


_MESSAGES = {
    ProblemKind.LONE_PERCENT: "a percent sign at the end of the text",
    ProblemKind.UNKNOWN_SEQUENCE: "`{0}` has no meaning here",
    ProblemKind.LONG_NUMBER: "an insertion's number has two digits at most, so the last one of `{0}` is text",
    ProblemKind.MALFORMED_FORMAT: "the `!` of `{0}` opens no known format",
    ProblemKind.FLOAT_FORMAT: "FormatMessage cannot write floating-point numbers (`{0}`)",
    ProblemKind.TEXT_BEHIND_END: "text behind the message's end is never shown",
    ProblemKind.MIXED_NUMBERING: "`{0}` mixes numbered and unnumbered insertions in one template",
    ProblemKind.BLANK_FLAG: "`{0}` is an insertion with a blank flag",
}

_HELP = {
    ProblemKind.LONE_PERCENT: "write `%%` for a percent sign",
    ProblemKind.UNKNOWN_SEQUENCE: "write `%%` for a percent sign",
    ProblemKind.LONG_NUMBER: "insertions are numbered from `%1` to `%99`",
    ProblemKind.MALFORMED_FORMAT: "write `%!` for an exclamation mark behind an insertion",
    ProblemKind.FLOAT_FORMAT: "the product has to pass the number as text, with `!s!`",
    ProblemKind.TEXT_BEHIND_END: "`%0` ends the message, not the line",
    ProblemKind.MIXED_NUMBERING: "number all insertions or none",
    ProblemKind.BLANK_FLAG: "write `%%` for a percent sign",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd, and where.

    Attributes:
        kind: what it is.
        offset: where it begins, in characters from the template's start.
        source: the characters concerned.
    """

    kind: ProblemKind
    offset: int
    source: str

    @property
    def message(self) -> str:
        """One line that says what is odd."""
        return _MESSAGES[self.kind].format(_visible(self.source))

    @property
    def help(self) -> str:
        """One line that says how to mend it."""
        return _HELP[self.kind]


def _visible(source: str) -> str:
    """A source on one line: line breaks and everything else that doesn't print, as escapes."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in source
    )

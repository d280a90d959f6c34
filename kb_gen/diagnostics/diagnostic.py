"""One data type for everything the program has to say about somebody's input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Diagnostic", "Place", "Severity", "error", "in_order", "warning"]


class Severity(StrEnum):
    """How bad a finding is: an error keeps the output from being made, a warning doesn't."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file.

    Attributes:
        path: the file, relative to the project's root, with `/` between its parts.
        start: offset of the first character in the file's decoded text (after a byte order mark, line ends as they
            stand in the file), or None where only the file is known.
        end: offset behind the last character; equal to `start` for a point.
        label: what stands there, shown beside the caret; may be empty.
    """

    path: str
    start: int | None = None
    end: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: what is wrong, where, and how to mend it.

    Attributes:
        code: stable name of the offence, as the manual lists it (`unknown-parameter`).
        severity: error or warning.
        message: one line, lower case, sensible alone.
        place: where it is; None where no file is to blame.
        help: how to mend it; may be empty.
        related: further places that belong to it (the first of two duplicates).
    """

    code: str
    severity: Severity
    message: str
    place: Place | None = None
    help: str = ""
    related: tuple[Place, ...] = ()


def error(
    code: str,
    message: str,
    place: Place | None = None,
    help: str = "",
    related: tuple[Place, ...] = (),
) -> Diagnostic:
    """A finding that keeps the output from being made."""
    return Diagnostic(code, Severity.ERROR, message, place, help, related)


def warning(
    code: str,
    message: str,
    place: Place | None = None,
    help: str = "",
    related: tuple[Place, ...] = (),
) -> Diagnostic:
    """A finding that the author should know, but that keeps nothing from being made."""
    return Diagnostic(code, Severity.WARNING, message, place, help, related)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and place, so that two runs say the same in the same order."""
    return sorted(diagnostics, key=_order)


def _order(finding: Diagnostic) -> tuple[str, int, int, str, str]:
    place = finding.place or Place("")
    return place.path, place.start or 0, place.end or 0, finding.code, finding.message

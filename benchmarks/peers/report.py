"""The figures of a comparison, as a file and as a table."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from peers.measuring import Result

__all__ = ["Report", "machine", "read_report", "table", "write_report"]

_HEADER = ("records", "", "version", "wall s", "user s", "system s", "memory MB", "files", "MB")


class Report(Struct, frozen=True):
    """A comparison.

    Attributes:
        command: the command that made it.
        machine: what it ran on.
        results: the contenders' results.
    """

    command: str
    machine: str
    results: tuple[Result, ...]


def machine() -> str:
    """What this machine is, as far as figures depend on it."""
    return f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def write_report(report: Report, file: Path) -> None:
    """Write a comparison as JSON."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


def read_report(file: Path) -> Report:
    """Read what `write_report` has written.

    Raises:
        msgspec.DecodeError: it is something else.
    """
    return msgspec.json.decode(file.read_bytes(), type=Report)


def table(results: Iterable[Result]) -> str:
    """The results as a Markdown table that can be read as it is."""
    rows = [_HEADER, *map(_row, results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    # Numbers are compared by their last digits, names by their first letters.
    left = {1, 2}
    ruler = [f":{'-' * (width - 1)}" if n in left else f"{'-' * (width - 1)}:" for n, width in enumerate(widths)]
    lines = [_padded(rows[0], widths, left), ruler, *(_padded(row, widths, left) for row in rows[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _padded(row: Sequence[str], widths: Sequence[int], left: set[int]) -> list[str]:
    return [
        cell.ljust(width) if number in left else cell.rjust(width)
        for number, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _row(result: Result) -> tuple[str, ...]:
    named = (f"{result.records:,}", result.title, result.version)
    figures = result.figures
    if figures is None:
        return (*named, result.problem, *("",) * (len(_HEADER) - len(named) - 1))
    times = (figures.wall, figures.user, figures.system)
    sizes = (figures.memory / 1e6, figures.files, figures.bytes / 1e6)
    return (*named, *(f"{seconds:,.1f}" for seconds in times), *(f"{size:,.0f}" for size in sizes))

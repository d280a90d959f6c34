"""For programs: a JSON array with an object for each diagnostic.

Keys are stable: `code`, `severity`, `message`, `help`, `path`, `line`, `column`, `end_line`, `end_column`, `related`
(a list of objects with `path`, `line`, `column`, `end_line`, `end_column`, `label`). What isn't known is null.
Lines and columns count from 1; the end is the position behind the last character.
"""

from __future__ import annotations

import json as standard_json
from collections.abc import Iterable, Iterator

from kb_gen.diagnostics.diagnostic import Diagnostic, Place
from kb_gen.diagnostics.lines import Positions, SourceText

__all__ = ["json"]


def json(diagnostics: Iterable[Diagnostic], sources: SourceText) -> Iterator[str]:
    """The array, in lines: a bracket, an object a line, a bracket."""
    positions = Positions(sources)
    pending = "["
    for number, finding in enumerate(diagnostics):
        yield pending + ("," if number else "")
        # ASCII only: no terminal or log that shows this obeys anything in it.
        pending = standard_json.dumps(_object(finding, positions))
    yield pending
    yield "]"


def _object(finding: Diagnostic, positions: Positions) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help or None,
        **_where(finding.place, positions),
        "related": [{**_where(place, positions), "label": place.label or None} for place in finding.related],
    }


def _where(place: Place | None, positions: Positions) -> dict[str, object]:
    start = positions.start(place) if place else None
    end = positions.end(place) if place else None
    return {
        "path": place.path if place else None,
        "line": start.line if start else None,
        "column": start.column if start else None,
        "end_line": end.line if end else None,
        "end_column": end.column if end else None,
    }

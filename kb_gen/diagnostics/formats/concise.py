"""A line each: for `grep`, for editors that jump to a place, for long lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen.diagnostics.diagnostic import Diagnostic
from kb_gen.diagnostics.lines import Positions, SourceText, visible

__all__ = ["concise"]


def concise(diagnostics: Iterable[Diagnostic], sources: SourceText) -> Iterator[str]:
    """`path:line:column: error[code] message (help)`, with less before it where less is known."""
    positions = Positions(sources)
    for finding in diagnostics:
        where = ""
        if finding.place:
            start = positions.start(finding.place)
            where = visible(finding.place.path) + (f":{start.line}:{start.column}: " if start else ": ")
        cure = f" ({visible(finding.help)})" if finding.help else ""
        yield f"{where}{finding.severity.value}[{finding.code}] {visible(finding.message)}{cure}"

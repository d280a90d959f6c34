"""For GitHub Actions: workflow commands that it shows beside the changed lines.

Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen.diagnostics.diagnostic import Diagnostic
from kb_gen.diagnostics.lines import Positions, SourceText, visible

__all__ = ["github"]


def github(diagnostics: Iterable[Diagnostic], sources: SourceText) -> Iterator[str]:
    """`::error file=…,line=…,col=…,title=…::message`, the help on a second line of the message."""
    positions = Positions(sources)
    for finding in diagnostics:
        properties: dict[str, str] = {}
        if finding.place:
            properties["file"] = finding.place.path
            start, end = positions.start(finding.place), positions.end(finding.place)
            if start and end:
                properties |= {"line": str(start.line), "endLine": str(end.line), "col": str(start.column)}
                # GitHub refuses an end column on another line than the column.
                if end.line == start.line and end.column > start.column:
                    properties["endColumn"] = str(end.column)
        properties["title"] = finding.code
        listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        message = "%0A".join(_data(text) for text in (finding.message, finding.help) if text)
        yield f"::{finding.severity.value} {listed}::{message}"


def _data(text: str) -> str:
    # Line ends are among what becomes visible, so only the percent sign is left to escape.
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

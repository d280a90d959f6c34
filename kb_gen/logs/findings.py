"""What is told of a log's damages: the first of a kind each, the others as a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, Place, Severity, error
from kb_gen.logs.said import said, said_plural

__all__ = ["Findings", "unreadable"]

_TOLD = 10
"""Findings of a kind that are told one by one: a damaged log has thousands, and all say the same."""


class Findings:
    """Gathers the findings of all logs of a run, a bounded number of them."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, str], list[Diagnostic]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, finding: Diagnostic) -> None:
        """One more finding."""
        key = (finding.place.path if finding.place else "", finding.code)
        self._counts[key] += 1
        own = self._told.setdefault(key, [])
        if len(own) < _TOLD:
            own.append(finding)

    @property
    def has_errors(self) -> bool:
        """Whether something was damaged or lost."""
        return any(own[0].severity is Severity.ERROR for own in self._told.values())

    def all(self) -> tuple[Diagnostic, ...]:
        """The findings, log by log; what isn't told one by one is counted."""
        return tuple(self._all())

    def _all(self) -> Iterator[Diagnostic]:
        for key, own in self._told.items():
            yield from own
            more = self._counts[key] - len(own)
            if more:
                path, code = key
                message = said_plural(
                    "{count} more finding like the ones before", "{count} more findings like the ones before", more
                )
                yield Diagnostic(code, own[0].severity, message, Place(path) if path else None)


def unreadable(name: str, reason: OSError) -> Diagnostic:
    """That a disk, a network or the system gives no more of a log."""
    why = (reason.strerror or type(reason).__name__).lower()
    message = said("the log can't be read to its end: {reason}", reason=why)
    cure = said("what could be read before was counted; copy the log and try again")
    return error("log-file", message, Place(name), cure)

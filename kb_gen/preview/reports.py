"""What a build says of itself; it travels from the process that builds to the one that serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kb_gen.diagnostics import Diagnostic, Severity, unstyled
from kb_gen.diagnostics.formats import full

__all__ = ["Observer", "Problem", "Report"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept the site from being built, as the browser shows it.

    Attributes:
        severity: `error` or `warning`.
        text: what is wrong, where and how to mend it; plain text of several lines.
    """

    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """How a build ended.

    Attributes:
        built: whether the site is now what the project's files say.
        diagnostics: everything found wrong with the project's files.
        texts: the text of every file that a diagnostic points into, by the path it names.
        breakdown: why there was no build at all, if so: a configuration that can't be used, a template that fails.
        pages: articles in the site.
        changed: how many files of the site are new or different.
        removed: how many files the site doesn't have any more.
        headers: what a web server is to send with every page.
        seconds: how long it took.
    """

    built: bool
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    breakdown: str = ""
    pages: int = 0
    changed: int = 0
    removed: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def problems(self) -> tuple[Problem, ...]:
        """What kept the site from being built, errors first; nothing where it was built."""
        if self.built:
            return ()
        ordered = sorted(self.diagnostics, key=lambda finding: finding.severity is not Severity.ERROR)
        found = [Problem(finding.severity.value, self._text(finding)) for finding in ordered]
        return (*([Problem("error", self.breakdown)] if self.breakdown else []), *found)

    def _text(self, finding: Diagnostic) -> str:
        return "\n".join(full([finding], self.texts.get, unstyled))


class Observer(Protocol):
    """Told what a preview does."""

    def serving(self, address: str) -> None:
        """The site can be reached at `address` from now on."""
        ...

    def built(self, report: Report, changes: Sequence[str]) -> None:
        """A build has ended that was made because of `changes`: paths as a reader knows them; none at the start."""
        ...

"""How a build ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kb_gen.diagnostics import FORMATS, Diagnostic
from kb_gen.load import Sources
from kb_gen.locales import Coverage
from kb_gen.site.outputs import Publication
from kb_gen.site.progress import Timing
from kb_gen.site.settings import Settings

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended.

    Attributes:
        settings: what was built.
        diagnostics: everything found wrong on the way.
        failed: whether findings kept the site from being built; what was there before is still there then.
        pages: record pages of the site.
        publication: what was written; empty where nothing was.
        coverage: how much is translated, by locale.
        timings: where the time went.
    """

    settings: Settings
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    pages: int = 0
    publication: Publication = field(default_factory=Publication)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    timings: tuple[Timing, ...] = ()

    @property
    def sources(self) -> Callable[[str], str | None]:
        """Gives the text of each file that a finding points into."""
        return Sources(self.settings.root)

    def report(self, form: str) -> Iterator[str]:
        """The diagnostics in one of the formats, a line or block at a time."""
        return FORMATS[form](self.diagnostics, self.sources)

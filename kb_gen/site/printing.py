"""What makes a site's PDF files: known here by what it does alone, and handed to a build by whoever asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from kb_gen.diagnostics import Diagnostic
from kb_gen.site.context import SiteContext
from kb_gen.site.outputs import Output, Written
from kb_gen.site.progress import Progress

__all__ = ["PrintedSite", "Printer", "StartMethod"]


StartMethod = Literal["fork", "spawn"]
"""How a process begins: with what this one holds, or, beside threads that are at work, with nothing."""


@dataclass(frozen=True, slots=True)
class PrintedSite:
    """The PDF files of a site.

    Attributes:
        written: the files.
        diagnostics: what couldn't be printed.
    """

    written: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...]


class Printer(Protocol):
    """Makes the PDF files of a site."""

    def print(
        self, context: SiteContext, output: Output, jobs: int | None, start: StartMethod, progress: Progress
    ) -> PrintedSite:
        """Make the files, as far as they aren't there as they would become.

        Args:
            context: the site.
            output: where it is.
            jobs: how many processes work at a time.
            start: how they begin.
            progress: is told how far this is.
        """
        ...

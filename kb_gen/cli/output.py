"""What the terminal shows: findings, a summary of them, and how far a build is."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import click

from kb_gen.diagnostics import FORMATS, Diagnostic, Severity, ansi, full, unstyled
from kb_gen.site.progress import Timing

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["BuildProgress", "count_line", "counted", "show_findings", "show_first_findings", "timing_lines"]

_MOST_ALIKE = 20
"""Warnings with one code that a command shows whose business is something else."""


def show_findings(diagnostics: Sequence[Diagnostic], sources: Callable[[str], str | None], form: str) -> None:
    """Print findings to standard output: in colour where that is a terminal, never elsewhere."""
    if form == "full":
        lines: Iterable[str] = full(diagnostics, sources, ansi if _coloured() else unstyled)
    else:
        lines = FORMATS[form](diagnostics, sources)
    for line in lines:
        click.echo(line, color=True)


def show_first_findings(diagnostics: Iterable[Diagnostic], sources: Callable[[str], str | None]) -> None:
    """Print findings for people: all errors, of the warnings with one code the first, and how many more there are."""
    found: Counter[str] = Counter()
    shown: list[Diagnostic] = []
    for finding in diagnostics:
        if finding.severity is not Severity.ERROR:
            found[finding.code] += 1
            if found[finding.code] > _MOST_ALIKE:
                continue
        shown.append(finding)
    show_findings(shown, sources, "full")
    more = {code: count - _MOST_ALIKE for code, count in found.items() if count > _MOST_ALIKE}
    if more:
        kinds = ", ".join(f"{count:,} of {code}" for code, count in more.items())
        click.echo(
            f"\nNot shown: {kinds}. `kb-gen check` shows all that it finds in records, catalogs and pages, "
            "`kb-gen build --format concise` all that a build finds."
        )


def counted(count: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def count_line(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    errors = sum(finding.severity is Severity.ERROR for finding in diagnostics)
    warnings = len(diagnostics) - errors
    parts = [counted(errors, "error")] if errors else []
    parts += [counted(warnings, "warning")] if warnings else []
    return ", ".join(parts) or "nothing found"


def timing_lines(timings: Sequence[Timing]) -> Iterator[str]:
    """Where a build's time went, a line a stage."""
    width = max((len(timing.stage) for timing in timings), default=0)
    for timing in timings:
        rate = f"{timing.count / timing.seconds:9,.0f} a second" if timing.count and timing.seconds else ""
        line = f"{timing.stage:<{width}}  {timing.seconds:7.2f} s  {timing.cpu_seconds:7.2f} s of processors  {rate}"
        yield line.rstrip()
    wall, cpu = sum(timing.seconds for timing in timings), sum(timing.cpu_seconds for timing in timings)
    yield f"{'Together':<{width}}  {wall:7.2f} s  {cpu:7.2f} s of processors"


def _coloured() -> bool:
    if not sys.stdout.isatty():
        return False
    from rich.console import Console  # noqa: PLC0415 - as below

    return Console().color_system is not None


class BuildProgress:
    """A progress bar on a terminal; nothing at all elsewhere."""

    def __init__(self) -> None:
        self._progress = _bar() if sys.stderr.isatty() else None
        self._task: TaskID | None = None

    def __enter__(self) -> BuildProgress:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def stage(self, name: str, total: int) -> None:
        """Begin a stage; the one before is done."""
        if self._progress is None:
            return
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(name, total=total or None)

    def advance(self, count: int) -> None:
        """So much more is done."""
        if self._progress and self._task is not None:
            self._progress.advance(self._task, count)


def _bar() -> Progress:
    # Late: only people see it, and loading it takes longer than finding out that nothing has changed.
    from rich import progress  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    class Count(progress.ProgressColumn):
        """How much is done, and how much of it a second, where that is counted."""

        def render(self, task: progress.Task) -> str:
            if task.total is None:
                return ""
            rate = f"  {task.speed:,.0f}/s" if task.speed else ""
            return f"{task.completed:,.0f}/{task.total:,.0f}{rate}"

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=20),
        Count(Column(no_wrap=True)),
        progress.TimeElapsedColumn(),
    )
    return progress.Progress(*columns, console=Console(stderr=True), transient=True)

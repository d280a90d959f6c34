"""What `kb-gen build` does and tells, once it is known what is asked for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import click
import msgspec

from kb_gen.cli.output import BuildProgress, count_line, show_findings, show_first_findings, timing_lines
from kb_gen.diagnostics import Severity
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.fulltext import PagefindError
from kb_gen.site.last_build import Ordered, build_inputs, unchanged
from kb_gen.site.outcome import Outcome
from kb_gen.site.outputs import ForeignFolderError, Output, OutputError
from kb_gen.site.printing import Printer
from kb_gen.site.settings import Settings
from kb_gen.site.workers import ClusterError, Workers

__all__ = ["Asked", "build"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build is asked for.

    Attributes:
        settings: what is to be built.
        target: where the site goes.
        strict: whether warnings and gaps in translations keep it from being built.
        jobs: how many processes work; as many as there are processors by default.
        scheduler: the address of a Dask cluster that works instead.
        force: whether the target may be taken over whatever is in it.
    """

    settings: Settings
    target: Output
    strict: bool
    jobs: int | None
    scheduler: str | None
    force: bool


def build(asked: Asked, started: float, form: str, timings: bool) -> int:
    """Build a site, and say how it ended. Gives the exit code.

    Args:
        asked: what is asked for.
        started: when, by `time.perf_counter`.
        form: how findings and result are shown.
        timings: whether to say where the time went.
    """
    outcome = _outcome(asked)
    if form == "json":
        click.echo(msgspec.json.encode(_result(outcome, asked.target)).decode())
        return 1 if outcome.failed or _has_errors(outcome) else 0
    if form == "full":
        show_first_findings(outcome.diagnostics, outcome.sources)
    else:
        show_findings(outcome.diagnostics, outcome.sources, form)
    if outcome.failed:
        click.echo(f"No site was built: {count_line(outcome.diagnostics)}.", err=True)
        return 1
    published = outcome.publication
    click.echo(
        f"Built {outcome.pages} article pages in {time.perf_counter() - started:.1f} s into {asked.target.describe()}: "
        f"{len(published.files)} files, {published.changed} changed, {published.removed} removed."
    )
    for tag, coverage in outcome.coverage.items():
        if not coverage.complete:
            click.echo(
                f"{tag}: {coverage.share:.0%} of the passages in articles translated, {coverage.missing} missing, "
                f"{coverage.outdated} outdated."
            )
    if timings:
        for line in timing_lines(outcome.timings):
            click.echo(line)
    # A site was built, but not all of its PDF files.
    return 1 if _has_errors(outcome) else 0


def _has_errors(outcome: Outcome) -> bool:
    return any(finding.severity is Severity.ERROR for finding in outcome.diagnostics)


def _outcome(asked: Asked) -> Outcome:
    settings, target = asked.settings, asked.target
    with _failures_told():
        inputs = build_inputs(settings)
        outcome = None if asked.force else unchanged(Ordered(settings, asked.strict, target), inputs)
        if outcome is not None:
            return outcome
        # Late: a build that finds nothing changed does without most of this program.
        from kb_gen.site.build import build_site  # noqa: PLC0415

        with (
            _workers(asked.scheduler, settings, target) as workers,
            BuildProgress() as progress,
            _printer(settings) as printer,
        ):
            return build_site(
                settings,
                target,
                strict=asked.strict,
                replace=asked.force,
                jobs=asked.jobs,
                workers=workers,
                progress=progress,
                inputs=inputs,
                printer=printer,
            )


@contextmanager
def _printer(settings: Settings) -> Iterator[Printer | None]:
    """What makes the site's PDF files, if it has some; what they lack becomes what the command line says of it."""
    if settings.pdf == "none":
        yield None
        return
    # Late: sites without PDF files do without what makes them.
    from kb_gen.books import site_printer  # noqa: PLC0415
    from kb_gen.pdf import PdfError  # noqa: PLC0415

    try:
        yield site_printer(settings)
    except PdfError as reason:
        raise click.UsageError(str(reason)) from reason


@contextmanager
def _failures_told() -> Iterator[None]:
    """What a build can't do, as what the command line says of it."""
    try:
        yield
    except ForeignFolderError as reason:
        raise click.UsageError(f"{reason}; choose another place, or take it over with --force") from reason
    except (ConfigurationError, PagefindError) as reason:
        raise click.UsageError(str(reason)) from reason
    except (ClusterError, OutputError) as reason:
        raise click.ClickException(str(reason)) from reason


def _workers(scheduler: str | None, settings: Settings, output: Output) -> AbstractContextManager[Workers | None]:
    """Who works on the build, if not this machine's processes."""
    if scheduler is None:
        return nullcontext()
    from kb_gen.site.cluster import dask_workers  # noqa: PLC0415 - most builds do without

    return dask_workers(scheduler, settings, output)


def _result(outcome: Outcome, output: Output) -> dict[str, object]:
    published = outcome.publication
    return {
        "output": output.describe(),
        "built": not outcome.failed,
        "pages": outcome.pages,
        "files": len(published.files),
        "changed": published.changed,
        "removed": published.removed,
        "bytes": published.bytes,
        "timings": [
            {
                "stage": timing.stage,
                "seconds": round(timing.seconds, 3),
                "cpu_seconds": round(timing.cpu_seconds, 3),
                "count": timing.count,
            }
            for timing in outcome.timings
        ],
        "diagnostics": msgspec.json.decode("\n".join(outcome.report("json")) or "[]"),
        "translated": {
            tag: {
                "share": round(coverage.share, 4),
                "translated": coverage.translated,
                "outdated": coverage.outdated,
                "missing": coverage.missing,
            }
            for tag, coverage in outcome.coverage.items()
        },
    }

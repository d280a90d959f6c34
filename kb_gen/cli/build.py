"""`kb-gen build`: the finished site."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import click
import msgspec

from kb_gen.cli.output import BuildProgress, count_line, show_findings, timing_lines
from kb_gen.cli.project import config_option, project_settings
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.fulltext import PagefindError
from kb_gen.site.last_build import Ordered, build_inputs, unchanged
from kb_gen.site.outcome import Outcome
from kb_gen.site.outputs import Disk, ForeignFolderError, Output, OutputError, output_for
from kb_gen.site.settings import Settings
from kb_gen.site.workers import ClusterError, Workers

__all__ = ["command"]


@click.command("build")
@config_option
@click.option("--site-dir", "-d", type=click.Path(path_type=Path, file_okay=False), help="Where the site goes.")
@click.option(
    "--output",
    "-o",
    metavar="ADDRESS",
    help="Where the site goes, instead of a folder of this machine: a store's address, such as s3://bucket/prefix.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings and on missing or outdated translations.")
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="Processes that make pages; all processors by default.")
@click.option(
    "--executor",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="Who reads records and makes pages: processes of this machine, or a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="The Dask cluster's scheduler, such as tcp://10.0.0.5:8786.")
@click.option(
    "--search",
    type=click.Choice(["auto", "material", "pagefind", "none"]),
    help="How full-text search works, instead of as the project's configuration says.",
)
@click.option("--force", is_flag=True, help="Take over an output that holds something else, and clear it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json", "github"]),
    default="full",
    show_default=True,
    help="How findings, and with json the result, are shown.",
)
@click.option("--timings", is_flag=True, help="Print where the time went; with `--format json` it is always told.")
def command(  # noqa: PLR0913, PLR0917 - one for each option
    config_file: Path,
    site_dir: Path | None,
    output: str | None,
    strict: bool,
    jobs: int | None,
    executor: str,
    scheduler: str | None,
    search: str | None,
    force: bool,
    form: str,
    timings: bool,
) -> int:
    """Build the site.

    Files that don't change are not touched; a build with errors leaves the last good site as it is.

    \b
    Example:
      kb-gen build
      kb-gen build --strict --site-dir /srv/www/kb
      kb-gen build --output s3://bucket/events
      kb-gen build --timings               also say where the time went
      kb-gen build --executor dask --scheduler tcp://10.0.0.5:8786

    Exit codes: 0 built, 1 the content has errors and nothing was written, 2 wrong usage or environment.
    """
    if output is not None and site_dir is not None:
        raise click.UsageError("`--output` and `--site-dir` both say where the site goes: give one of them")
    if (executor == "dask") != (scheduler is not None):
        raise click.UsageError("`--executor dask` and `--scheduler` belong together: give both, or neither")
    settings = project_settings(config_file, site_dir)
    if search is not None:
        settings = replace(settings, search=search)
    started = time.perf_counter()
    with _failures_told():
        target = Disk(settings.site_dir) if output is None else output_for(output)
        inputs = build_inputs(settings)
        outcome = None if force else unchanged(Ordered(settings, strict, target), inputs)
        if outcome is None:
            if jobs != 1:
                target.look_ahead()
            # Late: a build that finds nothing changed does without most of this program.
            from kb_gen.site.build import build_site  # noqa: PLC0415

            with _workers(scheduler, settings, target) as workers, BuildProgress() as progress:
                outcome = build_site(
                    settings,
                    target,
                    strict=strict,
                    replace=force,
                    jobs=jobs,
                    workers=workers,
                    progress=progress,
                    inputs=inputs,
                )
    if form == "json":
        click.echo(msgspec.json.encode(_result(outcome, target)).decode())
        return 1 if outcome.failed else 0
    show_findings(outcome.diagnostics, outcome.sources, form)
    if outcome.failed:
        click.echo(f"No site was built: {count_line(outcome.diagnostics)}.", err=True)
        return 1
    published = outcome.publication
    click.echo(
        f"Built {outcome.pages} article pages in {time.perf_counter() - started:.1f} s into {target.describe()}: "
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
    return 0


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

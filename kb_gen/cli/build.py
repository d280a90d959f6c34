"""`kb-gen build`: the finished site."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import click

from kb_gen.cli.project import config_option, project_settings
from kb_gen.site.outputs import Disk, OutputError, output_for

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

    Exit codes: 0 built, 1 the content has errors and nothing was written, or not all PDF files could be made, 2 wrong
    usage or environment.
    """
    if output is not None and site_dir is not None:
        raise click.UsageError("`--output` and `--site-dir` both say where the site goes: give one of them")
    if (executor == "dask") != (scheduler is not None):
        raise click.UsageError("`--executor dask` and `--scheduler` belong together: give both, or neither")
    settings = project_settings(config_file, site_dir)
    if search is not None:
        settings = replace(settings, search=search)
    started = time.perf_counter()
    try:
        target = Disk(settings.site_dir) if output is None else output_for(output)
    except OutputError as reason:
        raise click.ClickException(str(reason)) from reason
    if jobs != 1:
        target.look_ahead()
    # Late: loading the rest of this program takes as long as looking through the site does.
    from kb_gen.cli.building import Asked, build  # noqa: PLC0415

    asked = Asked(settings, target, strict, jobs, scheduler, force)
    return build(asked, started, form, timings)

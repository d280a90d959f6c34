"""`kb-gen pdf`: the knowledge base as books, for where there is no network."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import msgspec

from kb_gen.books import Selection, SelectionError, library_of, selected
from kb_gen.cli.output import BuildProgress, count_line, show_findings
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import FORMATS, Diagnostic, Severity, in_order
from kb_gen.document import find_targets
from kb_gen.locales import Localizer, UnknownLocale, locale_info
from kb_gen.pdf import PAPERS, Folder, PdfError, Printed, State, print_sheets, printing_findings, require
from kb_gen.site.reading import Project, read_project
from kb_gen.site.settings import Settings
from kb_gen.site.workers import Processes

__all__ = ["command"]


class _Day(click.DateTime):
    """A day, as records have it; refused in the words of somebody who knows no format strings."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"`{value}` is no day: write it as YYYY-MM-DD, such as 2026-01-31", param, ctx)


@click.command("pdf")
@config_option
@click.option(
    "--locale",
    "-l",
    "locales",
    multiple=True,
    metavar="TAG",
    help="Only in this language; may be given several times. All of the project's by default.",
)
@click.option("--product", "-p", "products", multiple=True, metavar="KEY", help="Only this product's articles.")
@click.option("--source", "-s", "sources", multiple=True, metavar="NAME", help="A book of this event source alone.")
@click.option("--event", "-e", "events", multiple=True, metavar="SOURCE/ID", help="A file of this event alone.")
@click.option(
    "--changed-since",
    type=_Day(),
    metavar="YYYY-MM-DD",
    help="One book of the articles of all products that have changed since then, such as 2026-01-31.",
)
@click.option(
    "--all",
    "together",
    is_flag=True,
    help="One book of all products, all.pdf, whose references lead everywhere, instead of a book for each product.",
)
@click.option("--paper", type=click.Choice(list(PAPERS)), help="The paper, instead of as the configuration says.")
@click.option(
    "--fonts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder of fonts, for scripts that Typst's own don't have.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("pdf"),
    show_default=True,
    help="The folder for the files.",
)
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="Processes; as many as processors and memory allow.")
@click.option("--open", "opened", is_flag=True, help="Open the first file when it is made.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="full",
    show_default=True,
    help="How findings, and with json the files, are shown.",
)
def command(  # noqa: PLR0913, PLR0917 - one for each option
    config_file: Path,
    locales: tuple[str, ...],
    products: tuple[str, ...],
    sources: tuple[str, ...],
    events: tuple[str, ...],
    changed_since: dt.datetime | None,
    together: bool,
    paper: str | None,
    fonts: Path | None,
    output: Path,
    jobs: int | None,
    opened: bool,
    form: str,
) -> int:
    """Make books to print, or to read where there is no network: a PDF file for each product and language.

    A book of many articles comes in several volumes. What hasn't changed isn't made again.

    \b
    Example:
      kb-gen pdf --locale de
      kb-gen pdf --event MSExchangeTransport/1024 --open
      kb-gen pdf --source MSExchangeTransport --paper us-letter
      kb-gen pdf --changed-since 2026-01-31

    Exit codes: 0 made, 1 the content has errors, or something couldn't be printed, 2 wrong usage or environment.
    """
    started = time.perf_counter()
    if events and (products or sources or changed_since or together):
        raise click.UsageError("`--event` makes a file of each event: leave the other options out that choose articles")
    if together and (products or sources):
        raise click.UsageError("`--all` makes a book of all products: leave `--product` and `--source` out, or `--all`")
    settings = _settings(config_file, paper, fonts)
    _confirm_output(output, settings)
    selection = Selection(products, sources, events, changed_since.date() if changed_since else None, together)
    try:
        require()
        tags = _tags(settings, locales)
        project = read_project(settings, Processes(jobs or os.cpu_count() or 1))
        if any(finding.severity is Severity.ERROR for finding in project.diagnostics):
            return _refused(project, output, form)
        with BuildProgress() as progress:
            made = _print(settings, tags, selection, project, Folder(output), jobs, progress)
    except (PdfError, SelectionError) as reason:
        raise click.UsageError(str(reason)) from reason
    if not made:
        click.echo("Nothing has changed since then, so no file was made.", err=True)
    unprinted = printing_findings(made, project.kb, settings.root)
    findings = tuple(in_order((*project.diagnostics, *unprinted)))
    if form == "json":
        click.echo(_result(made, output, findings, project))
    else:
        show_findings(findings, project.loaded.sources, form)
        _summarize(made, output, time.perf_counter() - started)
    if opened and made and made[0].state is not State.FAILED:
        click.launch(str(output / made[0].url))
    return 1 if unprinted else 0


def _settings(config_file: Path, paper: str | None, fonts: Path | None) -> Settings:
    """The project's settings, and what the command line has instead of them."""
    settings = project_settings(config_file)
    if paper:
        settings = replace(settings, pdf_paper=paper)
    return replace(settings, pdf_fonts=str(fonts.resolve())) if fonts else settings


def _confirm_output(output: Path, settings: Settings) -> None:
    """Refuse folders whose files are read as records, pages or catalogs."""
    for name in (settings.content, settings.translations):
        if output.resolve().is_relative_to((settings.root / name).resolve()):
            raise click.BadParameter(
                f"`{output}` is in `{name}`, where the files would be taken for the project's own: name another folder",
                param_hint="--output",
            )


def _tags(settings: Settings, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that are asked for, each of which the project has."""
    try:
        tags = tuple(dict.fromkeys(locale_info(tag).tag for tag in chosen))
    except UnknownLocale as reason:
        raise click.BadParameter(str(reason), param_hint="--locale") from reason
    for tag in tags:
        if tag not in settings.locales:
            there = ", ".join([f"`{each}`" for each in settings.locales])
            raise click.BadParameter(f"the project isn't in `{tag}`, but in {there}", param_hint="--locale")
    return tags or settings.locales


def _print(
    settings: Settings,
    tags: Sequence[str],
    selection: Selection,
    project: Project,
    folder: Folder,
    jobs: int | None,
    progress: BuildProgress,
) -> list[Printed]:
    kb, targets = project.kb, find_targets(project.kb)
    chosen = {
        tag: selected(selection, kb, targets, Localizer(kb, project.catalogs, tag, settings.source_locale))
        for tag in tags
    }
    library = library_of(settings, kb, project.catalogs, targets, {tag: each.volumes for tag, each in chosen.items()})
    sheets = [sheet for each in chosen.values() for sheet in each.sheets]
    return print_sheets(sheets, library, folder, jobs=jobs, progress=progress)


def _refused(project: Project, output: Path, form: str) -> int:
    if form == "json":
        click.echo(_result((), output, project.diagnostics, project))
        return 1
    show_findings(project.diagnostics, project.loaded.sources, form)
    if form == "full":
        click.echo(f"No PDF file was made: {count_line(project.diagnostics)}.", err=True)
    return 1


def _summarize(made: Sequence[Printed], output: Path, seconds: float) -> None:
    for file in made:
        if file.state is State.FAILED:
            click.echo(f"{output / file.url}: not made")
            continue
        unchanged = ", unchanged" if file.state is State.UNCHANGED else ""
        pages = f"{file.pages} page{'' if file.pages == 1 else 's'}"
        click.echo(f"{output / file.url}: {pages}, {-(-file.size // 1024)} KB{unchanged}")
    click.echo(f"{len(made)} file{'' if len(made) == 1 else 's'} in {seconds:.1f} s.")


def _result(made: Sequence[Printed], output: Path, findings: Sequence[Diagnostic], project: Project) -> str:
    """What became of it, for programs."""
    files = [
        {
            "path": (output / file.url).as_posix(),
            "state": file.state.value,
            "pages": file.pages,
            "bytes": file.size,
        }
        for file in made
    ]
    diagnostics = msgspec.json.decode("\n".join(FORMATS["json"](findings, project.loaded.sources)) or "[]")
    return msgspec.json.encode({"files": files, "diagnostics": diagnostics}).decode()

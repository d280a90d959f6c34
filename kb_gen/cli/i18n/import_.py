"""`kb-gen i18n import`: translations from other tools taken into the catalogs."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kb_gen.cli.i18n.project import chosen_locales
from kb_gen.cli.output import BuildProgress, show_findings
from kb_gen.cli.project import config_option, project_settings
from kb_gen.load import load_project
from kb_gen.locales.exchange import (
    FileReport,
    ImportReport,
    Policy,
    Project,
    ReportSources,
    import_files,
    refusal_findings,
    report_data,
)

__all__ = ["command"]


@click.command("import")
@config_option
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--locale", "-l", "locale", metavar="TAG", help="Take this locale only; for tables that don't tell.")
@click.option("--approve", is_flag=True, help="Count changed translations as approved, whatever the file says.")
@click.option("--overwrite", is_flag=True, help="Take translations also where the catalog has another one by now.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    config_file: Path,
    files: tuple[Path, ...],
    locale: str | None,
    approve: bool,
    overwrite: bool,
    dry_run: bool,
    form: str,
) -> int:
    """Take translated files into the catalogs: XLIFF 1.0 to 2.2, CSV and spreadsheets.

    Each entry is compared with the catalog. What is in order is saved; the rest stays out, each with its reason:
    another source text, an unknown one, another language, a change in the catalog since the export, a lost `%1`.
    Nothing is deleted because a file lacks it.

    \b
    Example:
      kb-gen i18n import de.xlf
      kb-gen i18n import --dry-run review.xlsx
      kb-gen i18n import --approve omegat/*.xlf       from a tool that keeps no states

    Exit codes: 0 everything was taken, 1 something was refused or needs review, 2 wrong usage.
    """
    settings = project_settings(config_file)
    chosen = chosen_locales(settings, (locale,))[0] if locale else None
    loaded = load_project(settings.root, settings.content)
    locales = (chosen,) if chosen else chosen_locales(settings, ())
    project = Project(settings.root, loaded.knowledge_base, locales, settings.translations)
    with BuildProgress() as progress:
        progress.stage("Reading", 0)
        report = import_files(project, files, Policy(approve, overwrite), chosen, not dry_run, progress.advance)
    if form == "json":
        click.echo(msgspec.json.encode({"dry_run": dry_run, **report_data(report)}).decode())
    else:
        _tell(report, settings.root, dry_run)
    return 0 if report.clean else 1


def _tell(report: ImportReport, root: Path, dry_run: bool) -> None:
    sources = ReportSources(root, report)
    findings = list(refusal_findings(report, sources))
    show_findings(findings, sources, "full")
    if findings:
        click.echo()
    for file in report.files:
        click.echo(_line(file, dry_run))
    for path in report.catalogs:
        click.echo(f"{'Would write' if dry_run else 'Wrote'} {path}")


def _line(file: FileReport, dry_run: bool) -> str:
    refused = sum(not refusal.taken for refusal in file.refusals)
    review = file.saved - file.approved
    parts = [f"{file.saved} {'to save' if dry_run else 'saved'}"]
    parts += [f"{review} of them to review"] if review else []
    parts += [f"{file.unchanged} unchanged"]
    parts += [f"{file.untranslated} untranslated"] if file.untranslated else []
    parts += [f"{refused} refused"] if refused else []
    return f"{file.file}: {', '.join(parts)}"

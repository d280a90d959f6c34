"""`kb-gen i18n update`: templates and catalogs brought up to date with the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from kb_gen.cli.i18n.project import chosen_locales, loading_errors, locale_option
from kb_gen.cli.i18n.unfuzzy import declared_changes, unfuzzy_options
from kb_gen.cli.i18n.update_report import UpdateReport, report_data, report_lines
from kb_gen.cli.output import show_findings
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import Diagnostic
from kb_gen.load import Loaded, load_project
from kb_gen.locales import (
    CatalogUpdate,
    Declared,
    UpdateOrder,
    planned_update,
    template_changes,
    update,
    write_changes,
)
from kb_gen.site.settings import Settings

__all__ = ["command"]


@click.command("update")
@config_option
@locale_option
@unfuzzy_options
@click.option("--dry-run", is_flag=True, help="Only say what would change, and write nothing.")
@click.option("--diff", "with_diff", is_flag=True, help="Show how each file changes, as `diff -u` does.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    config_file: Path,
    locales: tuple[str, ...],
    records: tuple[str, ...],
    revisions: tuple[str, ...],
    dry_run: bool,
    with_diff: bool,
    form: str,
) -> int:
    """Bring the catalogs (.po) up to date with the content; a new locale gets its files.

    The templates are brought up to date first, as by `kb-gen i18n extract`. While records have errors, nothing is
    written.

    Nothing is lost: translations that are no longer used stay in the file as obsolete entries, and a text that
    changed keeps its old translation, marked fuzzy. Where the change is none for translators, say so with --unfuzzy
    or --unfuzzy-commit: translations that fit the new text keep their approval, and the others are named.

    \b
    Example:
      kb-gen i18n update
      kb-gen i18n update --locale fr
      kb-gen i18n update --dry-run --diff
      kb-gen i18n update --unfuzzy MSExchangeTransport/1024
      kb-gen i18n update --unfuzzy-commit HEAD
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    loaded = load_project(settings.root, settings.content)
    report = UpdateReport(dry_run, with_diff, findings=tuple(loading_errors(loaded)))
    if report.failed:
        # Templates of what could be read alone would throw the translations of the rest out of the catalogs.
        click.echo("Nothing was written: mend the errors first.", err=True)
    else:
        declared = declared_changes(settings, loaded.knowledge_base, records, revisions)
        report = _updated(report, settings, loaded, tags, declared)
    if form == "json":
        click.echo(report_data(report, loaded.sources))
    else:
        show_findings(report.findings, loaded.sources, "full")
        for line in report_lines(report):
            click.echo(line)
    return 1 if report.failed else 0


def _updated(
    report: UpdateReport,
    settings: Settings,
    loaded: Loaded,
    tags: Sequence[str],
    declared: Mapping[str, Declared],
) -> UpdateReport:
    """The update, done or, in a dry run, planned."""
    root = settings.root
    templates = template_changes(
        root, loaded.knowledge_base, settings.site_name, settings.translations, settings.workbench_url
    )
    former = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in templates}
    if not report.dry_run:
        write_changes(root, templates)
    unwritten = templates if report.dry_run else {}
    order = UpdateOrder(settings.translations, settings.workbench_url, unwritten, declared)
    catalogs: dict[str, tuple[CatalogUpdate, ...]] = {}
    findings: dict[Diagnostic, None] = {}
    for tag in tags:
        catalogs[tag], odd = planned_update(root, tag, order) if report.dry_run else update(root, tag, order)
        findings.update(dict.fromkeys(odd))
    return UpdateReport(report.dry_run, report.with_diff, templates, former, catalogs, tuple(findings))

"""`kb-gen i18n update`: templates and catalogs brought up to date with the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from kb_gen.cli.i18n.project import chosen_locales, errors_among, loading_errors, locale_option
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
    planned_templates,
    planned_update,
    update,
    write_changes,
)
from kb_gen.locales.glossary import Glossary, load_glossary
from kb_gen.locales.memory import MemorySuggestions
from kb_gen.site.settings import Settings

__all__ = ["command"]


@click.command("update")
@config_option
@locale_option
@unfuzzy_options
@click.option(
    "--memory",
    "remembered_for",
    type=click.Choice(["new", "all", "none"]),
    default="new",
    show_default=True,
    help="Which entries without a translation get one from the memory, to approve.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would change, and write nothing.")
@click.option("--diff", "with_diff", is_flag=True, help="Show how each file changes, as `diff -u` does.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(  # noqa: PLR0913, PLR0917 - an argument for each option
    config_file: Path,
    locales: tuple[str, ...],
    records: tuple[str, ...],
    revisions: tuple[str, ...],
    remembered_for: str,
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

    A new text gets the translation that the same text, or one like it, has in another catalog or a TMX file of the
    memory, marked fuzzy and with a comment that says where it comes from.

    \b
    Example:
      kb-gen i18n update
      kb-gen i18n update --locale fr
      kb-gen i18n update --dry-run --diff
      kb-gen i18n update --memory all
      kb-gen i18n update --unfuzzy MSExchangeTransport/1024
      kb-gen i18n update --unfuzzy-commit HEAD
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    loaded = load_project(settings.root, settings.content)
    glossaries = {tag: load_glossary(settings.root, tag, settings.translations) for tag in tags}
    # Without the glossary, an update would take its terms out of all comments.
    broken = dict.fromkeys(found for _, findings in glossaries.values() for found in errors_among(findings))
    report = UpdateReport(dry_run, with_diff, findings=(*loading_errors(loaded), *broken))
    if report.failed:
        # Templates of what could be read alone would throw the translations of the rest out of the catalogs.
        click.echo("Nothing was written: mend the errors first.", err=True)
    else:
        declared = declared_changes(settings, loaded.knowledge_base, records, revisions)
        aids = {tag: _Aids(glossary, wrong, remembered_for) for tag, (glossary, wrong) in glossaries.items()}
        report = _updated(report, settings, loaded, declared, aids)
    if form == "json":
        click.echo(report_data(report, loaded.sources))
    else:
        show_findings(report.findings, loaded.sources, "full")
        for line in report_lines(report):
            click.echo(line)
    return 1 if report.failed else 0


@dataclass(frozen=True, slots=True)
class _Aids:
    """What helps a locale's translators: the glossary, what is wrong with it, and what the memory is asked about."""

    glossary: Glossary
    findings: Sequence[Diagnostic]
    remembered_for: str


def _updated(
    report: UpdateReport,
    settings: Settings,
    loaded: Loaded,
    declared: Mapping[str, Declared],
    aids: Mapping[str, _Aids],
) -> UpdateReport:
    """The update, done or, in a dry run, planned."""
    root = settings.root
    plan = planned_templates(
        root, loaded.knowledge_base, settings.site_name, settings.translations, settings.workbench_url
    )
    former = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in plan.changes}
    if not report.dry_run:
        write_changes(root, plan.changes)
    common = UpdateOrder(settings.translations, settings.workbench_url, plan, declared)
    catalogs: dict[str, tuple[CatalogUpdate, ...]] = {}
    findings: dict[Diagnostic, None] = {}
    for tag, given in aids.items():
        memory = MemorySuggestions(root, tag, settings.translations, settings.source_locale)
        order = replace(
            common,
            glossary=given.glossary,
            memory=memory if given.remembered_for != "none" else None,
            fill=given.remembered_for == "all",
        )
        catalogs[tag], odd = planned_update(root, tag, order) if report.dry_run else update(root, tag, order)
        findings.update(dict.fromkeys((*given.findings, *odd, *errors_among(memory.findings))))
    return UpdateReport(report.dry_run, report.with_diff, plan.changes, former, catalogs, tuple(findings))

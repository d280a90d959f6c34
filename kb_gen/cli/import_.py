"""`kb-gen import`: a product's message file, or an article, becomes records and translations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import click

from kb_gen.cli.i18n.project import chosen_locales, loading_errors
from kb_gen.cli.import_catalogs import import_catalogs
from kb_gen.cli.import_report import ImportReport, report_data, report_lines
from kb_gen.cli.importing import FileOptions, file_options, product_of, read_files, texts_of
from kb_gen.cli.output import BuildProgress, show_findings
from kb_gen.cli.project import project_settings
from kb_gen.diagnostics import Diagnostic
from kb_gen.importers import (
    FIELDS,
    FORMATS,
    Catalogs,
    Imported,
    Merge,
    Target,
    TranslationPlan,
    merge,
    plan_translations,
    save_translations,
    untaken,
    write_files,
)
from kb_gen.load import Loaded, load_project
from kb_gen.locales import locale_info
from kb_gen.site.settings import Settings
from kb_gen.validate import placing_errors

__all__ = ["command"]

_TRANSLATIONS = "translations"
_ALL = "all"
_CATALOG = "po"
"""The format that has translations only, and no events."""


@click.command("import")
@file_options(*FORMATS, _CATALOG)
@click.option("--product-name", default="", help="The product's name, if it isn't in products.yml yet.")
@click.option(
    "--locale",
    "-l",
    "locales",
    multiple=True,
    metavar="TAG",
    help="Also take translations into this language, or `all`; the site's languages are always taken.",
)
@click.option(
    "--overwrite",
    multiple=True,
    type=click.Choice([*FIELDS, _TRANSLATIONS]),
    help="Replace what records (or catalogs) say otherwise; may be given several times.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be done, and write nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    options: FileOptions,
    product_name: str,
    locales: tuple[str, ...],
    overwrite: tuple[str, ...],
    dry_run: bool,
    form: str,
) -> int:
    """Take the events of a product's message file into the records, and its translations into the catalogs.

    A new event gets a record. One that has a record gets what that lacks; what authors wrote stays, and is told where
    the file says something else. Messages in the site's other languages become approved translations.

    \b
    Example:
      kb-gen import errmsg errmsg-utf8.txt --into content/mariadb --source MariaDB
      kb-gen import mc events.mc --into content/agent --dry-run
      kb-gen import errmsg errmsg-utf8.txt --into content/mariadb --overwrite message
      kb-gen import po other/de.po                   translations of texts that articles have, too

    Exit codes: 0 everything was taken, 1 something was skipped, differs, is missing or couldn't be read, 2 wrong usage.
    """
    settings = project_settings(options.config_file)
    loaded = load_project(settings.root, settings.content)
    texts = texts_of(options.files, options.encoding, loaded)
    if options.name == _CATALOG:
        return import_catalogs(options, settings, loaded, _TRANSLATIONS in overwrite, dry_run, form, texts)
    product = product_of(options, settings, loaded.knowledge_base)
    with BuildProgress() as progress:
        progress.stage("Reading", 0)
        imported = read_files(options, product, loaded.knowledge_base)
        run = _Run(settings, loaded, imported, progress, dry_run)
        known = loaded.knowledge_base.products.get(product)
        named = known.name if known else product_name or product
        catalogs = run.catalogs(locales)
        target = Target(product, named, options.version, frozenset(overwrite) - {_TRANSLATIONS}, catalogs.locales)
        report = run.report(target, catalogs, _TRANSLATIONS in overwrite)
    if form == "json":
        click.echo(report_data(report, texts))
    else:
        show_findings(report.findings, texts, "full")
        for line in report_lines(report):
            click.echo(line)
    return 0 if report.clean else 1


@dataclass(slots=True)
class _Run:
    """One import."""

    settings: Settings
    loaded: Loaded
    imported: Imported
    progress: BuildProgress
    dry_run: bool
    findings: list[Diagnostic] = field(default_factory=list)

    def report(self, target: Target, catalogs: Catalogs, overwrite: bool) -> ImportReport:
        """What is done."""
        self.findings += self.imported.diagnostics
        # A project's first records make the folder that they lie in. What can't be read may be one of the events, and
        # its translations would leave the catalogs. Where records lie is where those of the same source go.
        unread = [finding for finding in loading_errors(self.loaded) if finding.code != "missing-content"]
        errors = unread or placing_errors(self.loaded)
        if errors:
            return ImportReport(self.dry_run, (*self.findings, *errors), failed=True)
        self.progress.stage("Comparing", 0)
        merged = merge(self.loaded, self.imported, target)
        self.findings += merged.diagnostics
        self.progress.stage("Comparing translations", 0)
        plan = plan_translations(catalogs, self.imported, merged, overwrite)
        self.findings += plan.diagnostics
        left = untaken(self.imported.events, catalogs.locales, merged.knowledge_base)
        failed = merged.failed or plan.failed or (not self.dry_run and not self._written(merged, plan))
        return ImportReport(self.dry_run, tuple(self.findings), merged, plan, left, failed)

    def catalogs(self, locales: Sequence[str]) -> Catalogs:
        """Where translations go."""
        settings = self.settings
        chosen = chosen_locales(settings, tuple(tag for tag in locales if tag != _ALL))
        tags = dict.fromkeys((*chosen_locales(settings, ()), *chosen))
        if _ALL in locales:
            found = {tag for event in self.imported.events for tag in event.messages}
            tags |= dict.fromkeys(sorted(found - {locale_info(settings.source_locale).tag}))
        return Catalogs(settings.root, tuple(tags), settings.translations, settings.site_name, settings.workbench_url)

    def _written(self, merged: Merge, plan: TranslationPlan) -> bool:
        self.progress.stage("Writing records", len(merged.changes))

        def catalogs() -> None:
            self.progress.stage("Writing catalogs", 0)
            self.findings += save_translations(self.settings.root, plan)

        wrong = write_files(self.settings.root, merged.changes, self.progress.advance, catalogs)
        self.findings += wrong
        return not wrong

"""`kb-gen i18n update`: templates and catalogs brought up to date with the content."""

from __future__ import annotations

from pathlib import Path

import click

from kb_gen.cli.i18n.project import chosen_locales, locale_option, written_templates
from kb_gen.cli.output import show_findings
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import Severity
from kb_gen.load import Sources
from kb_gen.locales import update

__all__ = ["command"]


@click.command("update")
@config_option
@locale_option
def command(config_file: Path, locales: tuple[str, ...]) -> int:
    """Bring the catalogs (.po) up to date with the content; a new locale gets its files.

    The templates are brought up to date first, as by `kb-gen i18n extract`. While records have errors, nothing is
    written.

    Nothing is lost: translations that are no longer used stay in the file as obsolete entries, and a text that
    changed keeps its old translation, marked fuzzy.

    \b
    Example:
      kb-gen i18n update
      kb-gen i18n update --locale fr
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    if written_templates(settings) is None:
        return 1
    failed = False
    for tag in tags:
        done, findings = update(settings.root, tag, settings.translations)
        show_findings(findings, Sources(settings.root), "full")
        failed |= any(finding.severity is Severity.ERROR for finding in findings)
        for catalog in done:
            if catalog.written:
                changes = catalog.changes
                click.echo(
                    f"Wrote {catalog.path}: {changes.added} new, {changes.fuzzy} to review, "
                    f"{changes.revived} revived, {changes.obsolete} obsolete"
                )
        if not failed and not any(catalog.written for catalog in done):
            click.echo(f"{tag}: all catalogs are up to date.")
    return 1 if failed else 0

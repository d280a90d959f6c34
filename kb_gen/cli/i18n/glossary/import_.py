"""`kb-gen i18n glossary import`: terms from other tools."""

from __future__ import annotations

from pathlib import Path

import click

from kb_gen.cli.i18n.project import chosen_locales, locale_option
from kb_gen.cli.output import show_findings
from kb_gen.cli.project import config_option, format_option, project_settings
from kb_gen.diagnostics import Severity
from kb_gen.load import Sources, load_project
from kb_gen.locales import extract
from kb_gen.locales.glossary import GLOSSARY_FILE, import_terms
from kb_gen.site.settings import Settings

__all__ = ["command"]


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@config_option
@locale_option
@format_option
@click.option("--used", is_flag=True, help="Take only terms that the project's texts use.")
def command(config_file: Path, file: Path, locales: tuple[str, ...], form: str, used: bool) -> int:
    """Put the terms of FILE into translations/glossary.csv, in new rows or in cells that are empty.

    FILE is TBX (version 2 or 3, Microsoft's term collections too), or CSV: with a column for each locale as in
    glossary.csv, or with `source` and `target` as Weblate writes it. What stands in the glossary isn't changed; where
    FILE says something else, that is told.

    \b
    Example:
      kb-gen i18n glossary import MicrosoftTermCollection.tbx --used
      kb-gen i18n glossary import --locale de glossary-de.csv
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    texts = _texts(settings) if used else None
    done = import_terms(settings.root, file, settings.source_locale, tags, settings.translations, texts)
    show_findings(done.findings, Sources(settings.root), form)
    failed = any(finding.severity is Severity.ERROR for finding in done.findings)
    if form == "full":
        path = f"{settings.translations}/{GLOSSARY_FILE}"
        if failed:
            click.echo(f"{path} stays as it is.", err=True)
        else:
            click.echo(
                f"{path}: of the terms, {done.added:,} added, {done.completed:,} completed, {done.kept:,} kept, "
                f"{done.passed_over:,} passed over."
            )
    return 1 if done.findings else 0


def _texts(settings: Settings) -> list[str]:
    """Everything that there is to translate in the project's records."""
    kb = load_project(settings.root, settings.content).knowledge_base
    return [entry.msgid for template in extract(kb).values() for entry in template.entries]

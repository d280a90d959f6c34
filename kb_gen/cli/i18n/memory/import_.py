"""`kb-gen i18n memory import`: translations from other tools."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from kb_gen.cli.i18n.project import chosen_locales, locale_option
from kb_gen.cli.output import show_findings
from kb_gen.cli.project import config_option, format_option, project_settings
from kb_gen.cli.reading_progress import reading_progress
from kb_gen.diagnostics import Severity
from kb_gen.load import Sources
from kb_gen.locales.memory import import_tmx

__all__ = ["command"]

_MOST_SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@config_option
@locale_option
@format_option
def command(config_file: Path, file: Path, locales: tuple[str, ...], form: str) -> int:
    """Take the translations of a TMX file into the memory: those in the project's languages.

    They are written into translations/memory/, in UTF-8 and without what only the other tool understands. A unit that
    can't be used is left out and named; the others are there all the same. From then on, `kb-gen i18n update` offers
    them for new texts.

    \b
    Example:
      kb-gen i18n memory import ~/exports/company.tmx
      kb-gen i18n memory import --locale de --format json company.tmx
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    with reading_progress(file) as advance:
        done = import_tmx(settings.root, file, settings.source_locale, tags, settings.translations, advance)
    if form == "full":
        # What ended the reading comes last in the file, and is to be told first.
        findings = sorted(done.findings, key=lambda finding: finding.severity is not Severity.ERROR)
        show_findings(findings[:_MOST_SHOWN], Sources(settings.root), form)
        further = Counter(finding.message.partition(" (line ")[0] for finding in findings[_MOST_SHOWN:])
        for message, count in further.most_common():
            click.echo(f"and {count:,} times: {message}")
    else:
        show_findings(done.findings, Sources(settings.root), form)
    if form == "full":
        refused = len(done.findings)
        if done.path:
            units = f"{done.units:,} unit{'' if done.units == 1 else 's'}"
            click.echo(
                f"Wrote {done.path}: {units}. Left out: {refused:,} that can't be used, "
                f"{done.repeated:,} repeated, {done.passed_over:,} in other languages."
            )
        elif any(finding.severity is Severity.ERROR for finding in done.findings):
            click.echo("Nothing was written: the file can't be read to its end.", err=True)
        else:
            named = ", ".join((settings.source_locale, *tags))
            click.echo(f"Nothing was written: the file has no unit of use in {named}.", err=True)
    return 0 if done.path and not done.findings else 1

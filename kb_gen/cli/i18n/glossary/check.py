"""`kb-gen i18n glossary check`: terms that are translated otherwise than the glossary says."""

from __future__ import annotations

from pathlib import Path

import click

from kb_gen.cli.i18n.project import chosen_locales, locale_option
from kb_gen.cli.output import count_line, show_findings
from kb_gen.cli.project import config_option, format_option, project_settings
from kb_gen.diagnostics import Severity
from kb_gen.load import Sources
from kb_gen.locales.checks.terms import term_findings

__all__ = ["command"]


@click.command("check")
@config_option
@locale_option
@format_option
@click.option("--strict", is_flag=True, help="Let warnings fail the check, too.")
def command(config_file: Path, locales: tuple[str, ...], form: str, strict: bool) -> int:
    """Find terms that are translated otherwise than the glossary says, and what is wrong with the glossary itself.

    `kb-gen i18n check` finds the same, and much else.

    \b
    Example:
      kb-gen i18n glossary check
      kb-gen i18n glossary check --locale de --format concise
    """
    settings = project_settings(config_file)
    findings = term_findings(settings.root, chosen_locales(settings, locales), settings.translations)
    show_findings(findings, Sources(settings.root), form)
    if form == "full":
        click.echo(f"Terms checked: {count_line(findings)}")
    return 1 if any(strict or finding.severity is Severity.ERROR for finding in findings) else 0

"""`kb-gen i18n check`: every mistake in the catalogs."""

from __future__ import annotations

from pathlib import Path

import click

from kb_gen.cli.i18n.project import chosen_locales, locale_option, not_ready
from kb_gen.cli.output import count_line, show_findings
from kb_gen.cli.project import config_option, format_option, project_settings
from kb_gen.diagnostics import Severity, in_order
from kb_gen.load import Sources, load_project
from kb_gen.locales import check, check_waiting

__all__ = ["command"]


@click.command("check")
@config_option
@locale_option
@format_option
@click.option("--strict", is_flag=True, help="Let warnings fail the check, too.")
@click.option("--fuzzy", is_flag=True, help="Check translations that wait for approval, too.")
def command(config_file: Path, locales: tuple[str, ...], form: str, strict: bool, fuzzy: bool) -> int:
    """Find every mistake in the catalogs: lost parameters, links and code, wrong headers, and more.

    A warning is silenced for one entry by a comment in the catalog: `# kb-gen: ignore CODE`.

    \b
    Example:
      kb-gen i18n check
      kb-gen i18n check --locale de --format concise
      kb-gen i18n check --fuzzy
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    loaded = load_project(settings.root, settings.content)
    findings = not_ready(settings, loaded, tags)
    findings += check(settings.root, loaded.knowledge_base, tags, settings.translations)
    if fuzzy:
        findings += check_waiting(settings.root, loaded.knowledge_base, tags, settings.translations)
    findings = in_order(findings)
    show_findings(findings, Sources(settings.root), form)
    if form == "full":
        click.echo(f"Catalogs checked: {count_line(findings)}")
    return 1 if any(strict or finding.severity is Severity.ERROR for finding in findings) else 0

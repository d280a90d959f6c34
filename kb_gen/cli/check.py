"""`kb-gen check`: every mistake in the whole tree, in one run."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kb_gen.cli.output import count_line, show_findings
from kb_gen.cli.project import config_option, format_option, project_settings
from kb_gen.diagnostics import Severity
from kb_gen.site.reading import read_project
from kb_gen.site.workers import Processes

__all__ = ["command"]


@click.command("check")
@config_option
@format_option
@click.option("--strict", is_flag=True, help="Let warnings fail the check, too.")
def command(config_file: Path, form: str, strict: bool) -> int:
    """Find every mistake in the records and catalogs.

    \b
    Example:
      kb-gen check
      kb-gen check --format github      annotations for a pull request

    Exit codes: 0 no errors, 1 errors (with --strict also warnings), 2 wrong usage.
    """
    project = read_project(project_settings(config_file), Processes(os.cpu_count() or 1))
    show_findings(project.diagnostics, project.loaded.sources, form)
    if form == "full":
        checked = len(project.kb.entries)
        click.echo(f"{checked} record{'' if checked == 1 else 's'} checked: {count_line(project.diagnostics)}")
    fails = any(strict or finding.severity is Severity.ERROR for finding in project.diagnostics)
    return 1 if fails else 0

"""`kb-gen i18n memory list`: what the memory consists of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table

from kb_gen.cli.i18n.project import chosen_locales, locale_option
from kb_gen.cli.output import show_findings
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import Diagnostic, Severity
from kb_gen.load import Sources
from kb_gen.locales.memory import Memory, Standing, load_memory

__all__ = ["command"]


@click.command("list")
@config_option
@locale_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(config_file: Path, locales: tuple[str, ...], form: str) -> int:
    """Show where the memory's translations come from, and what of its TMX files can't be used.

    \b
    Example:
      kb-gen i18n memory list
      kb-gen i18n memory list --locale de --format json
    """
    settings = project_settings(config_file)
    origins: dict[str, list[tuple[str, int, int]]] = {}
    findings: dict[Diagnostic, None] = {}
    for tag in chosen_locales(settings, locales):
        memory, odd = load_memory(settings.root, tag, settings.translations, settings.source_locale)
        origins[tag] = _origins(memory)
        findings.update(dict.fromkeys(odd))
    if form == "json":
        data = {
            tag: [{"origin": name, "translations": count, "obsolete": obsolete} for name, count, obsolete in rows]
            for tag, rows in origins.items()
        }
        click.echo(msgspec.json.encode(data))
    else:
        for tag, rows in origins.items():
            Console(highlight=False).print(_table(tag, rows))
        show_findings([*findings], Sources(settings.root), "full")
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _origins(memory: Memory) -> list[tuple[str, int, int]]:
    """Each catalog or file with its translations, and how many of them are obsolete."""
    all_of = Counter(known.domain for known in memory)
    obsolete = Counter(known.domain for known in memory if known.standing is Standing.OBSOLETE)
    return [(domain, count, obsolete[domain]) for domain, count in all_of.items()]


def _table(tag: str, rows: list[tuple[str, int, int]]) -> Table:
    table = Table(title=f"Translated into {tag}", title_justify="left", box=None, pad_edge=False)
    table.add_column("from")
    for heading in ("translations", "of them obsolete"):
        table.add_column(heading, justify="right")
    for name, count, obsolete in rows:
        table.add_row(name, str(count), str(obsolete))
    table.add_row("all", str(sum(row[1] for row in rows)), str(sum(row[2] for row in rows)))
    return table

"""`kb-gen i18n status`: how much is translated."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table

from kb_gen.cli.i18n.project import chosen_locales, locale_option, not_ready
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import full, unstyled
from kb_gen.load import load_project
from kb_gen.locales import DomainStatus, LocaleStatus, load_catalogs, status

__all__ = ["command"]


@click.command("status")
@config_option
@locale_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--threshold", type=click.FloatRange(0, 100), help="Exit with 1 if less than this percentage is translated."
)
def command(config_file: Path, locales: tuple[str, ...], form: str, threshold: float | None) -> int:
    """Show what is translated, by locale and catalog.

    Counted are the units of the catalogs: each text once, the interface's words included. A build counts passages as
    articles show them, so a shared step counts there for every article.

    \b
    Example:
      kb-gen i18n status
      kb-gen i18n status --locale de --threshold 100
    """
    settings = project_settings(config_file)
    tags = chosen_locales(settings, locales)
    loaded = load_project(settings.root, settings.content)
    for line in full(not_ready(settings, loaded, tags), loaded.sources, unstyled):
        click.echo(line, err=True)
    catalogs, _ = load_catalogs(settings.root, tags, settings.translations)
    states = [status(loaded.knowledge_base, catalogs, tag, settings.source_locale) for tag in tags]
    if form == "json":
        click.echo(msgspec.json.encode({state.locale: _data(state) for state in states}).decode())
    else:
        for state in states:
            Console(highlight=False).print(_table(state))
        click.echo("Counted are units of the catalogs, each text once; a build counts passages of articles.")
    return 1 if threshold is not None and any(s.total.coverage.share * 100 < threshold for s in states) else 0


def _table(state: LocaleStatus) -> Table:
    table = Table(title=f"Translated into {state.locale}", title_justify="left", box=None, pad_edge=False)
    table.add_column("catalog")
    for heading in ("translated", "fuzzy", "missing", "share", "words"):
        table.add_column(heading, justify="right")
    total = state.total
    for domain in (*state.domains, DomainStatus("all", total.coverage, total.words, total.translated_words)):
        coverage = domain.coverage
        # Rounded down: nothing but all is 100 %.
        table.add_row(
            domain.domain,
            str(coverage.translated),
            str(coverage.outdated),
            str(coverage.missing),
            f"{int(coverage.share * 100)} %",
            f"{domain.translated_words}/{domain.words}",
        )
    return table


def _data(state: LocaleStatus) -> dict[str, object]:
    def numbers(domain: DomainStatus) -> dict[str, object]:
        return {
            "translated": domain.coverage.translated,
            "fuzzy": domain.coverage.outdated,
            "missing": domain.coverage.missing,
            "share": round(domain.coverage.share, 4),
            "words": domain.words,
            "translated_words": domain.translated_words,
        }

    return {**numbers(state.total), "domains": {domain.domain: numbers(domain) for domain in state.domains}}

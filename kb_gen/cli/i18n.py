"""`kb-gen i18n`: the catalogs, from extraction to what is still missing."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table

from kb_gen.cli.output import count_line, show_findings
from kb_gen.cli.project import config_option, format_option, project_settings
from kb_gen.diagnostics import Diagnostic, Severity, full, unstyled
from kb_gen.load import Loaded, Sources, load_project
from kb_gen.locales import (
    DomainStatus,
    LocaleStatus,
    UnknownLocale,
    check,
    load_catalogs,
    locale_info,
    locales_without_catalogs,
    stale_templates,
    status,
    update,
    write_templates,
)
from kb_gen.site.settings import Settings

__all__ = ["command"]


@click.group("i18n")
def command() -> None:
    """Work on translations: extract texts, update catalogs, check them, see what is missing.

    \b
    Example:
      kb-gen i18n extract       write translations/templates/*.pot alone
      kb-gen i18n update        bring templates and all catalogs up to date
      kb-gen i18n status        what is translated
      kb-gen i18n check         every mistake in the catalogs
    """


def _locales(settings: Settings, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The locales to work on: those named, or all of the project but the one that records are written in."""
    try:
        tags = tuple(locale_info(tag).tag for tag in chosen)
    except UnknownLocale as reason:
        raise click.BadParameter(str(reason), param_hint="--locale") from reason
    source = locale_info(settings.source_locale).tag
    return tags or tuple(tag for tag in settings.locales if tag != source)


_locale_option = click.option(
    "--locale", "-l", "locales", multiple=True, metavar="TAG", help="Only this locale; may be given several times."
)


@command.command("extract")
@config_option
def extract_command(config_file: Path) -> int:
    """Write the templates (.pot) of everything there is to translate.

    A template whose content didn't change isn't touched.

    \b
    Example:
      kb-gen i18n extract
    """
    settings = project_settings(config_file)
    changed = _written_templates(settings)
    if changed is None:
        return 1
    if not changed:
        click.echo("All templates are up to date.")
    return 0


def _written_templates(settings: Settings) -> tuple[str, ...] | None:
    """The templates that were written, each told; None where broken records allow none."""
    loaded = load_project(settings.root, settings.content)
    errors = _errors(loaded)
    if errors:
        # Templates of what could be read alone would throw the translations of the rest out of the catalogs.
        show_findings(errors, loaded.sources, "full")
        click.echo("No template was written: mend the errors first.", err=True)
        return None
    changed = write_templates(settings.root, loaded.knowledge_base, settings.site_name, settings.translations)
    for path in changed:
        click.echo(f"{'Wrote' if (settings.root / path).exists() else 'Removed'} {path}")
    return changed


def _errors(loaded: Loaded) -> list[Diagnostic]:
    return [finding for finding in loaded.diagnostics if finding.severity is Severity.ERROR]


def _not_ready(settings: Settings, loaded: Loaded, tags: tuple[str, ...]) -> list[Diagnostic]:
    """What an update would mend: templates of old content, locales without catalogs."""
    root, translations = settings.root, settings.translations
    # What broken records would give isn't known.
    stale = [] if _errors(loaded) else stale_templates(root, loaded.knowledge_base, settings.site_name, translations)
    return [*stale, *locales_without_catalogs(root, tags, translations)]


@command.command("update")
@config_option
@_locale_option
def update_command(config_file: Path, locales: tuple[str, ...]) -> int:
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
    tags = _locales(settings, locales)
    if _written_templates(settings) is None:
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


@command.command("status")
@config_option
@_locale_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--threshold", type=click.FloatRange(0, 100), help="Exit with 1 if less than this percentage is translated."
)
def status_command(config_file: Path, locales: tuple[str, ...], form: str, threshold: float | None) -> int:
    """Show what is translated, by locale and catalog.

    Counted are the units of the catalogs: each text once, the interface's words included. A build counts passages as
    articles show them, so a shared step counts there for every article.

    \b
    Example:
      kb-gen i18n status
      kb-gen i18n status --locale de --threshold 100
    """
    settings = project_settings(config_file)
    tags = _locales(settings, locales)
    loaded = load_project(settings.root, settings.content)
    for line in full(_not_ready(settings, loaded, tags), loaded.sources, unstyled):
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


@command.command("check")
@config_option
@_locale_option
@format_option
@click.option("--strict", is_flag=True, help="Let warnings fail the check, too.")
def check_command(config_file: Path, locales: tuple[str, ...], form: str, strict: bool) -> int:
    """Find every mistake in the catalogs: lost parameters, links and code, wrong headers, and more.

    \b
    Example:
      kb-gen i18n check
      kb-gen i18n check --locale de --format concise
    """
    settings = project_settings(config_file)
    tags = _locales(settings, locales)
    loaded = load_project(settings.root, settings.content)
    findings = _not_ready(settings, loaded, tags)
    findings += check(settings.root, loaded.knowledge_base, tags, settings.translations)
    show_findings(findings, Sources(settings.root), form)
    if form == "full":
        click.echo(f"Catalogs checked: {count_line(findings)}")
    return 1 if any(strict or finding.severity is Severity.ERROR for finding in findings) else 0

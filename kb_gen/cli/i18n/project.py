"""What the commands on catalogs share: which locales, and whether the records allow any work on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from kb_gen.cli.output import show_findings
from kb_gen.diagnostics import Diagnostic, Severity
from kb_gen.load import Loaded, load_project
from kb_gen.locales import (
    UnknownLocale,
    locale_info,
    locales_without_catalogs,
    stale_templates,
    write_templates,
)
from kb_gen.site.settings import Settings

__all__ = ["chosen_locales", "errors_among", "loading_errors", "locale_option", "not_ready", "written_templates"]

F = TypeVar("F", bound=Callable[..., Any])


def locale_option(command: F) -> F:
    """`--locale`: only some of the project's locales."""
    return click.option(
        "--locale", "-l", "locales", multiple=True, metavar="TAG", help="Only this locale; may be given several times."
    )(command)


def chosen_locales(settings: Settings, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The locales to work on: those named, or all of the project but the one that records are written in."""
    try:
        tags = tuple(locale_info(tag).tag for tag in chosen)
    except UnknownLocale as reason:
        raise click.BadParameter(str(reason), param_hint="--locale") from reason
    source = locale_info(settings.source_locale).tag
    return tags or tuple(tag for tag in settings.locales if tag != source)


def written_templates(settings: Settings) -> tuple[str, ...] | None:
    """The templates that were written, each told; None where broken records allow none."""
    loaded = load_project(settings.root, settings.content)
    errors = loading_errors(loaded)
    if errors:
        # Templates of what could be read alone would throw the translations of the rest out of the catalogs.
        show_findings(errors, loaded.sources, "full")
        click.echo("No template was written: mend the errors first.", err=True)
        return None
    changed = write_templates(
        settings.root, loaded.knowledge_base, settings.site_name, settings.translations, settings.workbench_url
    )
    for path in changed:
        click.echo(f"{'Wrote' if (settings.root / path).exists() else 'Removed'} {path}")
    return changed


def loading_errors(loaded: Loaded) -> list[Diagnostic]:
    """What keeps templates from being written: records that can't be read whole."""
    return errors_among(loaded.diagnostics)


def errors_among(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that keep something from being done."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def not_ready(settings: Settings, loaded: Loaded, tags: tuple[str, ...]) -> list[Diagnostic]:
    """What an update would mend: templates of old content, locales without catalogs."""
    root, translations = settings.root, settings.translations
    # What broken records would give isn't known.
    stale = (
        []
        if loading_errors(loaded)
        else stale_templates(root, loaded.knowledge_base, settings.site_name, translations, settings.workbench_url)
    )
    return [*stale, *locales_without_catalogs(root, tags, translations)]

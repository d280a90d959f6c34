"""What commands that answer about events share: the events themselves, their addresses, and texts made safe to show."""

from __future__ import annotations

import os
import sys

import click

from kb_gen.site.answers.details import LocaleEvents
from kb_gen.site.answers.kept_events import events_inputs, keep_events, recall_events
from kb_gen.site.answers.known import KnownEvent, KnownEvents
from kb_gen.site.settings import Settings

__all__ = ["article_file", "article_url", "chosen_locale", "known_events", "on_one_line", "page_file", "page_url"]


def chosen_locale(asked: str | None, settings: Settings) -> str:
    """The project's locale that was asked for, or its first. Raises a usage error if it has none of that name."""
    if asked is None:
        return settings.locales[0]
    tag = next((tag for tag in settings.locales if tag.lower() == asked.lower().replace("_", "-")), None)
    if tag is None:
        raise click.UsageError(f"the project has no locale `{asked}`; it has {', '.join(settings.locales)}")
    return tag


def known_events(settings: Settings, tag: str) -> tuple[KnownEvents, LocaleEvents]:
    """The project's events: as an earlier run kept them, or read and kept for the next."""
    inputs = events_inputs(settings)
    kept = recall_events(settings, tag, inputs)
    if kept is not None:
        return kept
    if sys.stderr.isatty():
        click.echo("Reading records and catalogs …", err=True)
    # Late: these load all that makes articles.
    from kb_gen.site.answers.gathering import gather_events  # noqa: PLC0415
    from kb_gen.site.reading import read_project  # noqa: PLC0415
    from kb_gen.site.workers import Processes  # noqa: PLC0415

    known, shown = gather_events(read_project(settings, Processes(os.cpu_count() or 1)), settings)
    keep_events(settings, inputs, known, shown)
    return known, shown[tag]


def article_file(event: KnownEvent, path: str) -> str:
    """Where the article is in the site's folder; `path` is the locale's first path segment."""
    return page_file(event.address, path)


def article_url(event: KnownEvent, path: str, settings: Settings) -> str:
    """Where the article is: on the web where the project says so, else in the site's folder."""
    return page_url(event.address, path, settings)


def page_file(address: str, path: str) -> str:
    """Where a page is in the site's folder, by its address below the root of the locale with that path."""
    return f"{path}/{address}/index.html"


def page_url(address: str, path: str, settings: Settings) -> str:
    """Where a page is: on the web where the project says so, else in the site's folder."""
    if settings.site_url:
        return f"{settings.site_url.rstrip('/')}/{path}/{address}/"
    return page_file(address, path)


def on_one_line(text: str) -> str:
    """A text on one line that no terminal takes for orders."""
    return "".join(
        [
            character if character.isprintable() else " " if character.isspace() else f"\\x{ord(character):02x}"
            for character in text
        ]
    )

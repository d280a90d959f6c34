"""Options that several commands share: which project, in which form to report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kb_gen.diagnostics import FORMATS
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.kept_settings import project_settings as kept_settings
from kb_gen.site.settings import Settings

__all__ = ["config_option", "format_option", "project_settings"]

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """`--config-file`: the project's `mkdocs.yml`."""
    return click.option(
        "--config-file",
        "-f",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path("mkdocs.yml"),
        show_default=True,
        help="The project's configuration.",
    )(command)


def format_option(command: F) -> F:
    """`--format`: how findings are shown."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(list(FORMATS)),
        default="full",
        show_default=True,
        help="How findings are shown.",
    )(command)


def project_settings(config_file: Path, site_dir: Path | None = None) -> Settings:
    """The project's settings. Raises a usage error that says what is wrong with the configuration."""
    if not config_file.is_file():
        raise click.UsageError(
            f"there is no {config_file} here; run kb-gen in a project's folder, or name the file with --config-file"
        )
    try:
        return kept_settings(config_file, site_dir)
    except ConfigurationError as reason:
        raise click.UsageError(str(reason)) from reason

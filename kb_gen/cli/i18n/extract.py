"""`kb-gen i18n extract`: the templates of everything there is to translate."""

from __future__ import annotations

from pathlib import Path

import click

from kb_gen.cli.i18n.project import written_templates
from kb_gen.cli.project import config_option, project_settings

__all__ = ["command"]


@click.command("extract")
@config_option
def command(config_file: Path) -> int:
    """Write the templates (.pot) of everything there is to translate.

    A template whose content didn't change isn't touched.

    \b
    Example:
      kb-gen i18n extract
    """
    settings = project_settings(config_file)
    changed = written_templates(settings)
    if changed is None:
        return 1
    if not changed:
        click.echo("All templates are up to date.")
    return 0

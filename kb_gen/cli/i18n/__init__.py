"""`kb-gen i18n`: the catalogs, from extraction to what is still missing."""

from __future__ import annotations

import click

from kb_gen.cli.subcommands import Subcommands

__all__ = ["command"]

_COMMANDS = {
    "check": "kb_gen.cli.i18n.check",
    "export": "kb_gen.cli.i18n.export",
    "extract": "kb_gen.cli.i18n.extract",
    "glossary": "kb_gen.cli.i18n.glossary",
    "import": "kb_gen.cli.i18n.import_",
    "memory": "kb_gen.cli.i18n.memory",
    "status": "kb_gen.cli.i18n.status",
    "update": "kb_gen.cli.i18n.update",
}


@click.group("i18n", cls=Subcommands, modules=_COMMANDS)
def command() -> None:
    """Work on translations: extract texts, update catalogs, check them, see what is missing.

    \b
    Example:
      kb-gen i18n extract       write translations/templates/*.pot alone
      kb-gen i18n update        bring templates and all catalogs up to date
      kb-gen i18n status        what is translated
      kb-gen i18n check         every mistake in the catalogs
      kb-gen i18n memory        what was translated before
      kb-gen i18n glossary      the project's terms
    """

"""`kb-gen i18n memory`: what was translated before, for new texts and for other tools."""

from __future__ import annotations

import click

from kb_gen.cli.subcommands import Subcommands

__all__ = ["command"]

_COMMANDS = {
    "export": "kb_gen.cli.i18n.memory.export",
    "import": "kb_gen.cli.i18n.memory.import_",
    "list": "kb_gen.cli.i18n.memory.list_",
    "search": "kb_gen.cli.i18n.memory.search",
}


@click.group("memory", cls=Subcommands, modules=_COMMANDS)
def command() -> None:
    """Use what was translated before: search it, take it from other tools, give it to them.

    The memory consists of the approved translations of all catalogs, of their obsolete entries, and of the TMX files
    in translations/memory/.

    \b
    Example:
      kb-gen i18n memory search "Restart the service."
      kb-gen i18n memory import ~/exports/company.tmx
      kb-gen i18n memory export --output knowledge-base.tmx
      kb-gen i18n memory list
    """

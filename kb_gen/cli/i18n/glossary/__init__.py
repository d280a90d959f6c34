"""`kb-gen i18n glossary`: the terms of a project and how they are translated."""

from __future__ import annotations

import click

from kb_gen.cli.subcommands import Subcommands

__all__ = ["command"]

_COMMANDS = {
    "check": "kb_gen.cli.i18n.glossary.check",
    "import": "kb_gen.cli.i18n.glossary.import_",
    "list": "kb_gen.cli.i18n.glossary.list_",
}


@click.group("glossary", cls=Subcommands, modules=_COMMANDS)
def command() -> None:
    """Work with the glossary, translations/glossary.csv: take terms in, list them, check that they are used.

    \b
    Example:
      kb-gen i18n glossary import MicrosoftTermCollection.tbx --used
      kb-gen i18n glossary list
      kb-gen i18n glossary check
    """

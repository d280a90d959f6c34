"""Commands of an action: which shell, which colours, and the places where the message's values go."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb_gen import model
from kb_gen.document.tree import Chip, CommandBlock, Words
from kb_gen.document.words import NameOf
from kb_gen.locales import marked
from kb_gen.model import Command

__all__ = ["PLACEHOLDER", "SHELLS", "command_block"]

PLACEHOLDER = re.compile(r"\{%([1-9][0-9]?)\}")
"""`{%2}` in a command stands for the message's second insertion string."""

_NAMES: Mapping[str, str] = {
    "exchange": marked("Exchange Management Shell"),
    "powershell": marked("PowerShell"),
    "cmd": marked("Command Prompt"),
    "bash": marked("Shell"),
    "sh": marked("Shell"),
    "sql": marked("SQL"),
    "python": marked("Python"),
    "text": marked("Text"),
}

SHELLS: Mapping[str, tuple[str, str]] = {shell: (_NAMES[shell], lexer) for shell, lexer in model.SHELLS.items()}
"""What a shell is called to a reader (an interface word), and the highlighting its commands get."""


def command_block(
    command: Command, label: Words, names: Mapping[int, NameOf], examples: Mapping[int, str]
) -> CommandBlock:
    """A command with chips at its placeholders."""
    language = SHELLS.get(command.shell, (command.shell, command.shell))[1]
    parts: list[str | Chip] = []
    # A pattern with one group splits into text and number by turns.
    for index, piece in enumerate(PLACEHOLDER.split(command.run.rstrip("\n"))):
        if index % 2:
            number = int(piece)
            name = names.get(number, NameOf(f"%{number}"))
            parts.append(Chip(number, name.name, name.lang, examples.get(number, "")))
        elif piece:
            parts.append(piece)
    return CommandBlock(label, language, tuple(parts))

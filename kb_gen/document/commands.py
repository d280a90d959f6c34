"""Commands of an action: which shell, which colours, and the places where the message's values go."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb_gen.document.tree import Chip, CommandBlock
from kb_gen.document.words import NameOf
from kb_gen.locales import marked
from kb_gen.model import Command

__all__ = ["PLACEHOLDER", "SHELLS", "command_block"]

PLACEHOLDER = re.compile(r"\{%([1-9][0-9]?)\}")
"""`{%2}` in a command stands for the message's second insertion string."""

SHELLS: Mapping[str, tuple[str, str]] = {
    "exchange": (marked("Exchange Management Shell"), "powershell"),
    "powershell": (marked("PowerShell"), "powershell"),
    "cmd": (marked("Command Prompt"), "batch"),
    "bash": (marked("Shell"), "bash"),
    "sh": (marked("Shell"), "bash"),
    "sql": (marked("SQL"), "sql"),
    "python": (marked("Python"), "python"),
    "text": (marked("Text"), "text"),
}
"""What a shell is called to a reader (an interface word), and the highlighting its commands get."""


def command_block(
    command: Command, label: str, names: Mapping[int, NameOf], examples: Mapping[int, str]
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

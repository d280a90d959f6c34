"""A shell that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pygments.lexers import get_all_lexers

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.model import SHELLS
from kb_gen.validate.content import Content
from kb_gen.validate.suggestions import meant
from kb_gen.validate.survey import Survey

__all__ = ["screen", "unknown_shell"]


def unknown_shell(content: Content) -> Iterator[Diagnostic]:
    """A command's shell has a name of its own, or Pygments can colour it."""
    known = _known()
    for at in content.steps:
        for number, command in enumerate(at.step.commands):
            if command.shell and command.shell.lower() not in known:
                yield warning(
                    "unknown-shell",
                    f"there is no shell `{command.shell}`",
                    content.place(at.path, (*at.where, "commands", number, "shell")),
                    meant(command.shell, (*SHELLS, *sorted(known)), otherwise=f"use one of {_listed()}, or `text`"),
                )


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return any(shell not in SHELLS and shell.lower() not in _known() for shell in seen.shells)


@cache
def _known() -> frozenset[str]:
    # Plugins differ from machine to machine.
    return frozenset((*SHELLS, *(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)))


def _listed() -> str:
    return ", ".join(f"`{shell}`" for shell in SHELLS if shell != "text")

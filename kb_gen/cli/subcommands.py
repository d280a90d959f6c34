"""Groups of commands whose modules are loaded when somebody asks for them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

__all__ = ["Subcommands"]


class Subcommands(click.Group):
    """Loads a command's module only when it is asked for: `kb-gen check` needn't wait for a web server's import."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **attributes: Any) -> None:  # noqa: ANN401 - click's own
        """A group of commands.

        Args:
            args: as click has them.
            modules: the module of each command, by the command's name; each has a `command`.
            attributes: as click has them.
        """
        super().__init__(*args, **attributes)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order in which help tells them."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name, with its module loaded."""
        if cmd_name not in self._modules:
            return None
        command = importlib.import_module(self._modules[cmd_name]).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; a mistyped name gets a hint."""
        if args and args[0] not in self._modules and not args[0].startswith("-"):
            from rapidfuzz import process  # noqa: PLC0415 - only for a mistyped command

            close = process.extractOne(args[0], list(self._modules), score_cutoff=60)
            hint = f" Did you mean `{close[0]}`?" if close else ""
            ctx.fail(f"No such command `{args[0]}`.{hint}")
        return super().resolve_command(ctx, args)

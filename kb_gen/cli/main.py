"""The `kb-gen` command: its subcommands, and what becomes of an environment that isn't right."""

from __future__ import annotations

import gc
import os
import sys

import click

from kb_gen import __version__
from kb_gen.cli.subcommands import Subcommands

__all__ = ["main"]

_COMMANDS = {
    "build": "kb_gen.cli.build",
    "check": "kb_gen.cli.check",
    "explain": "kb_gen.cli.explain",
    "explain-code": "kb_gen.cli.explain_code",
    "i18n": "kb_gen.cli.i18n",
    "import": "kb_gen.cli.import_",
    "drift": "kb_gen.cli.drift",
    "lookup": "kb_gen.cli.lookup",
    "new": "kb_gen.cli.new",
    "online-help": "kb_gen.cli.online_help",
    "pdf": "kb_gen.cli.pdf",
    "schema": "kb_gen.cli.schema",
    "serve": "kb_gen.cli.serve",
    "translate": "kb_gen.cli.translate",
}


@click.group(cls=Subcommands, modules=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb-gen")
def cli() -> None:
    """Event records in, a bilingual, searchable troubleshooting site out.

    \b
    Example:
      kb-gen check              find every mistake in the records
      kb-gen build              make the site in site/
      kb-gen serve              look at it while you write
      kb-gen lookup 0x80040400  what an event in a log means
      kb-gen pdf                make the volumes for where there is no network

    Exit codes: 0 clean, 1 findings, 2 wrong usage or environment.
    """


def main() -> None:
    """Run the command line. What is wrong with the environment is told in a line, with exit code 2."""
    # Material announces the end of MkDocs 1 on stderr when it is imported; our output speaks of the site alone.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # A command's process ends with it: there is no use in looking for cycles in what it holds. `serve`, which stays,
    # turns this on again.
    gc.disable()
    try:
        code = cli.main(prog_name="kb-gen", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("kb-gen: stopped", err=True)
        sys.exit(130)
    except click.ClickException as failure:
        failure.show()
        sys.exit(2)
    except RuntimeError as failure:
        # Late: nearly no command fails.
        from concurrent.futures import BrokenExecutor  # noqa: PLC0415

        if not isinstance(failure, BrokenExecutor):
            raise
        reason = "one of its processes was killed, perhaps because there is too little memory; try a smaller --jobs"
        click.echo(f"kb-gen: {reason}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has seen enough (`kb-gen check | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as failure:
        place = f"{failure.filename}: " if failure.filename else ""
        click.echo(f"kb-gen: {place}{failure.strerror or failure}", err=True)
        sys.exit(2)
    gc.freeze()  # or Python would look for cycles once more on its way out
    sys.exit(code if isinstance(code, int) else 0)

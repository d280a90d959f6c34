"""The command line: one thin module for each command. Progress, colours and exit codes live here and only here."""

from kb_gen.cli.main import main

__all__ = ["main"]

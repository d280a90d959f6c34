"""The command line as a user calls it, in this process: to start Python anew takes most of a second."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import warnings
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from kb_gen.cli import main

__all__ = ["fed_kb_gen", "run_kb_gen", "started_kb_gen"]


def run_kb_gen(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `kb-gen` says when it is called in a folder; what it doesn't expect is raised here."""
    return fed_kb_gen(folder, *arguments)


def fed_kb_gen(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """What `kb-gen` says in a folder when `given` comes through a pipe; what it doesn't expect is raised here."""
    command = ["kb-gen", *arguments]
    with (
        chdir(folder),
        patch.object(sys, "argv", command),
        # A command takes its process to end with it: it doesn't collect garbage any more.
        patch.object(gc, "freeze"),
        warnings.catch_warnings(),
        CliRunner().isolation(input=given) as (output, errors, _),
    ):
        # As Python treats a program; what the tests themselves call has no such excuse.
        warnings.simplefilter("ignore", DeprecationWarning)
        code = _exit_code()
        sys.stdout.flush()
        sys.stderr.flush()
        told = (output.getvalue().decode("utf-8"), errors.getvalue().decode("utf-8"))
    return subprocess.CompletedProcess(command, code, *told)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    finally:
        gc.enable()
    return 0


def started_kb_gen(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What `kb-gen` says in a process of its own, where that is what matters; whatever it says, it is no traceback."""
    result = subprocess.run(
        [sys.executable, "-m", "kb_gen", *arguments],
        cwd=folder,
        env=os.environ if environment is None else environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in result.stderr + result.stdout
    return result

"""The command line as a user calls it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run_kb_gen(folder: Path, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """What `kb-gen` says when it is called in a folder; whatever it says, it is no traceback."""
    result = subprocess.run(
        [sys.executable, "-c", "from kb_gen.cli import main; main()", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    assert "Traceback" not in result.stderr + result.stdout
    return result


def fed_kb_gen(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """What `kb-gen` says in a folder when `given` comes through a pipe; it is no traceback."""
    result = subprocess.run(
        [sys.executable, "-m", "kb_gen", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        input=given,
        capture_output=True,
        check=False,
        timeout=120,
    )
    told = subprocess.CompletedProcess(
        result.args, result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8")
    )
    assert "Traceback" not in told.stderr + told.stdout
    return told

"""The command line as a user calls it: in a process of its own."""

from __future__ import annotations

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

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

MsgfmtCheck = Callable[[Path], str]


@pytest.fixture(scope="session")
def msgfmt() -> MsgfmtCheck:
    """Runs `msgfmt -c` over a file and gives what it says; fails where it refuses the file."""
    program = shutil.which("msgfmt")
    if program is None:
        pytest.skip("gettext is not installed")

    def check(file: Path) -> str:
        arguments = [program, "-c", "--statistics", "-o", "-", str(file)]
        done = subprocess.run(arguments, capture_output=True, check=False, env={"LC_ALL": "C.UTF-8"})
        said = done.stderr.decode()
        assert done.returncode == 0, said
        return said

    return check

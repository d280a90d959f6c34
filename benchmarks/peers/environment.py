"""The peers' own virtual environment, so that none of them meets this project's packages."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

__all__ = ["REQUIREMENTS", "peer_programs", "surroundings"]

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
"""The peers and all that they need, each with its version."""


def peer_programs(work: Path) -> Path:
    """The folder of the peers' programs; they are installed if they aren't there from an earlier run.

    Raises:
        subprocess.CalledProcessError: they can't be installed.
    """
    digest = hashlib.blake2s(REQUIREMENTS.read_bytes() + sys.version.encode(), digest_size=4).hexdigest()
    folder = work / f"peers-{digest}"
    done = folder / "installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        pip = (str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run(
            (*pip, "--requirement", str(REQUIREMENTS)),
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        done.touch()
    return folder / "bin"


def surroundings(programs: Path, project: Path) -> dict[str, str]:
    """The environment variables of a build: nothing kept outside the project's folder, so that every build is cold."""
    return {
        "HOME": str(project),
        "LANG": "C.UTF-8",
        "NO_MKDOCS_2_WARNING": "1",
        "PATH": f"{programs}{os.pathsep}{os.defpath}",
        "XDG_CACHE_HOME": str(project / ".cache"),
    }

"""How tests make PDF files and look into them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

__all__ = ["ROOT", "copied_project", "kb_gen", "text_of", "tool"]

ROOT = Path(__file__).parents[2]


def kb_gen(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a project's folder.

    In a process of its own: it forks others that set type, and these can't once Typst has been used before the fork.
    """
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | variables
    done = subprocess.run(
        [sys.executable, "-c", "from kb_gen.cli import main; main()", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def copied_project(source: Path, folder: Path) -> Path:
    """A project of its own, from its records, catalogs and configuration."""
    folder.mkdir(parents=True)
    for name in ("content", "translations"):
        shutil.copytree(source / name, folder / name)
    shutil.copy(source / "mkdocs.yml", folder)
    return folder


def tool(name: str) -> str:
    """A program of the system; tests that need it are skipped where it isn't there."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} isn't installed: run tools/system-packages.sh")
    return found


def text_of(file: Path, *options: str) -> str:
    """What poppler's pdftotext makes of a file."""
    done = subprocess.run([tool("pdftotext"), *options, str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()

"""Synthetic projects that are kept from one run of a benchmark to the next."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from synthetic import write_project

__all__ = ["kept_project", "remove_set_aside", "run_program", "set_aside", "tell"]

_ASIDE = "aside"


def tell(doing: str) -> None:
    """Progress, for whoever sits in front of it."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{doing} …", end="\r", file=sys.stderr, flush=True)


def run_program(main: Callable[[], int]) -> NoReturn:
    """Run a benchmark's `main`. If a command that it measures fails, tell what that has said."""
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failure:
        print(f"{failure}\n{failure.output or ''}", file=sys.stderr)
        sys.exit(1)


def kept_project(work: Path, records: int, tell: Callable[[str], None]) -> Path:
    """The synthetic project of so many records; made if it isn't there from an earlier run of the same generator.

    Args:
        work: the folder in which projects are kept.
        records: how many events.
        tell: is told what is being done.
    """
    project = work / f"records-{records}-{_generator()}"
    if not (project / "mkdocs.yml").exists():
        tell(f"writing {records} records")
        shutil.rmtree(project, ignore_errors=True)
        write_project(project, records)
    return project


def set_aside(path: Path, work: Path) -> None:
    """Move what a measurement has made out of the way; `remove_set_aside` removes it when all is measured.

    On ext4, files are written up to ten times slower for minutes after many have been removed.

    Args:
        path: a file or folder; it may be missing.
        work: a folder on the same disk.
    """
    if path.exists():
        aside = work / _ASIDE
        aside.mkdir(parents=True, exist_ok=True)
        path.rename(Path(tempfile.mkdtemp(dir=aside)) / path.name)


def remove_set_aside(work: Path) -> None:
    """Remove what was set aside."""
    shutil.rmtree(work / _ASIDE, ignore_errors=True)


def _generator() -> str:
    """A name for what the generator's programs and words are now."""
    digest = hashlib.blake2s(digest_size=4)
    for file in sorted((Path(__file__).parent / "synthetic").glob("*.*")):
        digest.update(file.read_bytes())
    return digest.hexdigest()

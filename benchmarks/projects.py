"""Synthetic projects that are kept from one run of a benchmark to the next."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from synthetic import write_project

__all__ = ["kept_project"]


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


def _generator() -> str:
    """A name for what the generator's programs and words are now."""
    digest = hashlib.blake2s(digest_size=4)
    for file in sorted((Path(__file__).parent / "synthetic").glob("*.*")):
        digest.update(file.read_bytes())
    return digest.hexdigest()

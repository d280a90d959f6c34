"""How tests make PDF files and look into them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

__all__ = ["ROOT", "copied_project", "kb_gen", "printed", "project_of", "text_of", "tool"]

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


def project_of(folder: Path, records: Sequence[Mapping[str, object]]) -> Path:
    """A project of the product and the settings of the odd records, with records of its own.

    Args:
        folder: where it is made.
        records: the records; ID, source, product and message have values that do for most.
    """
    (folder / "content" / "odd").mkdir(parents=True)
    for name in ("mkdocs.yml", "content/products.yml"):
        shutil.copy(ROOT / "tests/pdf/odd" / name, folder / name)
    usual = {"source": "OddSource", "product": "odd", "message": "So it is."}
    whole = [{"id": str(number), **usual, **record} for number, record in enumerate(records, 1)]
    text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    (folder / "content/odd/events.yml").write_text(text, encoding="utf-8")
    return folder


def printed(folder: Path, *records: Mapping[str, object], options: Sequence[str] = ("-l", "en")) -> Path:
    """The book that records make, in English unless `options` say otherwise."""
    project = project_of(folder, records)
    done = kb_gen(project, "pdf", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return next((project / "pdf").glob("*/odd.pdf"))


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

"""The printers that are compared, and how they are called."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

__all__ = ["PRINTERS", "Command", "typst_command"]

REQUIREMENTS = Path(__file__).parent / "requirements.txt"

Command = Callable[[Path, Path], Sequence[str]]
"""How a page is printed into a file."""


def _weasyprint(work: Path) -> Command:
    """WeasyPrint in an environment of its own, as fast as it is with tags."""
    digest = hashlib.blake2s(REQUIREMENTS.read_bytes() + sys.version.encode(), digest_size=4).hexdigest()
    folder = work / f"printers-{digest}"
    done = folder / "installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        pip = (str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run((*pip, "--requirement", str(REQUIREMENTS)), check=True, capture_output=True)
        done.touch()
    program = str(folder / "bin" / "weasyprint")
    return lambda page, file: (program, "--quiet", "--pdf-variant", "pdf/ua-1", str(page), str(file))


def _chromium(_: Path) -> Command:
    """The system's Chromium, which tags what it prints.

    Without its zygote, which would keep what its processes took from being counted.
    """
    program = shutil.which("chromium") or "chromium"
    return lambda page, file: (
        program,
        "--headless",
        "--no-sandbox",
        "--no-zygote",
        "--disable-gpu",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={file}",
        page.as_uri(),
    )


def typst_command(data: Path, file: Path) -> Sequence[str]:
    """Typst with our template, of what `typst_alone.write_data` wrote."""
    return (sys.executable, str(Path(__file__).parent / "typst_alone.py"), str(data), str(file))


PRINTERS: Mapping[str, Callable[[Path], Command]] = {"WeasyPrint": _weasyprint, "Chromium": _chromium}

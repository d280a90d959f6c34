"""Golden files: what a test produces is compared with a file, or written to it by `make golden`."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["FOLDER", "assert_golden"]

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, produced: str) -> None:
    """Compare with the golden file `name`, or write it where KB_GEN_GOLDEN is `write`."""
    path = FOLDER / name
    if os.environ.get("KB_GEN_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(produced, encoding="utf-8", newline="\n")
    assert produced == path.read_text(encoding="utf-8"), f"{path} differs; if that is right, run `make golden`"

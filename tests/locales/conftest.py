from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from catalog_projects import MsgfmtCheck


@pytest.fixture(autouse=True)
def nothing_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The catalogs that come with the package are none of these tests' concern."""
    empty = tmp_path_factory.getbasetemp() / "nothing-shipped"
    for module in ("catalogs", "progress", "updating"):
        monkeypatch.setattr(f"kb_gen.locales.{module}.package_translations", lambda: empty)


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

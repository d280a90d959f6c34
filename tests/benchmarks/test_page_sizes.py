"""The check of a built site's pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "page_sizes.py"


def check(site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAM), str(site), *options], check=False, capture_output=True, text=True
    )


def test_a_site_without_large_pages_passes(tmp_path: Path) -> None:
    (tmp_path / "en" / "one").mkdir(parents=True)
    (tmp_path / "en" / "index.html").write_text("x" * 1000)
    (tmp_path / "en" / "one" / "data.js").write_text("x" * 200_000)
    found = check(tmp_path)
    assert (found.returncode, found.stderr) == (0, "")
    assert "200,000  en/one/data.js" in found.stdout
    assert "0 of 1 pages have more than 150,000 bytes" in found.stdout


def test_each_large_page_is_named(tmp_path: Path) -> None:
    for name, size in {"small": 900, "large": 1001, "larger": 2000}.items():
        (tmp_path / f"{name}.html").write_text("x" * size)
    found = check(tmp_path, "--limit", "1000")
    assert found.returncode == 1
    assert found.stderr.splitlines() == [
        "too large: larger.html has 2,000 bytes",
        "too large: large.html has 1,001 bytes",
    ]


def test_a_folder_without_pages_is_no_site(tmp_path: Path) -> None:
    assert check(tmp_path).returncode == 1
    assert check(tmp_path / "nowhere").returncode == 2

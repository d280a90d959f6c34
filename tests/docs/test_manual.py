from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITTEN = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")
LOADED = re.compile(r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?([^"'\s>]+)|<link\b[^>]*stylesheet[^>]*>""")


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built manual; a page that is missing, or a link that leads nowhere, is an error."""
    folder = tmp_path_factory.mktemp("manual")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "tools/manual.yml", "-d", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(build, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_manual_loads_nothing_from_other_hosts(manual: Path) -> None:
    pages = {page: page.read_text(encoding="utf-8") for page in manual.rglob("*.html")}
    assert len(pages) > 80
    foreign = [
        (page.name, match[0])
        for page, html in pages.items()
        for match in LOADED.finditer(html)
        if re.search(r"(?:src|href)=[\"']?(?:https?:)?//", match[0])
    ]
    assert foreign == []


@pytest.mark.parametrize("name", WRITTEN)
def test_links_between_files_lead_somewhere(name: str) -> None:
    links = LINK.findall((ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []

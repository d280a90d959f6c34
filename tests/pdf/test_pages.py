"""What people look at is tested by looking: pictures of pages, in shades of grey as they may be printed.

Poppler draws them, and another version of it draws edges a little differently; so a page may differ a little.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from golden_files import FOLDER
from PIL import Image, ImageChops, ImageFilter, ImageStat
from printed_files import tool

pytestmark = pytest.mark.golden

_DOTS = 60
_MOST_DIFFERENCE = 2.5
"""Of 255 shades, on average, once both pictures are blurred. A page whose text moves by a dot makes 4.6."""

_PAGES = {
    "title": ("own", "de/exchange.pdf", 1),
    "contents": ("own", "en/exchange.pdf", 3),
    "article-de": ("own", "de/exchange.pdf", 8),
    "article-en": ("own", "en/exchange.pdf", 7),
    "odd-paths": ("odd", "en/odd.pdf", 4),
    "odd-table": ("odd", "de/odd.pdf", 6),
}


@pytest.mark.parametrize("name", _PAGES)
def test_a_page_looks_as_it_did(name: str, own: Path, odd: tuple[Path, str], tmp_path: Path) -> None:
    project, file, page = _PAGES[name]
    folder = own if project == "own" else odd[0]
    drawn = tmp_path / name
    options = ["-r", str(_DOTS), "-gray", "-png", "-singlefile", "-f", str(page), "-l", str(page)]
    subprocess.run([tool("pdftoppm"), *options, str(folder / file), str(drawn)], check=True, capture_output=True)
    golden = FOLDER / "pdf" / f"{name}.png"
    if os.environ.get("KB_GEN_GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        Image.open(drawn.with_suffix(".png")).save(golden, optimize=True)
    now, before = (Image.open(file).convert("L") for file in (drawn.with_suffix(".png"), golden))
    assert now.size == before.size
    blurred = [picture.filter(ImageFilter.GaussianBlur(1.5)) for picture in (now, before)]
    (difference,) = ImageStat.Stat(ImageChops.difference(*blurred)).mean
    assert difference < _MOST_DIFFERENCE, f"{golden} differs; if that is right, run `make golden`"

"""Every kind of page: no violation that axe-core knows, light and dark; valid HTML; under the site's own policy."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

PAGES = {
    "root": "",
    "home": "en/",
    "article": "de/msexchangetransport/1024/",
    "unfinished article": "en/msexchangetransport/1039/",
    "source": "de/msexchangetransport/",
    "product": "en/products/exchange/",
    "symbols": "de/symbols/",
    "recent": "en/recent/",
    "translation": "de/translation/",
    "lookup": "de/lookup/?q=1024",
    "hand-written": "de/how-to-read-an-article/",
    "not found": "en/nowhere/",
}


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_violation(
    browser: Any, violations: Callable[[Any], list[Any]], http_site: str, name: str, scheme: str
) -> None:
    # The root page only chooses a language where scripts run; without them it is what it is.
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    if name == "root":
        page.route("**/root.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(http_site + PAGES[name])
    page.wait_for_timeout(300)
    found = violations(page)
    page.close()
    assert found == []
    assert [text for text in said if name != "not found" or "404" not in text] == []


def test_valid_html(built_site: Path) -> None:
    jar = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.is_file() or not shutil.which("java"):
        pytest.skip("needs java and the HTML validator: npm install")
    pages = [built_site / "index.html", built_site / "404.html", *sorted((built_site / "de").rglob("*.html"))]
    result = subprocess.run(
        ["java", "-jar", str(jar), "--errors-only", "--stdout", *map(str, pages)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.stdout == ""
    assert result.returncode == 0

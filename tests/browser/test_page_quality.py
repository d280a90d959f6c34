"""Every kind of page: no violation that axe-core knows, light and dark; valid HTML; under the site's own policy."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from site_trees import copy_sample

from kb_gen.site.build import build_site
from kb_gen.site.plugin import read_settings

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

_CODE = {
    "bat": "echo Done\nset /a count=12",
    "html": '<a href="/">one &amp; two</a><!-- three -->',
    "powershell": 'Get-Item -Path "$home\\x" # why\nif ($true) { [int]12 }',
    "javascript": "const found = /a+/.test(`b`) ? 12 : null",
    "python": "@cached\ndef one(self: int) -> str:\n    return f'{self!r}\\n'",
}
_CLASSES = "spans => spans.map(span => span.className)"


@pytest.fixture(scope="module")
def code_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of an article with code in many languages."""
    folder = tmp_path_factory.mktemp("code")
    project = copy_sample(folder)
    blocks = "\n".join(f"```{language}\n{code}\n```\n" for language, code in _CODE.items())
    explanation = f"explanation: |\n{textwrap.indent(blocks, '  ')}"
    commands = "    steps:\n      - text: Say so.\n        commands: [{shell: cmd, run: echo Done}]\n"
    record = project / "content/shop/shopprint/7.yml"
    written = record.read_text(encoding="utf-8").replace("explanation: Look at it.", explanation) + commands
    record.write_text(written, encoding="utf-8")
    site = folder / "site"
    assert not build_site(read_settings(project / "mkdocs.yml", site), jobs=1).failed
    return site / "en/shopprint/7/index.html"


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


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_of_every_colour_is_readable(
    browser: Any, violations: Callable[[Any], list[Any]], code_page: Path, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(code_page.as_uri())
    page.wait_for_timeout(300)
    coloured = {name for names in page.locator("pre span[class]").evaluate_all(_CLASSES) for name in names.split()}
    found = violations(page)
    page.close()
    # a keyword, a tag, an entity, a Cmdlet, a number, a text, a regular expression
    assert coloured >= {"k", "nt", "ni", "nb", "mi", "s2", "sr"}
    assert found == []


def test_valid_html(built_site: Path, invalid_html: Callable[[Iterable[Path]], str]) -> None:
    pages = [built_site / "index.html", built_site / "404.html", *sorted((built_site / "de").rglob("*.html"))]
    assert invalid_html(pages) == ""

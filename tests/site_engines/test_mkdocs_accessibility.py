"""The theme's frame has no violation that axe-core knows, in either colour scheme, wide and narrow, open and closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_samples import alternates, link, record_page, shapes

import kb_gen.site.theme
from kb_gen.site.engines import PageParts, SearchEntry
from kb_gen.site.engines.mkdocs import MkDocsEngine

CODE = '<div class="highlight"><pre><code><span class="c1"># comment</span> <span class="nb">Get-Item</span> '
CODE += '<span class="nv">$a</span> <span class="mi">12</span> <span class="s">"text"</span></code></pre></div>'

# The engine leaves the header's colours to the site's own style sheet.
COLOURS = Path(kb_gen.site.theme.__file__).parent / "kb.css"


def pages() -> dict[str, PageParts]:
    article = replace(
        record_page("de"),
        previous=link("de", "1023"),
        next=link("de", "1025"),
        edit_url="https://git.example.com/edit/1",
        body='<h1>MSExchangeTransport 1024</h1><p>Text with <a href="#action">a link</a> and <code>code</code>.</p>'
        f'<h2 id="explanation">Explanation</h2>{CODE}<h2 id="action">User action</h2>{CODE}',
    )
    home = replace(
        article, url="de/index.html", hide=("navigation", "toc"), toc=(), alternates=alternates("index.html")
    )
    return {
        "article": article,
        "right to left": replace(article, locale="ar", url="ar/msexchangetransport/1024/index.html", active=None),
        "home": replace(home, body="<h1>Home</h1><p>Text.</p>", previous=None, next=None, active=None),
        "section": replace(article, url="de/symbols/index.html", active=None),
    }


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frames")
    engine = MkDocsEngine(project / "mkdocs.yml", shapes(), stylesheets=["assets/kb/kb.css"])
    entry = SearchEntry("de", "de/msexchangetransport/1024/index.html", "MSExchangeTransport 1024", "Ein Text. " * 9)
    assets = [*engine.assets(), *engine.search_files("de", lambda: iter([entry]))]
    files = {asset.url: asset.content for asset in assets} | {"assets/kb/kb.css": COLOURS}
    files |= {parts.url: engine.page(parts) for parts in pages().values()}
    for url, content in files.items():
        path = folder / url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", pages())
def test_a_frame_has_no_violation(
    browser: Any, violations: Callable[[Any], list[Any]], site: Path, name: str, scheme: str, width: int
) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto((site / pages()[name].url).as_uri())
    page.wait_for_timeout(400)
    found = violations(page)
    page.keyboard.press("/")
    page.keyboard.type("text")
    page.wait_for_timeout(600)
    found += violations(page)
    page.close()
    assert found == []

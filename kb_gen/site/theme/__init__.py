"""The site's own style sheets and scripts, published under `assets/kb-gen/`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from kb_gen.site.engines import Asset, SearchScripts

__all__ = ["SCRIPTS", "SEARCH_SCRIPTS", "STYLESHEETS", "theme_assets"]

_BASE = "assets/kb-gen"

STYLESHEETS = (f"{_BASE}/kb.css",)
"""What every page loads after the theme's own style sheets."""

SCRIPTS = (f"{_BASE}/kb.js",)
"""What every page loads after the theme's own scripts."""


SEARCH_SCRIPTS = SearchScripts(box=f"{_BASE}/search-box.js", worker=f"{_BASE}/search-worker.js")
"""What searches in sites that are too large for the theme's own search."""


def theme_assets() -> Iterator[Asset]:
    """Every style sheet and script in this folder."""
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith((".css", ".js", ".svg")):
            yield Asset(f"{_BASE}/{file.name}", file.read_bytes())

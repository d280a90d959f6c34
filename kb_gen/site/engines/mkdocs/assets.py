"""Static files: the theme's, the project's, and the few of our own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from kb_gen.site.engines import Asset, SearchScripts
from kb_gen.site.engines.mkdocs.amendments import amended_script
from kb_gen.site.engines.mkdocs.configuration import Resources

__all__ = ["NOT_FOUND_SCRIPT", "own_assets", "own_resources", "project_assets", "theme_assets"]

NOT_FOUND_SCRIPT = "assets/kb/not-found.js"
_STYLESHEET = "assets/kb/kb-material.css"
_WORKER_SHIM = "assets/kb/iframe-worker.js"
_SEARCH_QUERY = "assets/kb/search-query.js"
_FILES = Path(__file__).parent / "files"
_THEME = Path(__file__).parents[2] / "theme"
# What a theme's folder has beside its templates and that doesn't belong into a site.
_NOT_SERVED = (".html", ".py", ".pyc", ".md", ".xml")


def own_resources(stylesheets: Sequence[str], scripts: Sequence[str], search: SearchScripts | None) -> Resources:
    """What every page loads: ours first, so that the caller's and the user's can override it."""
    return Resources(
        polyfills=(_WORKER_SHIM, search.box if search else _SEARCH_QUERY),
        stylesheets=(_STYLESHEET, *stylesheets),
        scripts=tuple(scripts),
        search_worker=search.worker if search else None,
    )


def own_assets() -> Iterator[Asset]:
    """The engine's own files."""
    yield Asset(_STYLESHEET, _THEME / "kb-material.css")
    yield Asset(_WORKER_SHIM, _FILES / "iframe-worker" / "shim.js")
    yield Asset("assets/kb/iframe-worker.LICENSE", _FILES / "iframe-worker" / "LICENSE")
    yield Asset(_SEARCH_QUERY, _FILES / "search-query.js")
    yield Asset(NOT_FOUND_SCRIPT, _FILES / "not-found.js")


def project_assets(configs: Sequence[MkDocsConfig], docs_dir: Path) -> Iterator[Asset]:
    """Files in the user's `docs_dir` that `mkdocs.yml` names: style sheets, scripts, logo, icon."""
    for config in configs:
        named = [
            *config.extra_css,
            *(str(script) for script in config.extra_javascript),
            config.theme.get("logo") or "",
            config.theme.get("favicon") or "",
        ]
        for url in named:
            path = docs_dir / url
            if url and "://" not in url and path.resolve().is_relative_to(docs_dir) and path.is_file():
                yield Asset(url, path)


def theme_assets(config: MkDocsConfig, warn: Callable[[str], None]) -> Iterator[Asset]:
    """The theme's static files; those in the user's `custom_dir` come before Material's own."""
    for folder in config.theme.dirs:
        for place, folders, names in os.walk(folder):
            # `.icons` holds the sources of icons that are part of the pages.
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__")) and name != "locales")
            for name in sorted(names):
                path = Path(place, name)
                if not name.startswith(".") and not name.endswith(_NOT_SERVED) and name != "mkdocs_theme.yml":
                    yield _theme_asset(path, path.relative_to(folder).as_posix(), warn)


def _theme_asset(path: Path, url: str, warn: Callable[[str], None]) -> Asset:
    amended = amended_script(url, path.read_text("utf-8"), warn) if url.endswith(".js") else None
    return Asset(url, path if amended is None else amended.encode())

"""A filled shell is byte for byte what `mkdocs build` writes for the same title, body and neighbours.

The expected pages go through MkDocs' own `build()`, with the theme's amendments installed by a plugin as any plugin
would, and with a `mkdocs.yml` that spells out what the engine sets by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_samples import LABELS, MKDOCS_YML, NASTY, alternates, link, navigation, record_page, shapes
from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import yaml_load

from kb_gen.site.engines import Link, LocaleShape, NavigationItem, PageParts, TocEntry
from kb_gen.site.engines.mkdocs import MkDocsEngine, amend


def home(tag: str) -> PageParts:
    return replace(
        record_page(tag),
        url=f"{tag}/index.html",
        title="Home",
        toc=(),
        alternates=alternates("index.html"),
        active=None,
        hide=("navigation", "toc"),
    )


VARIANTS: dict[str, Callable[[PageParts], PageParts]] = {
    "record": lambda page: page,
    "bare": lambda page: replace(page, description="", toc=(), alternates=(), active=None),
    "neighbours": lambda page: replace(page, previous=link(page.locale, "1023"), next=link(page.locale, "1025")),
    "next only": lambda page: replace(page, next=Link(NASTY, f"{page.locale}/ese/9/index.html")),
    "editable": lambda page: replace(page, edit_url="https://git.example.com/a/edit/main/1024.yml?a=1&b=2"),
    "blob": lambda page: replace(page, edit_url="https://git.example.com/a/blob/main/edit.yml"),
    "nasty": lambda page: replace(
        page,
        title=NASTY,
        description=NASTY,
        body=f"<h1>{escape(NASTY)}</h1><pre>{{{{ 7*7 }}}} \ud800 {escape(NASTY)}</pre>",
        toc=(TocEntry(NASTY, "a", 2, (TocEntry("<i>", "b", 3),)),),
    ),
    "inexact": lambda page: replace(page, alternates=alternates("msexchangetransport/1024/index.html", ("de",))),
    "deeper": lambda page: replace(page, url=f"{page.locale}/msexchangetransport/1024/14.0/index.html"),
    "elsewhere": lambda page: replace(page, url=f"{page.locale}/recent/index.html"),
    "other folder": lambda page: replace(page, url=f"{page.locale}/ese/1024/index.html", active=None),
    "no navigation": lambda page: replace(page, hide=("navigation", "footer"), next=link(page.locale, "1025")),
    "home": lambda page: home(page.locale),
    "in the navigation": lambda page: replace(page, url=f"{page.locale}/lookup/index.html", active=None),
    "nested in the navigation": lambda page: replace(page, url=f"{page.locale}/ese/index.html", active=None),
    "page of a section": lambda page: replace(page, url=f"{page.locale}/symbols/index.html", active=None),
}


class Reference(BasePlugin):
    """Hands given parts to MkDocs' pages."""

    def __init__(self, shape: LocaleShape, parts: Sequence[PageParts]) -> None:
        self.shape = shape
        self.parts = {page.url: page for page in parts}

    def on_config(self, config: MkDocsConfig) -> None:
        config.site_name = Markup(escape(self.shape.site_name))
        config.site_description = Markup(escape(self.shape.site_description))

    def on_files(self, files: Files, config: MkDocsConfig) -> None:
        for url in {*self.parts, *_urls(self.shape.navigation)}:
            file = File.generated(config, _source(url), content="")
            file.dest_uri = file.url = url
            files.append(file)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        # `nav:` in mkdocs.yml has no place for escaped titles.
        for item in _all_items(nav.items):
            item.title = Markup(escape(item.title))

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        amend(env, pytest.fail)

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        parts = self.parts.get(page.url)
        if parts is None:
            return "<h1>-</h1>"
        page.meta = {"title": Markup(escape(parts.title)), "description": Markup(escape(parts.description))}
        page.meta["hide"] = list(parts.hide)
        page.toc = TableOfContents([_anchor(entry) for entry in parts.toc])
        page.canonical_url = str(config.site_url) + page.url.removesuffix("index.html")
        page.edit_url = str(escape(parts.edit_url)) if parts.edit_url else None
        return parts.body

    def on_page_context(self, context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        parts = self.parts.get(page.url)
        if parts is None:
            return
        page.previous_page = self._neighbour(parts.previous, config)
        page.next_page = self._neighbour(parts.next, config)
        default = parts.alternates[0] if parts.alternates and parts.alternates[0].exact else None
        config.extra["alternate"] = [
            {
                "lang": alternate.locale,
                "name": escape(alternate.name),
                "link": alternate.url,
                "address": str(config.site_url) + alternate.url.removesuffix("index.html"),
                "exact": alternate.exact,
                "current": alternate.locale == parts.locale,
            }
            for alternate in parts.alternates
        ]
        config.extra["alternate_default"] = (
            config.site_url
            if page.url == self.shape.home
            else str(config.site_url) + default.url.removesuffix("index.html")
            if default
            else None
        )
        for item in nav.pages:
            item.active = item is page
        for item in nav.pages:
            if item is page or item.url == parts.active:
                item.active = True

    def _neighbour(self, neighbour: Link | None, config: MkDocsConfig) -> Page | None:
        if neighbour is None:
            return None
        file = File.generated(config, "neighbour.md", content="")
        file.dest_uri = file.url = neighbour.url
        return Page(Markup(escape(neighbour.title)), file, config)


def _anchor(entry: TocEntry) -> AnchorLink:
    anchor = AnchorLink(Markup(escape(entry.title)), entry.anchor, entry.level)
    anchor.children = [_anchor(child) for child in entry.children]
    return anchor


def _source(url: str) -> str:
    return url.replace(".html", ".md") if "symbols/index" in url else url.replace("/index.html", ".md")


def _urls(items: Sequence[NavigationItem]) -> list[str]:
    return [url for item in items for url in ([item.url] if item.url else []) + _urls(item.children)]


def _all_items(items: Sequence[Any]) -> list[Any]:
    return [found for item in items for found in [item, *_all_items(item.children or [])]]


def _nav(items: Sequence[NavigationItem]) -> list[dict[str, Any]]:
    return [
        {item.title: ([{item.title: _source(item.url)}] if item.url else []) + _nav(item.children)}
        if item.children
        else {item.title: _source(str(item.url))}
        for item in items
    ]


def built_by_mkdocs(folder: Path, shape: LocaleShape, parts: Sequence[PageParts]) -> dict[str, bytes]:
    """Each page as `mkdocs build` writes it."""
    (folder / "docs").mkdir()
    values = yaml_load(MKDOCS_YML)
    labels = LABELS.get(shape.tag, {})
    names = ["Switch to light mode", "Switch to dark mode", "Switch to system preference"]
    light, dark, system = (str(escape(labels.get(name, name))) for name in names)
    colours = {"primary": "custom", "accent": "custom"}
    values["theme"] |= {
        "language": shape.tag,
        "direction": shape.direction,
        "font": False,
        "features": [*values["theme"]["features"], "content.code.copy", "navigation.indexes"],
        "palette": [
            {
                "media": "(prefers-color-scheme)",
                **colours,
                "toggle": {"icon": "material/brightness-auto", "name": light},
            },
            {
                "media": "(prefers-color-scheme: light)",
                "scheme": "default",
                **colours,
                "toggle": {"icon": "material/brightness-7", "name": dark},
            },
            {
                "media": "(prefers-color-scheme: dark)",
                "scheme": "slate",
                **colours,
                "toggle": {"icon": "material/brightness-4", "name": system},
            },
        ],
    }
    values |= {
        "docs_dir": str(folder / "docs"),
        "site_dir": str(folder / "site"),
        "site_name": shape.site_name,
        "nav": _nav(navigation(shape.tag)),
        "plugins": ["search"],
        "extra_css": ["assets/kb/kb-material.css"],
        "extra_javascript": ["assets/kb/site.js"],
        "extra": {
            "homepage": shape.home,
            "locale": shape.tag,
            "locale_root": f"{shape.tag}/",
            "polyfills": ["assets/kb/iframe-worker.js", "assets/kb/search-query.js"],
        },
    }
    config_file = folder / "mkdocs.yml"
    config_file.write_text("", encoding="utf-8")
    config = load_config(str(config_file), **values)
    config.plugins["reference"] = Reference(shape, parts)
    build(config)
    return {page.url: (folder / "site" / page.url).read_bytes() for page in parts}


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.tag)
def test_a_filled_shell_is_what_mkdocs_writes(engine: MkDocsEngine, shape: LocaleShape, tmp_path: Path) -> None:
    for round_number, names in enumerate(_rounds()):
        pages = {name: VARIANTS[name](record_page(shape.tag)) for name in names}
        folder = tmp_path / str(round_number)
        folder.mkdir()
        expected = built_by_mkdocs(folder, shape, list(pages.values()))
        for name, page in pages.items():
            engine.page(replace(page, title="The shell's first page", body="<h1>Another</h1>"))
            assert engine.page(page).decode() == expected[page.url].decode(), name


def _rounds() -> list[list[str]]:
    """Variants in as few builds as possible: pages of one build need addresses of their own."""
    rounds: list[list[str]] = []
    for name, vary in VARIANTS.items():
        url = vary(record_page()).url
        for members in rounds:
            if url not in {VARIANTS[member](record_page()).url for member in members}:
                members.append(name)
                break
        else:
            rounds.append([name])
    return rounds


def test_an_address_without_site_is_left_out(project: Path, tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: X\ntheme: material\n", encoding="utf-8")
    html = MkDocsEngine(config, shapes()).page(record_page("de")).decode()
    assert "canonical" not in html
    assert '<link rel="alternate " href="../../../en/msexchangetransport/1024/index.html" hreflang="en">' in html

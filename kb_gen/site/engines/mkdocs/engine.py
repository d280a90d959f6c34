"""The engine that puts MkDocs' and Material's frame around pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape as escape_attribute
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from kb_gen.site.engines import (
    Asset,
    HandwrittenPage,
    LocaleShape,
    PageParts,
    SearchEntry,
    SearchScripts,
    TocEntry,
)
from kb_gen.site.engines.inline_scripts import scripts_in
from kb_gen.site.engines.mkdocs.assets import NOT_FOUND_SCRIPT, own_assets, own_resources, project_assets, theme_assets
from kb_gen.site.engines.mkdocs.configuration import locale_configuration, read_configuration
from kb_gen.site.engines.mkdocs.frame import AlternateLink, Frame, build_frame
from kb_gen.site.engines.mkdocs.handwritten import handwritten_pages, static_files
from kb_gen.site.engines.mkdocs.layouts import Layouts, LocaleLayouts, link_folders
from kb_gen.site.engines.mkdocs.navigation import file_at, has_section_pages
from kb_gen.site.engines.mkdocs.search import SearchSettings, index_document, search_assets
from kb_gen.site.engines.mkdocs.shells import SLOTS, Shell, fill, marker, slot_values, split, unused_token

__all__ = ["MkDocsEngine"]

# Far more than a site has layouts; a bound for sites whose tables of contents are all different.
_SHELLS_KEPT = 2000


class _MemoryCache(BytecodeCache):
    """Compiled templates of one engine, so that its locales compile them once."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


class MkDocsEngine:
    """Renders pages with MkDocs' Material theme, as `mkdocs build` would.

    Instances survive `fork`: workers may call `page` for shells of their own. Nothing is read from the project
    after construction but static files.

    Args:
        configuration: the user's `mkdocs.yml`, or what MkDocs has read from it.
        locales: the site's locales, the default one first.
        labels: texts of the theme's colour scheme switch per locale, keyed by `Switch to light mode`,
            `Switch to dark mode`, `Switch to system preference`.
        stylesheets: URLs, from the root, of the caller's style sheets; they come before the user's own.
        scripts: URLs, from the root, of the caller's scripts.
        bytecode: an existing folder for compiled templates, for a faster start the next time.
        search: scripts that take the place of Material's own search.

    Raises:
        ConfigurationError: if `mkdocs.yml` cannot be used.
    """

    def __init__(
        self,
        configuration: Path | MkDocsConfig,
        locales: Sequence[LocaleShape],
        *,
        labels: Mapping[str, Mapping[str, str]] | None = None,
        stylesheets: Sequence[str] = (),
        scripts: Sequence[str] = (),
        bytecode: Path | None = None,
        search: SearchScripts | None = None,
    ) -> None:
        user = read_configuration(configuration)
        cache: BytecodeCache = FileSystemBytecodeCache(str(bytecode)) if bytecode else _MemoryCache()
        resources = own_resources(stylesheets, scripts, search)
        sections = any(has_section_pages(shape.navigation) for shape in locales)
        self._warnings: list[str] = []
        self._scripts: set[str] = set()
        self._user = user
        self._frames: dict[str, Frame] = {}
        self._shells: dict[tuple[object, ...], Shell] = {}
        for shape in locales:
            config = locale_configuration(
                user,
                shape,
                (labels or {}).get(shape.tag, {}),
                resources,
                ("navigation.indexes",) if sections else (),
            )
            self._frames[shape.tag] = build_frame(config, shape, user.docs_dir, cache, self._warn)
        self.layouts = Layouts(
            next(iter(self._frames.values())).config.site_url or "",
            {tag: _locale_layouts(frame) for tag, frame in self._frames.items()},
        )

    @property
    def search_settings(self) -> Mapping[str, SearchSettings]:
        """How Material's search reads each locale's index."""
        return {tag: frame.search for tag, frame in self._frames.items()}

    @property
    def theme_folders(self) -> tuple[Path, ...]:
        """The folders of templates and static files, the user's own first."""
        return tuple(Path(folder) for folder in next(iter(self._frames.values())).config.theme.dirs)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What MkDocs and the theme had to say, each once, in order."""
        return tuple(dict.fromkeys(self._warnings))

    def page(self, parts: PageParts) -> bytes:
        """The finished HTML file of one page.

        Raises:
            KeyError: if the engine doesn't know the page's locale.
            ShellError: if the theme or a plugin doesn't let the page be taken apart.
        """
        key = self.layouts.of(parts)
        shell = self._shells.get(key)
        if shell is None:
            shell, scripts = self.shell(parts)
            self._scripts |= scripts
            if len(self._shells) >= _SHELLS_KEPT:
                del self._shells[next(iter(self._shells))]
            self._shells[key] = shell
        return fill(shell, self._values(parts))

    def shell(self, parts: PageParts) -> tuple[Shell, frozenset[str]]:
        """The shell for all pages of the layout of `parts`, freshly rendered, and its inline scripts.

        Raises:
            ShellError: if the theme or a plugin doesn't let the page be taken apart.
        """
        return self._render_shell(parts, self._frames[parts.locale], self._values(parts))

    def handwritten(self) -> Iterator[HandwrittenPage]:
        """The project's own Markdown pages in all locales, rendered with the theme."""
        for page in handwritten_pages(self._frames, self.layouts.site_url, self._warn):
            self._collect_scripts(page.html.decode())
            yield page

    def assets(self) -> Iterator[Asset]:
        """Style sheets, scripts, fonts and other static files of theme, project and hand-written pages, each once."""
        seen: set[str] = set()
        configs = [frame.config for frame in self._frames.values()]
        sources = (
            own_assets(),
            project_assets(configs, self._user.docs_dir),
            *(static_files(frame) for frame in self._frames.values()),
            theme_assets(configs[0], self._warn),
        )
        for assets in sources:
            for asset in assets:
                if asset.url not in seen:
                    seen.add(asset.url)
                    yield asset

    def inline_scripts(self) -> frozenset[str]:
        """The exact text of every inline script in any page rendered so far, for the Content-Security-Policy.

        Shells' scripts don't depend on the page, so one page per locale stands for those that other processes render.
        """
        for parts in self.layouts.typical_pages():
            self.page(parts)
        return frozenset(self._scripts)

    def search_document(self, entry: SearchEntry) -> bytes:
        """What Material's search index has of an entry, as JSON."""
        return index_document(entry)

    def search_files(self, locale: str, entries: Callable[[], Iterator[SearchEntry | bytes]]) -> Iterator[Asset]:
        """Material's search index for `locale`, once as JSON and once as a script, which `file://` needs.

        Args:
            locale: BCP 47 tag.
            entries: the locale's entries, or their documents; a page's own comes before those for its anchors.
        """
        return search_assets(self._frames[locale].search, locale, entries())

    def evidence(self) -> bytes | None:
        """Nothing shows what all of the theme was read from."""
        return None

    def not_found(self, bodies: Mapping[str, str]) -> bytes:
        """The `404.html` for the whole site, with a body per locale; its links work at any depth.

        All bodies are shown; a script leaves only the one in the language of the address that wasn't found.
        """
        first = next(iter(self._frames.values()))
        shapes = {tag: frame.shape for tag, frame in self._frames.items()}
        sections = [
            f'<div class="kb-not-found" lang="{escape_attribute(tag)}" dir="{shapes[tag].direction}" '
            f'data-kb-locale="{escape_attribute(tag.lower())}">{body}</div>'
            for tag, body in bodies.items()
        ]
        root = escape(urlsplit(first.config.site_url or "/").path)
        script = f'<script src="{root}{NOT_FOUND_SCRIPT}" data-kb-site="{root}"></script>'
        html = first.render_template("404.html", {"not_found": "\n".join([*sections, script])})
        self._collect_scripts(html)
        return html.encode("utf-8", "xmlcharrefreplace")

    def _values(self, parts: PageParts) -> dict[str, str]:
        return slot_values(parts, self.layouts.site_url, self.layouts.locales[parts.locale].home)

    def _render_shell(self, parts: PageParts, frame: Frame, values: Mapping[str, str]) -> tuple[Shell, frozenset[str]]:
        token = unused_token(repr((frame.shape, parts.toc, parts.alternates)))
        markers = {name: marker(token, name) for name in SLOTS}
        page = frame.navigation_pages.get(parts.url) or Page(
            markers["title"], file_at(parts.url, "page.md", frame.config), frame.config
        )
        _dress(page, parts, markers, values)
        active = frame.navigation_pages.get(parts.active or "")
        alternates = [
            AlternateLink(
                alternate.locale,
                str(escape(alternate.name)),
                marker(token, f"alternate-{index}"),
                marker(token, f"address-{index}"),
                alternate.exact,
                alternate.locale == parts.locale,
            )
            for index, alternate in enumerate(parts.alternates)
        ]
        if active is not None:
            active.active = True
        html = frame.render(page, alternates, markers["default"] if "default" in values else None)
        if active is not None:
            active.active = False
        return split(html, token), scripts_in(html)

    def _warn(self, message: str) -> None:
        self._warnings.append(message if message.startswith("theme: ") else f"mkdocs: {message}")

    def _collect_scripts(self, html: str) -> None:
        self._scripts |= scripts_in(html)


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """The page before or after, as far as the templates read it."""

    title: str
    url: str


def _dress(page: Page, parts: PageParts, markers: Mapping[str, str], values: Mapping[str, str]) -> None:
    """Give MkDocs' page what its templates read; texts as markers wherever the page has a value."""
    page.meta = {"title": markers["title"], "search": {"exclude": True}}
    if parts.description:
        page.meta["description"] = markers["description"]
    if parts.hide:
        page.meta["hide"] = list(parts.hide)
    page.content = markers["body"]
    page.toc = TableOfContents([_anchor(entry) for entry in parts.toc])
    page.canonical_url = markers["canonical"] if "canonical" in values else None
    page.edit_url = markers["edit"] if "edit" in values else None
    previous = _Neighbour(markers["previous-title"], markers["previous-url"]) if parts.previous else None
    following = _Neighbour(markers["next-title"], markers["next-url"]) if parts.next else None
    page.previous_page, page.next_page = cast("Page | None", previous), cast("Page | None", following)


def _anchor(entry: TocEntry) -> AnchorLink:
    anchor = AnchorLink(escape(entry.title), str(escape(entry.anchor)), entry.level)
    anchor.children = [_anchor(child) for child in entry.children]
    return anchor


def _locale_layouts(frame: Frame) -> LocaleLayouts:
    home = frame.shape.home
    return LocaleLayouts(home, frozenset(frame.navigation_pages), link_folders((home, *frame.navigation_pages)))

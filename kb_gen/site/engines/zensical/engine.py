"""The engine that puts Zensical's frame around pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup, escape

from kb_gen.site.engines import Alternate, Asset, HandwrittenPage, Link, LocaleShape, PageParts, SearchEntry
from kb_gen.site.engines.inline_scripts import scripts_in
from kb_gen.site.engines.mkdocs.configuration import UserConfiguration, read_configuration
from kb_gen.site.engines.zensical.markup import alternate_items, head_links, neighbour_values, page_values, relative
from kb_gen.site.engines.zensical.navigation import NavigationTree, handwritten_urls, navigation_tree
from kb_gen.site.engines.zensical.project import Rendering, Resources, render, templates_folder
from kb_gen.site.engines.zensical.search import handwritten_entries, index_file, index_item
from kb_gen.site.engines.zensical.slots import Pieces, between, fill, resolve, unused_token

__all__ = ["ZensicalEngine"]

# Lists and articles of sources lie this deep; anything deeper costs one more run.
_DEPTHS = (0, 1, 2, 3, 4, 5)
_LAYOUTS_KEPT = 2000
_THEME = Path(__file__).parents[2] / "theme"
_FILES = Path(__file__).parents[1] / "mkdocs" / "files"
_STYLESHEET = "assets/kb/kb-material.css"
_OWN_STYLESHEET = "assets/kb/kb-zensical.css"
_WORKER_SHIM = "assets/kb/iframe-worker.js"
_NOT_FOUND_SCRIPT = "assets/kb/not-found.js"
_OWN = {
    _STYLESHEET: _THEME / "kb-material.css",
    _OWN_STYLESHEET: Path(__file__).parent / "files" / "kb-zensical.css",
    _WORKER_SHIM: _FILES / "iframe-worker" / "shim.js",
    "assets/kb/iframe-worker.LICENSE": _FILES / "iframe-worker" / "LICENSE",
    _NOT_FOUND_SCRIPT: _FILES / "not-found.js",
}


@dataclass(frozen=True, slots=True)
class _Frame:
    """One locale: its navigation, what Zensical has rendered for it, and what stands in slots of all its pages."""

    shape: LocaleShape
    tree: NavigationTree
    rendering: Rendering
    handwritten: Mapping[str, Path]
    titles: Mapping[str, str]
    constants: Mapping[str, str | None]


class ZensicalEngine:
    """Renders pages with Zensical's theme.

    Zensical is run while the engine is made, once for each locale. Instances survive `fork`.

    Args:
        configuration: the user's `mkdocs.yml`.
        locales: the site's locales, the default one first.
        labels: texts of the theme's colour scheme switch per locale, keyed by their English names.
        stylesheets: URLs, from the root, of the caller's style sheets; they come before the user's own.
        scripts: URLs, from the root, of the caller's scripts.

    Raises:
        ConfigurationError: if `mkdocs.yml` cannot be used, or Zensical isn't installed.
        ZensicalError: if Zensical fails.
    """

    def __init__(
        self,
        configuration: Path,
        locales: Sequence[LocaleShape],
        *,
        labels: Mapping[str, Mapping[str, str]] | None = None,
        stylesheets: Sequence[str] = (),
        scripts: Sequence[str] = (),
    ) -> None:
        self._user = read_configuration(configuration)
        templates_folder(self._user.path)
        self._token = unused_token(_texts(self._user, locales))
        self._resources = {
            shape.tag: Resources(
                (_WORKER_SHIM,),
                (_STYLESHEET, _OWN_STYLESHEET, *stylesheets),
                tuple(scripts),
                (labels or {}).get(shape.tag, {}),
            )
            for shape in locales
        }
        self._site_url = self._user.site_url or ""
        with ThreadPoolExecutor(max_workers=2) as runs:
            self._frames = dict(zip([s.tag for s in locales], runs.map(self._frame, locales), strict=True))
        self._deeper: dict[tuple[str, int], Pieces] = {}
        self._layouts: dict[tuple[object, ...], Pieces] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """What Zensical and the amendments of its theme had to say, each once, in order."""
        return tuple(dict.fromkeys(line for frame in self._frames.values() for line in frame.rendering.warnings))

    def page(self, parts: PageParts) -> bytes:
        """The finished HTML file of one page.

        Raises:
            KeyError: if the engine doesn't know the page's locale.
            UnfilledSlotError: if the theme has changed and the page can't be filled.
        """
        frame = self._frames[parts.locale]
        shape = frame.shape
        neighbours = neighbour_values(parts.url, parts.previous, parts.next)
        alternates = [relative(alternate.url, parts.url) for alternate in parts.alternates]
        values = {
            **page_values(parts, shape.site_name, shape.home),
            **neighbours,
            "links": head_links(parts.url, parts.alternates, neighbours, self._site_url, shape.home),
            "alternates": alternate_items(parts.alternates, alternates, parts.locale),
        }
        if not parts.description:
            values["description"] = str(escape(shape.site_description))
        return fill(self._layout(parts, frame), values)

    def handwritten(self) -> Iterator[HandwrittenPage]:
        """The project's own Markdown pages in all locales, rendered with the theme."""
        for frame in self._frames.values():
            yield from self._handwritten(frame)

    def assets(self) -> Iterator[Asset]:
        """Style sheets, scripts, fonts and other static files of theme, project and hand-written pages, each once."""
        assets: dict[str, bytes | Path] = dict(_OWN)
        for url, path in self._project_files():
            assets.setdefault(url, path)
        for frame in self._frames.values():
            for url, content in frame.rendering.assets.items():
                assets.setdefault(url, content)
        yield from (Asset(url, content) for url, content in assets.items())

    def inline_scripts(self) -> frozenset[str]:
        """The exact text of every inline script in any page, for the Content-Security-Policy."""
        return frozenset(
            script
            for frame in self._frames.values()
            for page in (
                *frame.rendering.shells.values(),
                *frame.rendering.pages.values(),
                frame.rendering.not_found,
            )
            for script in scripts_in("".join(page[::2]))
        )

    def search_document(self, entry: SearchEntry) -> bytes:
        """What the index of Zensical's search has of an entry, as JSON."""
        return index_item(entry)

    def search_files(self, locale: str, entries: Callable[[], Iterator[SearchEntry | bytes]]) -> Iterator[Asset]:
        """The index of Zensical's search for `locale`, once as JSON and once as a script, which `file://` needs."""
        root = f"{locale.lower()}/"
        items = (entry if isinstance(entry, bytes) else index_item(entry) for entry in entries())
        index = index_file(locale, items, self._separator())
        yield Asset(f"{root}search.json", index)
        yield Asset(f"{root}search.js", b"var __index = " + index)

    def evidence(self) -> bytes | None:
        """Nothing shows what all of the theme was read from."""
        return None

    def not_found(self, bodies: Mapping[str, str]) -> bytes:
        """The `404.html` for the whole site, with a body per locale; its links work at any depth.

        All bodies are shown; a script leaves only the one in the language of the address that wasn't found.
        """
        frame = next(iter(self._frames.values()))
        base = urlsplit(self._site_url).path or "/"
        homes = [Alternate(tag, other.shape.name, other.shape.home, exact=False) for tag, other in self._frames.items()]
        sections = [
            f'<div class="kb-not-found" lang="{escape(tag)}" dir="{self._frames[tag].shape.direction}" '
            f'data-kb-locale="{escape(tag.lower())}">{body}</div>'
            for tag, body in bodies.items()
        ]
        script = f'<script src="{escape(base)}{_NOT_FOUND_SCRIPT}" data-kb-site="{escape(base)}"></script>'
        values = {
            **frame.constants,
            **frame.tree.states("", None),
            **neighbour_values("", None, None),
            "links": "",
            "alternates": alternate_items(homes, [base + home.url for home in homes], frame.shape.tag),
            "page-title": "",
            "not-found": "\n".join([*sections, script]),
        }
        return fill(frame.rendering.not_found, values)

    def _frame(self, shape: LocaleShape) -> _Frame:
        tree = navigation_tree(shape)
        rendering = self._render(shape, tree, _DEPTHS)
        titles = {url: (between(page, "page-title") or "").strip() for url, page in rendering.pages.items()}
        constants: dict[str, str | None] = {
            "locale": str(escape(shape.tag)),
            "site-name": str(escape(shape.site_name)),
            "site-description": str(escape(shape.site_description)),
            **tree.titles(titles),
        }
        return _Frame(shape, tree, rendering, handwritten_urls(shape), titles, constants)

    def _render(self, shape: LocaleShape, tree: NavigationTree, depths: Sequence[int]) -> Rendering:
        return render(self._user, shape, tree, self._resources[shape.tag], depths, self._token)

    def _shell(self, frame: _Frame, depth: int) -> Pieces:
        known = frame.rendering.shells.get(depth) or self._deeper.get((frame.shape.tag, depth))
        if known is None:
            known = self._render(replace(frame.shape, pages=None), frame.tree, (depth,)).shells[depth]
            self._deeper[frame.shape.tag, depth] = known
        return known

    def _layout(self, parts: PageParts, frame: _Frame) -> Pieces:
        """A shell in which everything stands that many pages have in common."""
        shown = parts.url if parts.url in frame.tree.urls else None
        depth = parts.url.count("/")
        key = (parts.locale, depth, parts.active, shown)
        layout = self._layouts.get(key)
        if layout is None:
            states = frame.tree.states(shown or "", parts.active)
            layout = resolve(self._shell(frame, depth), {**frame.constants, **states, "page-title": ""})
            if len(self._layouts) >= _LAYOUTS_KEPT:
                del self._layouts[next(iter(self._layouts))]
            self._layouts[key] = layout
        return layout

    def _handwritten(self, frame: _Frame) -> Iterator[HandwrittenPage]:
        tag = frame.shape.tag
        urls = [url for url in frame.rendering.pages if url in frame.handwritten]
        search = list(handwritten_entries(tag, frame.rendering.search))
        for index, url in enumerate(urls):
            around = [urls[i] if 0 <= i < len(urls) else None for i in (index - 1, index + 1)]
            yield HandwrittenPage(
                locale=tag,
                url=url,
                title=_plain(frame.titles[url]),
                source=frame.handwritten[url],
                html=self._handwritten_html(frame, url, [None if u is None else _link(frame, u) for u in around]),
                search=tuple(entry for entry in search if unquote(entry.url.partition("#")[0]) == url),
            )

    def _handwritten_html(self, frame: _Frame, url: str, around: Sequence[Link | None]) -> bytes:
        alternates = [self._alternate(frame, url, other) for other in self._frames.values()]
        neighbours = neighbour_values(url, *around)
        links = [quote(relative(alternate.url, url)) for alternate in alternates]
        values = {
            **frame.constants,
            **frame.tree.states(url, None),
            **neighbours,
            "page-title": "",
            "links": head_links(url, alternates, neighbours, self._site_url, frame.shape.home),
            "alternates": alternate_items(alternates, links, frame.shape.tag),
        }
        known = frame.tree.urls | frame.handwritten.keys() | {frame.shape.home}
        pieces = frame.rendering.pages[url]
        explicit = [text if i % 2 else _with_explicit_links(text, url, known) for i, text in enumerate(pieces)]
        return fill(tuple(explicit), values)

    def _alternate(self, frame: _Frame, url: str, other: _Frame) -> Alternate:
        rest = url.removeprefix(frame.shape.tag.lower())
        counterpart = other.shape.tag.lower() + rest
        exact = counterpart in other.rendering.pages
        shape = other.shape
        return Alternate(shape.tag, shape.name, counterpart if exact else shape.home, exact)

    def _project_files(self) -> Iterator[tuple[str, Path]]:
        """Files in the user's `docs_dir` that `mkdocs.yml` names: style sheets, scripts, logo, icon."""
        values = self._user.values
        theme = values.get("theme")
        icons = [theme.get("logo"), theme.get("favicon")] if isinstance(theme, Mapping) else []
        scripts = [s.get("path") if isinstance(s, Mapping) else s for s in values.get("extra_javascript") or []]
        folder = self._user.docs_dir.resolve()
        for url in (*(values.get("extra_css") or []), *scripts, *icons):
            path = folder / str(url or "")
            if url and "://" not in str(url) and path.resolve().is_relative_to(folder) and path.is_file():
                yield str(url), path

    def _separator(self) -> str | None:
        plugins = self._user.values.get("plugins") or []
        entries = plugins.items() if isinstance(plugins, Mapping) else _named(plugins)
        options = next((options for name, options in entries if name in {"search", "material/search"}), None)
        return options.get("separator") if isinstance(options, Mapping) else None


def _named(plugins: Sequence[object]) -> Iterator[tuple[str, object]]:
    for plugin in plugins:
        yield from plugin.items() if isinstance(plugin, Mapping) else [(str(plugin), None)]


def _texts(user: UserConfiguration, locales: Sequence[LocaleShape]) -> str:
    """Everything that will stand in pages beside markers."""
    pages = [path for shape in locales for path in handwritten_urls(shape).values()]
    return "\n".join([repr(user.values), repr(locales), *(path.read_text("utf-8", "replace") for path in pages)])


def _link(frame: _Frame, url: str) -> Link:
    return Link(_plain(frame.titles[url]), url)


def _plain(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 - what comes out is text


def _with_explicit_links(html: str, page: str, known: frozenset[str]) -> str:
    """Zensical's links between pages name folders; `file://` needs the file."""
    return re.sub(r'(?<= href=")([^":?#]*)(?=[?#"])', partial(_explicit, page=page, known=known), html)


def _explicit(match: re.Match[str], page: str, known: frozenset[str]) -> str:
    link = match[1]
    target = normpath(join(dirname(page), unquote(link), "index.html"))
    return join(link, "index.html") if link and target in known else link

"""The small project on which Zensical is run for one locale, and what it makes of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markupsafe import escape

from kb_gen.site.engines import ConfigurationError, LocaleShape
from kb_gen.site.engines.mkdocs.configuration import UserConfiguration, theme_features
from kb_gen.site.engines.zensical.amendments import SCRIPT_AMENDMENTS, TEMPLATE_AMENDMENTS, amended, with_markers
from kb_gen.site.engines.zensical.navigation import NavigationTree
from kb_gen.site.engines.zensical.slots import Pieces, marker, split

__all__ = ["Rendering", "Resources", "ZensicalError", "render", "templates_folder"]

# Zensical makes these for its own site; ours has its own.
_NOT_SERVED = frozenset({"search.json", "search.js", "sitemap.xml", "objects.inv"})


class ZensicalError(ConfigurationError):
    """Zensical could not render the theme with the project's settings; the message is what it says of it."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What every page loads besides the theme's own files, from the site's root; and the scheme switch's texts."""

    polyfills: Sequence[str]
    stylesheets: Sequence[str]
    scripts: Sequence[str]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rendering:
    """What Zensical has made for one locale.

    Attributes:
        shells: a page for each depth, which is the number of folders above it.
        pages: the hand-written pages by URL.
        not_found: the page for addresses that don't exist.
        search: entries of the hand-written pages, as Zensical's index has them.
        assets: the theme's static files by URL.
        warnings: what Zensical had to say.
    """

    shells: Mapping[int, Pieces]
    pages: Mapping[str, Pieces]
    not_found: Pieces
    search: Sequence[Mapping[str, Any]]
    assets: Mapping[str, bytes]
    warnings: Sequence[str]


def templates_folder(configuration: Path) -> Path:
    """Where Zensical's theme lies.

    Raises:
        ConfigurationError: if Zensical isn't installed.
    """
    found = find_spec("zensical")
    if found is None or found.origin is None:
        reason = "the engine `zensical` is not installed; install it with `pip install 'kb-gen[zensical]'`"
        raise ConfigurationError(configuration, reason)
    return Path(found.origin).parent / "templates"


def render(
    user: UserConfiguration,
    shape: LocaleShape,
    tree: NavigationTree,
    resources: Resources,
    depths: Sequence[int],
    token: str,
) -> Rendering:
    """Run Zensical for one locale.

    Args:
        user: what the author configured.
        shape: the locale.
        tree: its navigation.
        resources: what pages load.
        depths: for which depths there shall be shells.
        token: the word in all markers.

    Raises:
        ZensicalError: if Zensical fails, or doesn't make the pages that it should.
    """
    warnings: list[str] = []
    # Zensical wants its output inside the project; everything is read before the folder goes.
    with TemporaryDirectory(prefix="kb-gen-zensical-") as name:
        folder = Path(name).resolve()
        _write_theme(folder / "theme", user, token, warnings.append)
        _write_pages(folder / "docs", shape, depths, token)
        _write_configuration(folder, user, shape, tree, resources, token)
        warnings += _run(folder, user.path)
        return _read(folder / "site", user, shape, depths, token, warnings)


def _write_theme(folder: Path, user: UserConfiguration, token: str, warn: Callable[[str], None]) -> None:
    """The user's theme folder, with Zensical's templates amended beside or, where it has them, in place of its own."""
    builtin = templates_folder(user.path)
    theme = user.values.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    if custom:
        shutil.copytree(user.path.parent / custom, folder)
    for name in dict.fromkeys(amendment.template for amendment in TEMPLATE_AMENDMENTS):
        target = folder / name
        source = target if target.is_file() else builtin / name
        template = amended(name, source.read_text("utf-8"), TEMPLATE_AMENDMENTS, warn)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(with_markers(template, token), encoding="utf-8")


def _write_pages(folder: Path, shape: LocaleShape, depths: Sequence[int], token: str) -> None:
    if shape.pages:
        shutil.copytree(shape.pages, folder / shape.tag.lower())
    for depth in depths:
        path = folder / _shell_source(depth, token)
        path.parent.mkdir(parents=True, exist_ok=True)
        # The headings make the theme print a table of contents; the article itself is a slot.
        matter = {
            "title": marker(token, "title"),
            "description": marker(token, "description"),
            "hide": [""],
            "kb_shell": True,
            "search": {"exclude": True},
        }
        path.write_text(f"---\n{json.dumps(matter)}\n---\n\n# {token}\n\n## {token}\n", encoding="utf-8")


def _shell_source(depth: int, token: str) -> str:
    # With directory URLs a page has one more folder than its source; nothing else lies in folders of this name.
    return "/".join([token] * depth) + ".md" if depth else "index.md"


def _shell_page(depth: int, token: str) -> str:
    return "/".join([*([token] * depth), "index.html"])


def _write_configuration(
    folder: Path,
    user: UserConfiguration,
    shape: LocaleShape,
    tree: NavigationTree,
    resources: Resources,
    token: str,
) -> None:
    """Two files, because an inherited list would be added to: the first replaces the user's lists by texts."""
    emptied = {
        "INHERIT": str(user.path),
        **dict.fromkeys(("nav", "plugins", "extra_css", "extra_javascript", "theme"), ""),
        "extra": {"alternate": "", "polyfills": ""},
    }
    values = user.values
    extra = values.get("extra") or {}
    own = {
        "INHERIT": "emptied.yml",
        "site_name": marker(token, "site-name"),
        "site_description": marker(token, "site-description") if shape.site_description else None,
        "site_url": user.site_url,
        "edit_uri": values.get("edit_uri") or "",
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": True,
        "theme": _theme(values["theme"], shape, resources.labels, tree, user.path),
        "plugins": _plugins(values.get("plugins") or []),
        "nav": tree.configuration(token),
        "extra_css": [*resources.stylesheets, *(values.get("extra_css") or [])],
        "extra_javascript": [*resources.scripts, *(values.get("extra_javascript") or [])],
        "extra": {
            "homepage": shape.home,
            "locale_root": f"{shape.tag.lower()}/",
            "alternate": [{"name": "", "link": "", "lang": ""}],
            "polyfills": [*resources.polyfills, *(extra.get("polyfills") or [])],
        },
    }
    for name, content in (("emptied.yml", emptied), ("mkdocs.yml", own)):
        # JSON is YAML; what isn't plain data in the user's own settings (`!!python/name`) Zensical reads from there.
        (folder / name).write_text(json.dumps(content, default=str, ensure_ascii=False), encoding="utf-8")


def _theme(
    theme: str | Mapping[str, Any], shape: LocaleShape, labels: Mapping[str, str], tree: NavigationTree, path: Path
) -> dict[str, Any]:
    values = {} if isinstance(theme, str) else dict(theme)
    return values | {
        "name": "material",
        "custom_dir": "theme",
        "language": _language(shape.tag, templates_folder(path)),
        "direction": shape.direction,
        "font": False,
        "palette": values.get("palette") or _palette(labels),
        "features": theme_features(values, ("navigation.indexes",) if tree.has_section_pages else ()),
    }


def _palette(labels: Mapping[str, str]) -> list[dict[str, Any]]:
    def entry(media: str, icon: str, name: str, **scheme: str) -> dict[str, Any]:
        toggle = {"icon": f"material/{icon}", "name": str(escape(labels.get(name, name)))}
        return {"media": media, "toggle": toggle, **scheme}

    return [
        entry("(prefers-color-scheme)", "brightness-auto", "Switch to light mode"),
        entry("(prefers-color-scheme: light)", "brightness-7", "Switch to dark mode", scheme="default"),
        entry("(prefers-color-scheme: dark)", "brightness-4", "Switch to system preference", scheme="slate"),
    ]


def _plugins(plugins: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    """The user's plugins as far as they concern hand-written pages; Zensical passes over those it doesn't know."""
    entries = [{name: options} for name, options in plugins.items()] if isinstance(plugins, Mapping) else plugins
    dropped = {"kb-gen", "offline", "material/offline", "search", "material/search"}
    named = [(str(next(iter(entry))) if isinstance(entry, Mapping) else str(entry), entry) for entry in entries]
    return ["search", *(entry for name, entry in named if name not in dropped)]


def _language(tag: str, templates: Path) -> str:
    """The name of the theme's own translation for a BCP 47 tag; `en` where it has none."""
    known = {path.stem.lower(): path.stem for path in (templates / "partials" / "languages").glob("*.html")}
    subtags = tag.lower().split("-")
    candidates = ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]
    aliases = {"no": "nb", "iw": "he", "in": "id", "sr-latn": "sh", "zh-hk": "zh-hant", "zh-mo": "zh-hant"}
    return next((known[name] for name in (aliases.get(c, c) for c in candidates) if name in known), "en")


def _run(folder: Path, configuration: Path) -> Iterator[str]:
    """Run Zensical where the author would, so that relative paths in extensions' options mean the same."""
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", str(folder / "mkdocs.yml")]
    done = subprocess.run(
        command, cwd=configuration.parent, capture_output=True, text=True, encoding="utf-8", check=False
    )
    said = [line.strip() for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.strip()]
    if done.returncode:
        reason = next((line for line in reversed(said) if "error" in line.lower()), said[-1] if said else "no reason")
        raise ZensicalError(configuration, f"zensical failed: {reason}")
    for line in said:
        if "warning" in line.lower():
            yield f"zensical: {line}"


def _read(
    site: Path, user: UserConfiguration, shape: LocaleShape, depths: Sequence[int], token: str, warnings: list[str]
) -> Rendering:
    def page(path: Path) -> Pieces:
        try:
            return split(path.read_text("utf-8"), token)
        except OSError as error:
            raise ZensicalError(user.path, f"zensical has not made {path.relative_to(site)}") from error

    root = site / shape.tag.lower()
    pages = {path.relative_to(site).as_posix(): page(path) for path in sorted(root.rglob("*.html"))}
    assets: dict[str, bytes] = {}
    for path in sorted(site.rglob("*")):
        url = path.relative_to(site).as_posix()
        if path.is_file() and path.suffix != ".html" and url not in _NOT_SERVED:
            content = path.read_bytes()
            if path.suffix == ".js":
                content = amended(url, content.decode(), SCRIPT_AMENDMENTS, warnings.append).encode()
            assets[url] = content
    index = site / "search.json"
    return Rendering(
        shells={depth: page(site / _shell_page(depth, token)) for depth in depths},
        pages=pages,
        not_found=page(site / "404.html"),
        search=json.loads(index.read_text("utf-8"))["items"] if index.is_file() else (),
        assets=assets,
        warnings=tuple(warnings),
    )

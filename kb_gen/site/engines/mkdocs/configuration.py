"""One MkDocs configuration a locale, made from the user's `mkdocs.yml`."""

from __future__ import annotations

import copy
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError as MkDocsConfigurationError
from mkdocs.utils import get_theme_dir
from mkdocs.utils.yaml import yaml_load

from kb_gen.site.engines import ConfigurationError, LocaleShape
from kb_gen.site.engines.mkdocs.search import SEARCH_PLUGIN

__all__ = [
    "Resources",
    "UserConfiguration",
    "locale_configuration",
    "read_configuration",
    "theme_features",
    "theme_language",
]

_FEATURES = ("content.code.copy",)
"""What every site's theme does, whatever the user's configuration says: commands are there to be copied."""


# `offline` would fetch its worker from another host; the engine carries its own and writes explicit addresses.
_DROPPED_PLUGINS = frozenset({"kb-gen", "offline", "material/offline"})
# Tags for which Material has the same language under another name.
_LANGUAGE_ALIASES = {"no": "nb", "iw": "he", "in": "id", "sr-latn": "sh", "zh-hk": "zh-hant", "zh-mo": "zh-hant"}
_SEARCH_NAMES = frozenset({"search", SEARCH_PLUGIN})


@dataclass(frozen=True, slots=True)
class UserConfiguration:
    """What the user's `mkdocs.yml` says, unvalidated, and where it says it."""

    path: Path
    values: Mapping[str, Any]
    docs_dir: Path
    site_dir: Path
    site_url: str | None


@dataclass(frozen=True, slots=True)
class Resources:
    """Addresses, from the site's root, of what every page loads besides the theme's own files."""

    polyfills: Sequence[str]
    stylesheets: Sequence[str]
    scripts: Sequence[str]
    search_worker: str | None = None


def read_configuration(source: Path | MkDocsConfig) -> UserConfiguration:
    """Read the configuration as its author wrote it.

    Args:
        source: `mkdocs.yml`, or the configuration that MkDocs itself has read from it; the latter's `docs_dir`,
            `site_dir` and `site_url` win over the file's (`mkdocs serve` changes them).

    Raises:
        ConfigurationError: if there is no such file, or it isn't the configuration of a Material site.
    """
    path = source if isinstance(source, Path) else Path(source.config_file_path or "mkdocs.yml")
    try:
        with path.open("rb") as stream:
            values = yaml_load(stream)
    except (OSError, MkDocsConfigurationError) as error:
        raise ConfigurationError(path, error) from error
    theme = values.get("theme", "mkdocs")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if name != "material":
        raise ConfigurationError(path, f"the theme must be `material`, not `{name}`")
    folder = path.resolve().parent
    chosen: Mapping[str, Any] = values if isinstance(source, Path) else source
    return UserConfiguration(
        path=path.resolve(),
        values=values,
        docs_dir=folder / (chosen.get("docs_dir") or "docs"),
        site_dir=folder / (chosen.get("site_dir") or "site"),
        site_url=chosen.get("site_url") or None,
    )


def locale_configuration(
    user: UserConfiguration,
    shape: LocaleShape,
    labels: Mapping[str, str],
    resources: Resources,
    features: Sequence[str],
) -> MkDocsConfig:
    """The validated MkDocs configuration for one locale's part of the site.

    Args:
        user: what the author configured.
        shape: the locale.
        labels: names of the colour scheme's toggles, keyed by their English names.
        resources: what pages load besides the theme's files.
        features: theme features that the site's own navigation needs.

    Raises:
        ConfigurationError: with everything MkDocs finds wrong.
    """
    # Material announces the end of MkDocs 1 on stderr when it is imported; our output speaks of the site alone.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    values = copy.deepcopy(dict(user.values))
    extra = values.get("extra") or {}
    extra.pop("alternate", None)
    values |= {
        "theme": _theme(values["theme"], shape, labels, features),
        "plugins": _plugins(values.get("plugins", [])),
        "docs_dir": str(shape.pages.resolve() if shape.pages else Path(__file__).parent / "files"),
        "site_dir": str(user.site_dir),
        "site_url": user.site_url or "",
        "site_name": shape.site_name,
        "site_description": shape.site_description or None,
        "use_directory_urls": True,
        "nav": None,
        "extra_css": [*resources.stylesheets, *(values.get("extra_css") or [])],
        "extra_javascript": [*resources.scripts, *(values.get("extra_javascript") or [])],
        "extra": extra
        | {
            "homepage": shape.home,
            "locale": shape.tag,
            "locale_root": f"{shape.tag.lower()}/",
            "polyfills": [*resources.polyfills, *(extra.get("polyfills") or [])],
            "search_worker": resources.search_worker,
        },
    }
    config = MkDocsConfig(config_file_path=str(user.path))
    config.load_dict(values)
    failures, _ = config.validate()
    if failures:
        reasons = "; ".join(f"`{key}`: {reason}" for key, reason in failures)
        raise ConfigurationError(user.path, reasons)
    # Material prints both without escaping them.
    config.site_name = escape(shape.site_name)
    if shape.site_description:
        config.site_description = escape(shape.site_description)
    return config


def theme_language(tag: str) -> str:
    """The name of Material's own translation for a BCP 47 tag; `en` where it has none."""
    folder = Path(get_theme_dir("material"), "partials", "languages")
    known = {path.stem.lower(): path.stem for path in folder.glob("*.html")}
    subtags = tag.lower().split("-")
    for length in range(len(subtags), 0, -1):
        candidate = "-".join(subtags[:length])
        name = _LANGUAGE_ALIASES.get(candidate, candidate)
        if name in known:
            return known[name]
    return "en"


def theme_features(theme: Mapping[str, Any], further: Sequence[str] = ()) -> list[str]:
    """What the theme does, each once: what the user chose, what every site has, and what this one needs.

    Args:
        theme: the user's settings of the theme.
        further: features that the site's own navigation needs.
    """
    return list(dict.fromkeys([*(theme.get("features") or []), *_FEATURES, *further]))


def _theme(
    theme: str | dict[str, Any], shape: LocaleShape, labels: Mapping[str, str], features: Sequence[str]
) -> dict[str, Any]:
    values = {"name": theme} if isinstance(theme, str) else theme
    return values | {
        "language": theme_language(shape.tag),
        "direction": shape.direction,
        "font": False,
        "palette": values.get("palette") or _palette(labels),
        "features": theme_features(values, features),
    }


def _palette(labels: Mapping[str, str]) -> list[dict[str, Any]]:
    def toggle(icon: str, name: str) -> dict[str, str]:
        return {"icon": f"material/{icon}", "name": str(escape(labels.get(name, name)))}

    # "custom" is Material's name for colours that a style sheet of the site's own defines.
    colours = {"primary": "custom", "accent": "custom"}
    return [
        colours
        | {
            "media": "(prefers-color-scheme)",
            "toggle": toggle("brightness-auto", "Switch to light mode"),
        },
        colours
        | {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "toggle": toggle("brightness-7", "Switch to dark mode"),
        },
        colours
        | {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "toggle": toggle("brightness-4", "Switch to system preference"),
        },
    ]


def _plugins(plugins: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    entries = [{name: options} for name, options in plugins.items()] if isinstance(plugins, Mapping) else plugins
    kept = [entry for entry in entries if _plugin_name(entry) not in _DROPPED_PLUGINS]
    if any(_plugin_name(entry) in _SEARCH_NAMES for entry in kept):
        return kept
    return ["search", *kept]


def _plugin_name(entry: str | Mapping[str, object]) -> str:
    return str(next(iter(entry))) if isinstance(entry, Mapping) else str(entry)

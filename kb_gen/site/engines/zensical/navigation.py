"""The navigation of one locale: the site's own items and its hand-written pages, numbered as the theme numbers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import escape

from kb_gen.site.engines import LocaleShape, NavigationItem
from kb_gen.site.engines.zensical.slots import marker

__all__ = ["NavigationTree", "handwritten_url", "handwritten_urls", "navigation_tree"]

_INDEXES = frozenset({"index.md", "README.md"})


@dataclass(frozen=True, slots=True)
class _Place:
    """An item, the name that the theme gives its place, and the names of the sections around it."""

    name: str
    item: NavigationItem
    around: tuple[str, ...]


@dataclass(frozen=True)
class NavigationTree:
    """A locale's whole navigation. Titles of hand-written pages are not known before they are rendered."""

    items: tuple[NavigationItem, ...]

    @property
    def has_section_pages(self) -> bool:
        """Whether any section is a page of its own, for which the theme needs a feature switched on."""
        return any(place.item.url and place.item.children for place in self.places)

    @cached_property
    def places(self) -> tuple[_Place, ...]:
        """All items in order, named as in the theme's template: `__nav_2_1` is the first in the second."""
        return tuple(_places(self.items, "__nav", ()))

    @cached_property
    def urls(self) -> frozenset[str]:
        """All pages in the navigation."""
        return frozenset(place.item.url for place in self.places if place.item.url)

    def configuration(self, token: str) -> list[Any]:
        """The navigation as Zensical's setting, with slots for the titles."""
        return _entries(self.items, "__nav", token)

    def titles(self, found: Mapping[str, str]) -> dict[str, str]:
        """The values of the titles' slots, as HTML.

        Args:
            found: titles of hand-written pages by URL, as HTML.
        """
        return {
            f"title-{place.name}": str(escape(place.item.title)) or found.get(place.item.url or "", "")
            for place in self.places
        }

    def states(self, url: str, active: str | None) -> dict[str, str]:
        """The values of the slots that show where the reader is.

        Args:
            url: the page's own URL.
            active: the page that stands for it in the navigation.
        """
        shown = url if url in self.urls else active
        current = next((place for place in self.places if shown and place.item.url == shown), None)
        values: dict[str, str] = {}
        for place in self.places:
            is_current = place is current
            is_around = current is not None and (is_current or place.name in current.around)
            mark = "page" if shown == url else "true"
            values[f"item-{place.name}"] = " md-nav__item--active" if is_around else ""
            values[f"checked-{place.name}"] = "checked" if is_around else ""
            values[f"current-{place.name}"] = f' md-nav__link--active" aria-current="{mark}' if is_current else ""
        return values


def _children(item: NavigationItem) -> tuple[NavigationItem, ...]:
    return (NavigationItem(item.title, item.url), *item.children) if item.url and item.children else item.children


def _places(items: Sequence[NavigationItem], path: str, around: tuple[str, ...]) -> Iterator[_Place]:
    for number, item in enumerate(items, 1):
        name = f"{path}_{number}"
        yield _Place(name, item, around)
        children = _children(item)
        # A section's own page is listed as its first child, which the theme counts but shows as the section's link.
        skipped = len(children) - len(item.children)
        for place in _places(children, name, (*around, name)):
            if not (skipped and place.name == f"{name}_1"):
                yield place


def _entries(items: Sequence[NavigationItem], path: str, token: str) -> list[Any]:
    entries: list[Any] = []
    for number, item in enumerate(items, 1):
        name = f"{path}_{number}"
        title = marker(token, f"title-{name}")
        if item.children:
            children = _entries(_children(item), name, token)
            if item.url:
                children[0] = {marker(token, "section-page"): item.url}
            entries.append({title: children})
        else:
            entries.append({title: item.url or ""})
    return entries


def navigation_tree(shape: LocaleShape) -> NavigationTree:
    """The items of the site, then the hand-written pages that aren't among them, a section for each folder."""
    given = NavigationTree(shape.navigation)
    written = _written(shape.pages, shape.tag.lower(), given.urls | {shape.home}) if shape.pages else ()
    return NavigationTree((*shape.navigation, *written))


def _written(folder: Path, url: str, taken: frozenset[str] | set[str]) -> tuple[NavigationItem, ...]:
    items: list[NavigationItem] = []
    entries = sorted(folder.iterdir(), key=lambda path: (path.name not in _INDEXES, path.name))
    for path in entries:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            children = _written(path, f"{url}/{path.name}", taken)
            if children:
                title = path.name.replace("-", " ").replace("_", " ")
                items.append(NavigationItem(title.capitalize() if title.islower() else title, None, children))
        elif path.suffix == ".md":
            page = handwritten_url(path, folder, url)
            if page not in taken:
                items.append(NavigationItem("", page))
    return tuple(items)


def handwritten_url(path: Path, folder: Path, root: str) -> str:
    """The URL of a Markdown file: `guide.md` is `guide/index.html`, `index.md` and `README.md` their folder's page."""
    relative = path.relative_to(folder)
    place = relative.parent if path.name in _INDEXES else relative.with_suffix("")
    return "/".join([root, *place.parts, "index.html"])


def handwritten_urls(shape: LocaleShape) -> dict[str, Path]:
    """The Markdown files of a locale by URL."""
    if shape.pages is None:
        return {}
    root = shape.tag.lower()
    return {handwritten_url(path, shape.pages, root): path for path in sorted(shape.pages.rglob("*.md"))}

"""Layouts: what decides on the HTML of a page besides the values of its slots. Known without MkDocs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb_gen.site.engines import Link, PageParts, TocEntry

__all__ = ["Layouts", "LocaleLayouts", "link_folders"]


@dataclass(frozen=True, slots=True)
class LocaleLayouts:
    """What the layout of a locale's pages depends on.

    Attributes:
        home: URL of the home page.
        pages: URLs of the pages in the navigation.
        folders: all folders on the way to them.
    """

    home: str
    pages: frozenset[str]
    folders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layouts:
    """What the layout of a site's pages depends on.

    Attributes:
        site_url: the site's own absolute address, ending in `/`, or nothing if it has none.
        locales: the site's locales, by BCP 47 tag.
    """

    site_url: str
    locales: Mapping[str, LocaleLayouts]

    def of(self, parts: PageParts) -> tuple[object, ...]:
        """The layout of a page; pages of equal layouts differ in the values of their slots only.

        Raises:
            KeyError: if the site doesn't have the page's locale.
        """
        locale = self.locales[parts.locale]
        edit = parts.edit_url
        return (
            parts.locale,
            parts.url.count("/"),
            _link_folder(parts.url, locale.folders),
            parts.url if parts.url in locale.pages or parts.url == locale.home else None,
            bool(parts.description),
            parts.previous is None,
            parts.next is None,
            None if edit is None else "/blob/" in edit,
            parts.toc,
            tuple([(alternate.locale, alternate.name, alternate.exact) for alternate in parts.alternates]),
            parts.active if parts.active in locale.pages else None,
            parts.hide,
        )

    def typical_pages(self) -> Iterator[PageParts]:
        """A page of each locale that has all that pages have; their inline scripts are those of all pages."""
        for tag, locale in self.locales.items():
            link = Link("", locale.home)
            yield PageParts(tag, locale.home, "", "", "", (TocEntry("", "a"),), link, link, "https://example.invalid/")


def link_folders(urls: Iterable[str]) -> frozenset[str]:
    """All folders on the way to pages."""
    folders = set()
    for url in urls:
        folder = url.rpartition("/")[0]
        while folder:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(folders)


def _link_folder(url: str, folders: frozenset[str]) -> str:
    """The innermost folder around a page that any link of the frame leads into; relative links follow it."""
    folder = url
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in folders:
            break
    return folder

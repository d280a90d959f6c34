"""What is wrong with hand-written pages, as far as it shows without rendering them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from kb_gen.diagnostics import Diagnostic, Place, error, in_order, warning
from kb_gen.load import Loaded, find_pages, page_problem
from kb_gen.validate.suggestions import meant

__all__ = ["validate_pages"]

_INDEXES = frozenset({"index", "readme"})
"""Names of pages that stand at their folder's address."""

_GENERATED = {
    "": "the home page",
    "lookup": "the lookup page",
    "products": "the list of products",
    "recent": "the list of recent changes",
    "symbols": "the list of symbolic names",
    "translation": "the page about translations",
}
"""Pages of the site by address, some of which appear once there is something to show."""

_WITH_MORE = frozenset({"products", "recent", "symbols"})
"""Addresses below which there are more such pages."""


def validate_pages(loaded: Loaded, locales: Iterable[str]) -> list[Diagnostic]:
    """What is wrong with a project's hand-written pages, in order of place.

    Args:
        loaded: the project's content.
        locales: the BCP 47 tags of the site's locales, all of them: pages of others aren't read.
    """
    pages = f"{loaded.content}/pages"
    if not (loaded.root / pages).is_dir():
        return []
    read = [tag.lower() for tag in locales]
    found = [*_stray(loaded, pages, read)]
    for folder in read:
        if (loaded.root / pages / folder).is_dir():
            found += _of_locale(loaded, f"{pages}/{folder}")
    return in_order(found)


def _stray(loaded: Loaded, pages: str, read: Sequence[str]) -> Iterator[Diagnostic]:
    """Pages, or folders of them, that don't belong to any locale."""
    places: dict[str, PurePosixPath] = {}
    for path in find_pages(loaded.root, pages, loaded.content):
        first = PurePosixPath(path).relative_to(pages).parts[0]
        places.setdefault(first, PurePosixPath(path))
    folders = ", ".join(f"`{pages}/{folder}/`" for folder in read)
    for name, page in places.items():
        alone = page.name == name
        if name in read or (alone and name.casefold().startswith("readme")):
            continue
        message = "nothing reads this page" if alone else f"nothing reads these pages: the site has no locale `{name}`"
        advice = f"pages stand in {folders}"
        yield warning("stray-file", message, Place(f"{pages}/{name}"), advice if alone else meant(name, read, advice))


def _of_locale(loaded: Loaded, folder: str) -> Iterator[Diagnostic]:
    for path in find_pages(loaded.root, folder, loaded.content):
        problem = page_problem(loaded.root, path)
        if problem is not None:
            yield problem
        page = _generated_at(_address(PurePosixPath(path).relative_to(folder)))
        if page:
            yield error(
                "address-collision",
                f"{page} and a hand-written page would share an address",
                Place(path),
                "rename the page or its folder",
            )


def _address(page: PurePosixPath) -> str:
    """Where a page stands below its locale."""
    place = page.parent if page.stem.casefold() in _INDEXES else page.with_suffix("")
    return "/".join(place.parts).casefold()


def _generated_at(address: str) -> str:
    """The page of the site that stands at an address, or may stand there one day; empty if there is none."""
    first, _, more = address.partition("/")
    return _GENERATED.get(first, "") if not more or first in _WITH_MORE else ""

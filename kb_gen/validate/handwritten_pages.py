"""What is wrong with hand-written pages, as far as it shows without rendering them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen.diagnostics import Diagnostic, in_order
from kb_gen.load import Loaded, find_pages, page_problem

__all__ = ["validate_pages"]


def validate_pages(loaded: Loaded, locales: Iterable[str]) -> list[Diagnostic]:
    """What is wrong with a project's hand-written pages, in order of place.

    Args:
        loaded: the project's content.
        locales: the BCP 47 tags of the site's locales, all of them: pages of others aren't read.
    """
    return in_order(list(_of_locales(loaded, locales)))


def _of_locales(loaded: Loaded, locales: Iterable[str]) -> Iterator[Diagnostic]:
    for tag in locales:
        folder = f"{loaded.content}/pages/{tag.lower()}"
        if not (loaded.root / folder).is_dir():
            continue
        for path in find_pages(loaded.root, folder, loaded.content):
            problem = page_problem(loaded.root, path)
            if problem is not None:
                yield problem

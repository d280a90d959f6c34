"""Which files the content folder holds, and in which state: enough to tell what changed without reading any."""

from __future__ import annotations

import time
from pathlib import Path, PurePath

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.load.files import FileState, find_bad_links, find_files
from kb_gen.model import Category, Product, Step

__all__ = ["SHARED", "ContentState", "changed_paths", "content_state", "is_settled"]

SHARED: dict[str, type[Product | Category | Step]] = {"products": Product, "categories": Category, "snippets": Step}
"""The files directly in the content folder, by stem, and what their entries are."""

_PAGES = "pages"

_YOUNG = 2_000_000_000
"""Nanoseconds in which a file may change twice and show one time: FAT counts time in steps of two seconds."""


class ContentState(Struct, frozen=True, array_like=True):
    """What the content folder holds, without the hand-written pages in it. msgspec encodes and decodes it.

    Attributes:
        content: the content folder, relative to the project's root, with `/`.
        files: the files that hold records, in a fixed order.
        shared: the files of products, categories and snippets, in a fixed order.
        diagnostics: what is wrong with the folder itself, and with whatever else lies in it.
        taken: when the folder was looked at, at the earliest, in nanoseconds since 1970.
    """

    content: str
    files: tuple[FileState, ...]
    shared: tuple[FileState, ...]
    diagnostics: tuple[Diagnostic, ...]
    taken: int


_MISSING = "`kb-gen import` makes it with the first records; or make it, and write one with `kb-gen new`"


def content_state(root: Path, content: PurePath | str = "content") -> ContentState:
    """The files of a content folder. No file is opened.

    A file directly in the content folder that is none of the shared ones is an error: nothing would read it.

    Args:
        root: the project's root.
        content: the content folder, relative to `root`.
    """
    taken = time.time_ns()
    folder = PurePath(content).as_posix()
    if not (root / content).is_dir():
        missing = error("missing-content", "there is no content folder", Place(folder), _MISSING)
        return ContentState(folder, (), (), (missing,), taken)
    files: list[FileState] = []
    shared: list[FileState] = []
    diagnostics: list[Diagnostic] = []
    inner = len(folder) + 1
    for found in find_files(root, folder, skip=frozenset({_PAGES})):
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
        elif "/" in found.path[inner:]:
            files.append(found)
        elif found.path[inner:].removesuffix(".yml") in SHARED:
            shared.append(found)
        else:
            diagnostics.append(_stray(found.path, folder))
    # Pages are published with all that lies beside them.
    diagnostics += find_bad_links(root, f"{folder}/{_PAGES}", folder)
    return ContentState(folder, tuple(files), tuple(shared), tuple(diagnostics), taken)


def _stray(path: str, folder: str) -> Diagnostic:
    return error(
        "stray-file",
        "nothing reads this file",
        Place(path),
        f"records belong into `{folder}/<product>/<source>/`; beside it stand only `products.yml`, "
        "`categories.yml` and `snippets.yml`",
    )


def is_settled(state: FileState, taken: int) -> bool:
    """Whether a file that is found in `state` again is sure to hold what it held when `state` was `taken`.

    One that had changed shortly before may have changed again without showing another time.
    """
    return max(state.modified, state.changed) < taken - _YOUNG


def changed_paths(before: ContentState, now: ContentState) -> frozenset[str]:
    """The paths at which `now` may hold or be something else than `before`: empty only if nothing changed.

    Files that came or went are among them, and whatever is wrong in one of the states but not in the other.
    """
    if before.content != now.content:
        return frozenset({before.content, now.content})
    known = {state for state in (*before.files, *before.shared) if is_settled(state, before.taken)}
    present = {*now.files, *now.shared}
    findings = {*before.diagnostics} ^ {*now.diagnostics}
    went = {state.path for state in (*before.files, *before.shared)} - {state.path for state in present}
    return frozenset(
        {state.path for state in present - known}
        | went
        | {finding.place.path if finding.place else now.content for finding in findings}
    )

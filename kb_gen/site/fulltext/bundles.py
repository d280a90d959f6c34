"""The bundles of a locale's index: which entry is in which, and what each is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from kb_gen.site.engines import Asset
from kb_gen.site.fulltext.records import IndexRecord
from kb_gen.site.fulltext.service import PagefindService, program_version

__all__ = ["FIRST", "bundle_count", "bundle_digest", "bundle_of", "index_bundle"]

FIRST = "0"
"""The bundle that has the program for the browser in it; the browser merges the others into it."""

_ENTRIES = 2600
"""Entries to a bundle. Pagefind needs 0.3 MB of memory an entry; each bundle costs a query 25 KB of transfer a word."""

_PARTS = ("fragment/", "index/", "pagefind-entry.json", "pagefind.")
_PROGRAM = ("pagefind.js",)
_WASM = "wasm."


def bundle_count(entries: int) -> int:
    """How many bundles a locale with so many entries has; at least one."""
    return max(1, -(-entries // _ENTRIES))


def bundle_of(key: int, count: int) -> str:
    """The name of the bundle that the entry with an `IndexRecord.key` is in.

    It doesn't depend on other entries, so that adding one leaves all others where they are, as long as `count` stays.
    """
    return str(key * count >> 32)


def bundle_digest(locale: str, name: str, records: Iterable[IndexRecord], program: Path) -> str:
    """Changes whenever the bundle's files may.

    Raises:
        PagefindError: if the program doesn't run.
    """
    digest = blake2b(f"{program_version(program)}\n{locale}\n{name}\n".encode(), digest_size=16)
    for record in records:
        digest.update(b"%d\n" % len(record.data))
        digest.update(record.data)
    return digest.hexdigest()


def index_bundle(locale: str, name: str, records: Sequence[IndexRecord], program: Path) -> list[Asset]:
    """The files of one bundle. The same records in the same order give the same bytes.

    Args:
        locale: BCP 47 tag; words are reduced to their stems in its language.
        name: the bundle's name, also that of its folder in `<locale>/search/`.
        records: its entries.
        program: Pagefind's.

    Raises:
        PagefindError: if the program can't be used or fails.
    """
    language = locale.partition("-")[0].lower()
    with PagefindService(program, language) as service:
        service.add([record.data for record in records])
        files = {file.path: file.content for file in service.files()}
    folder = f"{locale.lower()}/search/{name}"
    return [Asset(f"{folder}/{path}", files[path]) for path in sorted(_wanted(files, language, name))]


def _wanted(paths: Iterable[str], language: str, name: str) -> Iterator[str]:
    """The files that the search box reads; Pagefind also gives interfaces of its own."""
    known = set(paths)
    stems = f"{_WASM}{language}.pagefind"
    wasm = stems if stems in known else f"{_WASM}unknown.pagefind"
    for path in known:
        if path in _PROGRAM or path.startswith(_WASM):
            if name == FIRST and path in (*_PROGRAM, wasm):
                yield path
        elif path.startswith(_PARTS):
            yield path

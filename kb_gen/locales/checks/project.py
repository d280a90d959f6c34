"""All catalogs of a project, read and checked in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from kb_gen.diagnostics import Diagnostic
from kb_gen.load import collection_paused
from kb_gen.locales.catalogs import CatalogFile, Catalogs, CatalogSource, catalog_sources, catalogs_of, read_unchecked
from kb_gen.locales.checks.running import read_catalog
from kb_gen.locales.protection import domain_syntaxes
from kb_gen.model import KnowledgeBase

__all__ = ["ReadAll", "check", "read_catalogs"]

ReadAll = Callable[[Sequence[CatalogSource]], Iterable[CatalogFile]]
"""Gives what `read_catalog` makes of each of several files, in their order: from memory, or with other processes."""

_ONE_BY_ONE: ReadAll = partial(map, read_catalog)


def read_catalogs(
    root: Path,
    kb: KnowledgeBase,
    locales: Sequence[str],
    translations: str = "translations",
    read_all: ReadAll = _ONE_BY_ONE,
) -> tuple[Catalogs, list[Diagnostic]]:
    """The catalogs of `locales`, and everything that is wrong with them, with its place in the PO file.

    What is wrong is told of the locales' own catalogs, not of those that they fall back to, nor of the package's.

    Args:
        root: the project's root.
        kb: the knowledge base, which knows how each source writes its message templates.
        locales: BCP 47 tags; the source language may be among them.
        translations: the folder of the catalogs, relative to `root`.
        read_all: reads the project's own files.

    Raises:
        UnknownLocale: there is no such locale.
    """
    sources = catalog_sources(root, locales, translations, domain_syntaxes(kb))
    distinct = dict.fromkeys(source for found in sources.values() for source in found)
    own = [source for source in distinct if source.root == root]
    with collection_paused():
        files = dict(zip(own, read_all(own), strict=True))
        findings = [
            finding
            for tag, found in sources.items()
            for source in found
            if source.tag == tag and source in files
            for finding in files[source].findings
        ]
        files |= {source: read_unchecked(source) for source in distinct if source not in files}
        return catalogs_of(sources, files), findings


def check(
    root: Path, kb: KnowledgeBase, locales: Sequence[str], translations: str = "translations"
) -> list[Diagnostic]:
    """Everything that is wrong with the catalogs of `locales`; see `read_catalogs`."""
    return read_catalogs(root, kb, locales, translations)[1]

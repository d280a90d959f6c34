"""MkDocs with Material and mkdocs-static-i18n, its navigation pruned and made from the folders."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from peers.contender import Contender
from peers.corpus import LOCALES, Corpus
from peers.tree import write_tree

__all__ = ["MKDOCS"]

_CONFIGURATION = Path(__file__).parent / "mkdocs" / "mkdocs.yml"


def _write(corpus: Corpus, folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copy(_CONFIGURATION, folder)
    for locale in LOCALES:
        write_tree(corpus.sources(locale), locale, folder / "docs" / locale, _contents)


def _contents(_paths: Iterable[str]) -> str:
    """Nothing: MkDocs finds the pages by itself."""
    return ""


def _build(programs: Path) -> tuple[Sequence[str], ...]:
    return ((str(programs / "mkdocs"), "build", "--quiet"),)


def _page(locale: str, address: str) -> str:
    return f"{address}/index.html" if locale == "en" else f"{locale}/{address}/index.html"


MKDOCS = Contender(
    key="mkdocs",
    title="MkDocs with Material and static-i18n",
    package="mkdocs",
    is_peer=True,
    output="site",
    write=_write,
    commands=_build,
    page=_page,
)

"""Zensical, a project for each language, as it has no languages of its own; its navigation is pruned."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from peers.contender import Contender
from peers.corpus import LOCALES, Corpus
from peers.tree import write_tree

__all__ = ["ZENSICAL"]

_CONFIGURATIONS = Path(__file__).parent / "zensical"


def _write(corpus: Corpus, folder: Path) -> None:
    shutil.copytree(_CONFIGURATIONS, folder)
    for locale in LOCALES:
        write_tree(corpus.sources(locale), locale, folder / "docs" / locale, _contents)


def _contents(_paths: Iterable[str]) -> str:
    """Nothing: Zensical finds the pages by itself."""
    return ""


def _build(programs: Path) -> tuple[Sequence[str], ...]:
    return tuple((str(programs / "zensical"), "build", "--config-file", f"{locale}.toml") for locale in LOCALES)


def _page(locale: str, address: str) -> str:
    return f"{locale}/{address}/index.html"


ZENSICAL = Contender(
    key="zensical",
    title="Zensical",
    package="zensical",
    is_peer=True,
    output="site",
    write=_write,
    commands=_build,
    page=_page,
)

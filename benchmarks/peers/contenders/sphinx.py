"""Sphinx with MyST and the Read the Docs theme, a build a language, in as many processes as there are processors."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from peers.contender import Contender
from peers.corpus import LOCALES, Corpus
from peers.tree import write_tree

__all__ = ["SPHINX"]

_SITE = Path(__file__).parent / "sphinx"


def _write(corpus: Corpus, folder: Path) -> None:
    shutil.copytree(_SITE, folder)
    for locale in LOCALES:
        write_tree(corpus.sources(locale), locale, folder / "docs" / locale, _contents)


def _contents(paths: Iterable[str]) -> str:
    """The tree of pages, from which Sphinx makes its navigation."""
    return "\n".join(("```{toctree}", ":hidden:", "", *paths, "```"))


def _build(programs: Path) -> tuple[Sequence[str], ...]:
    program = str(programs / "sphinx-build")
    options = ("--quiet", "--jobs", "auto", "--builder", "html", "--conf-dir", ".")
    return tuple(
        (
            program,
            *options,
            "--define",
            f"language={locale}",
            "--doctree-dir",
            f"doctrees/{locale}",
            f"docs/{locale}",
            f"site/{locale}",
        )
        for locale in LOCALES
    )


def _page(locale: str, address: str) -> str:
    return f"{locale}/{address}.html"


SPHINX = Contender(
    key="sphinx",
    title="Sphinx with MyST",
    package="sphinx",
    is_peer=True,
    output="site",
    write=_write,
    commands=_build,
    page=_page,
)

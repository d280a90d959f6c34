"""kb_gen itself, on the project that all other contenders' content is made from."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from peers.contender import Contender
from peers.corpus import Corpus

__all__ = ["KB_GEN", "KB_GEN_WITHOUT_FULL_TEXT"]


def _write(corpus: Corpus, folder: Path) -> None:
    shutil.copytree(corpus.project, folder, ignore=shutil.ignore_patterns("site", ".cache", ".kb-gen"))


def _build(programs: Path) -> tuple[Sequence[str], ...]:
    return ((str(programs / "kb-gen"), "build"),)


def _build_without_full_text(programs: Path) -> tuple[Sequence[str], ...]:
    return ((str(programs / "kb-gen"), "build", "--search", "none"),)


def _page(locale: str, address: str) -> str:
    return f"{locale}/{address}/index.html"


KB_GEN = Contender(
    key="kb-gen",
    title="kb_gen",
    package="kb-gen",
    is_peer=False,
    output="site",
    write=_write,
    commands=_build,
    page=_page,
)

KB_GEN_WITHOUT_FULL_TEXT = Contender(
    key="kb-gen-no-search",
    title="kb_gen, no full-text index",
    package="kb-gen",
    is_peer=False,
    output="site",
    write=_write,
    commands=_build_without_full_text,
    page=_page,
)

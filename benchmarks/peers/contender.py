"""What the benchmark has to know of a site generator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from peers.corpus import Corpus

__all__ = ["Contender"]


@dataclass(frozen=True, slots=True)
class Contender:
    """A site generator, set up as its users would.

    Attributes:
        key: what it is called on the command line.
        title: what it is called in tables.
        package: the package whose version tables tell.
        is_peer: whether it is a peer, installed in the environment of all peers; else it is this project's own.
        output: where the finished site is, relative to the project's folder.
        write: writes the project that it builds into a folder that doesn't exist yet.
        commands: what to run in that folder, one after the other, given the folder of the programs.
        page: where an article's page is in the finished site, given the locale and the address below its root.
    """

    key: str
    title: str
    package: str
    is_peer: bool
    output: str
    write: Callable[[Corpus, Path], None]
    commands: Callable[[Path], tuple[Sequence[str], ...]]
    page: Callable[[str, str], str]

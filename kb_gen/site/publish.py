"""What a build has published, and the outputs of folders as functions, for what is given a folder and no output."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kb_gen.site.outputs import MARKER, Disk, ForeignFolderError, Published

__all__ = ["MARKER", "ForeignFolderError", "Publication", "adopt", "claim", "publish", "withdraw"]


@dataclass
class Publication:
    """What a build has published so far: every file's URL, and how many of them are new or changed."""

    urls: set[str] = field(default_factory=set)
    changed: int = 0
    removed: int = 0
    bytes: int = 0

    def add(self, url: str, size: int, changed: bool) -> None:
        """Note that `url` is part of the site now."""
        self.urls.add(url)
        self.bytes += size
        self.changed += changed


def adopt(site_dir: Path) -> None:
    """Make `site_dir` kb-gen's to write, whatever is in it."""
    Disk(site_dir).claim(replace=True)


def claim(site_dir: Path) -> None:
    """Make sure that `site_dir` is kb-gen's to write. Raises ForeignFolderError if it isn't."""
    Disk(site_dir).claim(replace=False)


def publish(site_dir: Path, url: str, content: bytes | Path) -> tuple[int, bool]:
    """Write one file of the site, unless it already has that content. Gives its size and whether it changed."""
    published = Disk(site_dir).publish(url, content)
    return published.size, published.changed


def withdraw(site_dir: Path, keep: Iterable[str]) -> int:
    """Remove every file of the site that isn't in `keep`. Gives their number."""
    return Disk(site_dir).withdraw(dict.fromkeys(keep, Published(0, False, b"")))

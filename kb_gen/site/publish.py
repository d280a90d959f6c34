"""The one place that writes the site: beside the target and renamed over it, and only what changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kb_gen.load import write_atomically

__all__ = ["MARKER", "ForeignFolderError", "Publication", "adopt", "claim", "publish", "withdraw"]

MARKER = ".kb-gen"
"""A file of this name says that a folder's content was made by kb-gen, and may be replaced by it."""


_FORBIDDEN = frozenset({"", ".", ".."})


class ForeignFolderError(Exception):
    """The output folder holds something that kb-gen didn't put there."""


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
    site_dir.mkdir(parents=True, exist_ok=True)
    _unlink_folders(str(site_dir))
    marker = site_dir / MARKER
    if not marker.exists():
        write_atomically(marker, b"The files beside this one are written, and removed, by kb-gen.\n")


def _unlink_folders(folder: str) -> None:
    """Remove links to folders anywhere below `folder`: what is written through them would land outside the site."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                if entry.is_dir():
                    Path(entry.path).unlink()
            elif entry.is_dir():
                _unlink_folders(entry.path)


def claim(site_dir: Path) -> None:
    """Make sure that `site_dir` is kb-gen's to write.

    Raises:
        ForeignFolderError: it has content but wasn't made by kb-gen.
    """
    marker = site_dir / MARKER
    if site_dir.exists() and not site_dir.is_dir():
        message = f"{site_dir} is a file, not a folder"
        raise ForeignFolderError(message)
    if site_dir.is_dir() and not marker.exists() and any(site_dir.iterdir()):
        message = f"{site_dir} is not empty and was not made by kb-gen"
        raise ForeignFolderError(message)
    adopt(site_dir)


def target(site_dir: Path, url: str) -> str:
    """The file of a URL. Raises ValueError if it would lie outside `site_dir`."""
    parts = url.split("/")
    if not _FORBIDDEN.isdisjoint(parts) or "\\" in url or "\0" in url:
        message = f"not a path within the site: {url!r}"
        raise ValueError(message)
    return os.path.join(site_dir, *parts)  # noqa: PTH118 - some ten thousand times a build; pathlib would double it


def publish(site_dir: Path, url: str, content: bytes | Path) -> tuple[int, bool]:
    """Write one file of the site, unless it already has that content. Gives its size and whether it changed."""
    path = target(site_dir, url)
    data = content.read_bytes() if isinstance(content, Path) else content
    try:
        # Unbuffered: a buffer would ask the system more, for nothing.
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            status = os.fstat(file.fileno())
            if status.st_size == len(data) and file.read() == data:
                return len(data), False
    except OSError:
        # There is none yet; or it can't be read, a folder for example, and putting the file there says so.
        _put(path, data)
    else:
        _put(path, data, stat.S_IMODE(status.st_mode))
    return len(data), True


def _put(path: str, data: bytes, mode: int | None = None) -> None:
    """Write a file beside its place, then rename it into that.

    Unlike `write_atomically`, this doesn't wait for the disk, which would take most of a build: what a power failure
    destroys, the next build finds changed and writes again.
    """
    folder, name = os.path.split(path)
    beside = f"{folder}{os.sep}.{name}.{os.getpid()}.new"
    try:
        try:
            file = open(beside, "wb", buffering=0)  # noqa: PTH123, SIM115 - as above
        except FileNotFoundError:
            _make_folder(folder)
            file = open(beside, "wb", buffering=0)  # noqa: PTH123, SIM115 - as above
        with file:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
        if mode is not None:
            os.chmod(beside, mode)  # noqa: PTH101 - as above
        os.replace(beside, path)  # noqa: PTH105 - as above
    except BaseException as failure:
        Path(beside).unlink(missing_ok=True)
        if isinstance(failure, OSError) and failure.filename is None:
            # A full disk names no file by itself.
            failure.filename = path
        raise


def _make_folder(path: str) -> None:
    """As `os.makedirs`, which looks at the folders above first; nearly always, only the last is missing."""
    try:
        os.mkdir(path)  # noqa: PTH102 - as above
    except OSError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103 - as above


def withdraw(site_dir: Path, keep: Iterable[str]) -> int:
    """Remove every file of the site that isn't in `keep`, and folders that are empty then. Gives their number.

    Files and folders whose name begins with a dot, directly in `site_dir`, are the host's and stay.
    """
    kept = set(keep)
    removed = 0
    empty: set[str] = set()
    for folder, names, files in os.walk(site_dir, topdown=False):
        above = folder[len(str(site_dir)) :].replace(os.sep, "/").removeprefix("/")
        if above.startswith("."):
            continue
        prefix = f"{above}/" if above else ""
        stale = [name for name in files if prefix + name not in kept and (prefix or not name.startswith("."))]
        for name in stale:
            Path(folder, name).unlink()
        removed += len(stale)
        inner = len(names)
        for name in names:
            if prefix + name in empty:
                Path(folder, name).rmdir()
            elif Path(folder, name).is_symlink():
                Path(folder, name).unlink()
            else:
                continue
            inner -= 1
        if inner == 0 and len(stale) == len(files):
            empty.add(above)
    return removed

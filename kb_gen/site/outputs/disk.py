"""A site in a folder: a file that changed is written beside its place and renamed over it, a new one written there."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import zlib
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path

from kb_gen.load import write_atomically
from kb_gen.site.outputs.look import Look, LookAhead, look_at, mark_of
from kb_gen.site.outputs.output import MARKER, MARKER_TEXT, ForeignFolderError, Published, Stamp, Written, url_parts

__all__ = ["Disk"]

_MACHINE = f"{zlib.crc32(platform.node().encode()):08x}"
"""Tells processes of the same number apart that write the same file from two machines."""

_BINARY = getattr(os, "O_BINARY", 0)
"""Keeps Windows from writing other line ends."""


class Disk:
    """A folder. What it can't do, it says by the system's own OSError.

    It is looked through once; after that, what this process does to it is noted.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ahead: LookAhead | None = None
        self._look: Look | None = None
        self._shared = False

    def __getstate__(self) -> dict[str, object]:
        """What another process needs to publish: on another machine, it may die and leave half of a file."""
        self._shared = True
        return {"folder": self.folder, "_ahead": None, "_look": None, "_shared": True}

    @classmethod
    def resumed(cls, folder: Path, rest: Look) -> Disk:
        """A folder where another process has begun, which knows what else is there: see `rest`."""
        disk = cls(folder)
        disk._look = rest
        return disk

    def leave(self) -> None:
        """Whoever looks through the folder ahead has told another process, which was forked since."""
        if self._ahead is not None:
            self._ahead.leave()
            self._ahead = None

    def rest(self, done: Mapping[str, object]) -> Look:
        """What is in the folder besides some files, so that another process needn't look through it again."""
        look = self._looked()
        return Look({url: stamp for url, stamp in look.files.items() if url not in done}, look.links, look.empty)

    def look_ahead(self) -> None:
        """As `Output.look_ahead`."""
        if self._look is None and self._ahead is None:
            self._ahead = LookAhead(self.folder)

    def found(self) -> Mapping[str, Stamp] | None:
        """As `Output.found`."""
        return self._looked().files if _is_marker(self.folder / MARKER) else None

    def holds(self, path: Path) -> bool:
        """As `Output.holds`."""
        return path.resolve().is_relative_to(self.folder.resolve())

    def is_inside(self, path: Path) -> bool:
        """As `Output.is_inside`."""
        return self.folder.resolve().is_relative_to(path.resolve())

    def _looked(self) -> Look:
        if self._look is None:
            self._look = self._ahead.result() if self._ahead else look_at(self.folder)
            self._ahead = None
        return self._look

    def claim(self, replace: bool) -> None:
        """As `Output.claim`. Links to folders are removed: what is written through them would land outside the site."""
        marker = self.folder / MARKER
        if not replace:
            _refuse_foreign(self.folder, marker)
        self.folder.mkdir(parents=True, exist_ok=True)
        for link in self._looked().links:
            (self.folder / link).unlink()
        if not _is_marker(marker):
            write_atomically(marker, MARKER_TEXT)

    def publish(self, url: str, content: bytes | Path) -> Published:
        """As `Output.publish`. The file is there when this returns."""
        path = self._path(url)
        data = content.read_bytes() if isinstance(content, Path) else content
        try:
            published = _published(path, data)
        except (NotADirectoryError, IsADirectoryError, FileExistsError, PermissionError):
            _make_way(self.folder, path)
            published = _published(path, data)
        if self._look is not None and published.changed:
            self._look.files[url] = Stamp(published.size, published.mark)
        return published

    def flush(self) -> None:
        """As `Output.flush`: nothing is waiting."""

    def withdraw(self, keep: Mapping[str, Published | Written]) -> int:
        """As `Output.withdraw`. Folders that are empty then go, too."""
        look = look_at(self.folder) if self._shared else self._looked()
        gone = [url for url in look.files if url not in keep]
        for url in gone:
            _remove_file(self.folder / url)
        for folder in (*look.empty, *(url.rpartition("/")[0] for url in gone)):
            _remove_empty(self.folder, folder)
        return len(gone)

    def stamp(self, url: str) -> Stamp | None:
        """As `Output.stamp`."""
        if self._look is not None:
            return self._look.files.get(url)
        try:
            status = os.stat(self._path(url), follow_symlinks=False)  # noqa: PTH116 - as in _path
        except OSError:
            return None
        return Stamp(status.st_size, mark_of(status))

    def read(self, url: str) -> bytes | None:
        """As `Output.read`."""
        try:
            return Path(self._path(url)).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def remove(self, url: str) -> None:
        """As `Output.remove`."""
        _remove_file(Path(self._path(url)))
        if self._look is not None:
            self._look.files.pop(url, None)

    def describe(self) -> str:
        """As `Output.describe`."""
        return str(self.folder)

    def _path(self, url: str) -> str:
        # Ten thousands a build; pathlib would double what a file takes.
        return f"{self.folder}{os.sep}{os.sep.join(url_parts(url))}"  # noqa: PTH118


def _is_marker(path: Path) -> bool:
    """Whether this is a marker: a project's folder for what it keeps has the same name."""
    return path.is_file()


def _refuse_foreign(folder: Path, marker: Path) -> None:
    if folder.exists() and not folder.is_dir():
        message = f"{folder} is a file, not a folder"
        raise ForeignFolderError(message)
    if folder.is_dir() and not _is_marker(marker) and any(folder.iterdir()):
        message = f"{folder} is not empty and was not made by kb-gen"
        raise ForeignFolderError(message)


def _create(path: str, data: bytes) -> os.stat_result:
    """Write a file that isn't there yet straight to its place, where it takes nothing from anybody. Gives its state.

    If it stays a half, because this process is killed, the next build finds it different and puts it right.

    Raises:
        FileExistsError: there is something already; it is as it was.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
    try:
        file = os.open(path, flags, 0o666)
    except FileNotFoundError:
        _make_folder(os.path.split(path)[0])
        file = os.open(path, flags, 0o666)
    try:
        try:
            _write(file, data)
            return os.fstat(file)
        finally:
            os.close(file)
    except BaseException as failure:
        Path(path).unlink(missing_ok=True)
        _name(failure, path)
        raise


def _published(path: str, data: bytes) -> Published:
    try:
        status = _create(path, data)
    except FileExistsError:
        return _published_again(path, data)
    return Published(len(data), True, mark_of(status))


def _make_way(site: Path, path: str) -> None:
    """Remove what stands where a file of the site goes: a folder, or a file where one of the folders above it goes.

    Nothing of that can belong to the site any more, and would be removed at the end.
    """
    place = Path(path)
    if place.is_dir():
        shutil.rmtree(place)
    for above in takewhile(site.__ne__, place.parents):
        if above.is_file() or above.is_symlink():
            above.unlink(missing_ok=True)


def _published_again(path: str, data: bytes) -> Published:
    """Put a file where there is something already, unless that is the same."""
    try:
        # Unbuffered: a buffer would ask the system more, for nothing.
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as in _path
            status = os.fstat(file.fileno())
            if status.st_size == len(data) and file.read() == data:
                return Published(len(data), False, mark_of(status))
    except OSError:
        # It can't be read, a folder for example, and putting the file there says so.
        status = _put(path, data)
    else:
        status = _put(path, data, stat.S_IMODE(status.st_mode))
    return Published(len(data), True, mark_of(status))


def _put(path: str, data: bytes, mode: int | None = None) -> os.stat_result:
    """Write a file beside its place, then rename it into that. Gives its state, which renaming doesn't change.

    Unlike `write_atomically`, this doesn't wait for the disk, which would take most of a build: what a power failure
    destroys, the next build finds changed and writes again.
    """
    folder, name = os.path.split(path)
    beside = f"{folder}{os.sep}.{name}.{_MACHINE}-{os.getpid()}.new"
    try:
        with open(beside, "wb", buffering=0) as file:  # noqa: PTH123 - as in _path
            _write(file.fileno(), data)
            status = os.fstat(file.fileno())
        if mode is not None:
            os.chmod(beside, mode)  # noqa: PTH101 - as above
        os.replace(beside, path)  # noqa: PTH105 - as above
    except BaseException as failure:
        Path(beside).unlink(missing_ok=True)
        _name(failure, path)
        raise
    return status


def _write(file: int, data: bytes) -> None:
    written = os.write(file, data)
    while written < len(data):
        written += os.write(file, memoryview(data)[written:])


def _name(failure: BaseException, path: str) -> None:
    """Let a failure say where it was: a full disk names no file by itself."""
    if isinstance(failure, OSError) and failure.filename is None:
        failure.filename = path


def _make_folder(path: str) -> None:
    """As `os.makedirs`, which looks at the folders above first; nearly always, only the last is missing."""
    try:
        os.mkdir(path)  # noqa: PTH102 - as above
    except OSError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103 - as above


def _remove_file(path: Path) -> None:
    """Remove a file, unless it is gone already, and something else stands at its place or at that of a folder above."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        pass
    except OSError:
        if not path.is_dir():
            raise


def _remove_empty(site: Path, folder: str) -> None:
    """Remove a folder of the site that has nothing in it, and those above it that have nothing in them then."""
    while folder:
        try:
            (site / folder).rmdir()
        except OSError:
            # Something is in it; or it is gone, and with it whatever was above it and empty.
            return
        folder = folder.rpartition("/")[0]

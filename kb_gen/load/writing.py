"""Files written so that a reader never sees half of one."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kb_gen.load.exchanging import exchange

__all__ = ["replace_atomically", "write_atomically", "write_pieces_atomically", "written_aside"]

_FEW = 100
"""Files up to this number are waited for one by one: that disturbs nobody else who writes to the disk."""


def write_atomically(path: Path, data: bytes) -> None:
    """Make `data` the content of `path`: whole, or not at all.

    The bytes go into a file beside it, which then takes its place; a program that is killed leaves the old file. A
    link is written through, and the rights of a file that was there stay. Missing folders are made.

    Raises:
        OSError: the file can't be written; the old one is then untouched.
    """
    write_pieces_atomically(path, (data,))


def write_pieces_atomically(path: Path, pieces: Iterable[bytes]) -> None:
    """Make all of `pieces`, one after the other, the content of `path`: as above, for what isn't held at once.

    Raises:
        OSError: the file can't be written; the old one is then untouched, as it is when `pieces` fails.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _written_beside(target, pieces) as beside:
        beside.replace(target)


def replace_atomically(path: Path, expected: bytes, data: bytes) -> bool:
    """Make `data` the content of `path` if it still holds `expected`, so that nothing is lost that others write there.

    Programs that know nothing of each other may do this at once, or rename files over `path`, or write into it: where
    the system can exchange two files, what was replaced is looked at afterwards, and put back if it wasn't `expected`.
    Elsewhere others have some microseconds in which to go unnoticed.

    Args:
        path: a file that is there.
        expected: what it held when it was read.
        data: what it shall hold.

    Returns:
        Whether it holds `data` now. If not, it holds what somebody else has written meanwhile.

    Raises:
        OSError: the file can't be read or written; it is then as it was.
    """
    target = path.resolve()
    if target.read_bytes() != expected:
        return False
    with _written_beside(target, (data,)) as beside:
        if target.read_bytes() != expected:
            return False
        if not exchange(beside, target):
            beside.replace(target)
            return True
        if beside.read_bytes() == expected:
            return True
        # Whatever stood there last goes back, however often somebody writes in between.
        newest = data
        while True:
            exchange(beside, target)
            if beside.read_bytes() == newest:
                return False
            newest = target.read_bytes()


@contextlib.contextmanager
def written_aside(files: Iterable[tuple[Path, bytes]]) -> Iterator[list[tuple[Path, Path]]]:
    """New files, each beside the place where it will be, on the disk: each with its place, for whoever renames it.

    What isn't renamed is gone at the end. The disk is waited for once for all of them: one by one, tens of thousands
    of files take minutes. Missing folders are made.

    Args:
        files: the place of each file, which is none of a link, and what it shall hold.

    Raises:
        OSError: a file can't be written; none of them is there then. `files` has been asked for no other behind it.
    """
    aside: list[tuple[Path, Path]] = []
    try:
        for target, data in files:
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
            aside.append((Path(name), target))
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            aside[-1][0].chmod(_mode(target))
        _wait_for([beside for beside, _ in aside])
        yield aside
    finally:
        for beside, _ in aside:
            beside.unlink(missing_ok=True)


def _wait_for(files: Sequence[Path]) -> None:
    """Wait until files are on the disk."""
    if len(files) > _FEW and sys.platform == "linux":
        # Elsewhere, this only has the system begin.
        os.sync()
        return
    for file in files:
        with file.open("r+b") as opened:
            os.fsync(opened.fileno())


@contextlib.contextmanager
def _written_beside(target: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """A file beside `target` that holds `pieces`, on the disk, with the rights of `target`; gone at the end."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(_mode(target))
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """The rights of the file that is replaced, or those that a new file gets here."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask

"""What is in a site's folder: one look at all of it, which takes some eight microseconds a file.

A build asks three times what there is: which files are as the last build left them, which lead out of the folder, and
which are nobody's any more. One look answers all, and another process can take it while this one reads records.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.interrupts import ignore_interrupts
from kb_gen.site.outputs.output import Stamp
from kb_gen.site.processes import can_fork

__all__ = ["Look", "LookAhead", "look_at", "mark_of"]


class Look(Struct, frozen=True, array_like=True):
    """What is in a folder and in all below it. Paths are seen from the folder, with `/`.

    Attributes:
        files: all files with their stamps; what is no plain file, a link for example, has no mark.
        links: links to folders.
        empty: folders with nothing in them.
    """

    files: dict[str, Stamp] = {}
    links: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


def look_at(folder: Path) -> Look:
    """What is in a folder. Nothing, if there is none.

    Names that begin with a dot are passed over in the folder itself, where they are its host's.
    """
    files: dict[str, Stamp] = {}
    links: list[str] = []
    empty: list[str] = []
    waiting = [(os.fspath(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        count = 0
        try:
            entries = os.scandir(place)
        except (FileNotFoundError, NotADirectoryError):
            continue
        with entries:
            for entry in entries:
                count += 1
                name = entry.name
                if not prefix and name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{name}/"))
                elif entry.is_symlink() and entry.is_dir():
                    links.append(prefix + name)
                else:
                    status = entry.stat(follow_symlinks=False)
                    mark = mark_of(status) if stat.S_ISREG(status.st_mode) else b""
                    files[prefix + name] = Stamp(status.st_size, mark)
        if not count and prefix:
            empty.append(prefix[:-1])
    return Look(files, tuple(links), tuple(empty))


def mark_of(status: os.stat_result) -> bytes:
    """What `Stamp.mark` is in a folder."""
    return status.st_mtime_ns.to_bytes(8, "big", signed=True)


class LookAhead:
    """A look that another process takes, if the system can fork; else this one, when it is asked for.

    No thread is begun for it: beside one, no further processes should be forked.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._coming: Connection | None = None
        self._owner = os.getpid()
        if can_fork():
            forking = get_context("fork")
            self._coming, leaving = forking.Pipe(duplex=False)
            self._process = forking.Process(target=_send, args=(folder, self._coming, leaving), daemon=True)
            self._process.start()
            leaving.close()

    def result(self) -> Look:
        """The look, once it is taken. To be asked for once, by this process or one that was forked since."""
        if self._coming is not None:
            with self._coming, suppress(EOFError):
                look = msgspec.msgpack.decode(self._coming.recv_bytes(), type=Look)
                if os.getpid() == self._owner:
                    self._process.join()
                return look
        return look_at(self._folder)

    def leave(self) -> None:
        """Nobody will ask here any more: a process that was forked since has asked, or never will."""
        if self._coming is not None:
            self._coming.close()
            self._process.terminate()
            self._process.join()


def _send(folder: Path, coming: Connection, leaving: Connection) -> None:
    """Take a look for another process. Whatever goes wrong, that process finds out by itself."""
    ignore_interrupts()
    # Its other end must have no reader here, or this would wait for one for ever if that process is killed.
    coming.close()
    # The name of a file may be no text, which can't be handed over.
    with leaving, suppress(OSError, UnicodeEncodeError):
        leaving.send_bytes(msgspec.msgpack.encode(look_at(folder)))

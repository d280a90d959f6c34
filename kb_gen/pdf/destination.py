"""Where files go."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Protocol

from kb_gen.load import write_atomically

__all__ = ["Destination", "Folder"]


class Destination(Protocol):
    """A place for files. It can be pickled and forked: processes write their files themselves."""

    def describe(self) -> str:
        """What tells it from other places."""
        ...

    def stamp(self, url: str) -> bytes | None:
        """What tells a file that is there from what it was or will be; None where there is none, or it isn't known."""
        ...

    def publish(self, url: str, data: bytes) -> bytes:
        """Write a file, whole or not at all, and give its stamp."""
        ...

    def flush(self) -> None:
        """Wait until everything is there that this process has written."""
        ...


class Folder:
    """A folder of this machine. Other files in it are nobody's business here.

    Args:
        path: the folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def describe(self) -> str:
        """The folder's path."""
        return str(self.path.resolve())

    def stamp(self, url: str) -> bytes | None:
        """What tells a file from what it was: its size and when it was written."""
        try:
            status = (self.path / url).stat()
        except OSError:
            return None
        return hashlib.blake2b(repr((status.st_size, status.st_mtime_ns)).encode(), digest_size=16).digest()

    def publish(self, url: str, data: bytes) -> bytes:
        """Write a file, whole or not at all. A link of its name makes room for it; what it leads to stays.

        Raises:
            OSError: it can't be written.
        """
        file = self.path / url
        try:
            if file.is_symlink():
                file.unlink()
            write_atomically(file, data)
        except OSError as reason:
            # Instead of the name of the file that was to become this one.
            raise OSError(reason.errno, reason.strerror, str(file)) from reason
        return self.stamp(url) or b""

    def flush(self) -> None:
        """Nothing to wait for."""

"""What every output can do, so that a build doesn't know where it writes to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

__all__ = [
    "MARKER",
    "MARKER_TEXT",
    "ForeignFolderError",
    "Output",
    "OutputError",
    "Published",
    "Stamp",
    "Written",
    "url_parts",
]

MARKER = ".kb-gen"
"""A file of this name says that what lies beside it was made by kb-gen, and may be replaced by it."""

MARKER_TEXT = b"The files beside this one are written, and removed, by kb-gen.\n"
"""What the marker says to people."""

_FORBIDDEN = frozenset({"", ".", ".."})


class ForeignFolderError(Exception):
    """The output holds something that kb-gen didn't put there."""


class OutputError(Exception):
    """The output can't be reached, read or written; the message says where and why. A folder raises OSError instead."""


class Stamp(NamedTuple):
    """What tells a file of an output from what it was or will be, without reading it.

    Attributes:
        size: bytes of its content.
        mark: at a store, the MD5 digest of its content; in a folder, when it was written, in nanoseconds since 1970 and
            eight bytes. Empty if unknown.
    """

    size: int
    mark: bytes


class Published(NamedTuple):
    """How publishing a file ended.

    Attributes:
        size: bytes of its content.
        changed: whether it is new there, or differs from what was there.
        mark: as in its stamp.
    """

    size: int
    changed: bool
    mark: bytes


class Written(NamedTuple):
    """A file of the site: its URL, and how publishing it ended.

    Attributes:
        url: where it is.
        size: bytes of its content.
        changed: whether it is new, or differs from what was there.
        mark: as in its stamp; empty if unknown.
    """

    url: str
    size: int
    changed: bool
    mark: bytes


class Output(Protocol):
    """A place that a site is published to.

    An output can be pickled and forked: once it is claimed, any number of processes may publish to it, on any machine
    that reaches it. Each calls `flush` before it tells anybody that its files are there. In the end one process, the
    one that claimed it, withdraws what is gone.

    URLs are paths within the site, with `/` between their parts and none at either end. One that leads out of the site
    raises ValueError everywhere.
    """

    def holds(self, path: Path) -> bool:
        """Whether a file or folder of this machine lies in the output, and would be removed as none of the site's."""
        ...

    def is_inside(self, path: Path) -> bool:
        """Whether the output lies in a folder of this machine, or is it, so that what is there would be removed."""
        ...

    def look_ahead(self) -> None:
        """Begin to find out what is there, beside whatever this process does until it claims the output."""
        ...

    def found(self) -> Mapping[str, Stamp] | None:
        """The stamps of the files of a site that is there; None where there is none, or it isn't known to be finished.

        Raises:
            OutputError: it can't be reached or read.
        """
        ...

    def claim(self, replace: bool) -> None:
        """Make sure that the output is kb-gen's to write.

        Args:
            replace: take it over whatever is in it, and trust nothing that was noted about it.

        Raises:
            ForeignFolderError: it has content but wasn't made by kb-gen, and `replace` isn't set.
            OutputError: it can't be reached or used.
        """
        ...

    def publish(self, url: str, content: bytes | Path) -> Published:
        """Write one file of the site, unless it already has that content. May return before the file is there.

        Raises:
            OutputError: this file, or one that was published before, can't be written.
        """
        ...

    def flush(self) -> None:
        """Wait until everything is there that this process has published.

        Raises:
            OutputError: a file couldn't be written.
        """
        ...

    def withdraw(self, keep: Mapping[str, Published | Written]) -> int:
        """Finish the site: remove every file that isn't part of it any more. Gives their number.

        Files and folders whose name begins with a dot, directly in the output, are the host's and stay.

        Args:
            keep: what publishing gave for each file of the site, by URL, whichever process it was in. A file that
                wasn't published this time, because it is as it was, counts as unchanged and may lack its mark.

        Raises:
            OutputError: a file couldn't be removed, or one that was published before couldn't be written.
        """
        ...

    def stamp(self, url: str) -> Stamp | None:
        """The stamp of a file; None where there is none. Equal to what publishing gave as long as nobody changes it.

        A store isn't asked: this is what was known when it was claimed, and what this process has published since.
        """
        ...

    def read(self, url: str) -> bytes | None:
        """The content of a file; None where there is none."""
        ...

    def remove(self, url: str) -> None:
        """Remove a file now, if it is there."""
        ...

    def describe(self) -> str:
        """Where this is, for messages; without passwords."""
        ...


def url_parts(url: str) -> list[str]:
    """The parts of a URL within the site. Raises ValueError if it leads out of the site."""
    parts = url.split("/")
    if not _FORBIDDEN.isdisjoint(parts) or "\\" in url or "\0" in url:
        message = f"not a path within the site: {url!r}"
        raise ValueError(message)
    return parts

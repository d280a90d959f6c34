"""Catalogs that one program at a time changes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from kb_gen.load import CACHE_FOLDER, digest, make_folder

__all__ = ["CatalogBusy", "locked_catalog"]

_PATIENCE = 30.0
"""Seconds to wait for another program, which needs a fraction of one for its work."""


class CatalogBusy(OSError):  # noqa: N818 - it says what is the case
    """Another program has been at work on a catalog for very long; the message says which catalog."""


@contextlib.contextmanager
def locked_catalog(root: Path, path: str) -> Iterator[None]:
    """Keep a catalog from other programs of this project, from reading it until it is written.

    The lock ends with the program that holds it, be it killed. It binds only those who ask for it.

    Args:
        root: the project's root.
        path: the catalog, relative to `root`; it needn't exist.

    Raises:
        CatalogBusy: somebody else has it, and doesn't let go.
        OSError: there can be no lock: the folder for it can't be made.
    """
    folder = root / CACHE_FOLDER / "locks"
    make_folder(folder)
    lock = FileLock(folder / f"{digest(path.encode()).hex()}.lock", timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout as reason:
        message = f"another program is at work on this catalog, for more than {_PATIENCE:.0f} seconds"
        raise CatalogBusy(None, message, path) from reason
    try:
        yield
    finally:
        lock.release()

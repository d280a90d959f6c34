"""Where a site is written: a folder, or a store of objects such as an S3 bucket."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from kb_gen.site.outputs.disk import Disk
from kb_gen.site.outputs.look import Look
from kb_gen.site.outputs.output import MARKER, ForeignFolderError, Output, OutputError, Published, Stamp, Written
from kb_gen.site.outputs.publication import Publication
from kb_gen.site.outputs.store import Store

__all__ = [
    "MARKER",
    "Disk",
    "ForeignFolderError",
    "Look",
    "Output",
    "OutputError",
    "Publication",
    "Published",
    "Stamp",
    "Store",
    "Written",
    "output_for",
]


def output_for(target: str | Path) -> Output:
    """The output at a folder's path, at a `file://` address, or at any other address that fsspec knows.

    Nothing is looked at or written yet; `Output.claim` does that first.

    Raises:
        OutputError: a `file://` address names another machine.
    """
    if isinstance(target, Path) or "://" not in target:
        return Disk(Path(target).absolute())
    parts = urlsplit(target)
    if parts.scheme == "file":
        if parts.netloc not in {"", "localhost"}:
            message = (
                f"{target} names a machine, {parts.netloc}; a folder of this one has three slashes: file:///srv/site"
            )
            raise OutputError(message)
        # Late: it brings a client for the web with it.
        from urllib.request import url2pathname  # noqa: PLC0415

        return Disk(Path(url2pathname(parts.path)))
    return Store(target)

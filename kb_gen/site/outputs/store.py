"""A site in a store of objects, through fsspec. Decision 10 says why it is done this way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from kb_gen.site.outputs.manifest import manifest_bytes, read_manifest
from kb_gen.site.outputs.output import (
    MARKER,
    MARKER_TEXT,
    ForeignFolderError,
    Published,
    Stamp,
    Written,
    url_parts,
)
from kb_gen.site.outputs.transfers import Transfers

__all__ = ["Store"]


class Store:
    """A place in a store, such as `s3://bucket/prefix`.

    What is there is known from a manifest, so that a site that hasn't changed takes one request. What others changed
    at the store goes unseen until it is claimed with `replace`.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self._known: dict[str, Stamp] = {}
        self._noted: dict[str, Stamp] | None = None
        self._writing = False
        self._marker: tuple[bytes | None] | None = None
        self._transfers: Transfers | None = None
        self._connecting = Lock()

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs to publish; only the one that claimed knows what had been noted."""
        return {"target": self._target, "known": self._known, "writing": self._writing}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["target"])  # type: ignore[misc]
        self._known, self._writing = state["known"], state["writing"]

    def holds(self, path: Path) -> bool:  # noqa: ARG002 - see below
        """As `Output.holds`: no file of this machine does."""
        return False

    def is_inside(self, path: Path) -> bool:  # noqa: ARG002 - see below
        """As `Output.is_inside`: it is on no disk of this machine."""
        return False

    def look_ahead(self) -> None:
        """As `Output.look_ahead`: one request will tell, and it takes no time to speak of."""

    def found(self) -> Mapping[str, Stamp] | None:
        """As `Output.found`."""
        self._marker = (self._connection().get(MARKER),)
        return _read(self._marker[0])

    def claim(self, replace: bool) -> None:
        """As `Output.claim`. With `replace`, what is there is listed and compared instead of looked up."""
        transfers = self._connection()
        # Looked at a moment ago, if somebody has asked what is there.
        (marker,), self._marker = self._marker or (transfers.get(MARKER),), None
        self._noted = _read(marker)
        self._writing = marker == MARKER_TEXT
        if marker is None:
            if not replace and not transfers.is_empty():
                message = f"{self.describe()} is not empty and was not made by kb-gen"
                raise ForeignFolderError(message)
            # Something else put it there, perhaps with other media types, so equal bytes aren't enough.
            self._known = {url: Stamp(listed.size, b"") for url, listed in transfers.listing()} if replace else {}
            self._begin()
        elif self._noted is None or replace:
            self._known = {url: listed for url, listed in transfers.listing() if url != MARKER}
        else:
            self._known = dict(self._noted)

    def publish(self, url: str, content: bytes | Path) -> Published:
        """As `Output.publish`. Returns before the file is there."""
        url_parts(url)
        data = content.read_bytes() if isinstance(content, Path) else content
        # Not against forgers: S3 tells this digest of what it holds.
        digest = hashlib.md5(data, usedforsecurity=False).digest()
        known = self._known.get(url)
        if known is not None and known.mark == digest:
            return Published(len(data), False, digest)
        self._begin()
        self._connection().send(url, data)
        self._known[url] = Stamp(len(data), digest)
        return Published(len(data), True, digest)

    def flush(self) -> None:
        """As `Output.flush`."""
        # Without a change there is no connection in this process, and no need for one.
        if self._transfers is not None and self._transfers.process == os.getpid():
            self._transfers.settle()

    def withdraw(self, keep: Mapping[str, Published | Written]) -> int:
        """As `Output.withdraw`. The manifest is written last; until then the next build lists what is there."""
        self.flush()
        gone = [url for url in self._known if url not in keep and not url.startswith(".")]
        files = {url: self._stamp_of(url, published) for url, published in keep.items()}
        changed = any(published.changed for published in keep.values())
        transfers = self._connection()
        if gone:
            self._begin()
            transfers.delete(gone)
        if changed or gone or self._writing or files != self._noted:
            transfers.put(MARKER, manifest_bytes(files))
        self._known, self._noted, self._writing = files, dict(files), False
        transfers.close()
        self._transfers = None
        return len(gone)

    def stamp(self, url: str) -> Stamp | None:
        """As `Output.stamp`."""
        return self._known.get(url)

    def read(self, url: str) -> bytes | None:
        """As `Output.read`."""
        url_parts(url)
        if url not in self._known:
            return None
        self.flush()
        return self._connection().get(url)

    def remove(self, url: str) -> None:
        """As `Output.remove`."""
        url_parts(url)
        self.flush()
        self._begin()
        self._connection().delete([url])
        self._known.pop(url, None)

    def describe(self) -> str:
        """As `Output.describe`."""
        parts = urlsplit(self._target)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")

    def _connection(self) -> Transfers:
        """This process's connection."""
        with self._connecting:
            if self._transfers is None or self._transfers.process != os.getpid():
                self._transfers = Transfers(self._target, self.describe())
            return self._transfers

    def _begin(self) -> None:
        """Before the first change: take back what the manifest says. Each process does it once, unless it is done."""
        connection = self._connection()
        with connection.beginning:
            if not self._writing:
                connection.put(MARKER, MARKER_TEXT)
                self._writing = True

    def _stamp_of(self, url: str, published: Published | Written) -> Stamp:
        known = self._known.get(url)
        if published.mark or known is None:
            return Stamp(published.size, published.mark)
        return known


def _read(marker: bytes | None) -> dict[str, Stamp] | None:
    return None if marker is None else read_manifest(marker)

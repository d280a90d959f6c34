"""Files on their way to and from a store, many at a time: each takes little work and much waiting."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any

from kb_gen.site.outputs.media_types import media_type
from kb_gen.site.outputs.output import OutputError, Stamp

__all__ = ["Transfers"]

_AT_ONCE = 32
_MOST_WAITING = 4 * _AT_ONCE
"""Files that are held in memory until their turn comes."""

_S3 = frozenset({"s3", "s3a"})
_S3_OPTIONS = {
    # A listing is asked for once; and the first one of a claim mustn't answer for the next.
    "use_listings_cache": False,
    # With more, reading a file begins by asking for its size.
    "max_concurrency": 1,
    "config_kwargs": {"max_pool_connections": _AT_ONCE},
}


class Transfers:
    """One process's connection to a store. Made anew after a fork: neither connections nor threads survive one.

    Any thread may use it. What can't be done, it says by OutputError.

    Args:
        target: the address that fsspec knows the site's place in the store by.
        name: that address as messages show it.
    """

    def __init__(self, target: str, name: str) -> None:
        self.process = os.getpid()
        self.beginning = Lock()
        self._name = name
        self._types = target.partition("://")[0] in _S3
        with self._explained("connecting"):
            from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

            self._store, root = url_to_fs(target, **(_S3_OPTIONS if self._types else {}))
            self._root = root.rstrip("/")
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="kb-gen-store")
        self._free = BoundedSemaphore(_MOST_WAITING)
        self._sending: dict[str, Future[None]] = {}
        self._failure: BaseException | None = None
        self._lock = Lock()

    def get(self, url: str) -> bytes | None:
        """The content of a file; None where there is none."""
        with self._explained(f"reading {url}"):
            try:
                content: bytes = self._store.cat_file(self._path(url))
            except FileNotFoundError:
                return None
        return content

    def put(self, url: str, data: bytes) -> None:
        """Write a file, and wait until it is there."""
        # A store that isn't told guesses, from the name, without the encoding.
        kind = {"ContentType": media_type(url)} if self._types else {}
        with self._explained(f"writing {url}"):
            self._store.pipe_file(self._path(url), data, **kind)

    def send(self, url: str, data: bytes) -> None:
        """Write a file soon. Waits only if very many are on their way already.

        Raises:
            OutputError: a file that was sent before can't be written.
        """
        earlier = self._sending.get(url)
        if earlier is not None:
            # Two requests at once could arrive in either order.
            earlier.result()
        self._free.acquire()
        if self._failure is not None:
            self._free.release()
            raise self._failure
        with self._lock:
            future = self._sending[url] = self._threads.submit(self.put, url, data)
        future.add_done_callback(lambda done: self._sent(url, done))

    def _sent(self, url: str, done: Future[None]) -> None:
        with self._lock:
            self._failure = self._failure or done.exception()
            if self._sending.get(url) is done:
                del self._sending[url]
        self._free.release()

    def settle(self) -> None:
        """Wait for all files that are on their way.

        Raises:
            OutputError: one of them, or one that was sent before, can't be written.
        """
        with self._lock:
            waiting = list(self._sending.values())
        failures = [future.exception() for future in waiting]
        for failure in (self._failure, *failures):
            if failure is not None:
                raise failure

    def delete(self, urls: Iterable[str]) -> None:
        """Remove files, and wait until they are gone. One that isn't there is no error.

        One request each: S3's for many at once tells of failures in its answer, where s3fs doesn't look.
        """
        for _ in self._threads.map(self._delete, urls):
            pass

    def _delete(self, url: str) -> None:
        with self._explained(f"removing {url}"):
            try:
                self._store.rm_file(self._path(url))
            except FileNotFoundError:
                return

    def is_empty(self) -> bool:
        """Whether there is nothing at all where the site shall be."""
        with self._explained("listing what is there"):
            self._store.invalidate_cache()
            try:
                return not any(name.strip("/") != self._root.strip("/") for name in self._store.ls(self._root, False))
            except FileNotFoundError:
                return True

    def listing(self) -> Iterator[tuple[str, Stamp]]:
        """All that is there, by URL. Marks are empty where the store doesn't tell digests."""
        with self._explained("listing what is there"):
            self._store.invalidate_cache()
            found: dict[str, dict[str, Any]] = self._store.find(self._root, detail=True)
        for name, about in found.items():
            url = name.removeprefix(f"{self._root}/")
            if url != name and about.get("type") == "file":
                digest = _digest(about.get("ETag")) if self._types else b""
                yield url, Stamp(int(about.get("size") or 0), digest)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def _path(self, url: str) -> str:
        return f"{self._root}/{url}"

    @contextmanager
    def _explained(self, doing: str) -> Iterator[None]:
        """Whatever fails, as OutputError: each store's library has exceptions of its own."""
        try:
            yield
        except Exception as failure:
            kinds = {kind.__name__ for kind in type(failure).__mro__}
            tell = next((tell for names, tell in _REASONS if kinds & names), str)
            message = f"{self._name}: {doing}: {tell(failure) or type(failure).__name__}"
            raise OutputError(message) from failure


def _digest(etag: object) -> bytes:
    """The MD5 digest that an S3 object's ETag is, unless it was written in parts or encrypted with a key of its own."""
    try:
        digest = bytes.fromhex(str(etag).strip('"'))
    except ValueError:
        return b""
    return digest if len(digest) == 16 else b""


_REASONS: tuple[tuple[frozenset[str], Callable[[Exception], str]], ...] = (
    (
        frozenset({"ImportError"}),
        lambda failure: f"a library is missing ({failure}); for S3, install the extra: pip install 'kb-gen[store]'",
    ),
    (
        frozenset({"NoCredentialsError", "PartialCredentialsError"}),
        lambda _: "no credentials were found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ),
    (
        frozenset({"PermissionError"}),
        lambda failure: f"the credentials are wrong or don't allow it ({failure})",
    ),
    (
        frozenset({"FileNotFoundError"}),
        lambda failure: f"there is no such bucket or folder ({failure})",
    ),
    (
        frozenset({"ConnectionError", "HTTPClientError", "TimeoutError", "ClientConnectionError"}),
        lambda failure: f"the store can't be reached ({failure})",
    ),
)
"""What to say of exceptions, by the names of their classes, as those of a missing library can't be imported."""

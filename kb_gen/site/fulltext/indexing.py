"""Indexing while other work goes on: bundles are made in processes of Pagefind, watched by threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.site.engines import SearchEntry
from kb_gen.site.fulltext.bundles import bundle_count, bundle_digest, bundle_of, index_bundle
from kb_gen.site.fulltext.records import Findable, IndexRecord, index_record
from kb_gen.site.outputs import Output, Written

__all__ = ["Indexing"]

_MEMO = "bundle.json"
_MOST_PROCESSES = 4
"""Each process of Pagefind takes 0.8 GB for a full bundle."""


class _Memo(Struct, frozen=True):
    """What a bundle was made of and consists of. It lies beside the bundle and is written last."""

    digest: str
    files: tuple[tuple[str, int], ...]


class Indexing:
    """The full-text index of a site, being made. Leaving the `with` statement waits for what has begun.

    Args:
        output: where the site is; a bundle there that was made from the same entries stays as it is.
        program: Pagefind's.
        jobs: how many bundles are made at a time, at most four.
    """

    def __init__(self, output: Output, program: Path, jobs: int) -> None:
        self._output = output
        self._program = program
        self._threads = ThreadPoolExecutor(min(jobs, _MOST_PROCESSES))
        self._begun: list[Future[list[Written]]] = []

    def __enter__(self) -> Indexing:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    def begin(self, locale: str, entries: Iterable[Findable]) -> tuple[str, ...]:
        """Begin to index the entries of a locale, which has to be done once for each. Gives the bundles' names.

        Args:
            locale: BCP 47 tag.
            entries: all of its entries, always in the same order.
        """
        records = [
            index_record(one) if isinstance(one, SearchEntry) else one for one in entries if not isinstance(one, bytes)
        ]
        count = bundle_count(len(records))
        bundles: dict[str, list[IndexRecord]] = {str(number): [] for number in range(count)}
        for record in records:
            bundles[bundle_of(record.key, count)].append(record)
        self._begun += [self._threads.submit(self._make, locale, name, own) for name, own in bundles.items()]
        return tuple(bundles)

    def finish(self) -> Iterator[Written]:
        """The files of all bundles, once they are there.

        Raises:
            PagefindError: if the program can't be used or fails.
        """
        for future in self._begun:
            yield from future.result()

    def _make(self, locale: str, name: str, records: Sequence[IndexRecord]) -> list[Written]:
        digest = bundle_digest(locale, name, records, self._program)
        folder = f"{locale.lower()}/search/{name}"
        memo = f"{folder}/{_MEMO}"
        kept = self._kept(memo, digest)
        if kept is not None:
            return kept
        # From here on the folder may hold parts of two bundles, until the memo is there again.
        self._output.remove(memo)
        written = [
            Written(asset.url, *self._output.publish(asset.url, asset.content))
            for asset in index_bundle(locale, name, records, self._program)
        ]
        content = msgspec.json.encode(_Memo(digest, tuple((file.url, file.size) for file in written)))
        self._output.flush()
        return [*written, Written(memo, *self._output.publish(memo, content))]

    def _kept(self, memo: str, digest: str) -> list[Written] | None:
        """The files of a bundle that the site has already, made from the same; nothing if one of them is amiss."""
        try:
            content = self._output.read(memo)
            found = msgspec.json.decode(content or b"", type=_Memo)
        except (OSError, ValueError):
            return None
        if found.digest != digest:
            return None
        kept: list[Written] = []
        for url, size in (*found.files, (memo, len(content or b""))):
            stamp = self._output.stamp(url)
            if stamp is None or stamp.size != size:
                return None
            kept.append(Written(url, size, False, stamp.mark))
        return kept

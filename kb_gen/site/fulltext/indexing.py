"""Which bundles a site's index consists of, and writing those that the output doesn't have yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.site.engines import SearchEntry
from kb_gen.site.fulltext.bundles import bundle_count, bundle_digest, bundle_of
from kb_gen.site.fulltext.records import index_record
from kb_gen.site.fulltext.shelf import Findable, Indexable
from kb_gen.site.outputs import Output, Written

__all__ = ["Indexing", "Portion"]

_MEMO = "bundle.json"
_TOGETHER = 2
"""Bundles that are made together, because most of their words are the same; others make others meanwhile."""


class Portion(NamedTuple):
    """Some bundles of a locale, which is named by its BCP 47 tag."""

    locale: str
    bundles: tuple[str, ...]


class _Memo(Struct, frozen=True):
    """What a bundle was made of and consists of. It lies beside the bundle and is written last."""

    digest: str
    files: tuple[tuple[str, int], ...]


class Indexing:
    """The full-text index of a site.

    Args:
        output: where the site is; a bundle there that was made from the same entries stays as it is.
        program: Pagefind's.
        entries: all entries by locale, always in the same order.
    """

    def __init__(self, output: Output, program: Path, entries: Mapping[str, Iterable[Findable]]) -> None:
        self._output = output
        self._program = program
        self._bundles = {tag: _in_bundles(own) for tag, own in entries.items()}

    def bundles(self, locale: str) -> tuple[str, ...]:
        """The names of a locale's bundles, the first one first."""
        return tuple(self._bundles[locale])

    def portions(self) -> Iterator[Portion]:
        """All bundles, in portions to be written one by one or side by side."""
        for tag, own in self._bundles.items():
            for start in range(0, len(own), _TOGETHER):
                yield Portion(tag, tuple(own)[start : start + _TOGETHER])

    def write(self, portion: Portion) -> list[Written]:
        """Write some bundles. Gives all of their files.

        Raises:
            PagefindError: if the program can't be used or fails.
        """
        found: list[Written] = []
        digests: dict[str, str] = {}
        for name in portion.bundles:
            digest = bundle_digest(portion.locale, name, self._bundles[portion.locale][name], self._program)
            kept = self._kept(_memo(portion.locale, name), digest)
            if kept is None:
                digests[name] = digest
            else:
                found += kept
        return found + self._made(portion.locale, digests) if digests else found

    def _made(self, locale: str, digests: Mapping[str, str]) -> list[Written]:
        """Make bundles, each known by its name and the digest of what it is made from."""
        from kb_gen.site.fulltext.making import index_bundles  # noqa: PLC0415 - an extra, and slow to load

        found: list[Written] = []
        bundles = {name: self._bundles[locale][name] for name in digests}
        for name, assets in index_bundles(locale, bundles, self._program):
            memo = _memo(locale, name)
            # From here on the folder may hold parts of two bundles, until the memo is there again.
            self._output.remove(memo)
            written = [Written(asset.url, *self._output.publish(asset.url, asset.content)) for asset in assets]
            self._output.flush()
            content = msgspec.json.encode(_Memo(digests[name], tuple((file.url, file.size) for file in written)))
            found += [*written, Written(memo, *self._output.publish(memo, content))]
        self._output.flush()
        return found

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


def _memo(locale: str, name: str) -> str:
    return f"{locale.lower()}/search/{name}/{_MEMO}"


def _in_bundles(entries: Iterable[Findable]) -> dict[str, Sequence[Indexable]]:
    records = [
        index_record(one) if isinstance(one, SearchEntry) else one for one in entries if not isinstance(one, bytes)
    ]
    count = bundle_count(len(records))
    bundles: dict[str, list[Indexable]] = {str(number): [] for number in range(count)}
    for record in records:
        bundles[bundle_of(record.key, count)].append(record)
    return {**bundles}

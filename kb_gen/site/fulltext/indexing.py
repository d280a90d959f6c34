"""Which bundles a site's index consists of, and writing those that the output doesn't have yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.load import format_version, read_pack, write_pack
from kb_gen.site.engines import SearchEntry
from kb_gen.site.fulltext.bundles import bundle_count, bundle_digest, bundle_of
from kb_gen.site.fulltext.records import index_record
from kb_gen.site.fulltext.shelf import Findable, Indexable
from kb_gen.site.outputs import Output, Written

if TYPE_CHECKING:
    from kb_gen.site.fulltext.making import MadeFile

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


class _Held(Struct, frozen=True, array_like=True, gc=False):
    """A bundle as a build has left it, known to the next one.

    Attributes:
        digest: what its memo says.
        files: of each file what it says, as a digest, and its size.
    """

    digest: str
    files: dict[str, tuple[bytes, int]]


_HELD = b"kb-gen bundle\r\n"
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Held)
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class Indexing:
    """The full-text index of a site.

    Args:
        output: where the site is; a bundle there that was made from the same entries stays as it is, and of others the
            files that say the same.
        program: Pagefind's.
        cache: the folder for what is kept between builds.
        entries: all entries by locale, always in the same order.
    """

    def __init__(self, output: Output, program: Path, cache: Path, entries: Mapping[str, Iterable[Findable]]) -> None:
        self._output = output
        self._program = program
        self._cache = cache
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
        return found + self._made(portion, digests) if digests else found

    def _made(self, portion: Portion, digests: Mapping[str, str]) -> list[Written]:
        """Make bundles, each known by its name and the digest of what it is made from."""
        from kb_gen.site.fulltext.making import BundleMaker  # noqa: PLC0415 - an extra, and slow to load

        found: list[Written] = []
        locale, names = portion
        maker = BundleMaker(locale, self._program, self._cache)
        bundles = {name: self._bundles[locale][name] for name in digests}
        for name, files in maker.make(names[0], bundles, len(names)):
            memo = _memo(locale, name)
            held = self._held(locale, name)
            # From here on the folder may hold parts of two bundles, until the memo is there again.
            self._output.remove(memo)
            written = [self._file(file, held) for file in files]
            self._output.flush()
            content = msgspec.json.encode(_Memo(digests[name], tuple((file.url, file.size) for file in written)))
            found += [*written, Written(memo, *self._output.publish(memo, content))]
            self._hold(locale, name, digests[name], files, written)
        self._output.flush()
        return found

    def _file(self, file: MadeFile, held: Mapping[str, tuple[bytes, int]]) -> Written:
        """A file of a bundle, written unless it is there already."""
        known = held.get(file.url)
        if known is not None and known[0] == file.held:
            stamp = self._output.stamp(file.url)
            if stamp is not None and stamp.size == known[1]:
                return Written(file.url, stamp.size, False, stamp.mark)
        return Written(file.url, *self._output.publish(file.url, file.content()))

    def _held(self, locale: str, name: str) -> Mapping[str, tuple[bytes, int]]:
        """What the output has of a bundle, as far as that is certain."""
        version = format_version(("site",))
        payload = read_pack(self._cache, _pack(locale, name), _HELD, version) if version else None
        try:
            held = None if payload is None else _DECODER.decode(payload)
            memo = msgspec.json.decode(self._output.read(_memo(locale, name)) or b"", type=_Memo)
        except (OSError, *_DOUBTS):
            return {}
        return held.files if held is not None and held.digest == memo.digest else {}

    def _hold(self, locale: str, name: str, digest: str, files: Sequence[MadeFile], written: Sequence[Written]) -> None:
        version = format_version(("site",))
        if version:
            own = {file.url: (file.held, done.size) for file, done in zip(files, written, strict=True)}
            write_pack(self._cache, _pack(locale, name), _HELD, version, _ENCODER.encode(_Held(digest, own)))

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


def _pack(locale: str, name: str) -> str:
    return f"bundle-{locale}-{name}"


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

"""Groups of files that a build leaves for the next one: each is made from few things, and not again from the same.

A group whose files are in the output as the last build left them isn't made again, if all that it shows is the same.
Of one that is, most files come out as they were: these are known by a digest, and not read to find that out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.load import digest, read_pack, write_pack
from kb_gen.site.outputs import Output, Written

__all__ = ["KeptGroups", "WrittenGroup"]

_KIND = b"kb-gen groups\r\n"
_LARGE = 1_000_000
"""Bytes of a file for which a digest doesn't pay: it lists all events, and changes with each."""

_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class WrittenGroup(NamedTuple):
    """A group's files as they were written, and the URLs of those that are pages."""

    files: tuple[Written, ...]
    pages: tuple[str, ...] = ()


class _Kept(Struct, frozen=True, array_like=True, gc=False):
    """A group as a build left it.

    Attributes:
        made_from: what it was made from.
        files: its files.
        held: digests of their content.
        pages: the URLs of those that are pages.
    """

    made_from: bytes
    files: tuple[Written, ...]
    held: tuple[bytes, ...]
    pages: tuple[str, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, _Kept])


class KeptGroups:
    """Some groups of files, as the last build left them and as this one does.

    Args:
        cache: the folder for packs.
        name: the pack's.
        version: differs wherever all of these groups would be others; None where that can't be told, and nothing is
            kept.
        output: where the files are.
    """

    def __init__(self, cache: Path, name: str, version: bytes | None, output: Output) -> None:
        self._cache = cache
        self._name = name
        self._version = version
        self._output = output
        self._before = self._read(version) if version else {}
        self._after: dict[str, _Kept] = {}
        self._files = {
            file.url: (file, held)
            for group in self._before.values()
            for file, held in zip(group.files, group.held, strict=True)
        }
        self._held: dict[str, bytes] = {}

    def _read(self, version: bytes) -> dict[str, _Kept]:
        payload = read_pack(self._cache, self._name, _KIND, version)
        try:
            found = {} if payload is None else _DECODER.decode(payload)
        except _DOUBTS:
            return {}
        return {name: group for name, group in found.items() if len(group.files) == len(group.held)}

    def publish(self, url: str, content: bytes) -> Written:
        """Publish a file of a group, unless it is there already."""
        known = self._files.get(url)
        held = self._held[url] = digest(content) if len(content) < _LARGE else b""
        if known is not None and held and known[1] == held and self._is_there(known[0]):
            return known[0]
        return Written(url, *self._output.publish(url, content))

    def written(self, name: str, made_from: bytes | None, write: Callable[[], WrittenGroup]) -> WrittenGroup:
        """A group's files, written by `write` unless they are there already.

        Args:
            name: tells the group from the others.
            made_from: stands for all that it shows besides what the version stands for; None where it is made every
                time.
            write: makes it, and hands its files to `publish`.
        """
        kept = self._before.get(name)
        if kept is not None and kept.made_from == made_from and all(map(self._is_there, kept.files)):
            self._after[name] = kept
            return WrittenGroup(kept.files, kept.pages)
        group = write()
        if made_from is not None:
            files = tuple([file._replace(changed=False) for file in group.files])
            self._after[name] = _Kept(made_from, files, tuple([self._held[file.url] for file in files]), group.pages)
        return group

    def _is_there(self, file: Written) -> bool:
        stamp = self._output.stamp(file.url)
        return stamp is not None and stamp.size == file.size and stamp.mark == file.mark

    def keep(self) -> None:
        """Keep the groups that were written, and no others."""
        if self._version and self._after != self._before:
            write_pack(self._cache, self._name, _KIND, self._version, _ENCODER.encode(self._after))

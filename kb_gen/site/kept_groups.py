"""Groups of files that a build leaves for the next one: each is made from few things, and not again from the same.

A group whose files are in the output as the last build left them isn't made again, if all that it shows is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.load import read_pack, write_pack
from kb_gen.site.outputs import Output, Written

__all__ = ["KeptGroups", "WrittenGroup"]

_KIND = b"kb-gen groups\r\n"
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class WrittenGroup(NamedTuple):
    """A group's files as they were written, and the URLs of those that are pages."""

    files: tuple[Written, ...]
    pages: tuple[str, ...] = ()


class _Kept(Struct, frozen=True, array_like=True, gc=False):
    """A group as a build left it: what it was made from, its files, and the URLs of its pages."""

    made_from: bytes
    files: tuple[Written, ...]
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

    def _read(self, version: bytes) -> dict[str, _Kept]:
        payload = read_pack(self._cache, self._name, _KIND, version)
        try:
            return {} if payload is None else _DECODER.decode(payload)
        except _DOUBTS:
            return {}

    def written(self, name: str, made_from: bytes | None, write: Callable[[], WrittenGroup]) -> WrittenGroup:
        """A group's files, written by `write` unless they are there already.

        Args:
            name: tells the group from the others.
            made_from: stands for all that it shows besides what the version stands for; None where it is made every
                time.
            write: makes and writes it.
        """
        kept = self._before.get(name)
        if kept is not None and kept.made_from == made_from and self._is_there(kept):
            group = WrittenGroup(kept.files, kept.pages)
        else:
            group = write()
        if made_from is not None:
            files = tuple([file._replace(changed=False) for file in group.files])
            self._after[name] = _Kept(made_from, files, group.pages)
        return group

    def _is_there(self, kept: _Kept) -> bool:
        found = [self._output.stamp(file.url) for file in kept.files]
        return all(
            stamp is not None and (stamp.size, stamp.mark) == (file.size, file.mark)
            for stamp, file in zip(found, kept.files, strict=True)
        )

    def keep(self) -> None:
        """Keep the groups that were written, and no others."""
        if self._version and self._after != self._before:
            write_pack(self._cache, self._name, _KIND, self._version, _ENCODER.encode(self._after))

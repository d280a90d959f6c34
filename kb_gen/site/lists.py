"""A locale's lists and what its search and lookup know: groups of files, each made from few things.

A group whose files are in the output as the last build left them isn't made again, if all that it shows is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.load import digest, read_pack, write_pack
from kb_gen.site.context import SiteContext
from kb_gen.site.engines import Engine
from kb_gen.site.list_groups import Group, LocaleLists
from kb_gen.site.outputs import Output, Stamp, Written
from kb_gen.site.pages import TranslationProgress
from kb_gen.site.site_search import SiteSearch

__all__ = ["Lists", "ListsMadeFrom", "WrittenLists"]

_KIND = b"kb-gen lists\r\n"
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]")
_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class WrittenLists(NamedTuple):
    """A locale's lists as they were written: all files, and the URLs of those that are pages."""

    files: list[Written]
    pages: list[str]


@dataclass(frozen=True, slots=True)
class ListsMadeFrom:
    """What tells whether lists would be made of the same again.

    Attributes:
        version: what all lists of a locale depend on besides articles, by locale.
        articles: what each article is made from, by locale, in the knowledge base's order.
    """

    version: Mapping[str, bytes]
    articles: Mapping[str, Sequence[bytes]]


class _Kept(Struct, frozen=True, array_like=True, gc=False):
    """A group as a build left it: what it was made from, its files, and the URLs of its pages."""

    made_from: bytes
    files: tuple[tuple[str, Stamp], ...]
    pages: tuple[str, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, _Kept])


@dataclass(frozen=True)
class Lists:
    """The lists of a site.

    Attributes:
        context: the site.
        engine: puts the theme around pages.
        output: where the site is.
        told: what lists and lookup are told of each article, by locale, in the knowledge base's order.
        progress: how far articles are translated, by locale.
        search: the site's search.
        cache: the folder for packs.
        made_from: tells what needn't be made again; without it, everything is made.
    """

    context: SiteContext
    engine: Engine
    output: Output
    told: Mapping[str, Sequence[bytes]]
    progress: Mapping[str, TranslationProgress]
    search: SiteSearch
    cache: Path
    made_from: ListsMadeFrom | None

    def write(self, tag: str) -> WrittenLists:
        """Write a locale's lists, those that others have to do with included."""
        name, version = f"lists-{_NOT_IN_NAMES.sub('-', tag)}", self._version(tag)
        before = self._read(name, version) if version else {}
        result = WrittenLists([], [])
        after: dict[str, _Kept] = {}
        for group in self._groups(tag):
            kept = before.get(group.name)
            if kept is None or kept.made_from != group.made_from or not self._is_there(kept):
                files, pages = self._made(group)
            else:
                files = [Written(url, stamp.size, False, stamp.mark) for url, stamp in kept.files]
                pages = list(kept.pages)
            if group.made_from is not None:
                stamps = tuple((file.url, Stamp(file.size, file.mark)) for file in files)
                after[group.name] = _Kept(group.made_from, stamps, tuple(pages))
            result.files.extend(files)
            result.pages.extend(pages)
        self.output.flush()
        if version and after != before:
            write_pack(self.cache, name, _KIND, version, _ENCODER.encode(after))
        return result

    def _version(self, tag: str) -> bytes | None:
        if self.made_from is None:
            return None
        where = self.output.describe().encode("utf-8", "surrogateescape")
        return digest(self.made_from.version[tag] + where)

    def _read(self, name: str, version: bytes) -> dict[str, _Kept]:
        payload = read_pack(self.cache, name, _KIND, version)
        try:
            return {} if payload is None else _DECODER.decode(payload)
        except _DOUBTS:
            return {}

    def _is_there(self, kept: _Kept) -> bool:
        return all(self.output.stamp(url) == stamp for url, stamp in kept.files)

    def _made(self, group: Group) -> tuple[list[Written], list[str]]:
        pages = [self._published(parts.url, self.engine.page(parts)) for parts in group.pages()]
        files = [self._published(asset.url, asset.content) for asset in group.files()]
        return [*pages, *files], [page.url for page in pages]

    def _published(self, url: str, content: bytes | Path) -> Written:
        return Written(url, *self.output.publish(url, content))

    def _groups(self, tag: str) -> Iterator[Group]:
        made_from = self.made_from
        return LocaleLists(
            self.context,
            self.context.locales[tag],
            self.engine,
            self.search,
            self.told,
            self.progress,
            made_from.articles if made_from else {},
        ).groups()

"""What articles' pages yielded, kept in the project's cache folder from one build to the next.

A page whose fingerprint is the same, and whose files are in the output as the last build left them, isn't made again.
What is kept lies in a number of packs; an article's place depends on its name alone, so that an edit changes few of
them.

Under which words search finds a page depends on the whole site's vocabulary, in languages that write compounds as one
word. That isn't in a page's fingerprint: every new word would change all of them. Instead, the vocabulary itself is
kept, and where it has changed, those pages are made again in whose text a new word, or one that is gone, is a part of a
longer one: in no other is a compound taken apart otherwise.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol
from zlib import crc32

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kb_gen.load import read_pack, remove_packs, write_pack
from kb_gen.locales import Coverage
from kb_gen.model import Entry, Identity
from kb_gen.site.changed_words import ChangedWords
from kb_gen.site.fulltext import Indexable, IndexRecord, Shelf
from kb_gen.site.outputs import Output, Written
from kb_gen.site.prints import program_version, version_at
from kb_gen.site.search import uses_vocabulary
from kb_gen.site.worker import MadePage

__all__ = ["KeptPages", "PageMemory"]

_MAGIC = b"kb-gen pages\r\n\r\n"
_VOCABULARY_KIND = b"kb-gen vocabulary\r\n"
_VOCABULARY = "vocabulary"
_VOCABULARIES = re.compile(_VOCABULARY)
_NAMES = re.compile(r"[0-9a-f]+-[0-9a-f]+\.pages")
_TO_A_PACK = 256
"""About how many articles a pack holds."""

_MOST_WORDS = 200
"""With more new words than that, looking for them takes longer than making pages."""

_DOUBTS = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


class _Page(Struct, frozen=True, array_like=True, gc=False):
    """What is kept of one page.

    Attributes:
        print: what it was made from.
        files: its files.
        coverage: how much of it is translated.
        told: what lists and lookup were told.
        search: what the full-text search was told; None where there was none.
        record: where that is a record for Pagefind, its key and its state.
    """

    print: bytes
    files: tuple[Written, ...]
    coverage: Coverage
    told: bytes
    search: bytes | None
    record: tuple[int, bytes] | None


class _Article(Struct, frozen=True, array_like=True, gc=False):
    """An article: which it is, and its pages by the BCP 47 tags of their locales."""

    identity: Identity
    pages: dict[str, _Page]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[_Article])
_WORDS = msgspec.msgpack.Decoder(frozenset[str])


class PageMemory(Protocol):
    """What knows the pages that the last build made."""

    def recall(self) -> dict[str, list[MadePage | None]]:
        """By locale and in the knowledge base's order, what pages yielded that needn't be made again; else None."""
        ...

    def prepare(self) -> None:
        """Do what `keep` will need, while others make pages."""
        ...

    def keep(self, pages: Mapping[str, Sequence[MadePage]]) -> None:
        """Keep what these pages yielded, all of a site's, and no others."""
        ...

    @property
    def prints(self) -> Mapping[str, Sequence[bytes]] | None:
        """What articles are made from, by locale and in the knowledge base's order, as far as that can be told."""
        ...


class KeptPages:
    """The pages of a site as the last build left them.

    Args:
        folder: where they are kept.
        output: where the site is. Of another one, nothing is believed.
        entries: all records.
        locales: the BCP 47 tags of the site's locales.
        prints: gives what their articles are made from, by locale; isn't asked before that matters.
        vocabulary: the words by which the search takes compounds apart.
        shelf: where what the full-text search is told of them is put.
    """

    def __init__(
        self,
        folder: Path,
        output: Output,
        entries: Sequence[Entry],
        locales: Iterable[str],
        prints: Callable[[], Mapping[str, Sequence[bytes]]],
        vocabulary: frozenset[str],
        shelf: Shelf,
    ) -> None:
        self._folder = folder
        self._output = output
        self._identities = [entry.identity for entry in entries]
        self._locales = tuple(locales)
        self._make_prints = prints
        self._vocabulary = vocabulary
        self._shelf = shelf
        self._known: dict[Identity, dict[str, _Page]] = {}
        self._search: dict[tuple[str, Identity], Indexable | bytes] = {}
        self._packs: dict[str, list[Identity]] = {}
        self._changed: set[Identity] = set()
        program = program_version()
        self._version = version_at(program, output) if program else None

    def recall(self) -> dict[str, list[MadePage | None]]:
        """What pages yielded that were made from the same, if their files are still what they were."""
        if self._version is not None:
            self._read(self._version)
        if not self._known:
            return {tag: [None] * len(self._identities) for tag in self._locales}
        return {tag: list(self._recalled(tag, prints)) for tag, prints in self.prints.items()}

    def prepare(self) -> None:
        """Do what `keep` will need, while there is time."""
        _ = self.prints

    @cached_property
    def prints(self) -> Mapping[str, Sequence[bytes]]:
        """The fingerprints of all articles, by locale and in the knowledge base's order."""
        return self._make_prints()

    def _read(self, version: bytes) -> None:
        try:
            names = sorted(name for name in os.listdir(self._folder) if _NAMES.fullmatch(name))  # noqa: PTH208
        except OSError:
            return
        for name in names:
            payload = read_pack(self._folder, name, _MAGIC, version)
            try:
                articles = _DECODER.decode(payload) if payload is not None else []
            except _DOUBTS:
                articles = []
            self._packs[name] = [article.identity for article in articles]
            self._known |= {article.identity: article.pages for article in articles}
            self._put(articles)

    def _put(self, articles: Iterable[_Article]) -> None:
        """Put what the search was told of articles where there is room."""
        records: dict[tuple[str, Identity], IndexRecord] = {}
        for article in articles:
            for tag, page in article.pages.items():
                if page.search is None:
                    continue
                if page.record is None:
                    self._search[tag, article.identity] = page.search
                else:
                    key, state = page.record
                    records[tag, article.identity] = IndexRecord(key, page.search, state)
                article.pages[tag] = replace(page, search=None)
        self._search |= zip(records, self._shelf.put([*records.values()]), strict=True)

    def _recalled(self, tag: str, prints: Iterable[bytes]) -> Iterator[MadePage | None]:
        """What a locale's pages yielded, None for those that have to be made again."""
        nothing: Mapping[str, _Page] = {}
        for identity, print_ in zip(self._identities, prints, strict=True):
            page = self._known.get(identity, nothing).get(tag)
            search = self._search.get((tag, identity)) if self._search else None
            if (
                page is None
                or page.print != print_
                or (search is not None and self._is_lost(tag, search))
                or not self._is_there(page)
            ):
                self._changed.add(identity)
                yield None
            else:
                yield MadePage(page.files, page.coverage, page.told, search)

    def _is_there(self, page: _Page) -> bool:
        """Whether a page's files are still what they were."""
        stamp = self._output.stamp
        for file in page.files:
            found = stamp(file.url)
            if found is None or found.size != file.size or found.mark != file.mark:
                return False
        return True

    def _is_lost(self, tag: str, search: Indexable | bytes) -> bool:
        """Whether other words than before may lead to a page."""
        return uses_vocabulary(tag) and self._is_found_otherwise(search)

    def _is_found_otherwise(self, search: Indexable | bytes) -> bool:
        """Whether what the search was told of a page may be out of date by now."""
        words = self._changed_words
        if words is None or len(words) > _MOST_WORDS:
            return True
        if not words:
            return False
        return self._changes.may_be_parts_in(search if isinstance(search, bytes) else search.data)

    @cached_property
    def _changes(self) -> ChangedWords:
        return ChangedWords(self._changed_words or ())

    @cached_property
    def _changed_words(self) -> frozenset[str] | None:
        """The words that came or went since the pages were kept; None where that isn't known."""
        version = self._version
        payload = read_pack(self._folder, _VOCABULARY, _VOCABULARY_KIND, version) if version is not None else None
        try:
            return None if payload is None else _WORDS.decode(payload) ^ self._vocabulary
        except _DOUBTS:
            return None

    def keep(self, pages: Mapping[str, Sequence[MadePage]]) -> None:
        """Keep what these pages yielded, all of a site's, and no others."""
        if self._version is None:
            return
        count = _packs(len(self._identities))
        packs: dict[str, list[int]] = {f"{count:x}-{number:x}.pages": [] for number in range(count)}
        content = list(packs.values())
        for position, identity in enumerate(self._identities):
            content[_place(identity, count)].append(position)
        other_words = self._changed_words is None or bool(self._changed_words)
        if other_words:
            # Should this process be killed, no page may be taken for one that was made by the words noted before.
            remove_packs(self._folder, _VOCABULARIES, ())
        for name, positions in packs.items():
            identities = [self._identities[position] for position in positions]
            if self._packs.get(name) != identities or not self._changed.isdisjoint(identities):
                kept = [self._kept(position, pages) for position in positions]
                write_pack(self._folder, name, _MAGIC, self._version, _ENCODER.encode(kept))
        remove_packs(self._folder, _NAMES, packs)
        if other_words:
            words = _ENCODER.encode(sorted(self._vocabulary))
            write_pack(self._folder, _VOCABULARY, _VOCABULARY_KIND, self._version, words)

    def _kept(self, position: int, pages: Mapping[str, Sequence[MadePage]]) -> _Article:
        """An article as it is kept."""
        own = {tag: _page(self.prints[tag][position], made[position]) for tag, made in pages.items()}
        return _Article(self._identities[position], own)


def _page(print_: bytes, page: MadePage) -> _Page:
    files = tuple([file._replace(changed=False) if file.changed else file for file in page.written])
    search = page.search
    if search is None or isinstance(search, bytes):
        return _Page(print_, files, page.coverage, page.told, search, None)
    return _Page(print_, files, page.coverage, page.told, search.data, (search.key, search.state))


def _packs(articles: int) -> int:
    """How many packs so many articles are kept in: a power of two, so that it seldom changes."""
    count = 1
    while count * _TO_A_PACK < articles:
        count *= 2
    return count


def _place(identity: Identity, packs: int) -> int:
    """Which of them an article is kept in."""
    return crc32("\0".join(identity).encode("utf-8", "surrogatepass")) % packs

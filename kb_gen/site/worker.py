"""Record pages are made in chunks, in this process or in others; each chunk writes its own pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.document import find_targets
from kb_gen.locales import Catalogs, Coverage
from kb_gen.model import Entry, KnowledgeBase
from kb_gen.site.context import SiteContext, site_context
from kb_gen.site.engine_choice import engine_input, make_engine
from kb_gen.site.engines import Engine
from kb_gen.site.filling import Filler, filled_alone
from kb_gen.site.fulltext import Indexable, IndexRecord, Shelf, index_record
from kb_gen.site.outputs import Output, Written
from kb_gen.site.patterns import Pattern, make_pattern
from kb_gen.site.search import search_entry
from kb_gen.site.settings import Settings
from kb_gen.site.told import encode_told
from kb_gen.site.workers import Processes, Workers, shared

__all__ = ["Chunk", "ChunkResult", "MadePage", "PageMaker", "PageResult", "batches", "make_pages", "neighbour"]

_CHUNK = 100
_ROUND = 60
"""How many batches processes make before others take their place: each of two gathers 330 MB in 150 of them."""

_FIRST = 10
"""Records of the first batch: enough to meet most of what is made once, and few, as all else waits for it."""


class Chunk(NamedTuple):
    """Some records to make pages of, in one locale: their positions in the knowledge base."""

    locale: str
    positions: tuple[int, ...]


class PageResult(Struct, frozen=True, array_like=True, gc=False):
    """What a record's page yields for the pages that list its event, for search and for looking up.

    Attributes:
        written: its files.
        coverage: how much of it is translated.
        told: what lists and lookup are told of it, as `encode_told` writes it: a site has so many pages that those who
            need no more than to hand it on shouldn't unpack it.
        search: what the full-text search is told of it.
    """

    written: tuple[Written, ...]
    coverage: Coverage
    told: bytes
    search: IndexRecord | bytes | None


class MadePage(Struct, frozen=True, gc=False):
    """What a page has yielded, as a build has it of all of them: what the full-text search is told may be put away.

    Attributes:
        written: as in `PageResult`.
        coverage: as in `PageResult`.
        told: as in `PageResult`.
        search: what the full-text search is told.
    """

    written: tuple[Written, ...]
    coverage: Coverage
    told: bytes
    search: Indexable | bytes | None

    @classmethod
    def of(cls, results: Sequence[PageResult], shelf: Shelf) -> Iterator[MadePage]:
        """Pages that were made just now."""
        put = iter(shelf.put([one.search for one in results if isinstance(one.search, IndexRecord)]))
        for one in results:
            search = next(put) if isinstance(one.search, IndexRecord) else one.search
            yield cls(one.written, one.coverage, one.told, search)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[PageResult, ...])


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """What the pages of a chunk yield, in the order of its positions."""

    chunk: Chunk
    pages: tuple[PageResult, ...]

    def __reduce__(self) -> tuple[object, ...]:
        # As msgpack, which takes a fifth of the time. All results come to one process, and keep it from other work.
        try:
            return _received, (self.chunk, _ENCODER.encode(self.pages))
        except UnicodeEncodeError:
            # Half a surrogate pair, which a text may have.
            return ChunkResult, (self.chunk, self.pages)


def _received(chunk: Chunk, pages: bytes) -> ChunkResult:
    """A chunk's result from another process."""
    return ChunkResult(chunk, _DECODER.decode(pages))


@dataclass(frozen=True)
class PageMaker:
    """Everything that making record pages needs. Handed to each worker process once.

    Where that isn't done by forking, the engine isn't handed over but made anew, from the same files.
    """

    context: SiteContext
    engine: Engine
    output: Output
    vocabulary: frozenset[str]

    def make(self, batch: Sequence[Chunk]) -> list[ChunkResult]:
        """Write the pages of some chunks, those of the same records in several locales from the same patterns."""
        # One step for all records before the next one: a processor that repeats itself has less to load and to guess.
        positions = dict.fromkeys([position for chunk in batch for position in chunk.positions])
        entries = self.context.kb.entries
        patterns = {position: make_pattern(entries[position], self.context) for position in positions}
        results = [
            ChunkResult(
                chunk, tuple([self._page(position, chunk.locale, patterns[position]) for position in chunk.positions])
            )
            for chunk in batch
        ]
        self.output.flush()
        return results

    def __reduce__(self) -> tuple[object, ...]:
        context = self.context
        return _made_again, (context.settings, context.kb, context.catalogs, self.output, self.vocabulary)

    @cached_property
    def _fillers(self) -> Mapping[str, Filler]:
        return {tag: Filler(site, self.context) for tag, site in self.context.locales.items()}

    def _page(self, position: int, locale: str, pattern: Pattern | None) -> PageResult:
        entries = self.context.kb.entries
        entry, before, after = entries[position], neighbour(entries, position, -1), neighbour(entries, position, 1)
        filled = (
            self._fillers[locale].fill(pattern, before, after)
            if pattern
            else filled_alone(entry, before, after, self.context.locales[locale], self.context)
        )
        html = self._publish(filled.parts.url, self.engine.page(filled.parts))
        data = self._publish(*filled.json)
        kind = self.context.search
        findable: IndexRecord | bytes | None = None
        if kind != "none":
            by_beginnings = kind == "pagefind"
            search = search_entry(
                entry.record,
                filled.parts,
                filled.text,
                filled.weight,
                self.vocabulary,
                by_beginnings=by_beginnings,
            )
            # Whatever takes long is done here, where many do it.
            findable = index_record(search) if by_beginnings else self.engine.search_document(search)
        told = encode_told(filled.row, filled.lookup, self.context.locales[locale])
        return PageResult((html, data), filled.row.coverage, told, findable)

    def _publish(self, url: str, data: bytes) -> Written:
        return Written(url, *self.output.publish(url, data))


def _made_again(
    settings: Settings, kb: KnowledgeBase, catalogs: Catalogs, output: Output, vocabulary: frozenset[str]
) -> PageMaker:
    """A page maker in another process."""
    context = site_context(settings, kb, find_targets(kb), catalogs)
    return PageMaker(context, make_engine(engine_input(context)), output, vocabulary)


def neighbour(entries: Sequence[Entry], index: int, step: int) -> Entry | None:
    """The entry before or after, if it belongs to the same source of the same product."""
    other = index + step
    if not 0 <= other < len(entries):
        return None
    same = entries[other].identity[:2] == entries[index].identity[:2]
    return entries[other] if same else None


def batches(positions: Mapping[str, Sequence[int]]) -> Iterator[tuple[Chunk, ...]]:
    """Records by locale, some of them at a time.

    The same records go together in all locales: what is parsed and highlighted for one is at hand for the next.
    """
    most = max(map(len, positions.values()), default=0)
    for start, end in pairwise(dict.fromkeys((0, min(_FIRST, most), *range(_CHUNK, most, _CHUNK), most))):
        parts = {tag: tuple(own[start:end]) for tag, own in positions.items()}
        yield tuple(Chunk(tag, part) for tag, part in parts.items() if part)


def _make(batch: Sequence[Chunk]) -> list[ChunkResult]:
    """Task: a batch of pages."""
    maker: PageMaker = shared()
    return maker.make(batch)


def make_pages(
    maker: PageMaker, work: Sequence[Sequence[Chunk]], workers: Workers, meanwhile: Callable[[], None]
) -> Iterator[ChunkResult]:
    """The results of all batches' chunks as they come; `meanwhile` is called when others have begun to make them."""
    if not work:
        return
    forked = isinstance(workers, Processes)
    # Shells and lexers are made when they are first needed, which takes long. Forked processes inherit them.
    for batch in work[:forked]:
        yield from maker.make(batch)
    rest = work[forked:]
    # What forked processes share with this one becomes their own as they look at it: new ones begin with nothing.
    size = _ROUND if forked else len(rest)
    for start in range(0, len(rest), size or 1):
        with workers.executor(maker) as executor:
            # Nobody else has these: what a batch yields is let go of as soon as it has been taken.
            done = as_completed([executor.submit(_make, batch) for batch in rest[start : start + size]])
            meanwhile()
            for future in done:
                yield from future.result()

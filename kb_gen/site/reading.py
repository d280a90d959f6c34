"""A project is read and checked: records and catalogs in portions, by whoever does the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, in_order
from kb_gen.load import (
    CACHE_FOLDER,
    ContentState,
    FileResult,
    Loaded,
    Shard,
    SharedContent,
    collection_paused,
    content_state,
    gather,
    load_project,
    prune_cache,
    read_shard,
    read_shared,
    shards,
)
from kb_gen.locales import CatalogFile, Catalogs, CatalogSource, ReadAll, read_catalog, read_catalogs
from kb_gen.model import KnowledgeBase
from kb_gen.site.kept import Kept
from kb_gen.site.search import needs_vocabulary, records_texts, snippets_texts
from kb_gen.site.settings import Settings
from kb_gen.site.terms import gather_vocabulary
from kb_gen.site.workers import Processes, Workers, shared
from kb_gen.validate import Facts, in_records_order, validate, validate_global, validate_shard

__all__ = ["Project", "read_project"]

T = TypeVar("T")

_CATALOGS = 8
"""How many catalogs are read in one task."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project's content and catalogs as read from disk, with everything that is wrong with them.

    Attributes:
        loaded: the content.
        catalogs: the catalogs.
        diagnostics: what is wrong.
        facts: what is known of each record, in the knowledge base's order.
        vocabulary: the words of all texts, as far as the site's search needs them.
    """

    loaded: Loaded
    catalogs: Catalogs
    diagnostics: tuple[Diagnostic, ...]
    facts: tuple[Facts, ...] = ()
    vocabulary: frozenset[str] = frozenset()

    @property
    def kb(self) -> KnowledgeBase:
        """The records and what they share."""
        return self.loaded.knowledge_base


class _Reading(Struct, frozen=True):
    """What tasks need to read a project's files."""

    root: Path
    content: str
    taken: int
    common: SharedContent
    cache: Path
    words: bool


class _Portion(Struct, frozen=True, array_like=True):
    """What a task made of a shard of records.

    Attributes:
        results: what its files gave.
        findings: what is wrong with the records.
        facts: what is known of them.
        words: the words of their texts.
    """

    results: tuple[FileResult, ...]
    findings: list[Diagnostic]
    facts: list[Facts]
    words: frozenset[str]


class _Translations(Struct, frozen=True, array_like=True):
    """What a task made of some catalogs: what they say, and the words of it."""

    files: list[CatalogFile]
    words: frozenset[str]


_PORTION = msgspec.msgpack.Decoder(_Portion)
_TRANSLATIONS = msgspec.msgpack.Decoder(_Translations)
_ENCODER = msgspec.msgpack.Encoder()


def read_project(settings: Settings, workers: Workers, kept: Kept | None = None) -> Project:
    """Read and check a project's records and catalogs.

    Args:
        settings: where they are.
        workers: who does it.
        kept: what earlier builds in this process have kept; then it is done here, and only for what has changed.
    """
    with collection_paused():
        return _read_again(settings, kept) if kept else _read(settings, workers)


def _read_again(settings: Settings, kept: Kept) -> Project:
    loaded = load_project(settings.root, settings.content, kept.read_file)
    catalogs, findings = _catalogs(settings, loaded.knowledge_base, partial(map, kept.read_catalog))
    return Project(loaded, catalogs, tuple(in_order([*loaded.diagnostics, *validate(loaded), *findings])))


def _read(settings: Settings, workers: Workers) -> Project:
    root = settings.root
    state = content_state(root, settings.content)
    common = read_shared(root, state.content)
    portions = shards(state)
    cache = root / CACHE_FOLDER / "records"
    # For a few records it isn't worth starting processes.
    workers = workers if len(portions) > 1 else Processes(1)
    words = settings.search != "none" and needs_vocabulary(settings.locales)
    vocabulary: set[str] = set()
    with workers.executor(_Reading(root, state.content, state.taken, common, cache, words)) as executor:
        parts = [executor.submit(_read_records, shard) for shard in portions]
        known = KnowledgeBase(products=common.values["products"])
        catalogs, findings = _catalogs(settings, known, partial(_read_all, executor, vocabulary))
        found = [_decoded(part.result(), _PORTION) for part in parts]
    prune_cache(cache, portions)
    loaded = gather(root, state, common, chain.from_iterable([part.results for part in found]))
    if words:
        vocabulary.update(*(part.words for part in found), gather_vocabulary(snippets_texts(loaded.knowledge_base)))
    facts = in_records_order(chain.from_iterable([part.facts for part in found]))
    findings += chain.from_iterable([part.findings for part in found])
    findings += validate_global(loaded, facts)
    diagnostics = tuple(in_order([*loaded.diagnostics, *findings]))
    return Project(loaded, catalogs, diagnostics, tuple(facts), frozenset(vocabulary))


def _catalogs(settings: Settings, kb: KnowledgeBase, read_all: ReadAll) -> tuple[Catalogs, list[Diagnostic]]:
    return read_catalogs(settings.root, kb, settings.locales, settings.translations, read_all)


def _read_records(shard: Shard) -> bytes | _Portion:
    """Task: the records of a shard, read and looked at one by one."""
    reading: _Reading = shared()
    with collection_paused():
        results = read_shard(reading.root, shard, reading.cache).results
        state = ContentState(reading.content, shard.files, (), (), reading.taken)
        checked = validate_shard(gather(reading.root, state, reading.common, results))
        texts = records_texts(entry for result in results for entry in result.entries) if reading.words else ()
        return _encoded(_Portion(results, checked.findings, checked.facts, gather_vocabulary(texts)))


def _read_all(executor: Executor, vocabulary: set[str], sources: Sequence[CatalogSource]) -> Iterator[CatalogFile]:
    """What catalogs say; their words are added to `vocabulary`."""
    starts = range(0, len(sources), _CATALOGS)
    for part in [executor.submit(_read_some, sources[start : start + _CATALOGS]) for start in starts]:
        found = _decoded(part.result(), _TRANSLATIONS)
        vocabulary.update(found.words)
        yield from found.files


def _read_some(sources: Sequence[CatalogSource]) -> bytes | _Translations:
    """Task: some catalogs, read and checked."""
    reading: _Reading = shared()
    with collection_paused():
        files = [read_catalog(source) for source in sources]
        said = [file.said() for file in files] if reading.words else []
        words = gather_vocabulary(chain.from_iterable([each.texts.values() for each in said]))
        return _encoded(_Translations(files, words))


def _encoded(value: T) -> bytes | T:
    """A value as msgpack, which takes a fifth of pickle's time; itself where it has halves of surrogate pairs."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return value


def _decoded(value: bytes | T, decoder: msgspec.msgpack.Decoder[T]) -> T:
    return decoder.decode(value) if isinstance(value, bytes) else value

"""A project is read and checked: records and catalogs in portions, by whoever does the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, in_order
from kb_gen.load import (
    CACHE_FOLDER,
    ContentState,
    Loaded,
    Shard,
    ShardResult,
    SharedContent,
    collection_paused,
    content_state,
    decode_shard,
    encode_shard,
    gather,
    load_project,
    prune_cache,
    read_shard,
    read_shared,
    recall_shard,
    shards,
)
from kb_gen.locales import (
    CatalogHead,
    Catalogs,
    CatalogSource,
    catalog_heads,
    gather_catalogs,
    head_of,
    is_as_it_was,
    keep_heads,
    kept_catalog,
    read_catalogs,
    wanted_catalogs,
)
from kb_gen.model import KnowledgeBase
from kb_gen.site.kept import Kept
from kb_gen.site.kept_words import has_words, prune_words, words_of
from kb_gen.site.search import needs_vocabulary, records_texts, snippets_texts
from kb_gen.site.settings import Settings
from kb_gen.site.terms import gather_vocabulary
from kb_gen.site.workers import Processes, Workers, shared
from kb_gen.validate import (
    Checked,
    Facts,
    checks_name,
    in_records_order,
    keep_checks,
    prune_checks,
    recall_checks,
    validate,
    validate_global,
    validate_pages,
    validate_shard,
)

__all__ = ["Project", "read_project"]

_GROUP = 1_000_000
"""Bytes of the catalogs that are read in one task, unless it is a single one."""

_LIGHT = 8_000_000
"""Up to this weight it isn't worth starting processes."""


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
    """What tasks need to read a project's files.

    Attributes:
        root: the project's root.
        content: the content folder, relative to it.
        taken: when the project was looked at, at the earliest, in nanoseconds since 1970.
        common: what all records share.
        cache: the folder that keeps what was found out.
        words: whether the words of all texts are needed.
    """

    root: Path
    content: str
    taken: int
    common: SharedContent
    cache: Path
    words: bool

    def folder(self, kind: str) -> Path:
        """Where what was found out about one kind of things is kept."""
        return self.cache / kind


@dataclass(frozen=True, slots=True)
class _Portion:
    """What a shard of records holds.

    Attributes:
        shard: what its files gave.
        checked: what comes of looking at the records one by one.
        words: the words of their texts.
    """

    shard: ShardResult
    checked: Checked
    words: frozenset[str]


class _Catalog(NamedTuple):
    """A catalog's head, and the words of its translations."""

    head: CatalogHead
    words: frozenset[str]


_CHECKED = msgspec.msgpack.Decoder(Checked)
_WORDS = msgspec.msgpack.Decoder(frozenset[str])
_ENCODER = msgspec.msgpack.Encoder()
_Sent = tuple[bytes, bytes, bytes]
"""A portion on its way from one process to another: msgpack, which takes a fifth of pickle's time."""


def read_project(
    settings: Settings, workers: Workers, kept: Kept | None = None, state: ContentState | None = None
) -> Project:
    """Read and check a project's records and catalogs.

    Args:
        settings: where they are.
        workers: who does it.
        kept: what earlier builds in this process have kept; then it is done here, and only for what has changed.
        state: the content folder as it is now, for callers that have looked at it.
    """
    with collection_paused():
        return _read_again(settings, kept) if kept else _read(settings, workers, state)


def _read_again(settings: Settings, kept: Kept) -> Project:
    loaded = load_project(settings.root, settings.content, kept.read_file)
    kb, read_all = loaded.knowledge_base, partial(map, kept.read_catalog)
    catalogs, findings = read_catalogs(settings.root, kb, settings.locales, settings.translations, read_all)
    findings += validate_pages(loaded, settings.site_locales or settings.locales)
    return Project(loaded, catalogs, tuple(in_order([*loaded.diagnostics, *validate(loaded), *findings])))


def _read(settings: Settings, workers: Workers, state: ContentState | None) -> Project:
    root, cache = settings.root, settings.root / CACHE_FOLDER
    state = state or content_state(root, settings.content)
    common = read_shared(root, state.content)
    words = settings.search != "none" and needs_vocabulary(settings.locales)
    reading = _Reading(root, state.content, state.taken, common, cache, words)
    kb = KnowledgeBase(products=common.values["products"])
    wanted = wanted_catalogs(root, kb, settings.locales, settings.translations)
    found, read = _found(reading, shards(state), wanted.own, workers)
    loaded = gather(root, state, common, [result for part in found for result in part.shard.results])
    facts = in_records_order([each for part in found for each in part.checked.facts])
    own = {source: kept_catalog(source, each.head, reading.folder("catalogs")) for source, each in read.items()}
    catalogs, findings = gather_catalogs(wanted, own)
    findings += chain.from_iterable([part.checked.findings for part in found])
    findings += validate_global(loaded, facts)
    findings += validate_pages(loaded, settings.site_locales or settings.locales)
    vocabulary: set[str] = set()
    if words:
        shared_words = gather_vocabulary(snippets_texts(loaded.knowledge_base))
        vocabulary.update(*(part.words for part in found), *(each.words for each in read.values()), shared_words)
    diagnostics = tuple(in_order([*loaded.diagnostics, *findings]))
    return Project(loaded, catalogs, diagnostics, tuple(facts), frozenset(vocabulary))


def _found(
    reading: _Reading, portions: Sequence[Shard], sources: Sequence[CatalogSource], workers: Workers
) -> tuple[list[_Portion], dict[CatalogSource, _Catalog]]:
    """All portions and catalogs: as they were kept as far as that is certain, the rest from tasks."""
    heads = catalog_heads(reading.root, reading.folder("catalogs"), sources[0].words if sources else ())
    found = {shard.name: part for shard in portions if (part := _recalled(shard, reading))}
    read = {source: each for source in sources if (each := _recalled_catalog(source, heads.get(source), reading))}
    unknown = [shard for shard in portions if shard.name not in found]
    unread = [source for source in sources if source not in read]
    workers = workers if _weight(reading.root, unknown, unread) > _LIGHT else Processes(1)
    with workers.executor(reading) as executor:
        asked = [[(source, heads.get(source)) for source in group] for group in _groups(reading.root, unread)]
        catalogs = [executor.submit(_read_catalogs, group) for group in asked]
        parts = [executor.submit(_read_records, shard) for shard in unknown]
        read |= zip(unread, chain.from_iterable([part.result() for part in catalogs]), strict=True)
        found |= {shard.name: _portion(part.result()) for shard, part in zip(unknown, parts, strict=True)}
    all_found = [found[shard.name] for shard in portions]
    _keep(reading, portions, [part.shard for part in all_found], heads, [read[source].head for source in sources])
    return all_found, read


def _keep(
    reading: _Reading,
    portions: Sequence[Shard],
    found: Sequence[ShardResult],
    before: Mapping[CatalogSource, CatalogHead],
    heads: Sequence[CatalogHead],
) -> None:
    """Keep what there is now, and nothing else."""
    prune_cache(reading.folder("records"), tuple(portions))
    prune_checks(reading.folder("checks"), {_checks(part, reading) for part in found})
    keep_heads(reading.folder("catalogs"), before.values(), heads)
    if reading.words:
        prune_words(reading.folder("words"), [*(part.digest for part in found), *(head.file.print for head in heads)])


def _weight(root: Path, portions: Iterable[Shard], sources: Iterable[CatalogSource]) -> int:
    """How much there is to read, in bytes of catalogs: those of records take three times as long."""
    return 3 * sum(file.size for shard in portions for file in shard.files) + sum(_size(root, each) for each in sources)


def _size(root: Path, source: CatalogSource) -> int:
    try:
        return (root / source.path).stat().st_size
    except OSError:
        return 0


def _groups(root: Path, sources: Iterable[CatalogSource]) -> Iterator[list[CatalogSource]]:
    """The catalogs in groups that are worth a task each."""
    group: list[CatalogSource] = []
    size = 0
    for source in sources:
        group.append(source)
        size += _size(root, source)
        if size > _GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _checks(found: ShardResult, reading: _Reading) -> str:
    return checks_name(found.digest, reading.common.digest)


def _paths(shard: Shard, reading: _Reading) -> set[str]:
    return {file.path for file in shard.files} | {*reading.common.paths.values()}


def _recalled(shard: Shard, reading: _Reading) -> _Portion | None:
    """What a shard holds, if none of its files has to be opened to know that."""
    found = recall_shard(shard, reading.folder("records"))
    if found is None or (reading.words and not has_words(reading.folder("words"), found.digest)):
        return None
    checked = recall_checks(reading.folder("checks"), _checks(found, reading), _paths(shard, reading))
    return _Portion(found, checked, _words(found, reading)) if checked is not None else None


def _recalled_catalog(source: CatalogSource, head: CatalogHead | None, reading: _Reading) -> _Catalog | None:
    """What there is to know of a catalog, if it needn't be opened to know that."""
    if head is None or not is_as_it_was(source, head, reading.folder("catalogs")):
        return None
    known = not reading.words or has_words(reading.folder("words"), head.file.print)
    return _catalog(source, head, reading) if known else None


def _read_records(shard: Shard) -> _Sent | _Portion:
    """Task: the records of a shard, read and looked at one by one."""
    reading: _Reading = shared()
    with collection_paused():
        found = read_shard(reading.root, shard, reading.folder("records"))
        checks = _checks(found, reading)
        checked = recall_checks(reading.folder("checks"), checks, _paths(shard, reading))
        if checked is None:
            state = ContentState(reading.content, shard.files, (), (), reading.taken)
            checked = validate_shard(gather(reading.root, state, reading.common, found.results))
            keep_checks(reading.folder("checks"), checks, checked)
        return _sent(_Portion(found, checked, _words(found, reading)))


def _sent(portion: _Portion) -> _Sent | _Portion:
    """A portion as msgpack; itself where it has halves of surrogate pairs."""
    try:
        return encode_shard(portion.shard), _ENCODER.encode(portion.checked), _ENCODER.encode(portion.words)
    except UnicodeEncodeError:
        return portion


def _portion(sent: _Sent | _Portion) -> _Portion:
    if isinstance(sent, _Portion):
        return sent
    shard, checked, words = sent
    return _Portion(decode_shard(shard), _CHECKED.decode(checked), _WORDS.decode(words))


def _words(found: ShardResult, reading: _Reading) -> frozenset[str]:
    if not reading.words:
        return frozenset()
    entries = [entry for result in found.results for entry in result.entries]
    return words_of(reading.folder("words"), found.digest, lambda: records_texts(entries))


def _read_catalogs(group: Sequence[tuple[CatalogSource, CatalogHead | None]]) -> list[_Catalog]:
    """Task: some catalogs, read and checked; with the heads that they had before."""
    reading: _Reading = shared()
    folder = reading.folder("catalogs")
    with collection_paused():
        return [_catalog(source, head_of(source, before, folder, reading.taken), reading) for source, before in group]


def _catalog(source: CatalogSource, head: CatalogHead, reading: _Reading) -> _Catalog:
    if not reading.words:
        return _Catalog(head, frozenset())
    file = kept_catalog(source, head, reading.folder("catalogs"))

    def texts() -> Iterable[str]:
        return file.said().texts.values()

    return _Catalog(head, words_of(reading.folder("words"), file.print, texts))

"""The content folder becomes a knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, in_order
from kb_gen.load.cache import digest
from kb_gen.load.collection import collection_paused
from kb_gen.load.conversion import Converted, Gap, convert_mapping
from kb_gen.load.files import Sources, decode, read_bytes
from kb_gen.load.reading import FileResult, compose_file
from kb_gen.load.shards import prune_cache, read_shard, shards
from kb_gen.load.states import SHARED, ContentState, content_state
from kb_gen.model import Entry, KnowledgeBase, order_of

__all__ = ["CACHE_FOLDER", "Loaded", "SharedContent", "gather", "load_project", "read_shared"]

T = TypeVar("T")

CACHE_FOLDER = ".kb-gen"
"""Where a project keeps what can be made again, relative to its root, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project's content, as far as it could be read.

    Attributes:
        knowledge_base: everything that is right in itself.
        diagnostics: everything that isn't.
        sources: the text of each file, for showing diagnostics.
        broken: product, source and ID of records that couldn't be read as a whole, see `FileResult`.
        readable: `knowledge_base`, and what is left of what is partly wrong: for the checks, never for an output.
        gaps: by file, the ways to what isn't known for certain in it; `()` for the file as a whole.
        content: the content folder, relative to the root, with `/`.
        root: the project's root.
    """

    knowledge_base: KnowledgeBase
    diagnostics: tuple[Diagnostic, ...]
    sources: Sources
    broken: frozenset[tuple[str, str, str]] = frozenset()
    content: str = "content"
    root: Path = Path()
    readable: KnowledgeBase = field(default_factory=KnowledgeBase)
    gaps: Mapping[str, frozenset[Gap]] = field(default_factory=dict)


def _shared(data: bytes | Diagnostic, path: str, model: type[T]) -> Converted[T]:
    text = data if isinstance(data, Diagnostic) else decode(data, path)
    node = text if isinstance(text, Diagnostic) else compose_file(text, path)
    if isinstance(node, Diagnostic):
        return Converted(diagnostics=(node,), gaps=((),))
    if isinstance(text, Diagnostic) or node is None:
        return Converted()
    return convert_mapping(node, model, path, text)


class SharedContent(Struct, frozen=True):
    """What the records share: products, categories, snippets, each by key.

    Attributes:
        values: what is right in itself, by the file's stem.
        readable: that, and what is left of what is partly wrong.
        paths: where each of the files is.
        diagnostics: all that is wrong with them.
        gaps: by file, the ways to what isn't known for certain in it.
        digest: of all that the files hold.
    """

    values: dict[str, Any]
    readable: dict[str, Any]
    paths: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]
    gaps: dict[str, frozenset[Gap]]
    digest: bytes = b""


def read_shared(root: Path, content: str) -> SharedContent:
    """The files directly in a content folder.

    Args:
        root: the project's root.
        content: the content folder, relative to `root`, with `/`.
    """
    values: dict[str, Any] = {}
    readable: dict[str, Any] = {}
    paths: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    gaps: dict[str, frozenset[Gap]] = {}
    held: list[tuple[str, bytes | str]] = []
    for stem, model in SHARED.items():
        path = f"{content}/{stem}.yml"
        if not (root / path).exists():
            values[stem] = readable[stem] = {}
            continue
        data = read_bytes(root, path)
        held.append((path, data.message if isinstance(data, Diagnostic) else digest(data)))
        found = _shared(data, path, model)
        paths[stem] = path
        diagnostics.extend(found.diagnostics)
        values[stem] = dict(found.values)
        readable[stem] = dict((*found.values, *found.partial))
        gaps[path] = frozenset(found.gaps)
    return SharedContent(values, readable, paths, tuple(diagnostics), gaps, digest(msgspec.msgpack.encode(held)))


def gather(root: Path, state: ContentState, shared: SharedContent, results: Iterable[FileResult]) -> Loaded:
    """A knowledge base of what the files gave.

    Args:
        root: the project's root.
        state: the content folder that they are in.
        shared: what `read_shared` gave.
        results: what `read_file` gave, in any order.
    """
    diagnostics = [*state.diagnostics, *shared.diagnostics]
    gaps: dict[str, set[Gap]] = {path: set(found) for path, found in shared.gaps.items()}
    gathered = list(results)
    diagnostics.extend(finding for result in gathered for finding in result.diagnostics)
    knowledge_base = KnowledgeBase(
        **shared.values,
        entries=tuple(sorted((entry for result in gathered for entry in result.entries), key=_order)),
        paths=shared.paths,
    )
    partial = [entry for result in gathered for entry in result.partial]
    entries = tuple(sorted((*knowledge_base.entries, *partial), key=_order)) if partial else knowledge_base.entries
    for result in gathered:
        for path, where in result.gaps:
            gaps.setdefault(path, set()).add(where)
    return Loaded(
        knowledge_base,
        tuple(in_order(diagnostics)),
        Sources(root),
        frozenset(identity for result in gathered for identity in result.broken),
        state.content,
        root,
        KnowledgeBase(**shared.readable, entries=entries, paths=shared.paths),
        {path: frozenset(found) for path, found in gaps.items()},
    )


def load_project(
    root: Path,
    content: PurePath | str = "content",
    read: Callable[[Path, str], FileResult] | None = None,
    cache: Path | None = None,
) -> Loaded:
    """Everything in the content folder of a project. Nothing is raised for wrong content: see `diagnostics`.

    Args:
        root: the project's root.
        content: the content folder, relative to `root`.
        read: stands in for `read_file`, for callers that know what it said before; the cache isn't asked then.
        cache: the folder that keeps what the records' files gave, see `read_shard`.
    """
    with collection_paused():
        state = content_state(root, content)
        common = read_shared(root, state.content)
        if read is not None:
            return gather(root, state, common, [read(root, file.path) for file in state.files])
        portions = shards(state)
        results = [result for shard in portions for result in read_shard(root, shard, cache).results]
        if cache is not None:
            prune_cache(cache, portions)
        return gather(root, state, common, results)


def _order(entry: Entry) -> tuple[object, ...]:
    return order_of(entry.identity, entry.path, entry.index)

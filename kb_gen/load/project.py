"""The content folder becomes a knowledge base."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, TypeVar

import yaml
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error, in_order
from kb_gen.load.collection import collection_paused
from kb_gen.load.composition import MappingNode, Node, ScalarNode, SequenceNode, compose
from kb_gen.load.conversion import Converted, Gap, convert, convert_mapping
from kb_gen.load.files import Sources, find_bad_links, find_files, read_text
from kb_gen.load.identifiers import canonical_id
from kb_gen.load.syntax_errors import syntax_error
from kb_gen.model import Category, Entry, KnowledgeBase, Product, Record, Step

__all__ = ["FileResult", "Loaded", "gather", "load_project", "read_file", "record_files"]

T = TypeVar("T")

_SHARED: dict[str, type[Product | Category | Step]] = {"products": Product, "categories": Category, "snippets": Step}
"""The files directly in the content folder, by stem, and what their entries are."""

_PAGES = "pages"

_SEVERAL = re.compile(r"^- |^---[ \t]*\r?\n.*\S.*^---", re.MULTILINE | re.DOTALL)
"""A list or several documents."""


class FileResult(Struct, frozen=True):
    """What one file of records gave.

    Attributes:
        entries: its records, in the file's order.
        diagnostics: all that is wrong with the file.
        broken: product, source and ID of records that couldn't be read as a whole, as far as they are known, so that
            what refers to them isn't blamed as well. A part that isn't known is empty; an ID that only the file's
            name tells may have a symbolic name behind it.
        partial: what is left of records that are partly wrong: for the checks, never for an output.
        gaps: the file, and the way in its data, of whatever isn't known for certain; `()` for the file as a whole.
    """

    entries: tuple[Entry, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: tuple[tuple[str, str, str], ...] = ()
    partial: tuple[Entry, ...] = ()
    gaps: tuple[tuple[str, Gap], ...] = ()


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


def _compose_file(root: Path, path: str) -> tuple[Node, str] | Diagnostic | None:
    """A file's nodes and text; None where it holds no data."""
    text = read_text(root, path)
    if isinstance(text, Diagnostic):
        return text
    try:
        node = compose(text)
    except yaml.YAMLError as reason:
        return syntax_error(reason, text, path)
    return None if node is None else (node, text)


def read_file(root: Path, path: str) -> FileResult:
    """The records of one file. Depends on nothing but that file, so that any process may do it.

    Args:
        root: the project's root.
        path: the file, relative to `root`, with `/`.
    """
    composed = _compose_file(root, path)
    if isinstance(composed, Diagnostic):
        return FileResult(diagnostics=(composed,), broken=(_of_unread(root, path),), gaps=((path, ()),))
    if composed is None:
        nothing = error("empty-file", "the file holds no record", Place(path), "write a record, or remove the file")
        return FileResult(diagnostics=(nothing,), broken=(_guessed(path),), gaps=((path, ()),))
    node, text = composed
    found = convert(node, Record, path, text)
    entries = tuple(Entry(record, path, index) for index, record in found.values)
    broken = tuple(_broken(node, {index for index, _ in found.values}, path)) if found.diagnostics else ()
    partial = tuple(Entry(record, path, index) for index, record in found.partial)
    return FileResult(entries, found.diagnostics, broken, partial, tuple((path, gap) for gap in found.gaps))


def _of_unread(root: Path, path: str) -> tuple[str, str, str]:
    """What is known of the records of a file that is no YAML: no ID where it may hold several."""
    product, source, identifier = _guessed(path)
    text = read_text(root, path)
    several = isinstance(text, str) and _SEVERAL.search(text)
    return (product, source, "" if several else identifier)


def _guessed(path: str) -> tuple[str, str, str]:
    """What a file's name says of its record; empty where it says nothing."""
    parts = PurePath(path).parts
    # content/<product>/<source>/<id>.yml or <id>-<symbolic name>.yml
    return (parts[-3], parts[-2], PurePath(path).stem) if len(parts) > 3 else ("", "", "")


def _broken(root: Node, read: set[int | None], path: str) -> Iterator[tuple[str, str, str]]:
    """Product, source and ID of the records in `root` that aren't among `read`."""
    listed = isinstance(root, SequenceNode)
    nodes = list(enumerate(root.value)) if listed else [(None, root)]
    product, source, identifier = ("", "", "") if listed else _guessed(path)
    for index, node in nodes:
        if index in read:
            continue
        known = {}
        if isinstance(node, MappingNode):
            scalars = [
                pair for pair in node.value if isinstance(pair[0], ScalarNode) and isinstance(pair[1], ScalarNode)
            ]
            known = {name.value: item.value for name, item in scalars}
        written = known.get("id") or identifier
        yield known.get("product") or product, known.get("source") or source, canonical_id(written) or written


def record_files(root: Path, content: PurePath | str = "content") -> Iterator[str | Diagnostic]:
    """The files that hold records, relative to `root`, in a fixed order; and what is wrong with the folder.

    A file directly in the content folder that is none of the shared ones is an error: nothing would read it.
    """
    folder = PurePath(content).as_posix()
    for found in find_files(root, folder, skip=frozenset({_PAGES})):
        if isinstance(found, Diagnostic):
            yield found
            continue
        inner = PurePath(found).relative_to(folder)
        if len(inner.parts) > 1:
            yield found
        elif inner.name not in {f"{stem}.yml" for stem in _SHARED}:
            yield error(
                "stray-file",
                "nothing reads this file",
                Place(found),
                f"records belong into `{folder}/<product>/<source>/`; beside it stand only `products.yml`, "
                "`categories.yml` and `snippets.yml`",
            )
    # Pages are published with all that lies beside them.
    yield from find_bad_links(root, f"{folder}/{_PAGES}", folder)


def _shared(root: Path, path: str, model: type[T]) -> Converted[T]:
    composed = _compose_file(root, path)
    if isinstance(composed, Diagnostic):
        return Converted(diagnostics=(composed,), gaps=((),))
    if composed is None:
        return Converted()
    node, text = composed
    return convert_mapping(node, model, path, text)


def gather(root: Path, content: PurePath | str, results: Iterable[FileResult]) -> Loaded:
    """A knowledge base of what the files gave, and of the shared files, which are read here.

    Args:
        root: the project's root.
        content: the content folder, relative to `root`.
        results: what `read_file` gave, in any order.
    """
    folder = PurePath(content).as_posix()
    diagnostics: list[Diagnostic] = []
    shared: dict[str, Any] = {}
    readable: dict[str, Any] = {}
    gaps: dict[str, set[Gap]] = {}
    paths: dict[str, str] = {}
    for stem, model in _SHARED.items():
        path = f"{folder}/{stem}.yml"
        if not (root / path).exists():
            shared[stem] = readable[stem] = {}
            continue
        found = _shared(root, path, model)
        paths[stem] = path
        diagnostics.extend(found.diagnostics)
        shared[stem] = dict(found.values)
        readable[stem] = dict((*found.values, *found.partial))
        gaps[path] = set(found.gaps)
    gathered = list(results)
    diagnostics.extend(finding for result in gathered for finding in result.diagnostics)
    knowledge_base = KnowledgeBase(
        **shared,
        entries=tuple(sorted((entry for result in gathered for entry in result.entries), key=_order)),
        paths=paths,
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
        folder,
        root,
        KnowledgeBase(**readable, entries=entries, paths=paths),
        {path: frozenset(found) for path, found in gaps.items()},
    )


def load_project(
    root: Path, content: PurePath | str = "content", read: Callable[[Path, str], FileResult] = read_file
) -> Loaded:
    """Everything in the content folder of a project. Nothing is raised for wrong content: see `diagnostics`.

    Args:
        root: the project's root.
        content: the content folder, relative to `root`.
        read: stands in for `read_file`, for callers that know what it said before.
    """
    if not (root / content).is_dir():
        missing = error("missing-content", "there is no content folder", Place(PurePath(content).as_posix()))
        return Loaded(KnowledgeBase(), (missing,), Sources(root), root=root, content=PurePath(content).as_posix())
    with collection_paused():
        results = [
            FileResult(diagnostics=(found,)) if isinstance(found, Diagnostic) else read(root, found)
            for found in record_files(root, content)
        ]
        return gather(root, content, results)


def _order(entry: Entry) -> tuple[str, str, bool, int, str, str, str, str, int]:
    record = entry.record
    number = record.id.lstrip("-").isdecimal()
    return (
        record.product,
        record.source,
        not number,
        int(record.id) if number else 0,
        record.id,
        record.symbolic_name,
        record.version,
        entry.path,
        entry.index or 0,
    )

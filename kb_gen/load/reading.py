"""One file of records becomes records: nothing but its path and what it holds decides on what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath

import yaml
from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.load.composition import MappingNode, Node, ScalarNode, SequenceNode, compose, compose_unbounded
from kb_gen.load.conversion import Gap, convert, convert_sound
from kb_gen.load.files import decode, read_bytes
from kb_gen.load.identifiers import canonical_id
from kb_gen.load.syntax_errors import syntax_error
from kb_gen.model import Entry, Record

__all__ = ["FileResult", "compose_file", "parse_file", "read_file", "unread"]

_SEVERAL = re.compile(r"^- |^---[ \t]*\r?\n.*\S.*^---", re.MULTILINE | re.DOTALL)
"""A list or several documents."""


class FileResult(Struct, frozen=True, array_like=True):
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


def read_file(root: Path, path: str) -> FileResult:
    """The records of one file. Depends on nothing but that file, so that any process may do it.

    Args:
        root: the project's root.
        path: the file, relative to `root`, with `/`.
    """
    data = read_bytes(root, path)
    return unread(data, path) if isinstance(data, Diagnostic) else parse_file(data, path)


def unread(reason: Diagnostic, path: str, text: str = "") -> FileResult:
    """What comes of a file that can't be read, or whose `text` is no YAML."""
    product, source, identifier = _guessed(path)
    # No ID where there may be several.
    broken = (product, source, "" if _SEVERAL.search(text) else identifier)
    return FileResult(diagnostics=(reason,), broken=(broken,), gaps=((path, ()),))


def parse_file(data: bytes, path: str) -> FileResult:
    """The records of a file that holds `data`.

    Args:
        data: what the file holds.
        path: the file, relative to the project's root, with `/`.
    """
    text = decode(data, path)
    if isinstance(text, Diagnostic):
        return unread(text, path)
    sound = _sound_entries(text, path)
    if sound is not None:
        return FileResult(sound)
    node = compose_file(text, path)
    if isinstance(node, Diagnostic):
        return unread(node, path, text)
    if node is None:
        nothing = error("empty-file", "the file holds no record", Place(path), "write a record, or remove the file")
        return FileResult(diagnostics=(nothing,), broken=(_guessed(path),), gaps=((path, ()),))
    found = convert(node, Record, path, text)
    entries = tuple([Entry(record, path, index) for index, record in found.values])
    if not found.diagnostics:
        return FileResult(entries, gaps=tuple((path, gap) for gap in found.gaps))
    broken = tuple(_broken(node, {index for index, _ in found.values}, path))
    partial = tuple(Entry(record, path, index) for index, record in found.partial)
    return FileResult(entries, found.diagnostics, broken, partial, tuple((path, gap) for gap in found.gaps))


def _sound_entries(text: str, path: str) -> tuple[Entry, ...] | None:
    """The records of a file in which nothing is wrong, as nearly always; None for any other."""
    try:
        node = compose_unbounded(text)
    except yaml.YAMLError:
        return None
    found = convert_sound(node, Record, text) if node is not None else None
    return None if found is None else tuple([Entry(record, path, index) for index, record in found])


def compose_file(text: str, path: str) -> Node | Diagnostic | None:
    """The nodes of a file, or why it is no YAML; None where it holds no data."""
    try:
        return compose(text)
    except yaml.YAMLError as reason:
        return syntax_error(reason, text, path)


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

"""What readers of logs type to find exactly one event: its ID, `source id`, or the beginning of its symbolic name.

The events of a locale are cut into shards, small scripts of which the browser loads the one or two that a query needs.
A shard has all events whose key begins with its prefix: an ID, or a symbolic name in lower case. Where they are too
many for a file, one character more decides. So which shard an event is in depends on those alone that begin like it,
and an edit changes one shard for the ID and one for the symbol.

The list of shards is a tree of prefixes, one for IDs (`ids.js`) and one for symbols (`names.js`). A node is an object
of the texts that lead on to other nodes; a leaf is the number of events in its shard. The text `""` leads to the
events whose key ends there. Where a list would be too long, nodes below it have lists of their own, and are `null` in
it.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TypeAlias

import msgspec

from kb_gen.model import Identity
from kb_gen.site.engines import Asset
from kb_gen.site.lookup import LookupEvent

__all__ = ["exact_files", "exact_row", "id_keys"]

_MOST_BYTES = 24_000
_LONGEST_LIST = 8_000
_LONGEST_PREFIX = 200
"""Characters of a key that can decide on its shard."""

_LONGEST_NAME = 80
"""Characters of a prefix in the name of its shard's file; beyond that a number stands for the rest."""

_LONGEST_SUMMARY = 160
_NUMBER = re.compile(r"(?:0x[0-9a-f]{1,8}|[0-9]{1,10})\Z", re.IGNORECASE)
_UNSAFE = re.compile(r"[^a-z0-9_]")

_Tree: TypeAlias = "int | dict[str, _Tree] | None"
_Row: TypeAlias = tuple[str, bytes]
"""An event under one of its keys: the key, and what the browser is told of it as JSON."""

_ENCODER = msgspec.json.Encoder()


def exact_row(event: LookupEvent) -> bytes:
    """What the browser is told of an event, as JSON."""
    identity = event.identity
    own = (identity.id, identity.source, identity.symbolic_name, event.address, _shortened(event.summary))
    return _ENCODER.encode(own)


def exact_files(path: str, events: Iterable[tuple[Identity, bytes]]) -> Iterator[Asset]:
    """The shards of a locale and the two lists of them.

    Args:
        path: the locale's first path segment.
        events: all events, and what `exact_row` gave for each.
    """
    ids: list[_Row] = []
    names: list[_Row] = []
    for identity, row in events:
        ids += [(key, row) for key in id_keys(identity.id)]
        if identity.symbolic_name:
            names.append((identity.symbolic_name.lower(), row))
    for kind, rows in (("ids", _Rows(ids)), ("names", _Rows(names))):
        shards: dict[str, bytes] = {}
        lists: dict[str, bytes] = {}
        tree = _shortened_list(_split(rows, "", 0, len(rows.keys), shards), "", lists)
        folder = f"{path}/search/exact"
        yield _script(folder, kind, _ENCODER.encode(tree))
        for name, content in lists.items():
            yield _script(folder, f"{kind}.{name}", content)
        for name, content in shards.items():
            yield _script(folder, f"{kind}-{name}", content)


def id_keys(id: str) -> tuple[str, ...]:
    """What an ID is found by: itself in lower case, and as a decimal number if it is one."""
    key = id.lower()
    if not _NUMBER.match(key):
        return (key,)
    return tuple(dict.fromkeys((key, str(int(key, 16 if key.startswith("0x") else 10)))))


def _shortened(summary: str) -> str:
    if len(summary) <= _LONGEST_SUMMARY:
        return summary
    return f"{summary[: _LONGEST_SUMMARY - 1].rpartition(' ')[0] or summary[: _LONGEST_SUMMARY - 1]}…"


class _Rows:
    """Events under their keys, sorted, so that those with the same beginning are found without looking at each."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        own = sorted(rows)
        self.keys = [key for key, _ in own]
        self._texts = [text for _, text in own]
        self._sizes = [0, *accumulate(map(len, self._texts))]

    def size(self, first: int, end: int) -> int:
        """How many bytes these events take."""
        return self._sizes[end] - self._sizes[first]

    def shard(self, first: int, end: int) -> bytes:
        """These events as a shard has them."""
        return b"[%b]" % b",".join(self._texts[first:end])

    def groups(self, prefix: str, first: int, end: int) -> Iterator[tuple[int, int]]:
        """The events between two places, whose keys all begin with `prefix`, by the next character."""
        length = len(prefix)
        while first < end:
            next_one = ord(self.keys[first][length]) + 1 if len(self.keys[first]) > length else 0
            # No text before the next one begins otherwise; behind the last character of all, there is none.
            after = end if next_one > sys.maxunicode else bisect_left(self.keys, prefix + chr(next_one), first, end)
            yield first, after
            first = after


def _split(rows: _Rows, prefix: str, first: int, end: int, shards: dict[str, bytes]) -> _Tree:
    """The tree below `prefix`, which the keys between two places begin with; its shards are put into `shards`."""
    if rows.size(first, end) <= _MOST_BYTES or len(prefix) >= _LONGEST_PREFIX:
        shards[_name(prefix)] = rows.shard(first, end)
        return end - first
    tree: dict[str, _Tree] = {}
    for start, after in rows.groups(prefix, first, end):
        if len(rows.keys[start]) == len(prefix):
            shards[f"{_name(prefix)}-"] = rows.shard(start, after)
            tree[""] = after - start
            continue
        # Where all go on alike, the next characters decide nothing.
        longer = _common(rows.keys[start], rows.keys[after - 1])[:_LONGEST_PREFIX]
        tree[longer[len(prefix) :]] = _split(rows, longer, start, after, shards)
    return tree


def _shortened_list(tree: _Tree, prefix: str, lists: dict[str, bytes]) -> _Tree:
    """The tree without what has to have a list of its own, which is put into `lists`."""
    if not isinstance(tree, dict):
        return tree
    inner = {text: _shortened_list(below, prefix + text, lists) for text, below in tree.items()}
    if len(msgspec.json.encode(inner)) <= _LONGEST_LIST:
        return inner
    for text, below in inner.items():
        if isinstance(below, dict):
            lists[_name(prefix + text)] = msgspec.json.encode(below)
            inner[text] = None
    return inner


def _common(first: str, last: str) -> str:
    """What both texts begin with."""
    different = (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(different, min(len(first), len(last)))]


def _name(prefix: str) -> str:
    """A prefix as part of a file's name. `exact.js` does the same."""
    safe = _UNSAFE.sub(lambda found: f"-{ord(found[0]):x}-", prefix)
    if len(safe) <= _LONGEST_NAME:
        return safe
    number = 0
    for character in prefix:
        number = (number * 31 + ord(character)) & 0xFFFFFFFF
    return f"{safe[:_LONGEST_NAME]}.{number:x}"


def _script(folder: str, name: str, content: bytes) -> Asset:
    return Asset(f"{folder}/{name}.js", b'kbExact.take("%b",%b)\n' % (name.encode(), content))

"""The bundles of a locale's index: which entry is in which, and what each is made of."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from kb_gen.load import format_version
from kb_gen.site.fulltext.service import program_version
from kb_gen.site.fulltext.shelf import Indexable

__all__ = ["FIRST", "bundle_count", "bundle_digest", "bundle_of"]

FIRST = "0"
"""The bundle that has the program for the browser in it; the browser merges the others into it."""

_ENTRIES = 2600
"""Entries to a bundle. Fewer make an edit cheaper; each bundle costs a query 13 KB of transfer a word."""


def bundle_count(entries: int) -> int:
    """How many bundles a locale with so many entries has; at least one."""
    return max(1, -(-entries // _ENTRIES))


def bundle_of(key: int, count: int) -> str:
    """The name of the bundle that the entry with an `IndexRecord.key` is in.

    It doesn't depend on other entries, so that adding one leaves all others where they are, as long as `count` stays.
    """
    return str(key * count >> 32)


def bundle_digest(locale: str, name: str, records: Iterable[Indexable], program: Path) -> str:
    """Changes whenever the bundle's files may.

    Raises:
        PagefindError: if the program doesn't run.
    """
    digest = blake2b(f"{program_version(program)}\n{locale}\n{name}\n".encode(), digest_size=16)
    digest.update(format_version(("site",)) or b"")
    digest.update(b"".join([record.state for record in records]))
    return digest.hexdigest()

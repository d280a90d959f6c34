"""Names become addresses here and nowhere else: safe on every file system and in every URL, stable for ever.

An address is the path below a locale's root, without leading or trailing slash: `msexchangetransport/1024`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2s

from kb_gen.model.knowledge_base import Entry, Identity, KnowledgeBase

__all__ = ["RESERVED", "AddressBook", "address_book", "slug", "source_address"]

RESERVED = frozenset(
    {
        "api",
        "assets",
        "lookup",
        "pages",
        "products",
        "recent",
        "search",
        "symbols",
        "translation",
        "404",
        "index",
    }
)
"""First segments that the site itself uses; a source of such a name gets `source-` before it."""

# Names that Windows gives to devices; a folder of that name can't be unpacked there.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))})
_LONGEST = 80


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """`name` as one path segment: lower case ASCII letters, digits, `-`, `_` and inner dots.

    Letters lose their accents; every other run of characters becomes one hyphen. A name that would be empty, too long
    or a device name keeps what it can and ends in a short hash of the whole name, so that it stays unique.
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    segment = re.sub(r"[^a-z0-9._-]+", "-", plain)
    segment = re.sub(r"\.{2,}", ".", segment).strip("-.")
    if len(segment) > _LONGEST:
        return f"{segment[:_LONGEST].rstrip('-.')}-{_digest(name)}"
    if not segment or segment.split(".")[0] in _DEVICES:
        # A device stays a device whatever follows its first dot.
        return f"{segment.replace('.', '-') or 'x'}-{_digest(name)}"
    return segment


def source_address(source: str, chosen: str = "") -> str:
    """The first segment of every address of `source`: `chosen` if the product sets one, else made from the name."""
    segment = slug(chosen or source)
    return f"source-{segment}" if segment in RESERVED else segment


class AddressBook:
    """Every record's address, found by identity, and back.

    A record that is alone with its source and ID stands at `source/id`. Where several share that, each stands at
    `source/id-symbol` (then version, then product, where the symbol doesn't tell them apart; a hash where even that is
    taken) and the bare address lists them all.
    """

    def __init__(self, addresses: Mapping[Identity, str], shared: Mapping[str, tuple[Identity, ...]]) -> None:
        self.addresses = addresses
        self.shared = shared

    def __getitem__(self, identity: Identity) -> str:
        """The address of a record. Raises KeyError if there is no such record."""
        return self.addresses[identity]


def _digest(name: str) -> str:
    return blake2s(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _distinct(identities: list[Identity]) -> dict[Identity, str]:
    """A suffix for each of several records that share source and ID."""
    suffixes: dict[Identity, str] = {}
    for identity in identities:
        parts = [identity.symbolic_name]
        same_symbol = [other for other in identities if other.symbolic_name == identity.symbolic_name]
        if len(same_symbol) > 1:
            parts.append(identity.version)
            if sum(other.version == identity.version for other in same_symbol) > 1:
                parts.append(identity.product)
        # A record without symbol and version has nothing to add but a word that says so.
        suffixes[identity] = slug("-".join(part for part in parts if part) or "unnamed")
    return suffixes


def address_book(kb: KnowledgeBase) -> AddressBook:
    """The addresses of all records of `kb`."""
    sharing: defaultdict[str, list[Entry]] = defaultdict(list)
    # There are few sources, and many records of each.
    segments: dict[tuple[str, str], str] = {}
    for entry in kb.entries:
        record = entry.record
        source = (record.product, record.source)
        segment = segments.get(source)
        if segment is None:
            segment = source_address(record.source, chosen=kb.event_source(record).address)
            segments[source] = segment
        sharing[f"{segment}/{slug(record.id)}"].append(entry)
    addresses: dict[Identity, str] = {}
    shared: dict[str, tuple[Identity, ...]] = {}
    used: set[str] = set()
    for bare, entries in sharing.items():
        if len(entries) == 1:
            addresses[entries[0].identity] = bare
            continue
        for identity, suffix in _distinct([entry.identity for entry in entries]).items():
            address = f"{bare}-{suffix}"
            taken = address in used or address in sharing
            addresses[identity] = f"{address}-{_digest(repr(tuple(identity)))}" if taken else address
            used.add(addresses[identity])
        shared[bare] = tuple(entry.identity for entry in entries)
    return AddressBook(addresses, shared)

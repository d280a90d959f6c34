"""What lists and lookup are told of an article, packed: a large site has far more of it than is looked at at once.

What files have of each article as it is, one after the other, is packed as it stands in them. So it is made where
articles are, by many, and only put together later; and a build after an edit makes it for the edited article alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import Raw, Struct

from kb_gen.document import Words
from kb_gen.locales import Coverage
from kb_gen.model import Identity
from kb_gen.render.surrogates import without_halves
from kb_gen.site.api import index_item
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.exact import exact_row
from kb_gen.site.lookup import LookupEvent, LookupItem, lookup_item
from kb_gen.site.pages import ListedEvent, ListingRow

__all__ = [
    "encode_told",
    "encoded_templates",
    "exact_rows",
    "index_items",
    "listed_events",
    "lookup_rows",
    "lookup_templates",
]


class _Row(Struct, frozen=True, array_like=True, gc=False):
    """What an article alone says of its row in a list, not its record."""

    severity: tuple[str, Words] | None
    summary: Words | None
    coverage: Coverage


class _Told(NamedTuple):
    """What is told of an article: its row, and what it is in three kinds of files."""

    row: _Row
    item: bytes
    exact: bytes
    lookup: LookupItem


_ENCODER = msgspec.msgpack.Encoder()
_ROW = msgspec.msgpack.Decoder(tuple[_Row, Raw, Raw, Raw])
_INDEX = msgspec.msgpack.Decoder(tuple[Raw, bytes, Raw, Raw])
_EXACT = msgspec.msgpack.Decoder(tuple[Raw, Raw, bytes, Raw])
_TEMPLATES = msgspec.msgpack.Decoder(tuple[Raw, Raw, Raw, tuple[tuple[tuple[bytes, str], ...], Raw]])
_ENCODED_TEMPLATES = msgspec.msgpack.Decoder(tuple[Raw, Raw, Raw, tuple[Raw, Raw]])
_SHOWN = msgspec.msgpack.Decoder(tuple[Raw, Raw, Raw, tuple[Raw, bytes]])


def encode_told(row: ListingRow, lookup: LookupEvent, site: LocaleSite) -> bytes:
    """What is told of an article, as msgpack."""
    try:
        return _ENCODER.encode(_told(row, lookup, site))
    except UnicodeEncodeError:
        # Half a surrogate pair, which a text may have and a file can't.
        whole = without_halves(msgspec.to_builtins((row, lookup)))
        return _ENCODER.encode(_told(*msgspec.convert(whole, tuple[ListingRow, LookupEvent], strict=False), site))


def _told(row: ListingRow, lookup: LookupEvent, site: LocaleSite) -> _Told:
    own = _Row(row.severity, row.summary, row.coverage)
    product = site.kb.products.get(lookup.identity.product)
    name = product.name if product else lookup.identity.product
    return _Told(own, index_item(row, site), exact_row(lookup), lookup_item(lookup, name))


class Event(NamedTuple):
    """What lists say of an event in all locales: which it is, its article's address and title, and its last change."""

    identity: Identity
    address: str
    title: str
    modified: dt.date | None


class _ListedEvent:
    """An event as lists have it; what its article says is unpacked when somebody asks for it."""

    __slots__ = ("_row", "_told", "address", "identity", "modified", "title")

    def __init__(self, event: Event, told: bytes) -> None:
        self.identity, self.address, self.title, self.modified = event
        self._told = told
        self._row: _Row | None = None

    def _own(self) -> _Row:
        if self._row is None:
            self._row = _ROW.decode(self._told)[0]
        return self._row

    @property
    def severity(self) -> tuple[str, Words] | None:
        return self._own().severity

    @property
    def summary(self) -> Words | None:
        return self._own().summary

    @property
    def coverage(self) -> Coverage:
        return self._own().coverage


def events_of(context: SiteContext) -> Iterator[Event]:
    """All events of a site, in the knowledge base's order."""
    addresses = context.targets.book.addresses
    for entry in context.kb.entries:
        identity, title = entry.identity, entry.title
        yield Event(_whole(identity), addresses[identity], _whole_text(title), entry.record.modified)


def _whole(identity: Identity) -> Identity:
    """The names of an event as files can have them."""
    return identity if "".join(identity).isascii() else Identity(*without_halves(identity))


def _whole_text(text: str) -> str:
    return text if text.isascii() else str(without_halves(text))


def listed_events(events: Iterable[Event], told: Iterable[bytes]) -> Iterator[ListedEvent]:
    """Events as lists have them, with what was told of their articles in a locale."""
    return map(_ListedEvent, events, told)


def index_items(told: Iterable[bytes]) -> Iterator[bytes]:
    """What `index_item` gave for some articles."""
    return (_INDEX.decode(each)[1] for each in told)


def exact_rows(told: Iterable[bytes]) -> Iterator[bytes]:
    """What `exact_row` gave for some articles."""
    return (_EXACT.decode(each)[2] for each in told)


def lookup_rows(told: Iterable[bytes]) -> Iterator[bytes]:
    """What is shown of some articles' events on the lookup page, as `lookup_item` gave it."""
    return (_SHOWN.decode(each)[3][1] for each in told)


def lookup_templates(told: Iterable[bytes]) -> Iterator[tuple[tuple[bytes, str], ...]]:
    """The templates that `lookup_item` gave for some articles."""
    return (_TEMPLATES.decode(each)[3][0] for each in told)


def encoded_templates(told: Iterable[bytes]) -> Iterator[bytes]:
    """What stands for `lookup_templates`, without unpacking them."""
    return (bytes(_ENCODED_TEMPLATES.decode(each)[3][0]) for each in told)

"""What lists and lookup are told of an article, packed: a large site has far more of it than is looked at at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from kb_gen.site.lookup import LookupEvent
from kb_gen.site.pages import ListingRow
from kb_gen.site.surrogates import without_halves

__all__ = ["encode_told", "lookup_events", "rows"]

_ENCODER = msgspec.msgpack.Encoder()
_ROW = msgspec.msgpack.Decoder(tuple[ListingRow, msgspec.Raw])
_LOOKUP = msgspec.msgpack.Decoder(tuple[msgspec.Raw, LookupEvent])


def encode_told(row: ListingRow, lookup: LookupEvent) -> bytes:
    """What is told of an article, as msgpack."""
    try:
        return _ENCODER.encode((row, lookup))
    except UnicodeEncodeError:
        # Half a surrogate pair, which a text may have and a file can't.
        return _ENCODER.encode(without_halves(msgspec.to_builtins((row, lookup))))


def rows(told: Iterable[bytes]) -> Iterator[ListingRow]:
    """What lists were told of some articles."""
    return (_ROW.decode(each)[0] for each in told)


def lookup_events(told: Iterable[bytes]) -> Iterator[LookupEvent]:
    """What looking up was told of some articles."""
    return (_LOOKUP.decode(each)[1] for each in told)

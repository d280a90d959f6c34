"""What Pagefind is told of an entry.

The text is indexed as it is shown. The terms are metadata: they are matched, with a weight of their own, but appear in
no excerpt.
"""

from __future__ import annotations

from zlib import crc32

import msgspec
from msgspec import Struct

from kb_gen.load import digest
from kb_gen.render.surrogates import without_halves
from kb_gen.site.engines import SearchEntry

__all__ = ["IndexRecord", "index_record"]


class IndexRecord(Struct, frozen=True, gc=False):
    """An entry as Pagefind takes it; small, so that whatever process makes the entry can make this of it.

    Attributes:
        key: a number below 2³² that decides on the entry's bundle; it depends on the entry's address alone.
        data: the record as JSON: `url`, `content`, `meta`. One space stands between two words of the content.
        state: a digest of that, by which bundles tell what has changed without reading it.
    """

    key: int
    data: bytes
    state: bytes


class _Data(Struct, frozen=True, gc=False):
    url: str
    content: str
    meta: dict[str, str]


def index_record(entry: SearchEntry) -> IndexRecord:
    """What Pagefind is told of an entry; its address is the one below the locale's root."""
    url = entry.url.removeprefix(f"{entry.locale.lower()}/")
    meta = {"title": entry.title, "terms": " ".join(entry.terms)}
    data = _Data(url, _one_line(entry.text), meta)
    try:
        encoded = msgspec.json.encode(data)
    except UnicodeEncodeError:
        # Half a surrogate pair, which a text may have and a file can't.
        encoded = msgspec.json.encode(msgspec.convert(without_halves(msgspec.to_builtins(data)), _Data))
    return IndexRecord(crc32(url.encode("utf-8", "replace")), encoded, digest(encoded))


def _one_line(text: str) -> str:
    """A text with one space between words. To split and join each would take three times as long."""
    line = text.replace("\n", " ")
    # Of what separates words, nothing but the space is printable.
    if not line.isprintable():
        return " ".join(text.split())
    while "  " in line:
        line = line.replace("  ", " ")
    return line.strip()

"""Which articles make which volume of a printed knowledge base, and what the files are called.

Pages of the site lead to volumes, and volumes to one another, before any of them is made. So both ask here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from kb_gen.model import Entry, KnowledgeBase, slug

__all__ = ["Volume", "article_file", "product_name", "product_volumes", "volumes_of", "whole_book"]

_FEWEST = 160
_MOST = 250
"""Articles to a volume. More of them take more memory, and a reader's patience."""
_ONE_IN = 40


class Volume(Struct, frozen=True):
    """Some articles that follow one another, in a file of their own.

    Attributes:
        book: the name of the book that it is a part of, as a file name's beginning.
        title: what the book is called; empty for an article's own file.
        number: its place among the book's volumes, from 1; 0 for all of them as one, which only their index is about.
        count: how many these are.
        entries: its articles, in the knowledge base's order.
        lang: the title's language where that isn't the readers'.
    """

    book: str
    title: str
    number: int
    count: int
    entries: tuple[Entry, ...]
    lang: str | None = None

    @property
    def file(self) -> str:
        """Its file's name."""
        if self.count == 1:
            return f"{self.book}.pdf"
        return f"{self.book}-{self.number or 'index'}.pdf"


def volumes_of(book: str, title: str, entries: Sequence[Entry], lang: str | None = None) -> tuple[Volume, ...]:
    """The volumes of a book that has these articles.

    Where a volume ends depends on the articles around that place. So a new article changes its own volume, and not the
    borders of all that follow.

    Args:
        book: its name in file names.
        title: its name for readers.
        entries: its articles, in order.
        lang: the title's language where that isn't the readers'.
    """
    parts = list(_cut(entries))
    return tuple([Volume(book, title, number, len(parts), part, lang) for number, part in enumerate(parts, 1)])


def whole_book(volumes: Sequence[Volume]) -> Volume:
    """All volumes of a book as one; its file is that of their index."""
    entries = tuple([entry for volume in volumes for entry in volume.entries])
    return msgspec.structs.replace(volumes[0], number=0, entries=entries)


def _cut(entries: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    start = 0
    for place, entry in enumerate(entries):
        size, left = place - start, len(entries) - place
        # What is left for the last volume should be worth one.
        if len(entries) > _MOST and left >= _FEWEST and (size >= _MOST or (size >= _FEWEST and _may_begin(entry))):
            yield tuple(entries[start:place])
            start = place
    rest = entries[start:]
    if len(rest) > _MOST:
        half = (len(rest) + 1) // 2
        yield tuple(rest[:half])
        rest = rest[half:]
    yield tuple(rest)


def _may_begin(entry: Entry) -> bool:
    """Whether a volume may begin with an article: as a die would say it that always falls the same way for it."""
    name = "\0".join(entry.identity).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(name, digest_size=4).digest(), "big") % _ONE_IN == 0


def product_volumes(kb: KnowledgeBase, products: Iterable[str] = ()) -> dict[str, tuple[Volume, ...]]:
    """The volumes of each product, by its key: of these products, or of all that have articles."""
    wanted = frozenset(products)
    by_product: dict[str, list[Entry]] = {}
    for entry in kb.entries:
        if not wanted or entry.record.product in wanted:
            by_product.setdefault(entry.record.product, []).append(entry)
    return {key: volumes_of(slug(key), product_name(kb, key), own) for key, own in by_product.items()}


def product_name(kb: KnowledgeBase, key: str) -> str:
    """How readers know a product."""
    product = kb.products.get(key)
    return product.name if product else key


def article_file(address: str) -> str:
    """The name of the file that has the article at an address alone: `msexchangetransport-1024.pdf`."""
    return f"{address.replace('/', '-')}.pdf"

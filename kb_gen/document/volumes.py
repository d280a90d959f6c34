"""Which articles make which volume of a printed knowledge base, and what the files are called.

Pages of the site lead to volumes, and volumes to one another, before any of them is made. So both ask here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Sequence
from itertools import count

import msgspec
from msgspec import Struct

from kb_gen.model import Entry, KnowledgeBase, slug

__all__ = [
    "Volume",
    "article_file",
    "book_files",
    "named_apart",
    "product_name",
    "product_volumes",
    "volumes_of",
    "whole_book",
]

_FEWEST = 120
_MOST = 250
"""Articles to a volume. More of them take more memory, and a reader's patience."""


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

    Where a volume ends depends on the articles around that place. So a new article mostly changes its own volume, and
    not the borders of all that follow.

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
    """The articles of each volume.

    A volume ends before that article, of all before which it may end, whose die shows least. Another article that comes
    in between, or goes, changes that only where its own die shows less, or the border was the first or the last that
    there could be.
    """
    dice = [_die(entry) for entry in entries] if len(entries) > _MOST else []
    start = 0
    while (left := len(entries) - start) > _MOST:
        # What is left for the last volume should be worth one.
        places = range(start + _FEWEST, start + min(_MOST, left - _FEWEST) + 1)
        end = min(places, key=dice.__getitem__)
        yield tuple(entries[start:end])
        start = end
    yield tuple(entries[start:])


def _die(entry: Entry) -> bytes:
    """A die that always falls the same way for an article."""
    name = "\0".join(entry.identity).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(name, digest_size=8).digest()


def product_volumes(kb: KnowledgeBase) -> dict[str, tuple[Volume, ...]]:
    """The volumes of each product that has articles, by its key."""
    by_product: dict[str, list[Entry]] = {}
    for entry in kb.entries:
        by_product.setdefault(entry.record.product, []).append(entry)
    taken: set[str] = set()
    found = {}
    for key in sorted(by_product):
        own = volumes_of(slug(key), product_name(kb, key), by_product[key])
        found[key] = named_apart(own, taken)
        taken |= book_files(found[key])
    return {key: found[key] for key in by_product}


def book_files(volumes: Sequence[Volume]) -> frozenset[str]:
    """The names of a book's files."""
    whole = [whole_book(volumes)] if len(volumes) > 1 else []
    return frozenset([volume.file for volume in (*volumes, *whole)])


def named_apart(volumes: tuple[Volume, ...], taken: Container[str]) -> tuple[Volume, ...]:
    """The volumes of a book, by another name where a file of another book has one of theirs.

    So a product `shop-1` has no file that is that of the first volume of `shop`.

    Args:
        volumes: the volumes.
        taken: the names of other files.
    """
    # No other name has an underscore.
    for number in count(2):
        if not any(file in taken for file in book_files(volumes)):
            break
        name = f"{volumes[0].book.partition('_')[0]}_{number}"
        volumes = tuple([msgspec.structs.replace(volume, book=name) for volume in volumes])
    return volumes


def product_name(kb: KnowledgeBase, key: str) -> str:
    """How readers know a product."""
    product = kb.products.get(key)
    return product.name if product else key


def article_file(address: str, taken: Container[str] = ()) -> str:
    """The name of the file that has the article at an address alone: `msexchangetransport-1024.pdf`.

    Args:
        address: the address.
        taken: the names of files of books in the same folder; none of these is given to it.
    """
    name = f"{address.replace('/', '-')}.pdf"
    return name if name not in taken else f"{address.replace('/', '_')}.pdf"

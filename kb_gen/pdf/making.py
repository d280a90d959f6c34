"""One file from its articles to its bytes; whatever can't be printed is told, and the rest is."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec
from msgspec import Struct

from kb_gen.document import Volume
from kb_gen.model import Entry, Identity
from kb_gen.pdf.book import Bookbinder
from kb_gen.pdf.edition import date_of
from kb_gen.pdf.finishing import finish
from kb_gen.pdf.glyphs import NOTHING_ABSENT, Absent, absent_characters
from kb_gen.pdf.plain_surroundings import plain_surroundings
from kb_gen.pdf.typesetting import CannotBeSet, typeset

__all__ = ["Made", "Manuscript", "Problem", "ProblemKind", "Sheet", "SheetKind", "make", "manuscript"]


_LINES = 20
"""So many articles in an index are as much as one in a volume."""

_NO_DATE = 0
"""Stands in a file of which nobody knows when something changed: PDF/A has to have a date."""


class ProblemKind(StrEnum):
    """What went wrong."""

    CHARACTERS = "characters"
    """No font has some characters."""
    ARTICLE = "article"
    """An article can't be set."""
    SURROUNDINGS = "surroundings"
    """What stands around the articles can't be set."""
    FILE = "file"
    """A file can't be made at all."""
    CROWDED = "crowded"
    """A file wasn't made, because something ended its process while others were at work."""


class Problem(Struct, frozen=True, array_like=True):
    """Something that can't be printed.

    Attributes:
        kind: what it is.
        detail: why.
        identity: of which article; None where it is the file, or a product.
        product: the key of the product whose name, notice or source it is; empty for others.
        characters: those that no font has, each with what joins it.
    """

    kind: ProblemKind
    detail: str = ""
    identity: Identity | None = None
    product: str = ""
    characters: tuple[str, ...] = ()


class SheetKind(StrEnum):
    """What is in a file."""

    VOLUME = "volume"
    """The articles of a volume, with a title, contents and indexes."""
    INDEX = "index"
    """The index of all volumes of a book."""
    ARTICLE = "article"
    """A single article, without title and indexes."""


class Sheet(Struct, frozen=True):
    """A file that is to be made.

    Attributes:
        url: where it goes, with `/` between the parts.
        locale: its language, as a BCP 47 tag.
        volume: its articles.
        kind: what is in it.
    """

    url: str
    locale: str
    volume: Volume
    kind: SheetKind = SheetKind.VOLUME

    @property
    def weight(self) -> int:
        """How much there is to set, in articles."""
        articles = len(self.volume.entries)
        return articles // _LINES + 1 if self.kind is SheetKind.INDEX else articles


class Made(Struct, frozen=True):
    """A file that has been made.

    Attributes:
        data: its bytes.
        pages: how many it has.
        problems: what of it couldn't be printed.
    """

    data: bytes
    pages: int
    problems: tuple[Problem, ...] = ()


class Manuscript(Struct, frozen=True):
    """A file before it is set.

    Attributes:
        sheet: the file.
        book: its data, as if there were a glyph for each character.
        made_from: all that it is made from, as bytes that differ whenever the file would.
    """

    sheet: Sheet
    book: str
    made_from: bytes


def manuscript(sheet: Sheet, binder: Bookbinder) -> Manuscript:
    """Write a file's data."""
    book = _written(sheet, sheet.volume, binder, NOTHING_ABSENT, ())
    date = date_of(sheet.volume.entries, binder.edition)
    return Manuscript(sheet, book, "\0".join((book, binder.words(), str(binder.edition.epoch), str(date))).encode())


def _written(sheet: Sheet, volume: Volume, binder: Bookbinder, absent: Absent, unset: Container[Identity]) -> str:
    """The data of a file, or of one like it that has other articles."""
    if sheet.kind is SheetKind.ARTICLE:
        return binder.article(volume.entries[0], absent, unset)
    if sheet.kind is SheetKind.INDEX:
        return binder.index(volume, absent)
    return binder.volume(volume, absent, unset)


def make(written: Manuscript, binder: Bookbinder, when_set: Callable[[], None] = lambda: None) -> Made:
    """Make a file.

    Args:
        written: its data.
        binder: what has written them.
        when_set: called when it is set, and only to be finished.

    Raises:
        CannotBeSet: not even the rest of it can be set.
    """
    sheet = written.sheet
    absent = absent_characters((written.book, binder.words()), binder.edition.fonts)
    press = _Press(sheet, binder, absent)
    try:
        data = press.set(press.book(sheet.volume) if absent else written.book)
        problems: list[Problem] = []
    except CannotBeSet as reason:
        data, problems = press.rest(str(reason))
    when_set()
    finished = finish(data, binder.titles, binder.bookmarks(sheet.volume, written.book))
    problems += _lacking(written, binder, absent)
    return Made(finished.data, finished.pages, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Press:
    """Sets a file's articles, or as many as can be set."""

    sheet: Sheet
    binder: Bookbinder
    absent: Absent

    def book(self, volume: Volume, unset: Container[Identity] = ()) -> str:
        return _written(self.sheet, volume, self.binder, self.absent, unset)

    def set(self, book: str) -> bytes:
        words = msgspec.json.encode(self.absent.replaced(msgspec.json.decode(self.binder.words()))).decode()
        inputs = {"book": book, "words": words}
        return typeset(inputs, self.binder.edition.fonts, _epoch(self.sheet, self.binder))

    def rest(self, reason: str) -> tuple[bytes, list[Problem]]:
        """What can be set of a file that can't be set as a whole, and what can't."""
        volume = self.sheet.volume
        everything = {entry.identity for entry in volume.entries}
        problems = []
        around: Callable[[str], str] = str
        try:
            self.set(self.book(volume, everything))
        except CannotBeSet as refused:
            # No article is to blame for that.
            around = plain_surroundings
            problems.append(Problem(ProblemKind.SURROUNDINGS, str(refused)))
        if self.sheet.kind is SheetKind.INDEX:
            unset = {}
        elif self.sheet.kind is SheetKind.ARTICLE and not problems:
            unset = {volume.entries[0].identity: reason}
        else:
            unset = dict(self._culprits(volume.entries, around))
        problems += [Problem(ProblemKind.ARTICLE, why, identity) for identity, why in unset.items()]
        return self.set(around(self.book(volume, unset))), problems

    def _culprits(self, entries: Sequence[Entry], around: Callable[[str], str]) -> Iterator[tuple[Identity, str]]:
        """Those articles that can't be set, and why: found by halves."""
        # A book of its own, to which the other articles are those of another.
        part = msgspec.structs.replace(self.sheet.volume, book="", entries=tuple(entries))
        try:
            self.set(around(self.book(part)))
        except CannotBeSet as reason:
            if len(entries) == 1:
                yield entries[0].identity, str(reason)
                return
            half = len(entries) // 2
            yield from self._culprits(entries[:half], around)
            yield from self._culprits(entries[half:], around)


def _epoch(sheet: Sheet, binder: Bookbinder) -> int:
    """The date that a file bears, in seconds since 1970."""
    if binder.edition.epoch is not None:
        return binder.edition.epoch
    date = date_of(sheet.volume.entries, binder.edition)
    return calendar.timegm(date.timetuple()) if date else _NO_DATE


def _lacking(written: Manuscript, binder: Bookbinder, absent: Absent) -> Iterator[Problem]:
    """What has characters that no font has: articles, what is said of their products, or else what is around them."""
    # What an index has of articles, their own files name.
    if not absent or written.sheet.kind is SheetKind.INDEX:
        return
    volume = written.sheet.volume
    blamed: set[str] = set()
    for entry in volume.entries:
        found = absent.found(binder.own(entry))
        if found:
            blamed |= found
            yield Problem(ProblemKind.CHARACTERS, identity=entry.identity, characters=_named(found))
    for product in dict.fromkeys([entry.record.product for entry in volume.entries]):
        found = absent.found(binder.product(product, volume))
        if found:
            blamed |= found
            yield Problem(ProblemKind.CHARACTERS, product=product, characters=_named(found))
    rest = absent.found([msgspec.json.decode(part) for part in (written.book, binder.words())]) - blamed
    if rest:
        yield Problem(ProblemKind.CHARACTERS, characters=_named(rest))


def _named(characters: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(characters))

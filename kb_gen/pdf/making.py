"""One file from its articles to its bytes; whatever can't be printed is told, and the rest is."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec
from msgspec import Struct

from kb_gen.document import Volume
from kb_gen.model import Entry, Identity
from kb_gen.pdf.book import Bookbinder
from kb_gen.pdf.edition import date_of
from kb_gen.pdf.finishing import finish
from kb_gen.pdf.glyphs import absent_characters, doubtful
from kb_gen.pdf.typesetting import CannotBeSet, typeset

__all__ = ["Made", "Manuscript", "Problem", "ProblemKind", "Sheet", "make", "manuscript"]


class ProblemKind(StrEnum):
    """What went wrong."""

    CHARACTERS = "characters"
    """No font has some characters of an article."""
    ARTICLE = "article"
    """An article can't be set."""
    FILE = "file"
    """A file can't be made at all."""


class Problem(Struct, frozen=True, array_like=True):
    """Something that can't be printed.

    Attributes:
        kind: what it is.
        detail: the characters, or why.
        identity: of which article; None where it is the file.
    """

    kind: ProblemKind
    detail: str
    identity: Identity | None = None


class Sheet(Struct, frozen=True):
    """A file that is to be made.

    Attributes:
        url: where it goes, with `/` between the parts.
        locale: its language, as a BCP 47 tag.
        volume: its articles.
        alone: whether it is the file of a single article, without title and indexes.
    """

    url: str
    locale: str
    volume: Volume
    alone: bool = False


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
    book = _book(sheet.volume, sheet.alone, binder)
    date = date_of(sheet.volume.entries, binder.edition)
    return Manuscript(sheet, book, "\0".join((book, binder.words(), str(binder.edition.epoch), str(date))).encode())


def make(written: Manuscript, binder: Bookbinder) -> Made:
    """Make a file.

    Raises:
        CannotBeSet: not even the rest of it can be set.
    """
    sheet = written.sheet
    unset: dict[Identity, str] = {}
    absent = _absent(written.book, binder)
    try:
        book = _book(sheet.volume, sheet.alone, binder, absent) if absent else written.book
        data = _set(book, sheet, binder)
    except CannotBeSet as reason:
        if sheet.alone:
            unset = {sheet.volume.entries[0].identity: str(reason)}
        else:
            unset = dict(_culprits(sheet.volume.entries, sheet, binder, absent))
        data = _set(_book(sheet.volume, sheet.alone, binder, absent, unset), sheet, binder)
    finished = finish(data)
    problems = [Problem(ProblemKind.ARTICLE, reason, identity) for identity, reason in unset.items()]
    problems += _lacking(sheet.volume.entries, binder, absent)
    return Made(finished.data, finished.pages, tuple(problems))


def _book(
    volume: Volume,
    alone: bool,
    binder: Bookbinder,
    absent: frozenset[str] = frozenset(),
    unset: Mapping[Identity, str] = {},
) -> str:
    return binder.article(volume.entries[0], absent, unset) if alone else binder.volume(volume, absent, unset)


def _set(book: str, sheet: Sheet, binder: Bookbinder) -> bytes:
    return typeset({"book": book, "words": binder.words()}, binder.edition.fonts, _epoch(sheet, binder))


def _epoch(sheet: Sheet, binder: Bookbinder) -> int:
    """The date that a file bears, in seconds since 1970."""
    if binder.edition.epoch is not None:
        return binder.edition.epoch
    date = date_of(sheet.volume.entries, binder.edition)
    return calendar.timegm((date or dt.datetime.now(dt.UTC).date()).timetuple())


def _absent(book: str, binder: Bookbinder) -> frozenset[str]:
    characters = doubtful(book)
    return absent_characters(characters, binder.edition.fonts) if characters else frozenset()


def _culprits(
    entries: Sequence[Entry], sheet: Sheet, binder: Bookbinder, absent: frozenset[str]
) -> Iterator[tuple[Identity, str]]:
    """Those articles that can't be set, and why: found by halves."""
    # A book of its own, to which the other articles are those of another.
    part = msgspec.structs.replace(sheet.volume, book="", entries=tuple(entries))
    try:
        _set(_book(part, False, binder, absent), sheet, binder)
    except CannotBeSet as reason:
        if len(entries) == 1:
            yield entries[0].identity, str(reason)
            return
        half = len(entries) // 2
        yield from _culprits(entries[:half], sheet, binder, absent)
        yield from _culprits(entries[half:], sheet, binder, absent)


def _lacking(entries: Sequence[Entry], binder: Bookbinder, absent: frozenset[str]) -> Iterator[Problem]:
    """The articles that have characters that no font has."""
    if not absent:
        return
    for entry in entries:
        found = absent.intersection(binder.characters(entry))
        if found:
            yield Problem(ProblemKind.CHARACTERS, "".join(sorted(found)), entry.identity)

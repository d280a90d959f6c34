"""What goes out to translators and comes back: a text with its translation, and all that is known of both.

A text with plural forms goes out as several units, one for each form of the other language, so that every tool and
every spreadsheet can hold them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from kb_gen.locales.checks.pair import PairKind
from kb_gen.model import MessageSyntax

__all__ = [
    "Mark",
    "Note",
    "NoteKind",
    "OutgoingUnit",
    "Previous",
    "ReturnedUnit",
    "UnitState",
    "by_entry",
    "form_id",
    "split_id",
]


class UnitState(StrEnum):
    """How far a translation is; the values are the words that spreadsheets and `--only` have for it."""

    UNTRANSLATED = "untranslated"
    FUZZY = "needs review"
    APPROVED = "approved"


class NoteKind(StrEnum):
    """What a note to the translator is about."""

    PLACE = "place"
    INSERTION = "insertion"
    AROUND = "around"
    TERM = "term"
    SUGGESTION = "suggestion"
    ADDRESS = "address"
    FORM = "plural form"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Note:
    """A line that tells a translator about a text."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Previous:
    """The text that a translation was made for, before the source changed."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How an entry's translation stood when it went out; what comes back is compared with that.

    Attributes:
        state: its state.
        print: a digest of the translation, all plural forms together.
    """

    state: UnitState
    print: str

    @classmethod
    def of(cls, msgstr: Iterable[str], state: UnitState) -> Mark:
        """The mark of a translation."""
        told = "\0".join(msgstr).encode("utf-8", "surrogatepass")
        digest = base64.b32encode(hashlib.blake2b(told, digest_size=10).digest()).decode("ascii").lower()
        return cls(state, digest)

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark that `text` writes down; None if it is none."""
        match = _MARK.fullmatch(text.strip())
        return cls(_STATE_OF_LETTER[match[1]], match[2]) if match else None

    def __str__(self) -> str:
        return f"{_LETTERS[self.state]}{self.print}"


_LETTERS = {UnitState.UNTRANSLATED: "u", UnitState.FUZZY: "f", UnitState.APPROVED: "a"}
_STATE_OF_LETTER = {letter: state for state, letter in _LETTERS.items()}
_MARK = re.compile(r"([ufa])([a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class OutgoingUnit:
    """A text that goes out, with its translation.

    Attributes:
        id: the unit's name in addresses; with `.0`, `.1` … behind it for the forms of a text with a plural.
        source: the text to translate; the plural form of it, where the translation's form is none for one.
        target: its translation; empty where there is none.
        state: how far the translation is.
        mark: how the whole entry stands in the catalog.
        context: the entry's msgctxt.
        notes: what extraction says about the text.
        comments: the translators' own comments.
        previous: the text that the translation was made for, where the source has changed since.
        room: how many characters fit where it is shown; None for running text.
        kind: how it is read.
        syntax: for message templates, how they mark insertion strings.
        forms: how many plural forms the entry has; 0 for a text without plural.
    """

    id: str
    source: str
    target: str
    state: UnitState
    mark: Mark
    context: str = ""
    notes: tuple[Note, ...] = ()
    comments: tuple[str, ...] = ()
    previous: Previous | None = None
    room: int | None = None
    kind: PairKind = PairKind.TEXT
    syntax: MessageSyntax = MessageSyntax.FORMATMESSAGE
    forms: int = 0

    @property
    def name(self) -> str:
        """What it is, on one line: its first place, or the beginning of the text."""
        places = (note.text for note in self.notes if note.kind is NoteKind.PLACE)
        return next(places, " ".join(self.source.split())[:60])


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """What a file brings back of one unit.

    Attributes:
        id: the unit's id; empty where the file doesn't tell.
        source: the text that was translated; None where the file doesn't tell.
        target: the translation; empty where there is none.
        state: what the file says about it; None where it says nothing.
        mark: how the entry stood when it went out; None where the file doesn't tell.
        comments: the translators' comments; None where the file has no place for them.
        context: the entry's msgctxt; None where the file doesn't tell.
        locale: the BCP 47 tag of the translation's language; empty where the file doesn't tell.
        catalog: the name of the catalog, as far as the file tells.
        line: the line of the file that it stands in, or the row of the sheet, from 1.
        problem: why the file's content is no translation; empty if it is one.
    """

    id: str
    source: str | None
    target: str
    state: UnitState | None = None
    mark: Mark | None = None
    comments: tuple[str, ...] | None = None
    context: str | None = None
    locale: str = ""
    catalog: str = ""
    line: int = 0
    problem: str = ""


def form_id(unit: str, form: int | None) -> str:
    """The id of one plural form of a unit, or of the unit itself where it has no plural."""
    return unit if form is None else f"{unit}.{form}"


_FORM = re.compile(r"(.+)\.([0-9]{1,2})")


def split_id(id: str) -> tuple[str, int]:
    """The unit that an id names, and its plural form; 0 for a text without plural."""
    match = _FORM.fullmatch(id)
    return (match[1], int(match[2])) if match else (id, 0)


def by_entry(units: Iterable[OutgoingUnit]) -> Iterator[tuple[str, tuple[OutgoingUnit, ...]]]:
    """The name of each entry with the units that it has gone out as: one, or one for each plural form."""
    for name, found in groupby(units, lambda unit: split_id(unit.id)[0]):
        yield name, tuple(found)

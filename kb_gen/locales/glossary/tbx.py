"""TBX, the form in which terminology is exchanged: version 2 (`martif`) and 3 (`tbx`), and Microsoft's files.

Version 2 names its data by attributes, `<termNote type="partOfSpeech">`; version 3 does so, too, or has an element for
each kind, `<min:partOfSpeech>`. Either way the last part of the name says what it is, so one reader understands all of
them. https://www.tbxinfo.net has both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from kb_gen.load.xml_reading import BrokenXml, read_pieces
from kb_gen.locales.language_fit import language_fit

__all__ = ["Concept", "NamedTerm", "RefusedConcept", "TbxPiece", "read_tbx"]

# Of each, the names in version 2 and 3; last those of the small dialect TBX-Min in its first version.
_ENTRIES = frozenset({"termEntry", "conceptEntry", "entry"})
_SECTIONS = frozenset({"langSet", "langSec", "langGroup"})
_TERMS = frozenset({"tig", "ntig", "termSec", "termGroup"})
_ROOTS = frozenset({"martif", "tbx", "TBX"})
_STATUS = frozenset({"administrativeStatus", "normativeAuthorization", "termStatus"})
_FORBIDDEN = ("deprecated", "superseded", "forbidden", "obsolete", "notrecommended")
_PREFERRED = "preferred"
_LONGEST = 200


@dataclass(slots=True)
class NamedTerm:
    """A term of a concept in one language.

    Attributes:
        text: the term.
        status: `preferred`, `admitted` or `forbidden`.
        part_of_speech: in small letters; may be empty.
    """

    text: str = ""
    status: str = "admitted"
    part_of_speech: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """What is called the same in every language.

    Attributes:
        terms: its terms, by language: the source language's tag and those that were asked for; the preferred first.
        definition: what it is; may be empty.
        line: where it begins, from 1.
    """

    terms: Mapping[str, tuple[NamedTerm, ...]]
    definition: str
    line: int


@dataclass(frozen=True, slots=True)
class RefusedConcept:
    """A concept that can't be used, or the place from which the file can't be read: where, and why."""

    reason: str
    line: int
    column: int
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class TbxPiece:
    """A piece of a file: how many bytes have been read, and the concepts that ended in it.

    `passed_over` is how many concepts have no term in the wanted languages.
    """

    read: int
    concepts: tuple[Concept | RefusedConcept, ...]
    passed_over: int = 0


def read_tbx(stream: BinaryIO, source_tag: str, tags: Sequence[str]) -> Iterator[TbxPiece]:
    """The concepts of a TBX file that have a term in the source language and in any of those wanted.

    Args:
        stream: the file.
        source_tag: the BCP 47 tag of the source language.
        tags: those of the wanted locales.

    Raises:
        OSError: the file can't be read.
    """
    return read_pieces(stream, _TbxReader(source_tag, tags))


@dataclass(slots=True)
class _Draft:
    """A concept while it is read."""

    line: int
    column: int
    terms: list[tuple[str, NamedTerm]] = field(default_factory=list)
    definitions: list[tuple[str, str]] = field(default_factory=list)


class _TbxReader:
    """Takes a document's elements and text."""

    def __init__(self, source_tag: str, tags: Sequence[str]) -> None:
        self._source_tag = source_tag
        self._tags = tuple(dict.fromkeys((source_tag, *tags)))
        self._path: list[str] = []
        self._kinds: list[str] = []
        self._draft: _Draft | None = None
        self._language = ""
        self._term: NamedTerm | None = None
        self._parts: list[str] = []
        self._done: list[Concept | RefusedConcept] = []
        self._passed_over = 0

    def taken(self, read: int) -> TbxPiece:
        """What has come together since this was asked last."""
        piece = TbxPiece(read, tuple(self._done), self._passed_over)
        self._done, self._passed_over = [], 0
        return piece

    def broken(self, read: int, reason: BrokenXml) -> TbxPiece:
        """That the document can't be read any further."""
        return TbxPiece(read, (RefusedConcept(str(reason), reason.line, reason.column, fatal=True),))

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        """An element begins."""
        if not self._path and name not in _ROOTS:
            raise BrokenXml(f"this is no TBX file: it begins with `<{name}>`", line, column)
        self._path.append(name)
        self._kinds.append(attributes.get("type", name) if name in {"termNote", "descrip", "admin"} else name)
        if name in _ENTRIES:
            self._draft, self._language = _Draft(line, column), ""
        elif name in _SECTIONS:
            self._language = attributes.get("lang", "")
        elif name in _TERMS:
            self._term = NamedTerm()
        if name not in {"hi", "foreign"}:
            self._parts = []

    def text(self, data: str) -> None:
        """A piece of text."""
        self._parts.append(data)

    def end(self, name: str) -> None:
        """An element ends."""
        self._path.pop()
        kind = self._kinds.pop()
        draft, term = self._draft, self._term
        if draft is None or name in {"hi", "foreign"}:
            return
        text = " ".join("".join(self._parts).split())
        if kind == "definition":
            draft.definitions.append((self._language, text))
        elif term is not None and kind == "term":
            term.text = text
        elif term is not None and kind == "partOfSpeech":
            term.part_of_speech = text.lower()
        elif term is not None and kind in _STATUS:
            term.status = _status(text)
        elif name in _TERMS and term is not None:
            draft.terms.append((self._language, term))
            self._term = None
        elif name in _SECTIONS:
            self._language = ""
        elif name in _ENTRIES:
            self._concept_ends(draft)
            self._draft = None

    def _concept_ends(self, draft: _Draft) -> None:
        terms = {tag: found for tag in self._tags if (found := self._terms(draft, tag))}
        if self._source_tag not in terms or len(terms) == 1:
            self._passed_over += 1
        elif wrong := next((why for found in terms.values() for term in found if (why := _unfit(term.text))), ""):
            self._done.append(RefusedConcept(wrong, draft.line, draft.column))
        else:
            self._done.append(Concept(terms, self._definition(draft), draft.line))

    @staticmethod
    def _terms(draft: _Draft, tag: str) -> tuple[NamedTerm, ...]:
        """The terms in the language that serves a locale best, the preferred first."""
        fits = {language: language_fit(language, tag) for language, _ in draft.terms}
        best = min((fit for fit in fits.values() if fit is not None), default=None)
        found = [term for language, term in draft.terms if best is not None and fits[language] == best and term.text]
        return tuple(sorted(found, key=lambda term: term.status != _PREFERRED))

    def _definition(self, draft: _Draft) -> str:
        fitting = [text for language, text in draft.definitions if not language or self._serves_source(language)]
        return next(filter(None, fitting), "")

    def _serves_source(self, language: str) -> bool:
        return language_fit(language, self._source_tag) is not None


def _status(text: str) -> str:
    words = text.lower().replace("-", "").replace(" ", "").replace("_", "")
    if any(word in words for word in _FORBIDDEN):
        return "forbidden"
    return _PREFERRED if words.startswith((_PREFERRED, "standardized")) else "admitted"


def _unfit(text: str) -> str:
    """Why a term can't stand in the table."""
    if len(text) > _LONGEST:
        return f"a term has more than {_LONGEST} characters"
    if "|" in text:
        return f"the term `{text}` holds `|`, which separates terms in the glossary"
    if text[0] in "=+-@":
        return f"the term `{text}` begins with `{text[0]}`, which spreadsheet programs take for a formula"
    return ""

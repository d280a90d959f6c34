"""TMX 1.4b, the form in which translation tools exchange memories, read one unit at a time.

https://www.gala-global.org/tmx-14b says what stands in it. Of a unit, the text in the source language and those in
the wanted ones are taken. Inline elements hold codes of the tool that wrote them: codes that our texts have, too, stay
(`%1`, `**`), formatting is left out, and a unit where something else stands for a part of the text is refused, because
its translation would lack that part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from kb_gen.load.xml_reading import BrokenXml, read_pieces
from kb_gen.locales.language_fit import language_fit

__all__ = ["CONTEXT", "DOMAIN", "STANDING", "RefusedUnit", "TmxPiece", "TmxUnit", "read_tmx"]

CONTEXT, DOMAIN, STANDING = "x-context", "x-domain", "x-standing"
"""The `type` of our own `<prop>` elements: a unit's msgctxt, its catalog, `obsolete` if its text isn't in use."""

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_FORMATTING = frozenset({"bpt", "ept", "it"})
_OWN_CODE = re.compile(r"%[0-9]{1,2}|\{[A-Za-z_]\w*\}|`[^`]*`?|\*{1,2}|_{1,2}|\[|\]\([^()\s]*\)|event:\S+", re.ASCII)
"""A code that is a part of our own texts as it stands."""

_LONGEST = 100_000
"""So many characters a text may have: a unit is a paragraph, not a book."""


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """A unit that can be used.

    Attributes:
        source: the source text.
        targets: its translations, by the locales that were asked for.
        line: where it begins, from 1.
        tuid: the name that it has in the file; may be empty.
        note: what is noted at it; may be empty.
        properties: our own `<prop>` elements by their type.
    """

    source: str
    targets: Mapping[str, str]
    line: int
    tuid: str = ""
    note: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedUnit:
    """A unit that can't be used, or the place from which the file can't be read: where, and why."""

    reason: str
    line: int
    column: int
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class TmxPiece:
    """A piece of a file.

    Attributes:
        read: how many bytes of the file have been read.
        units: the units that ended in it.
        passed_over: how many units ended in it that aren't in the wanted languages.
    """

    read: int
    units: tuple[TmxUnit | RefusedUnit, ...]
    passed_over: int = 0


def read_tmx(stream: BinaryIO, source_tag: str, tags: Sequence[str]) -> Iterator[TmxPiece]:
    """The units of a TMX file with a text in the source language and in any of those wanted.

    Args:
        stream: the file.
        source_tag: the BCP 47 tag of the source language.
        tags: those of the wanted locales.

    Raises:
        OSError: the file can't be read.
    """
    return read_pieces(stream, _TmxReader(source_tag, tags))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a unit: its language as the file names it, and why it can't be used, if so."""

    language: str
    text: str
    refused: str


@dataclass(slots=True)
class _Unit:
    """A unit while it is read."""

    line: int
    column: int
    source_language: str
    tuid: str
    texts: list[_Text] = field(default_factory=list)
    note: str = ""
    properties: dict[str, str] = field(default_factory=dict)


class _TmxReader:
    """Takes a document's elements and text."""

    def __init__(self, source_tag: str, tags: Sequence[str]) -> None:
        self._source_tag = source_tag
        self._tags = tuple(tags)
        self._source_language = ""
        self._path: list[str] = []
        self._unit: _Unit | None = None
        self._language = ""
        self._property = ""
        self._parts: list[str] = []
        self._code: list[str] | None = None
        self._refused = ""
        self._done: list[TmxUnit | RefusedUnit] = []
        self._passed_over = 0

    def taken(self, read: int) -> TmxPiece:
        """What has come together since this was asked last."""
        piece = TmxPiece(read, tuple(self._done), self._passed_over)
        self._done, self._passed_over = [], 0
        return piece

    def broken(self, read: int, reason: BrokenXml) -> TmxPiece:
        """That the document can't be read any further."""
        return TmxPiece(read, (RefusedUnit(str(reason), reason.line, reason.column, fatal=True),))

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        """An element begins."""
        if not self._path and name != "tmx":
            raise BrokenXml(f"this is no TMX file: it begins with `<{name}>`", line, column)
        self._path.append(name)
        if name == "header":
            self._source_language = attributes.get("srclang", "")
        elif name == "tu":
            language = attributes.get("srclang", self._source_language)
            self._unit = _Unit(line, column, language, attributes.get("tuid", ""))
        elif name == "tuv":
            self._language = attributes.get("lang", "")
        elif name in {"seg", "note", "prop"}:
            self._parts, self._code = [], None
            self._property = attributes.get("type", "")
        elif "seg" in self._path[:-1]:
            self._inline(name)

    def _inline(self, name: str) -> None:
        if name in _CODES and self._code is None:
            self._code = []
        elif name != "hi":
            # A text inside a code, or an element that TMX doesn't have.
            self._refuse(f"the inline element `<{name}>` holds what can't be put into a plain text")

    def text(self, data: str) -> None:
        """A piece of text."""
        if self._code is not None:
            self._code.append(data)
        elif self._unit is not None and self._path[-1] in {"seg", "note", "prop", "hi"}:
            self._parts.append(data)

    def end(self, name: str) -> None:
        """An element ends."""
        self._path.pop()
        unit = self._unit
        if unit is None:
            return
        if name in _CODES and self._code is not None:
            self._code_ends(name, "".join(self._code))
            self._code = None
        elif name == "seg":
            self._segment_ends(unit)
        elif name == "note" and self._path[-1] == "tu":
            unit.note = unit.note or "".join(self._parts)
        elif name == "prop" and self._path[-1] == "tu":
            unit.properties.setdefault(self._property, "".join(self._parts))
        elif name == "tu":
            self._unit_ends(unit)
            self._unit = None

    def _code_ends(self, name: str, code: str) -> None:
        if _OWN_CODE.fullmatch(code):
            self._parts.append(code)
        elif name not in _FORMATTING:
            what = f": `{code.strip()[:40]}`" if code.strip() else ""
            self._refuse(f"the inline element `<{name}>` stands for something that isn't text{what}")

    def _segment_ends(self, unit: _Unit) -> None:
        text = "".join(self._parts)
        if len(text) > _LONGEST:
            self._refuse(f"a text has more than {_LONGEST:,} characters")
        elif not self._language:
            self._refuse("a text doesn't say which language it is in (`xml:lang`)")
        unit.texts.append(_Text(self._language, text, self._refused))
        self._parts, self._refused = [], ""

    def _refuse(self, reason: str) -> None:
        self._refused = self._refused or reason

    def _unit_ends(self, unit: _Unit) -> None:
        source = _best(unit.texts, self._source_tag, unit.source_language)
        targets = {tag: text for tag in self._tags if (text := _best(unit.texts, tag)) and text.text.strip()}
        usable = {tag: text.text for tag, text in targets.items() if not text.refused}
        unnamed = [text.refused for text in unit.texts if not text.language]
        if source is not None and usable and source.text.strip() and not source.refused:
            ours = {kind: text for kind, text in unit.properties.items() if kind in {CONTEXT, DOMAIN, STANDING}}
            self._done.append(TmxUnit(source.text, usable, unit.line, unit.tuid, unit.note, ours))
        elif source is not None and targets:
            reasons = [source.refused, *(text.refused for text in targets.values()), "the source text is empty"]
            self._done.append(RefusedUnit(next(filter(None, reasons)), unit.line, unit.column))
        elif unnamed:
            self._done.append(RefusedUnit(unnamed[0], unit.line, unit.column))
        else:
            self._passed_over += 1


def _best(texts: Sequence[_Text], tag: str, preferred: str = "") -> _Text | None:
    """The text whose language serves a locale best; of several, the first."""
    fitting = [(fit, text) for text in texts if (fit := language_fit(text.language, tag)) is not None]
    named = [text for _, text in fitting if preferred and text.language.casefold() == preferred.casefold()]
    return named[0] if named else min(fitting, key=lambda pair: pair[0], default=(0, None))[1]

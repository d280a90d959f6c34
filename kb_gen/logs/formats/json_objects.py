"""The JSON objects in the lines of a log, of which some may be cut off.

Most objects have a line for themselves. Others share one, or go on over several lines, and nothing but the lines
themselves tells whether one does or has lost its end. So a line is taken for more of an object only where JSON could go
on with it, and never where it is a whole object that stands no deeper than the open one begins.

What is given up then is looked through again from the next place where an entry may begin. Objects that were part of a
lost one are no entries: in lines, they are those that are indented further than entries are; in the rest of a line,
those that are the value of a name, or have other names in them than the entries before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from kb_gen.logs.formats.json_open_values import OpenValue
from kb_gen.logs.formats.json_sources import (
    LONGEST_OBJECT,
    Line,
    LineSource,
    begins,
    entry_indentation,
    indentation,
    least_indented,
)
from kb_gen.logs.formats.json_texts import (
    BETWEEN,
    Fields,
    TornAt,
    is_whole,
    mended,
    object_at,
    objects_from,
    whole_objects,
)

__all__ = ["FoundObject", "NoObject", "PlainLine", "objects_in"]

_PLAIN = re.compile(r"\s*[^\W_]")
_SIGNS_OF_JSON = re.compile(r'"\s*[:,]|[}\]"],?\s*$|^\s*(?:-?\d[\d.eE+-]*|true|false|null|NaN|-?Infinity)\s*,?\s*$')
_LIST = re.compile(r"[^\[]*:\s*\[\s*")
"""How a log begins that is one object, of which a list has the entries."""

_NEAR_END = 3
"""An object that is torn no nearer to the end of its line can't go on in the next one."""

_ENDS = re.compile(r"[\s,}\]]*")
_OUTSIDE = re.compile(r'[}"]')
_ENDS_BEFORE = re.compile(r"[\s,\[\]}]*(?=\{)")
_LATER = re.compile(r'\{\s*["}]')
_VALUE_OF_A_NAME = re.compile(r'"\s*:\s*\Z')
_STRUCTURE = re.compile(r'["{}]')
_FIRST_NAME = re.compile(r'\{\s*"((?:[^"\\]|\\.){1,200})"')


class FoundObject(NamedTuple):
    """An object: the number of the line where it begins, what it holds, and how it is written."""

    line: int
    fields: Fields
    text: str


class NoObject(NamedTuple):
    """Lines in which something is no whole object, by the numbers of the first and the last one.

    Attributes:
        first: the first one's number.
        last: the last one's number.
        is_part: whether there are whole objects in these lines as well.
    """

    first: int
    last: int
    is_part: bool = False


class PlainLine(NamedTuple):
    """A line that isn't JSON, nor a part of any: what another program wrote in between."""

    line: int
    text: str


_Found = FoundObject | NoObject | PlainLine


def objects_in(lines: Iterable[tuple[int, str]]) -> Iterator[_Found]:
    """The objects in numbered lines, those of arrays one by one, and what is none, in the log's order."""
    lost: NoObject | None = None
    named = 0
    for each in _Search(lines).found():
        if isinstance(each, NoObject):
            lost = NoObject(lost.first, each.last, lost.is_part or each.is_part) if lost else each
            continue
        # Of a line, it is said once.
        if lost and lost.last > named:
            yield lost
            named = lost.last
        lost = None
        yield each
    if lost and lost.last > named:
        yield lost


class _Search:
    """How far the search for objects has come, and what it has learned of them."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._source = LineSource(lines)
        self._last: Fields | None = None
        self._last_line = ""
        self._is_begun = self._has_frame = False
        self._astray: _Astray | None = None

    def found(self) -> Iterator[_Found]:
        """What there is; lines that are lost may come in several parts."""
        while (line := self._source.next()) is not None:
            number, text = line
            if text[:1] != "{":
                if not text.strip(BETWEEN) or self._is_end(text, 0):
                    self._is_begun |= "[" in text
                    if self._astray and _is_list(text, self._astray.most):
                        self._astray = None
                    continue
                if _PLAIN.match(text) and not _SIGNS_OF_JSON.search(text):
                    yield PlainLine(number, text)
                    continue
                if text[:1] in " \t" and not self._is_begun and not is_whole(text):
                    # The log may begin in the middle of an entry, and of a line.
                    self._astray = _Astray(entry_indentation(self._source.ahead()), 0)
                    self._is_begun = True
                if self._astray and indentation(text) > self._astray.most and not self._is_entry(text):
                    yield self._lost(text, len(text), NoObject(number, number, self._source.is_rest))
                    continue
            self._is_begun = True
            if found := whole_objects(text):
                self._note(found[-1], text)
                for fields in found:
                    yield FoundObject(number, fields, text if len(found) == 1 else msgspec.json.encode(fields).decode())
            else:
                yield from self._parts(number, text)

    def _is_entry(self, text: str) -> bool:
        """Whether a line is an entry by its names, wherever it begins."""
        found = whole_objects(text)
        return bool(found) and all(self._is_alike(fields, "") for fields in found)

    def _is_end(self, text: str, place: int) -> bool:
        """Whether nothing but the end of what is around all entries stands in the rest of a line."""
        return self._has_frame and _ENDS.fullmatch(text, place) is not None

    def _note(self, fields: Fields, text: str) -> None:
        """That an entry was found, and the line in which it begins."""
        self._last, self._last_line, self._astray = fields, text, None

    def _lost(self, begin: str, length: int, lost: NoObject) -> NoObject:
        """What is lost; where it begins tells where entries may begin from now on.

        Args:
            begin: its first line.
            length: characters of it.
            lost: what it is.
        """
        astray, indented = self._astray, indentation(begin)
        if begin[indented : indented + 1] == "{" and (not astray or indented <= astray.most):
            self._astray = _Astray(indented, length + (astray.length if astray else 0))
        elif astray and astray.length + length <= LONGEST_OBJECT:
            self._astray = _Astray(astray.most, astray.length + length)
        elif not astray and self._last_line.lstrip(" \t")[:1] == "{":
            self._astray = _Astray(indentation(self._last_line), length)
        else:
            self._astray = _Astray(entry_indentation(self._source.ahead()), 0)
        return lost

    def _parts(self, number: int, line: str) -> Iterator[_Found]:
        """What is in a line that isn't a whole object, nor an array of them."""
        text, has_found = mended(line), self._source.is_rest
        ends = _ENDS_BEFORE.match(text)
        later: int | None = ends.end() if ends else 0
        if ends and "}" in ends[0] and not self._astray:
            yield NoObject(number, number, is_part=True)
        while later is not None:
            spans, place, torn = objects_from(text, later)
            if _OUTSIDE.match(text, place) and not self._is_end(text, place):
                # The line goes on as something does that began before them, so they are parts of it.
                spans = [span for span in spans if self._is_alike(span.fields, "")]
            for span in spans:
                self._note(span.fields, line)
                yield FoundObject(number, span.fields, text[span.begin : span.end])
            has_found = has_found or bool(spans)
            if place == len(text) or self._is_end(text, place):
                return
            if torn:
                self._source.note_look(torn.seen)
            if torn and torn.place > len(text.rstrip()) - _NEAR_END:
                rest, value = _indented(line, text[place:]), OpenValue()
                if value.goes_on(rest):
                    yield from self._over_lines(value, line, rest, NoObject(number, number, has_found))
                    return
            later = self._later(text, place)
            lost = NoObject(number, number, has_found or later is not None)
            yield self._lost(line, (later or len(text)) - place, lost)

    def _later(self, text: str, place: int) -> int | None:
        """Where an entry begins in the rest of a line, behind something that is none."""
        structure = _STRUCTURE.search(text, place)
        skipped = place + 1
        for match in _LATER.finditer(text, place + 1):
            begin = match.start()
            if not self._source.may_look_again:
                return None
            if begin < skipped or _VALUE_OF_A_NAME.search(text, max(place, begin - 20), begin):
                continue
            found = object_at(text, begin)
            if isinstance(found, TornAt):
                self._source.note_look(found.seen)
            elif (structure and structure.start() == begin) or self._is_alike(found.fields, text[place : place + 250]):
                return begin
            else:
                skipped = found.end
        return None

    def _is_alike(self, fields: Fields, torn: str) -> bool:
        """Whether an object is an entry by its names: more than half are those of the entry before.

        Args:
            fields: what it has.
            torn: the beginning of an entry that is lost; empty if that is lost as well.
        """
        if self._last is None:
            name = _FIRST_NAME.match(torn)
            return name is not None and next(iter(fields), None) == name[1]
        return 2 * len(self._last.keys() & fields.keys()) > max(len(self._last), len(fields))

    def _over_lines(self, value: OpenValue, line: str, rest: str, lost: NoObject) -> Iterator[_Found]:
        """The object that begins in a line and may end in a later one, or what is lost instead.

        Args:
            value: how far it has come.
            line: the line.
            rest: the line from where the object begins.
            lost: what is lost of that line if there is none.
        """
        taken = [(lost.first, rest)]
        if self._is_ended(value, taken) and (found := self._ended(taken, line)):
            yield found
        elif not self._is_frame(taken):
            end = len(taken)
            if self._source.may_look_again:
                end = _next_begin(taken) if line.lstrip(" \t")[:1] == "{" else 1
            self._source.give_back(taken[end:])
            length = sum([len(text) for _, text in taken[:end]])
            yield self._lost(line, length, lost._replace(last=taken[end - 1][0]))

    def _ended(self, taken: Sequence[Line], line: str) -> FoundObject | None:
        """The object that begins in the first of some lines and ends in the last one; None if it is damaged.

        Args:
            taken: the lines; the first one from where the object begins.
            line: all of the first one.
        """
        text, rest = "\n".join([text for _, text in taken]), ""
        fields = next(iter(whole_objects(text)), None)
        if fields is None:
            text = mended(text)
            found = object_at(text, text.index("{"))
            if isinstance(found, TornAt):
                return None
            fields, text, rest = found.fields, text[: found.end], text[found.end :]
        self._note(fields, line)
        if rest.strip(BETWEEN):
            number, last = taken[-1]
            self._source.give_back_rest((number, _indented(last, rest)))
        return FoundObject(taken[0][0], fields, text.strip(" \t,"))

    def _is_ended(self, value: OpenValue, taken: list[Line]) -> bool:
        """Whether an object ends in a later line.

        Args:
            value: how far it has come.
            taken: the line where it begins; gets those that were looked at as well.
        """
        most, length = indentation(taken[0][1]), len(taken[0][1])
        is_flat = value.depth > 1
        goes_on: bool | None = True
        while goes_on and length <= LONGEST_OBJECT and (line := self._source.next()) is not None:
            text = line[1]
            if not text[: most + 1].isspace() and text.strip(BETWEEN):
                is_flat |= len(taken) == 1
                # An object that is empty is hardly ever an entry.
                is_begin = text.lstrip(" \t,[")[:1] == "{" and text.strip(BETWEEN) != "{}"
                if indentation(text) < most or (is_begin and (not is_flat or is_whole(text))):
                    self._source.give_back([line])
                    return False
            taken.append(line)
            length += len(text) + 1
            goes_on = value.goes_on(text)
        return goes_on is None

    def _is_frame(self, taken: Sequence[Line]) -> bool:
        """Whether an object without an end is one around all entries; they come next then."""
        if self._last is not None or self._has_frame:
            return False
        least = least_indented(taken[1:])
        first = next((place for place in range(1, len(taken)) if begins(taken[place][1], least)), len(taken))
        is_long = first < len(taken) and sum([len(text) + 1 for _, text in taken]) > LONGEST_OBJECT
        if not is_long and not _LIST.fullmatch("\n".join([text for _, text in taken[:first]])):
            return False
        # Where others begin as it does, an object over several lines is an entry as well.
        if first > 1 and self._source.may_look_again:
            others = least_indented([*taken[first:], *self._source.ahead()])
            if others <= indentation(taken[0][1]):
                return False
        self._source.give_back(taken[first:])
        self._has_frame = self._source.has_more
        return self._has_frame


class _Astray(NamedTuple):
    """That the search is within something that is lost.

    Attributes:
        most: how far a line is indented at most in which an entry may begin.
        length: characters that are lost.
    """

    most: int
    length: int


def _indented(line: str, rest: str) -> str:
    """The rest of a line, as if it were the whole one."""
    return line[: indentation(line)] + rest.lstrip(" \t,")


def _is_list(text: str, most: int) -> bool:
    """Whether a list begins in a line that isn't indented by more than `most`, so that its objects may be."""
    return text.strip(" \t\r,") == "[" and indentation(text) <= most


def _next_begin(taken: Sequence[Line]) -> int:
    """The first line behind the first that may begin an object as that one does; their number if none does."""
    most = indentation(taken[0][1])
    behind = (place for place in range(1, len(taken)) if begins(text := taken[place][1], most) or _is_list(text, most))
    return next(behind, len(taken))

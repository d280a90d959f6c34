"""Windows message files (`.mc`), as the message compiler reads them.

Sources: Microsoft's pages "Message Text Files", "Header Section" and "Message Definitions" (Event Logging); for the
code page as the third part of a language name, GNU windmc. A message's text is what stands between `Language=` and a
line with a single period, its line breaks included.

Several files make one list of events: those that lack a symbol are joined by ID, others by symbol.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import structs

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.importers.formats.language_names import language_called
from kb_gen.importers.formats.mc_header import Header, Language, is_header_line, read_header_line
from kb_gen.importers.formats.mc_joining import joined, same_symbols
from kb_gen.importers.formats.mc_lines import (
    DEFINITION,
    Line,
    McText,
    is_end,
    read_text,
    without_comment,
    without_comments_at_end,
)
from kb_gen.importers.formats.mc_numbers import HIGHEST_ID, Counting, WrittenNumber, written_number
from kb_gen.importers.formats.text_language import mislabelled
from kb_gen.importers.imported import Imported, ImportedEvent, Reading
from kb_gen.model import EventSeverity, EventSource, Record

__all__ = ["read"]

_NO_SYMBOL = "NONE"
_SYMBOL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""What a header file of C can define."""
_XML = re.compile(r"\s*<[?!A-Za-z]")
_NO_TEXT = "write what the event says; its record has no message"
_PREFERRED = "en"
"""The language that records are written in, if the files have it; else it is their first."""


@dataclass(slots=True)
class _Definition:
    """A message as far as it is read.

    Attributes:
        written: what the file says of its number.
        place: where.
        id: its number without severity and facility, once that is known.
        symbol: its symbol; empty if it has none.
        severity: how grave it is; None where the file doesn't say.
        texts: its texts in order, each with its language, and where that is named.
        is_told: whether it was said of one that it isn't taken.
    """

    written: WrittenNumber
    place: Place
    id: int = 0
    symbol: str = ""
    severity: EventSeverity | None = None
    texts: list[tuple[Language, str, Place]] = field(default_factory=list)
    is_told: bool = False


def read(paths: Sequence[Path], reading: Reading) -> Imported:
    """Read message files that belong together.

    Args:
        paths: the files.
        reading: which product and source they belong to, and the code page of files that are in none of Unicode.
    """
    diagnostics: list[Diagnostic] = []
    events: list[ImportedEvent] = []
    for path in paths:
        text = read_text(path, reading.encoding)
        file = _File(text, Header.standard())
        file.read()
        diagnostics += text.diagnostics
        found = [_event(own, reading) for own in file.definitions]
        diagnostics += mislabelled(found, file.languages)
        diagnostics += [*file.diagnostics, *_without_texts(file.definitions), *same_symbols(found)]
        events, unjoined = joined(events, found)
        diagnostics += unjoined
    language = _source_language(events, reading.locale)
    sources = {reading.source: EventSource(message_language=language)} if reading.source else {}
    return Imported(tuple([_in_language(event, language) for event in events]), tuple(diagnostics), sources)


def _source_language(events: Iterable[ImportedEvent], wanted: str) -> str:
    """The language of the templates in records: the one that somebody wants, if the files have it."""
    tags = dict.fromkeys(tag for event in events for tag in event.messages)
    if wanted in tags:
        return wanted
    if _PREFERRED in tags:
        return _PREFERRED
    english = (tag for tag in tags if tag.partition("-")[0] == _PREFERRED)
    return next(english, None) or next(iter(tags), _PREFERRED)


def _in_language(event: ImportedEvent, language: str) -> ImportedEvent:
    return structs.replace(event, record=structs.replace(event.record, message=event.messages.get(language, "")))


class _File:
    """One file, read line by line."""

    def __init__(self, text: McText, header: Header) -> None:
        self._text = text
        self._header = header
        self._lines = iter(text.lines())
        self._again: Line | None = None
        self._counting = Counting()
        self._facility = "application"
        self._severity: EventSeverity | None = None
        # The message whose statements are being read, and the one whose texts are.
        self._begun: _Definition | None = None
        self._current: _Definition | None = None
        self._languages: dict[str, Place] = {}
        self._said: set[str] = set()
        # Behind a number that can't be read, up to the next one: under another, a text would answer for another event.
        self._lost = False
        self.definitions: list[_Definition] = []
        self.diagnostics: list[Diagnostic] = []

    @property
    def languages(self) -> Mapping[str, Place]:
        """Where each language is named first, by its tag."""
        return self._languages

    def read(self) -> None:
        """Read all of it."""
        while (line := self._next()) is not None:
            if not without_comment(line.text).strip():
                continue
            if DEFINITION.match(line.text):
                self._statements(line)
            elif (more := read_header_line(self._header, line, self._next)) is not None:
                self.diagnostics += more
            else:
                self._stray_text(line)
        self._complete()

    def _stray_text(self, line: Line) -> None:
        """Lines that belong to nothing, one finding for all that follow one another."""
        count = 1
        while (following := self._next()) is not None:
            if DEFINITION.match(following.text) or is_header_line(following):
                self._again = following
                break
            count += bool(without_comment(following.text).strip())
        message, help_text = "text that belongs to no message", "put it behind `Language=…`, or a `;` before it"
        if count > 1:
            message = f"{count} lines, of which this is the first, belong to no message"
        if _XML.match(line.text):
            help_text = "this looks like XML: a manifest is read by the format `manifest`"
        self._warn("mc-stray-text", message, line.place, help_text)

    def _next(self) -> Line | None:
        if self._again is not None:
            line, self._again = self._again, None
            return line
        return next(self._lines, None)

    def _warn(self, code: str, message: str, place: Place, help: str) -> None:
        self.diagnostics.append(warning(code, message, place, help))

    def _statements(self, line: Line) -> None:
        """All statements of a line. The text of a message begins in the next one."""
        end, text = 0, without_comment(line.text)
        while statement := DEFINITION.match(text, end):
            end = statement.end()
            value = statement["value"].strip()
            named = line.place_of(*statement.span("value" if value else "name"))
            self._statement(statement["name"].lower(), value, named, line)
        if rest := text[end:].strip():
            self._warn("mc-stray-text", f"`{rest}` belongs to no statement", line.place, "put a `;` before it")

    def _statement(self, name: str, value: str, place: Place, line: Line) -> None:
        """One statement; `place` is that of its value, or of its name where it has none."""
        if self._begun is not None and name in self._said and name != "outputbase":
            words = "a message has this statement twice; the last one counts"
            self._warn("mc-second-statement", words, place, "remove one of the two, or begin a message between them")
        self._said.add(name)
        if name == "messageid":
            self._begin(value, place)
        elif name == "language":
            self._message_text(value, place, line)
        elif name == "facility":
            self._is_known(self._header.facilities, "mc-unknown-facility", "facility", value, place)
            # One that the header forgot counts its messages, too.
            self._facility = value.lower()
        elif name == "severity":
            known = self._header.severities
            self._is_known(known, "mc-unknown-severity", "severity", value, place)
            self._severity = known.get(value.lower())
        elif name == "symbolicname":
            self._set_symbol(value, place)
        # `OutputBase` says how numbers are printed into a header file of C.

    def _set_symbol(self, value: str, place: Place) -> None:
        if self._begun is None:
            if not self._lost:
                # Behind a text, it would rename an event that has all it needs.
                help_text = "begin with `MessageId=`"
                self._warn("mc-stray-text", f"the symbol `{value}` belongs to no message", place, help_text)
        elif not _SYMBOL.fullmatch(value):
            message = (
                f"`{value}` is no name that C has, so the message has no symbol" if value else "there is no symbol"
            )
            help_text = "write letters of ASCII, digits and `_`, no digit first; or `NONE`"
            self._warn("mc-bad-symbol", message, place, help_text)
        else:
            self._begun.symbol = "" if value.upper() == _NO_SYMBOL else value

    def _is_known(self, known: Mapping[str, object], code: str, what: str, value: str, place: Place) -> None:
        if value.lower() not in known:
            names = ", ".join(sorted(known))
            self._warn(code, f"there is no {what} `{value}`", place, f"define it in the header; known are {names}")

    def _begin(self, value: str, place: Place) -> None:
        """A message begins. What number it has, is known when its facility is."""
        self._complete()
        self._current = None
        self._said.clear()
        written = written_number(value)
        self._lost = written is None
        if written is None:
            self._refuse(f"`{value}`", place)
        else:
            self._begun = _Definition(written, place)

    def _complete(self) -> None:
        """All statements of a message have been read, and its texts follow."""
        begun, self._begun = self._begun, None
        if begun is None:
            return
        number = self._counting.number(begun.written, self._facility)
        if number is None:
            self._lost = True
            self._refuse(f"{begun.written.number} more than the last of its facility", begun.place)
            return
        begun.id, begun.severity = number, self._severity
        self._current = begun
        self.definitions.append(begun)

    def _refuse(self, number: str, place: Place) -> None:
        message = f"{number} is no message ID of 16 bits, so the message isn't taken"
        help_text = f"write a number up to {HIGHEST_ID}, 0x…, +n or nothing"
        self.diagnostics.append(error("mc-bad-id", message, place, help_text))

    def _message_text(self, name: str, place: Place, line: Line) -> None:
        """A message's text in a language: all lines up to one with a single period."""
        self._complete()
        language = self._header.languages.get(name.lower())
        if language is None:
            known = ", ".join(own.name for own in self._header.languages.values())
            message = f"there is no language `{name}`, so the text isn't taken"
            help_text = f"name it in `LanguageNames=({name}=0x…:file)`; known are {known}"
            self.diagnostics.append(error("mc-unknown-language", message, place, help_text))
        else:
            self._languages.setdefault(language.tag, line.place)
        lines = self._text_lines(line)
        current = self._current
        if self._lost:
            return
        if current is None:
            self._warn("mc-stray-text", "a message text before any `MessageId`", line.place, "begin with `MessageId=`")
        elif language is None:
            current.is_told = True
        else:
            text = "\n".join([self._text.decoded(own, language.code_page) for own in lines])
            if any(own.tag == language.tag for own, _, _ in current.texts):
                self._warn("mc-second-text", f"a second text in {language.name}", line.place, "remove one of the two")
            elif not text.strip():
                message = f"the text of message {current.id} in {language.name} is empty"
                self._warn("mc-no-text", message, line.place, _NO_TEXT)
                current.is_told = True
            else:
                current.texts.append((language, text, place))

    def _text_lines(self, head: Line) -> list[Line]:
        lines: list[Line] = []
        while (line := self._next()) is not None:
            if is_end(line.text):
                return lines
            if self._begins_another(line):
                self._again = line
                message = "the message text before this line isn't ended"
                help_text = "put a line with a single period before it; read strictly, this line is part of that text"
                self._warn("mc-missing-end", message, line.place, help_text)
                return without_comments_at_end(lines)
            lines.append(line)
        message = "the file ends inside a message text"
        self._warn("mc-missing-end", message, head.place, "end it with a line with a period")
        return without_comments_at_end(lines)

    def _begins_another(self, line: Line) -> bool:
        """Whether a line inside a text is a statement, which nobody would log."""
        statement = DEFINITION.match(line.text)
        if statement is None:
            return is_header_line(line)
        name, value = statement["name"].lower(), without_comment(statement["value"]).strip()
        if name == "language":
            # One that the header forgot is told where its text begins.
            return value.lower() in self._header.languages or bool(language_called(value))
        return name == "messageid" and written_number(value) is not None


def _event(own: _Definition, reading: Reading) -> ImportedEvent:
    messages = {language.tag: text for language, text, _ in own.texts}
    places = {language.tag: place for language, _, place in own.texts}
    record = Record(
        id=str(own.id),
        source=reading.source,
        product=reading.product,
        version=reading.version,
        symbolic_name=own.symbol,
        severity=own.severity,
    )
    return ImportedEvent(record, own.place, messages, places=places)


def _without_texts(definitions: Iterable[_Definition]) -> Iterator[Diagnostic]:
    for own in definitions:
        if not own.texts and not own.is_told:
            yield warning("mc-no-text", f"message {own.id} has no text that could be taken", own.place, _NO_TEXT)

"""Windows message files (`.mc`), as the message compiler reads them.

Sources: Microsoft's pages "Message Text Files", "Header Section" and "Message Definitions" (Event Logging); for the
code page as the third part of a language name, GNU windmc. A message's text is what stands between `Language=` and a
line with a single period, its line breaks included.

Several files make one list of events: those that lack a symbol are joined by ID, others by symbol.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import structs

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.importers.formats.language_names import language_called
from kb_gen.importers.formats.mc_header import Header, Language, read_header_line
from kb_gen.importers.formats.mc_joining import joined, same_symbols
from kb_gen.importers.formats.mc_lines import DEFINITION, Line, McText, is_end, read_text, without_comment
from kb_gen.importers.formats.text_language import mislabelled
from kb_gen.importers.imported import Imported, ImportedEvent, Reading
from kb_gen.model import EventSeverity, EventSource, Record

__all__ = ["read"]

_HIGHEST_ID = 0xFFFF
_NO_SYMBOL = "NONE"
_NO_TEXT = "write what the event says; its record has no message"
_PREFERRED = "en"
"""The language that records are written in, if the files have it; else it is their first."""


@dataclass(slots=True)
class _Definition:
    """A message as far as it is read.

    Attributes:
        id: its number without severity and facility.
        symbol: its symbol; empty if it has none.
        severity: how grave it is; None where the file doesn't say.
        place: where its number is given.
        texts: its texts in order, each with its language.
        is_told: whether it was said of one that it isn't taken.
    """

    id: int
    place: Place
    symbol: str = ""
    severity: EventSeverity | None = None
    texts: list[tuple[Language, str]] = field(default_factory=list)
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
        self._last: dict[str, int] = {}
        self._facility = "application"
        self._severity: EventSeverity | None = None
        self._languages: dict[str, Place] = {}
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
                self._warn(
                    "mc-stray-text",
                    "text that belongs to no message",
                    line,
                    "put it behind `Language=…`, or a `;` before it",
                )

    def _next(self) -> Line | None:
        if self._again is not None:
            line, self._again = self._again, None
            return line
        return next(self._lines, None)

    def _warn(self, code: str, message: str, line: Line, help: str) -> None:
        self.diagnostics.append(warning(code, message, line.place, help))

    @property
    def _current(self) -> _Definition | None:
        return self.definitions[-1] if self.definitions and not self._lost else None

    def _statements(self, line: Line) -> None:
        """All statements of a line. The text of a message begins in the next one."""
        place, text = 0, without_comment(line.text)
        while statement := DEFINITION.match(text, place):
            place = statement.end()
            self._statement(statement["name"].lower(), statement["value"].strip(), line)
        if rest := text[place:].strip():
            self._warn("mc-stray-text", f"`{rest}` belongs to no statement", line, "put a `;` before it")

    def _statement(self, name: str, value: str, line: Line) -> None:
        if name == "messageid":
            self._begin(value, line)
            return
        current = self._current
        if name == "language":
            self._message_text(value, line)
        elif name == "facility":
            self._set_facility(value, line)
        elif name == "severity":
            known = self._header.severities
            self._is_known(known, "mc-unknown-severity", "severity", value, line)
            self._severity = known.get(value.lower())
            if current is not None and not current.texts:
                current.severity = self._severity
        elif name == "symbolicname":
            self._set_symbol(value, line)
        # `OutputBase` says how numbers are printed into a header file of C.

    def _set_symbol(self, value: str, line: Line) -> None:
        current = self._current
        if current is not None and not current.texts:
            current.symbol = "" if value.upper() == _NO_SYMBOL else value
        elif not self._lost:
            # Behind a text, it would rename an event that has all it needs.
            self._warn("mc-stray-text", f"the symbol `{value}` belongs to no message", line, "begin with `MessageId=`")

    def _set_facility(self, value: str, line: Line) -> None:
        if not self._is_known(self._header.facilities, "mc-unknown-facility", "facility", value, line):
            return
        self._facility = value.lower()
        current = self._current
        if current is not None and not current.texts:
            self._last[self._facility] = current.id

    def _is_known(self, known: Mapping[str, object], code: str, what: str, value: str, line: Line) -> bool:
        if value.lower() in known:
            return True
        names = ", ".join(sorted(known))
        self._warn(code, f"there is no {what} `{value}`", line, f"define it in the header; known are {names}")
        return False

    def _begin(self, value: str, line: Line) -> None:
        """A message: its number may be missing, or count from the last one of its facility."""
        before = self._last.get(self._facility, 0)
        step = value.removeprefix("+").strip() if value.startswith("+") else ""
        number = _number(step) if step else _number(value)
        if not value:
            number = before + 1
        elif step and number is not None:
            number += before
        self._lost = number is None or number > _HIGHEST_ID
        if number is None or number > _HIGHEST_ID:
            message = f"`{value}` is no message ID of 16 bits, so the message isn't taken"
            help_text = f"write a number up to {_HIGHEST_ID}, 0x…, +n or nothing"
            self.diagnostics.append(error("mc-bad-id", message, line.place, help_text))
            return
        self._last[self._facility] = number
        self.definitions.append(_Definition(number, line.place, severity=self._severity))

    def _message_text(self, name: str, line: Line) -> None:
        """A message's text in a language: all lines up to one with a single period."""
        language = self._header.languages.get(name.lower())
        if language is None:
            known = ", ".join(own.name for own in self._header.languages.values())
            message = f"there is no language `{name}`, so the text isn't taken"
            help_text = f"name it in `LanguageNames=({name}=0x…:file)`; known are {known}"
            self.diagnostics.append(error("mc-unknown-language", message, line.place, help_text))
        else:
            self._languages.setdefault(language.tag, line.place)
        lines = list(self._text_lines(line))
        current = self._current
        if self._lost:
            return
        if current is None:
            self._warn("mc-stray-text", "a message text before any `MessageId`", line, "begin with `MessageId=`")
        elif language is None:
            current.is_told = True
        else:
            text = "\n".join([self._text.decoded(own, language.code_page) for own in lines])
            if any(own.tag == language.tag for own, _ in current.texts):
                self._warn("mc-second-text", f"a second text in {language.name}", line, "remove one of the two")
            elif not text.strip():
                self._warn(
                    "mc-no-text", f"the text of message {current.id} in {language.name} is empty", line, _NO_TEXT
                )
                current.is_told = True
            else:
                current.texts.append((language, text))

    def _text_lines(self, head: Line) -> Iterator[Line]:
        while (line := self._next()) is not None:
            if is_end(line.text):
                return
            if self._begins_another(line):
                self._again = line
                self._warn(
                    "mc-missing-end",
                    "the message text before this line isn't ended",
                    line,
                    "put a line with a single period before it; read strictly, this line is part of that text",
                )
                return
            yield line
        self._warn("mc-missing-end", "the file ends inside a message text", head, "end it with a line with a period")

    def _begins_another(self, line: Line) -> bool:
        """Whether a line inside a text is a statement, which nobody would log."""
        statement = DEFINITION.match(line.text)
        if statement is None:
            return False
        name, value = statement["name"].lower(), without_comment(statement["value"]).strip()
        if name == "language":
            # One that the header forgot is told where its text begins.
            return value.lower() in self._header.languages or bool(language_called(value))
        return name == "messageid" and (not value or _number(value.removeprefix("+")) is not None)


def _number(text: str) -> int | None:
    try:
        return (
            int(text, 16) if text.lower().startswith("0x") else int(text) if text.isascii() and text.isdigit() else None
        )
    except ValueError:
        return None


def _event(own: _Definition, reading: Reading) -> ImportedEvent:
    messages = {language.tag: text for language, text in own.texts}
    record = Record(
        id=str(own.id),
        source=reading.source,
        product=reading.product,
        version=reading.version,
        symbolic_name=own.symbol,
        severity=own.severity,
    )
    return ImportedEvent(record, own.place, messages)


def _without_texts(definitions: Iterable[_Definition]) -> Iterator[Diagnostic]:
    for own in definitions:
        if not own.texts and not own.is_told:
            yield warning("mc-no-text", f"message {own.id} has no text that could be taken", own.place, _NO_TEXT)

"""MariaDB's and MySQL's message files: `errmsg-utf8.txt`, `messages_to_clients.txt`, `messages_to_error_log.txt`.

The products' own reader defines the format: `extra/comp_err.c` in MariaDB, `utilities/comp_err.cc` in MySQL. What that
refuses is told here and passed over; what it misreads is read as its author meant it, and told as well. An error's
number is its position, counted from the last `start-error-number` or `skip-to-error-number`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.importers.formats.errmsg_languages import language_tag
from kb_gen.importers.formats.errmsg_texts import message_text
from kb_gen.importers.formats.text_files import TextFile, read_text_file
from kb_gen.importers.imported import Imported, ImportedEvent, Reading
from kb_gen.model import EventSource, MessageSyntax, Record

__all__ = ["read"]

_FIRST = 1000
_FIRST_OF_ERROR_LOG = 10_000
"""Where MySQL's file for the error log begins without saying so."""

_UNUSED = "see whether the product uses the error"

_KEYWORD = re.compile(
    r"^(?:language|default-language|start-error-number|skip-to-error-number|reserved-error-section)", re.MULTILINE
)
_LINE = re.compile(r"[^\n]*")
_LANGUAGE = re.compile(r"([^\s,;=]+)[\s=]+([^\s,;=]+)(?:[ \t]+([^\s,;=]+))?")
_NUMBER = re.compile(r"\S+[\s,=]+([0-9]{1,9})[\s,]*\Z")
_SECTION = re.compile(r"\S+\s+([0-9]{1,9})\s+([0-9]{1,9})\s*\Z")
_MESSAGE = re.compile(r"[ \t]+([^\s\"]+)[ \t]+\"")
_SYMBOL = re.compile(r"[A-Za-z_]\w*(?!\S)")
_MEANT_FOR_SYMBOL = re.compile(r"[A-Z]+_\S")
_SQLSTATE = re.compile(r"[0-9A-Z]{5}\Z")


@dataclass(slots=True)
class _Loss:
    """Errors whose numbers nobody knows, while they are passed over.

    Attributes:
        message: why.
        place: the line that should set their numbers.
        first: the symbol of the first.
        count: how many there are.
    """

    message: str
    place: Place
    first: str = ""
    count: int = 0


@dataclass(slots=True)
class _Event:
    """A symbol and what follows it, while it is gathered."""

    number: int
    symbol: str
    place: Place
    states: tuple[str, ...] = ()
    messages: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)


def read(paths: Sequence[Path], reading: Reading) -> Imported:
    """The messages of files that belong together: the later ones know the languages of the first."""
    book = _Book()
    findings: list[Diagnostic] = []
    for path in paths:
        file, odd = read_text_file(path, reading.encoding)
        findings += odd
        if file is not None:
            book.read(file)
    return book.imported(reading, findings)


class _Book:
    """What was read so far."""

    def __init__(self) -> None:
        self._languages: dict[str, str] = {}
        self._default = "eng"
        self._next = _FIRST
        self._reserved: list[tuple[int, int]] = []
        self._events: list[_Event] = []
        self._symbols: dict[str, Place] = {}
        self._current: _Event | None = None
        self._unknown: Counter[str] = Counter()
        self._findings: list[Diagnostic] = []
        self._loss: _Loss | None = None
        self._passed_over = False

    def read(self, file: TextFile) -> None:
        """Read one file."""
        self._next = _FIRST_OF_ERROR_LOG if "error_log" in Path(file.path).name else _FIRST
        self._current = None
        self._passed_over = False
        known, told = len(self._events), len(self._findings)
        for match in _LINE.finditer(file.text):
            line = match[0].rstrip("\r")
            if line.strip() and not line.lstrip().startswith("#"):
                self._line(file, line, match.start())
        self._find()
        own = self._events[known:]
        is_one = _KEYWORD.search(file.text) or any(event.messages or event.empty for event in own)
        if own and not is_one:
            # Words at the beginning of lines, as any text has, would become the symbols of errors.
            del self._events[known:]
            del self._findings[told:]
            message = "the file has no message at all, so it is no message file of MariaDB or MySQL"
            help_text = "see whether it is the right one, or import it as what it is, such as `mc`"
            self._findings.append(error("errmsg-line", message, Place(file.path), help_text))

    def imported(self, reading: Reading, findings: list[Diagnostic]) -> Imported:
        """All of it as records."""
        language = self._tag(self._default) or "en"
        language = reading.locale or language
        source = EventSource(syntax=MessageSyntax.PRINTF, message_language=language)
        events = tuple(_record(event, reading, language) for event in self._events)
        # Which language all others are in is known at the end only.
        for event in self._events:
            if event.messages and language not in event.messages and language not in event.empty:
                message = f"{event.symbol} has no message in {self._default}, in which all others are"
                findings.append(warning("errmsg-empty", message, event.place, _UNUSED))
        return Imported(events, (*findings, *self._findings), {reading.source: source} if events else {})

    def _line(self, file: TextFile, line: str, start: int) -> None:
        place = file.place(start, start + len(line))
        if line[0] in " \t":
            self._message(file, line, start)
        elif line.startswith("language"):
            self._declare(line, place)
        elif line.startswith(("start-error-number", "skip-to-error-number")):
            self._renumber(line, place)
        elif line.startswith("reserved-error-section"):
            self._reserve(line, place)
        elif line.startswith("default-language"):
            self._set_default(line, place)
        elif symbol := _SYMBOL.match(line):
            self._symbol(symbol[0], line[symbol.end() :].split(), place)
        else:
            # What follows is no message of the symbol before. The product would count it, if it is meant for one.
            self._passed_over = True
            self._next += _MEANT_FOR_SYMBOL.match(line) is not None and self._loss is None
            self._wrong("errmsg-line", "nobody knows what this line means", place)

    def _declare(self, line: str, place: Place) -> None:
        _, *listed = line.split(maxsplit=1)
        pairs = _LANGUAGE.findall("".join(listed).partition(";")[0])
        if not pairs:
            self._wrong("errmsg-line", "the line declares no language", place)
        self._languages |= {short: long for long, short, _ in pairs}

    def _set_default(self, line: str, place: Place) -> None:
        named = line.split()[1:]
        if len(named) == 1 and self._tag(named[0]):
            self._default = named[0]
        else:
            self._wrong("errmsg-line", "the line names no language that is known, by its short name", place)

    def _renumber(self, line: str, place: Place) -> None:
        found = _NUMBER.match(line)
        number = int(found[1]) if found else 0
        if not found or number > 2**31:
            self._lose("the line sets no number of an error", place)
        elif number < self._next and self._events:
            message = f"the number {number} is smaller than that of the next error, which is {self._next}"
            self._lose(message, place)
        elif any(first <= number <= last for first, last in self._reserved):
            self._lose(f"the number {number} lies in a section that is reserved", place)
        else:
            self._find()
            self._next = number

    def _lose(self, message: str, place: Place) -> None:
        """The number of what follows isn't known: under a wrong one, it would answer for another error."""
        self._find()
        self._loss = _Loss(message, place)
        self._current = None

    def _find(self) -> None:
        """What follows is known again: tell what was lost."""
        loss, self._loss = self._loss, None
        if loss is None:
            return
        lost = "1 error isn't taken" if loss.count == 1 else f"{loss.count} errors aren't taken"
        first = f", the first is {loss.first}" if loss.count > 1 else f": {loss.first}" if loss.count else ""
        self._wrong("errmsg-number", f"{loss.message}; up to the next number, {lost}{first}", loss.place)

    def _reserve(self, line: str, place: Place) -> None:
        found = _SECTION.match(line)
        if found and int(found[1]) < int(found[2]):
            self._reserved.append((int(found[1]), int(found[2])))
        else:
            self._wrong("errmsg-number", "a reserved section has two numbers, the smaller one first", place)

    def _symbol(self, symbol: str, states: list[str], place: Place) -> None:
        self._passed_over = False
        if self._loss is not None:
            self._loss.first = self._loss.first or symbol
            self._loss.count += 1
            return
        place = Place(place.path, place.start, (place.start or 0) + len(symbol))
        if symbol in self._symbols:
            message = f"the symbol {symbol} is in the file twice"
            first = (
                Place(self._symbols[symbol].path, self._symbols[symbol].start, self._symbols[symbol].end, "first"),
            )
            self._findings.append(warning("errmsg-duplicate", message, place, "give one of them another name", first))
        for section in self._reserved:
            if section[0] <= self._next <= section[1]:
                message = f"{symbol} gets the number {self._next}, which is reserved"
                self._findings.append(warning("errmsg-number", message, place, "see the section that reserves it"))
        self._symbols.setdefault(symbol, place)
        if not _are_states(states):
            message = f"behind {symbol}, one SQLSTATE of five letters or digits and one ODBC state may follow"
            self._findings.append(warning("errmsg-state", message, place, "see what stands there in the product"))
        self._current = _Event(self._next, symbol, place, tuple(states))
        self._events.append(self._current)
        self._next += 1

    def _message(self, file: TextFile, line: str, start: int) -> None:
        place = file.place(start + len(line) - len(line.lstrip()), start + len(line))
        found = _MESSAGE.match(line)
        if not found:
            self._wrong("errmsg-line", "a message is a language's short name and a text in quotes", place)
            return
        if self._loss is not None or self._passed_over:
            return
        if self._current is None:
            self._wrong("errmsg-line", "this message stands before the first symbol", place)
            return
        short = found[1]
        tag = self._language(short, Place(file.path, start + found.start(1), start + found.end(1)))
        text, odd = message_text(file, line[found.end() :], start + found.end())
        self._findings += odd
        if not tag:
            return
        messages = self._current.messages
        if tag in messages:
            if short != "jps":  # the same text for another code page
                message = f"{self._current.symbol} has two messages in {short}; the first is taken"
                self._findings.append(warning("errmsg-duplicate", message, place, "delete one of them"))
            return
        if not text.strip():
            message = f"the message of {self._current.symbol} in {short} is empty"
            self._findings.append(warning("errmsg-empty", message, place, _UNUSED))
            self._current.empty.add(tag)
        else:
            messages[tag] = text
            self._current.places[tag] = place

    def _language(self, short: str, place: Place) -> str:
        """The tag of a language; told where it wasn't declared, or isn't known."""
        tag = self._tag(short)
        self._unknown[short] += 1
        if self._unknown[short] > 1:
            return tag
        if not tag:
            message = f"nobody knows the language `{short}`; its messages aren't taken"
            named = self._languages.get(short)
            help_text = (
                f"name it in the line `languages` by its English name: `{named}` isn't known"
                if named
                else "declare it in the line `languages`"
            )
            self._findings.append(error("errmsg-language", message, place, help_text))
        elif short not in self._languages and self._languages:
            message = f"the language `{short}` isn't declared; it was taken for `{tag}`"
            help_text = "add it to the line `languages`: the product leaves its messages out"
            self._findings.append(warning("errmsg-language", message, place, help_text))
        return tag

    def _tag(self, short: str) -> str:
        return language_tag(short, self._languages.get(short, ""))

    def _wrong(self, code: str, message: str, place: Place) -> None:
        self._findings.append(error(code, message, place, "see how the lines around it are written"))


def _record(event: _Event, reading: Reading, language: str) -> ImportedEvent:
    record = Record(
        id=str(event.number),
        source=reading.source,
        product=reading.product,
        symbolic_name=event.symbol,
        message=event.messages.get(language, ""),
    )
    return ImportedEvent(record, event.place, event.messages, tuple(_state_notes(event.states)), event.places)


def _are_states(words: Sequence[str]) -> bool:
    return len(words) <= 2 and all(_SQLSTATE.match(word.upper()) for word in words)


def _state_notes(states: Sequence[str]) -> Iterator[str]:
    if not _are_states(states):
        yield f"Behind the symbol stands: {' '.join(states)}"
    elif states:
        odbc = f", ODBC {states[1]}" if len(states) > 1 else ""
        yield f"SQLSTATE {states[0]}{odbc}"

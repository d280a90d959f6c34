"""What a text is about: the events that it holds the messages of, names, or asks for.

`kb-gen lookup` answers with this, and the site's lookup page with `recognise.js`, which does the same in the same
order; `tests/site/fixtures/lookup/lines.yml` holds both to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from msgspec import Struct

from kb_gen.messages.recognition import (
    LONGEST_TEXT,
    FoundMessage,
    FoundValue,
    Page,
    messages_in,
    page_of,
    whole_messages_on,
)
from kb_gen.messages.recognition.headers import client_number, header_end
from kb_gen.messages.recognition.pages import folded
from kb_gen.site.answers.codes import NUMBER, CodeNote, code_note
from kb_gen.site.answers.known import KnownEvent, KnownEvents, name_key
from kb_gen.site.answers.surroundings import Surroundings, surroundings

__all__ = ["Answer", "Hit", "HitKind", "answer", "events_mentioned", "events_of_messages", "events_of_whole_messages"]

_MOST_HITS = 100
_SHORT = 200
"""Characters of a text that may be an ID or a name, and no message."""

_MOST_NAME_WORDS = 6
_MOST_SYMBOL_WORDS = 4
_SHORTEST_PART = 3
"""Letters of a symbol that say something."""

_MOST_NUMBERS = 4
_MOST_SYMBOLS = 6

_FILLERS = frozenset(
    {
        *("event", "eventid", "id", "source", "code", "number"),
        *("ereignis", "ereignisid", "ereigniskennung", "quelle", "kennung", "nummer"),
        *("événement", "evento", "origen", "origine"),
    }
)
_BETWEEN = re.compile(r"[\s,;:/\\|#=()\[\]\"'<>„“”‚‘’]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ONE_WORD = re.compile(r"\S+[.,;:]\Z")
_IDENTIFIERS = re.compile(r"\w+")
_SYMBOLIC = re.compile(r"_|[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_NUMBERS = re.compile(r"(?<![^\W_])(?:0x[0-9a-f]{1,8}|[0-9]{1,10})(?![^\W_])")
_BEFORE_NUMBER = re.compile(r"[\W_]{1,4}(?:event[\W_]{0,2})?(?:id[\W_]{0,3})?\Z")
_HINTS = re.compile(r"[0-9]{2,10}")
_DATES = re.compile(r"[0-9]{1,4}[-/.:][0-9]{1,2}[-/.:][0-9]{1,4}")
"""Dates and times, so that a year isn't taken for an ID."""

_HINTED = 2000


class HitKind(StrEnum):
    """How an event was found."""

    MESSAGE = "message"
    PART = "part"
    FIELDS = "fields"
    NAME = "name"


class Hit(Struct, frozen=True):
    """An event that was found.

    Attributes:
        event: the event.
        kind: by its whole message, by a part of that, by fields that name it, or by its ID, source or symbol.
        score: how well it fits, to be compared within an answer.
        values: what its insertion strings hold.
    """

    event: KnownEvent
    kind: HitKind
    score: float
    values: tuple[FoundValue, ...] = ()


class Answer(Struct, frozen=True):
    """What a text is about.

    Attributes:
        hits: events, best first.
        notes: what numbers in it are besides IDs.
        sources: names of event sources that it consists of.
    """

    hits: tuple[Hit, ...] = ()
    notes: tuple[CodeNote, ...] = ()
    sources: tuple[str, ...] = ()


def answer(known: KnownEvents, given: str) -> Answer:
    """What a text is about.

    Args:
        known: the events that there are.
        given: a line of a log or several, an ID, a source with an ID, a symbol, an event as XML or JSON.
    """
    seen = _INVISIBLE.sub("", given).strip()
    text = seen[:-1] if _ONE_WORD.match(seen) else seen
    if not text:
        return Answer()
    around = surroundings(text)
    told = _by_fields(known, around)
    if told:
        note = code_note(around.id)
        return Answer(told, (note,) if note and note.hex else ())
    if len(text) < _SHORT and "\n" not in text and not around.structured:
        named = _by_name(known, text)
        if named is not None:
            return named
    heard = events_of_messages(known, around.text or text)
    return Answer(heard or events_mentioned(known, text))


def events_of_messages(known: KnownEvents, text: str, events: Iterable[KnownEvent] | None = None) -> tuple[Hit, ...]:
    """The events whose messages a text holds: all events', or those of some."""
    own = frozenset(events) if events is not None else None
    owners = None if own is None else {place for place, event in enumerate(known.events) if event in own}
    return _hits(known, messages_in(known.index, text, _hint(known, text), owners))


def events_of_whole_messages(known: KnownEvents, page: Page) -> tuple[Hit, ...]:
    """The events whose messages a text holds from their beginning to their end."""
    return _hits(known, whole_messages_on(known.index, page, _hint(known, page.original)))


def _hits(known: KnownEvents, messages: Iterable[FoundMessage]) -> tuple[Hit, ...]:
    return tuple(
        [
            Hit(
                known.events[found.owner],
                HitKind.MESSAGE if found.whole else HitKind.PART,
                round(found.score, 2),
                found.values,
            )
            for found in messages
        ]
    )


def _hint(known: KnownEvents, text: str) -> Callable[[int, str], float]:
    """Of two messages that fit alike, what speaks for the one whose ID or source stands beside it."""
    numbers: frozenset[str] | None = None

    def hint(owner: int, folded_text: str) -> float:
        nonlocal numbers
        if numbers is None:
            numbers = frozenset(_HINTS.findall(_DATES.sub(" ", text[:_HINTED])))
        event = known.events[owner]
        return (3 if event.id in numbers else 0) + (3 if folded(event.source) in folded_text else 0)

    return hint


def _by_fields(known: KnownEvents, around: Surroundings) -> tuple[Hit, ...]:
    """The events that fields name, with the values that the message or the event's data give."""
    if not around.id or not around.source:
        return ()
    found = known.with_id(around.id)
    names = {name_key(around.source), name_key(around.other or around.source)}
    chosen = [event for event, source in found if name_key(source) in names] or _in_source(found, around.source)
    if not chosen:
        return ()
    told = {hit.event: hit for hit in reversed(events_of_messages(known, around.text, chosen))} if around.text else {}
    hits = []
    for event in chosen:
        heard = told.get(event)
        values = (
            heard.values
            if heard
            else tuple([FoundValue(number, value, False) for number, value in enumerate(around.values, 1)])
        )
        hits.append(Hit(event, HitKind.FIELDS, 200 + (heard.score if heard else 0), values))
    return tuple(sorted(hits, key=lambda hit: -hit.score)[:_MOST_HITS])


def _in_source(found: Iterable[tuple[KnownEvent, str]], name: str) -> list[KnownEvent]:
    """Those events whose source has this name, or a name that this is a part of."""
    wanted = name_key(name)
    exact = [event for event, source in found if name_key(source) == wanted]
    if exact or len(wanted) < 3:
        return exact
    return [event for event, source in found if wanted in name_key(source)]


def _by_name(known: KnownEvents, text: str) -> Answer | None:
    """What a short text names: an ID, a source and an ID in any order, a symbol, a source. None if it names nothing."""
    words = [word for word in _BETWEEN.split(text) if word and name_key(word) not in _FILLERS]
    if 0 < len(words) <= _MOST_NAME_WORDS:
        pair = _by_pair(known, words)
        if pair is not None:
            return pair
    symbols = [_named(event) for event in known.with_symbol(text)]
    if len(words) > _MOST_NAME_WORDS and not symbols:
        # More words than a name has, and none: all that is asked for is the message.
        return None
    spoken = tuple([hit for hit in events_of_messages(known, text) if hit.kind is HitKind.MESSAGE])
    source = known.sources.get(name_key(text))
    if not symbols and not source and len(words) <= _MOST_SYMBOL_WORDS and len(name_key(text)) >= _SHORTEST_PART:
        symbols = [_named(event) for event in known.with_symbol_part(text)]
    if symbols:
        heard = {hit.event for hit in spoken}
        return Answer((*spoken, *[hit for hit in symbols if hit.event not in heard])[:_MOST_HITS])
    if spoken:
        return Answer(spoken)
    if source:
        return Answer(sources=(source[0].source,))
    notes = _notes(words[0]) if len(words) == 1 else ()
    return Answer(notes=notes) if notes else None


def _named(event: KnownEvent) -> Hit:
    return Hit(event, HitKind.NAME, 100)


def _notes(text: str) -> tuple[CodeNote, ...]:
    note = code_note(text)
    return (note,) if note else ()


def _by_pair(known: KnownEvents, words: list[str]) -> Answer | None:
    """The events that an ID names, alone or among the words of a source."""
    ids = [word for word in words if NUMBER.match(word)]
    if len(words) < 4:
        ids += [word for word in words if word not in ids]
    for word in ids:
        found = known.with_id(word)
        if not found:
            continue
        rest = "".join([each for each in words if each != word])
        events = _of_source_or_symbol(found, rest) if rest else [event for event, _ in found]
        if events:
            hits = [_named(event) for event in dict.fromkeys(events)]
            return Answer(tuple(hits[:_MOST_HITS]), _notes(word))
    return None


def _of_source_or_symbol(found: list[tuple[KnownEvent, str]], name: str) -> list[KnownEvent]:
    """Those events whose source is called so, or whose symbol begins like this."""
    events = _in_source(found, name)
    wanted = name_key(name)
    if events or len(wanted) < 4:
        return events
    return [event for event, _ in found if name_key(event.symbol).startswith(wanted)]


def events_mentioned(known: KnownEvents, text: str) -> tuple[Hit, ...]:
    """The events that a text names in which no message fits: by a client's number, by a symbol, by source and ID."""
    page = page_of(text)
    begin = header_end(page.text, 0, page.lines[0].end)
    told = client_number(page.text, begin)
    found: dict[KnownEvent, None] = dict.fromkeys([event for event, _ in known.with_id(told)] if told else [])
    symbolic = [word for word in _IDENTIFIERS.findall(text[:LONGEST_TEXT]) if len(word) > 5 and _SYMBOLIC.search(word)]
    for word in list(dict.fromkeys(symbolic))[:_MOST_SYMBOLS]:
        found.update(dict.fromkeys(known.with_symbol(word)))
    for number in _numbers(page.text, begin):
        before = _BEFORE_NUMBER.sub("", page.text[: number.start()][-200:])
        for event, source in known.with_id(number[0]):
            own = folded(source)
            if before.endswith(own) and not before[: -len(own)][-1:].isalnum():
                found[event] = None
    return tuple([Hit(event, HitKind.NAME, 30) for event in found][:_MOST_HITS])


def _numbers(text: str, begin: int) -> list[re.Match[str]]:
    """The first numbers of a text behind a place that stand close behind a word."""
    found = []
    for number in _NUMBERS.finditer(text, begin):
        before = _BEFORE_NUMBER.search(text[: number.start()][-20:])
        if before and text[: number.start() - len(before[0])][-1:].isalpha():
            found.append(number)
            if len(found) == _MOST_NUMBERS:
                break
    return found

"""Whether a text holds a template's message, or a part of it, and where its values are.

The literal texts are looked for one after the other, from left to right, each at its first place behind the one before.
That takes time in proportion to the text whatever it holds: nothing goes back and tries again, but for a bounded number
of places at which a message may begin. `recognise.js` does the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb_gen.messages.kinds import ValueKind
from kb_gen.messages.recognition.forms import Form
from kb_gen.messages.recognition.headers import header_end
from kb_gen.messages.recognition.pages import Page, is_word, letters, meaning
from kb_gen.messages.recognition.values import is_such, literal_behind, own_end, said_by, such_behind

__all__ = ["FoundValue", "Match", "going_on", "part", "values_of", "whole"]

_MOST_PLACES = 12
"""Places at which a text is tried."""

_MORE = 1
"""How much more a message explains that goes on behind another: it comes first, and the other is told as well."""

_ENDS = re.compile(r"[.,:;!?)]{0,2}(?: |\Z)")
"""What follows a value with which a message may end: the end of a sentence, or of the text."""


class Span(NamedTuple):
    """Where a value is, and what it should look like; `cut` if it may go on behind or before it."""

    number: int
    kind: ValueKind | None
    start: int
    end: int
    cut: bool = False


class Match(NamedTuple):
    """A template that fits, and how well.

    Attributes:
        start: where the message begins on the page.
        end: where it ends.
        spans: its values.
        score: how much of the text it explains.
        whole: whether all of the message is there.
    """

    start: int
    end: int
    spans: list[Span]
    score: float
    whole: bool


class FoundValue(NamedTuple):
    """What an insertion string holds; `cut` if only a part of it may be there."""

    number: int
    text: str
    cut: bool


def values_of(page: Page, spans: list[Span]) -> tuple[FoundValue, ...]:
    """The values at these places, by number; of one that occurs several times, the first."""
    values: dict[int, FoundValue] = {}
    for number, kind, start, end, cut in spans:
        if number not in values:
            values[number] = FoundValue(number, said_by(page.written(start, end), kind), cut)
    return tuple([values[number] for number in sorted(values)])


def whole(page: Page, form: Form) -> Match | None:
    """A template's whole message on a page."""
    text = page.text
    if form.anchor not in text:
        return None
    if not form.numbers and _is_all(page, form.texts[0]):
        start = len(text) - len(form.texts[0])
        return Match(start, len(text), [], form.weight + form.length / 100 + 2, whole=True)
    found = _in_lines(page, form)
    if found is None and len(page.lines) > 1 and form.strength > 11:
        found = _between(page, form, 0, len(text))
    if found is None:
        return None
    start, end, spans = found
    tiny = form.is_tiny
    says_enough = form.weight > 9 or (form.strength > 3 and form.weight > 5)
    if tiny and not (says_enough and _alone(page, start, end)):
        return None
    # Among equals the one that also explains more of the punctuation.
    score = form.weight + form.length / 100 + (0 if tiny else 2)
    return Match(start, end, spans, score - _doubts(page, form, start, spans), whole=True)


def _is_all(page: Page, literal: str) -> bool:
    """Whether a text is all of the page, but for a line's header. Then it may be as short as it likes."""
    text = page.text
    if len(page.lines) > 1 or not text.endswith(literal):
        return text == literal
    return len(text) == len(literal) or header_end(text, 0, len(text)) == len(text) - len(literal)


def _doubts(page: Page, form: Form, start: int, spans: list[Span]) -> float:
    """What speaks against a match: odd values, and other case.

    Values are odd that are empty, differ where they should be the same, or don't look as they should. Of two templates
    that fit, the one is meant that says more of its values.
    """
    text = page.text
    doubts = -0.25 if any(form.kinds) else 0.0
    seen: dict[int, str] = {}
    for number, kind, begin, stop, _ in spans:
        value = text[begin:stop]
        if not value:
            doubts += 0.5
        elif not is_such(text, kind, begin, stop):
            doubts += 1
        if seen.setdefault(number, value) != value:
            doubts += 4
    if not all(map(page.compact.startswith, form.written, (start, *(span.end for span in spans)))):
        doubts += 1
    return doubts


_Found = tuple[int, int, list[Span]]


def _in_lines(page: Page, form: Form) -> _Found | None:
    """A message that is in one line: values rarely go over the end of one, but for the last."""
    text, anchor = page.text, form.anchor
    place = text.find(anchor)
    for _ in range(_MOST_PLACES):
        if place < 0:
            return None
        line = page.lines[page.line_at(place)]
        found = _between(page, form, line.start, line.end)
        if found is not None:
            start, end, spans = found
            if spans and not form.texts[-1]:
                last = spans[-1]
                end = _value_end(page, last.kind, last.start, len(text))
                spans[-1] = last._replace(end=end)
            return start, end, spans
        place = text.find(anchor, max(line.end, place + 1))
    return None


def _between(page: Page, form: Form, start: int, end: int) -> _Found | None:
    """A template's whole message between two places; None if it isn't there."""
    text, texts = page.text, form.texts
    last = len(texts) - 1
    first = texts[0]
    if last == 0:
        place = _first_place(text, first, start, end)
        stop = place + len(first)
        return None if place < 0 or (is_word(text, stop) and is_word(first, len(first) - 1)) else (place, stop, [])
    begin = _first_place(text, first, start, end) if first else _behind_header(page, form, start, end)
    if begin < 0:
        return None
    cursor = begin + len(first)
    spans: list[Span] = []
    for number in range(1, last + 1):
        literal, kind = texts[number], form.kinds[number - 1]
        if number < last:
            place = _next_place(text, kind, literal, cursor, end)
        elif literal:
            place = _last_place(page, kind, literal, cursor, end)
        else:
            place = _value_end(page, kind, cursor, end)
        if place < 0:
            return None
        if number == 1:
            begin = _begin(page, first, start, begin, place)
            cursor = begin + len(first)
        if spans and kind is not None and spans[-1].kind is None and not is_such(text, kind, cursor, place):
            # The text before it stands in the value before that as well.
            behind = such_behind(text, kind, texts[number - 1], spans[-1].start, place)
            if behind >= 0:
                spans[-1] = spans[-1]._replace(end=behind - len(texts[number - 1]))
                cursor = behind
        spans.append(Span(form.numbers[number - 1], kind, cursor, max(cursor, place)))
        cursor = place + len(literal)
    return begin, cursor, spans


def _behind_header(page: Page, form: Form, start: int, end: int) -> int:
    """Where a value that begins the message is looked for: behind the line's header, unless that is a part of it."""
    begin = header_end(page.text, start, page.lines[page.line_at(start)].end)
    return begin if not form.texts[1] or page.text.find(form.texts[1], begin, end) >= 0 else start


def _begin(page: Page, first: str, start: int, begin: int, place: int) -> int:
    """Where a message begins whose first value ends at `place`."""
    text = page.text
    if not first:
        # A value that begins the message begins behind the line's header, in the line where it ends.
        line = page.lines[page.line_at(max(start, place - 1))]
        line_start = max(start, line.start)
        begin = min(place, header_end(text, line_start, place))
        # Where nothing is left of the value, it only looked like a header: a date, a word in brackets.
        return line_start if begin == place and " " not in text[line_start:place] else begin
    if letters(first) > 3 and len(page.lines) > 1:
        # The same beginning may also stand in a line above.
        nearer = text.rfind(first, 0, place)
        in_word = is_word(first, 0) and is_word(text, nearer - 1)
        if nearer > begin and page.line_at(nearer) > page.line_at(begin) and not in_word:
            return nearer
    return begin


def _first_place(text: str, literal: str, start: int, end: int) -> int:
    """The first place of a literal that doesn't begin in the middle of a word."""
    place = text.find(literal, start, end)
    for _ in range(_MOST_PLACES):
        if place < 1 or not (is_word(literal, 0) and is_word(text, place - 1)):
            return place
        place = text.find(literal, place + 1, end)
    return -1


def _next_place(text: str, kind: ValueKind | None, literal: str, cursor: int, end: int) -> int:
    """The first place of a literal behind a value. Around an empty value, one blank is all that is left of two."""
    own = literal_behind(text, kind, literal, cursor, end)
    if own >= 0:
        return own
    place = text.find(literal, cursor, end)
    if place < 0 and literal[:1] == " " and text[cursor - 1 : cursor] == " ":
        return cursor - 1 if text.startswith(literal, cursor - 1, end) else -1
    return place


def _last_place(page: Page, kind: ValueKind | None, literal: str, start: int, end: int) -> int:
    """Where the last literal stands: at the end of its line if it can, else where it comes first.

    A mere full stop or quotation mark stands as late in the line as it can, unless the value shows where it ends.
    """
    text = page.text
    size = len(literal)
    own = literal_behind(text, kind, literal, start, end)
    if own >= 0 and _fits(text, literal, own, start, end):
        return own
    line_end = min(end, page.lines[page.line_at(start)].end)
    said = letters(literal)
    for stop in (line_end, end):
        place = stop - size
        late = stop == end and stop != line_end and said < 4
        if not late and text.startswith(literal, place) and _fits(text, literal, place, start, end):
            return place
    if not said:
        place = text.rfind(literal, start, line_end)
        if place >= 0 and _fits(text, literal, place, start, end):
            return place
    place = text.find(literal, start, end)
    for _ in range(_MOST_PLACES):
        if place < 0:
            break
        if _fits(text, literal, place, start, end):
            return place
        place = text.find(literal, place + 1, end)
    one_blank = literal[:1] == " " and text[start - 1 : start] == " " and text.startswith(literal, start - 1, end)
    return start - 1 if one_blank else -1


def _fits(text: str, literal: str, place: int, start: int, end: int) -> bool:
    """Whether a literal that stands at a place is one there: between two others, and no mere beginning of a word."""
    stop = place + len(literal)
    return place >= start and stop <= end and not (is_word(text, stop) and is_word(literal, len(literal) - 1))


def _value_end(page: Page, kind: ValueKind | None, start: int, end: int) -> int:
    """The end of a value that ends the message: that of its line, with the indented lines below it (a stack trace).

    A number or a name in backticks ends before that, unless what follows touches it.
    """
    own = own_end(page.text, kind, start, end)
    if own >= 0 and (own == end or _ENDS.match(page.text, own)):
        return own
    lines = page.lines
    number = page.line_at(start)
    while number + 1 < len(lines) and lines[number + 1].indented and lines[number + 1].start < end:
        number += 1
    return max(start, min(end, lines[number].end))


def _alone(page: Page, start: int, end: int) -> bool:
    """Whether a message has its line for itself, but for the header."""
    line = page.lines[page.line_at(start)]
    stop = page.lines[page.line_at(max(start, end - 1))].end
    return start <= header_end(page.text, line.start, line.end) and stop - end <= 1


_Part = tuple[int, int, int, list[Span]]
"""A part of a message: where it begins and ends, how much it says, and the values in it."""


def part(page: Page, form: Form) -> Match | None:
    """A message of which only a part is there: cut off in front, behind, or both."""
    text = page.text
    if form.strength < 12:
        return None
    within = len(text) > 11 and any(text in literal for literal in form.texts)
    best: _Part | None = (0, len(text), meaning(text), []) if within else None
    for found in _parts(page, form):
        if best is None or found[2] > best[2]:
            best = found
    if best is None:
        return None
    start, end, matched, spans = best
    # Three words that stand in a message as they are say enough.
    least = 12 if within and text.count(" ") > 1 else min(24, form.strength * 0.4)
    if matched < 12 or matched < least:
        return None
    # A value that runs to the text's end may have swallowed what doesn't fit.
    swallowed = any(span.cut for span in spans)
    return Match(start, end, spans, matched * (0.6 if swallowed else 0.8), whole=False)


def going_on(page: Page, form: Form, other: Match, said: int) -> Match | None:
    """A message that says all that another one does, and goes on behind it until the page ends within one of its texts.

    Args:
        page: the page.
        form: the template.
        other: the message behind which it goes on.
        said: how much that says, as `Form.strength` has it.
    """
    first = form.texts[0]
    if form.strength <= said or not page.text.startswith(first, other.start):
        return None
    start, end, matched, spans = _followed(page, form, 0, other.start + len(first), other.start, [])
    if end < len(page.text) or matched <= said or any(span.cut for span in spans):
        return None
    return Match(start, end, spans, other.score + _MORE, whole=False)


def _parts(page: Page, form: Form) -> Iterator[_Part]:
    """The ways in which the text can be a part of the message."""
    text, texts = page.text, form.texts
    first = texts[0]
    begin = _first_place(text, first, 0, len(text)) if first else -1
    if begin >= 0:
        yield _followed(page, form, 0, begin + len(first), begin, [])
    overlap = _overlap_at_end(text, first, 12) if len(first) > 12 else 0
    if overlap:
        yield len(text) - overlap, len(text), meaning(first[:overlap]), []
    probe = text[:4]
    for number, literal in enumerate(texts):
        known = _overlap_at_start(text, literal, 4) if len(literal) > 3 and probe in literal else 0
        if known:
            yield _followed(page, form, number, known, 0, [])
    inner = next((number for number, each in enumerate(texts) if number and len(each) > 8 and each in text), 0)
    if inner:
        place = text.find(texts[inner])
        before = Span(form.numbers[inner - 1], form.kinds[inner - 1], 0, place, cut=True)
        yield _followed(page, form, inner, place + len(texts[inner]), 0, [before])


def _followed(page: Page, form: Form, number: int, cursor: int, start: int, spans: list[Span]) -> _Part:
    """On with the literals behind a number, whose end is at `cursor`, to the template's end or the text's."""
    text = page.text
    matched = meaning(text[spans[0].end if spans else start : cursor])
    end = cursor
    for place_of in range(number + 1, len(form.texts)):
        literal, kind = form.texts[place_of], form.kinds[place_of - 1]
        place = literal_behind(text, kind, literal, end, len(text)) if literal else len(text)
        if place < 0:
            place = text.find(literal, end)
        overlap = _overlap_at_end(text[end:], literal, 1) if place < 0 else 0
        stop = place if place >= 0 else len(text) - overlap
        spans.append(Span(form.numbers[place_of - 1], kind, end, stop, cut=place < 0 and not overlap))
        matched += meaning(literal if place >= 0 else literal[:overlap])
        if place < 0:
            return start, len(text), matched, spans
        end = place + len(literal)
    return start, end, matched, spans


def _overlap_at_end(text: str, literal: str, least: int) -> int:
    """How long the longest beginning of a literal is that ends the text."""
    probe = literal[:least]
    place = text.find(probe, max(0, len(text) - len(literal) + 1))
    for _ in range(_MOST_PLACES):
        if place < 0:
            break
        if literal.startswith(text[place:]):
            return len(text) - place
        place = text.find(probe, place + 1)
    return 0


def _overlap_at_start(text: str, literal: str, least: int) -> int:
    """How long the longest end of a literal is that begins the text."""
    probe = text[:least]
    place = literal.find(probe)
    for _ in range(_MOST_PLACES):
        if place < 0:
            break
        if text.startswith(literal[place:]):
            return len(literal) - place
        place = literal.find(probe, place + 1)
    return 0

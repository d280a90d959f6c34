"""`%3` where the message has no third insertion string."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.markup import Inline, Insertion
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey, without_mentions
from kb_gen.validate.texts import Form, Written, stretches

__all__ = ["screen", "unknown_parameter"]


_NUMBER = re.compile(r"%([1-9][0-9]?)")
_PLACEHOLDER = re.compile(r"\{%([1-9][0-9]?)\}")


def unknown_parameter(content: Content) -> Iterator[Diagnostic]:
    """Texts, commands and `parameters` name what the message holds; shared texts, without one, nothing."""
    known = {
        id(entry): content.numbers(entry.record) for entry in content.entries if not content.message_uncertain(entry)
    }
    for written in content.texts:
        if written.entry and id(written.entry) not in known:
            continue
        numbers = known[id(written.entry)] if written.entry else frozenset()
        # Most texts name nothing strange in any reading, and need no parser.
        if "%" not in written.text or {int(number) for number in _NUMBER.findall(written.text)} <= numbers:
            continue
        for number, within in _used(written, numbers):
            place = content.place(written.path, written.where, within)
            if written.entry is None:
                yield error(
                    "unknown-parameter",
                    f"`%{number}` means nothing here: shared texts have no message",
                    place,
                    f"move the text into the record, or write `\\%{number}` for the characters themselves",
                )
            else:
                yield error("unknown-parameter", _message(number), place, _help(numbers))
    for entry in content.entries:
        for number in entry.record.parameters:
            if number not in known.get(id(entry), (number,)):
                where = ("parameters", number) if entry.index is None else (entry.index, "parameters", number)
                place = content.place(entry.path, where, key=True)
                yield error("unknown-parameter", _message(number), place, _help(known[id(entry)]))


def screen(content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    numbers = content.numbers(seen.record)
    if not numbers.issuperset(seen.record.parameters):
        return True
    if not numbers.issuperset(map(int, _PLACEHOLDER.findall(seen.runs))):
        return True
    if numbers.issuperset(map(int, _NUMBER.findall(seen.marked_up))):
        return False
    # A source's name may have encoded characters: `event:Service%20Host/7`.
    return not numbers.issuperset(map(int, _NUMBER.findall(without_mentions(seen))))


def _message(number: int) -> str:
    return f"the message has no parameter `%{number}`"


def _help(numbers: frozenset[int]) -> str:
    listed = [f"`%{number}`" for number in sorted(numbers)]
    if not listed:
        return "the record's message has no parameters at all"
    if len(listed) > 2 and max(numbers) - min(numbers) == len(listed) - 1:
        return f"use one of {listed[0]} to {listed[-1]}"
    return f"use {' or '.join(listed)}"


def _used(written: Written, numbers: frozenset[int]) -> Iterator[tuple[int, tuple[int, int] | None]]:
    """The numbers that stand in a text and aren't among `numbers`, each with its place in it."""
    if written.form is Form.PLAIN:
        if written.field == "run":
            for match in _PLACEHOLDER.finditer(written.text):
                if int(match[1]) not in numbers:
                    yield int(match[1]), match.span()
        return
    strange = {each.number for each in written.inlines() if isinstance(each, Insertion)} - numbers
    for number in sorted(strange):

        def is_it(inline: Inline, number: int = number) -> bool:
            return isinstance(inline, Insertion) and inline.number == number

        for within in stretches(written, f"%{number}", is_it):
            yield number, within

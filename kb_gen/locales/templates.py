"""What there is to translate: every unit of a knowledge base once, with what a translator has to know about it.

A template is the same bytes for the same content. An entry names files but no lines, and every unit's place in words:
a change of one record touches only that record's entries. A text that stands in several places is told with what
stands around it in the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kb_gen.locales.passages import Passage
from kb_gen.locales.po import Key, PoEntry
from kb_gen.locales.surroundings import Surroundings, Walk
from kb_gen.locales.unit_ids import unit_address, unit_id
from kb_gen.locales.units import Unit, UnitKind, localize_record, shared_units
from kb_gen.messages import parse as parse_message
from kb_gen.model import Entry, KnowledgeBase, MessageSyntax

__all__ = ["BRACE_FORMAT", "INSERTION_FORMAT", "Template", "addressed", "extract", "insertion_numbers"]

INSERTION_FORMAT = "qt-format"
"""The flag of texts with `%1`: of gettext's formats, Qt's is the one that means the same by it."""

BRACE_FORMAT = "python-brace-format"
"""The flag of interface words with `{name}`."""

_MOST_PLACES = 5
_MOST_NOTES = 9
_INSERTION = re.compile(r"%([1-9][0-9]?)(?![0-9])")
_MESSAGE_NOTE = "Translate it only if the product itself has this message in your language; else leave it empty."


@dataclass(frozen=True, slots=True)
class Template:
    """A domain's messages, in the order in which a reader meets them; none has a translation."""

    domain: str
    entries: tuple[PoEntry, ...]


@dataclass(slots=True)
class _Gathered:
    """What is known of a message so far; dictionaries stand for ordered sets."""

    flags: tuple[str, ...]
    kind: UnitKind
    around: Surroundings
    places: dict[str, None] = field(default_factory=dict)
    paths: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)


def insertion_numbers(text: str) -> tuple[int, ...]:
    """The numbers of the insertion strings that a text names, ascending."""
    return tuple(sorted({int(number) for number in _INSERTION.findall(text)})) if "%" in text else ()


def extract(kb: KnowledgeBase, workbench: str = "") -> dict[str, Template]:
    """The templates of a knowledge base's content, by domain.

    Args:
        kb: the knowledge base.
        workbench: where the translators' workbench answers, with a slash at the end; empty to link no text to it.
    """
    gathering = _Gathering()
    shared_units(kb, gathering.take)
    for entry in kb.entries:
        syntax = kb.event_source(entry.record).syntax
        localize_record(entry, kb, lambda unit, entry=entry, syntax=syntax: gathering.take_from(unit, entry, syntax))  # type: ignore[misc]
    return {
        domain: Template(
            domain, tuple(addressed(_entry(key, found), domain, workbench) for key, found in messages.items())
        )
        for domain, messages in sorted(gathering.domains.items())
    }


def addressed(entry: PoEntry, domain: str, workbench: str) -> PoEntry:
    """An entry of a template whose last comment says where it opens in the workbench; as it is if that is empty.

    An address that the entry has already gives way to it.
    """
    named = f"unit/{unit_id(domain, entry.context, entry.msgid)}"
    notes = tuple(note for note in entry.extracted if not note.endswith(named))
    address = (unit_address(workbench, domain, entry.context, entry.msgid),) if workbench else ()
    return entry if entry.extracted == (*notes, *address) else replace(entry, extracted=(*notes, *address), raw="")


class _Gathering:
    """Units written down as they are met."""

    def __init__(self) -> None:
        self.domains: dict[str, dict[Key, _Gathered]] = {}
        self._walk = Walk()

    def take(self, unit: Unit) -> Passage:
        """Writes down a unit."""
        self._note(unit, unit.subject)
        return Passage(unit.msgid, unit.language)

    def take_from(self, unit: Unit, entry: Entry, syntax: MessageSyntax) -> Passage:
        """Writes down a unit of a record, with what its insertion strings hold."""
        found = self._note(unit, (entry.path, entry.index), syntax)
        if unit.path == entry.path:
            printf = unit.kind is UnitKind.MESSAGE and syntax is MessageSyntax.PRINTF
            # Most of these name no numbers: the parameters go by position.
            numbers = parse_message(unit.msgid, syntax.value).numbers if printf else insertion_numbers(unit.msgid)
            found.notes.update(dict.fromkeys(_insertion_notes(numbers, entry)))
        return Passage(unit.msgid, unit.language)

    def _note(self, unit: Unit, subject: object, syntax: MessageSyntax = MessageSyntax.FORMATMESSAGE) -> _Gathered:
        around = self._walk.meet(unit, subject)
        messages = self.domains.setdefault(unit.domain, {})
        key = Key(unit.context or None, unit.msgid)
        found = messages.get(key)
        if found is None:
            numbered = unit.kind is UnitKind.TEXT or syntax is MessageSyntax.FORMATMESSAGE
            flags = (INSERTION_FORMAT,) if numbered and insertion_numbers(unit.msgid) else ()
            found = messages[key] = _Gathered(flags, unit.kind, around)
        found.places[unit.place] = None
        found.paths[unit.path] = None
        return found


def _insertion_notes(numbers: Iterable[int], entry: Entry) -> Iterator[str]:
    parameters = entry.record.parameters
    for number in numbers:
        if parameter := parameters.get(number):
            example = f", for example {_on_one_line(parameter.example)}" if parameter.example else ""
            yield f"%{number}: {_on_one_line(parameter.name)}{example}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _entry(key: Key, found: _Gathered) -> PoEntry:
    comments = [*_bounded(found.places, _MOST_PLACES, "and more places")]
    comments += _bounded(found.notes, _MOST_NOTES, "and more of these, for other records")
    if found.kind is UnitKind.MESSAGE:
        comments.append(_MESSAGE_NOTE)
    comments += found.around.comments()
    paths = tuple(list(found.paths)[:_MOST_NOTES])
    return PoEntry(key.msgid, context=key.context, extracted=tuple(comments), references=paths, flags=found.flags)


def _bounded(texts: Iterable[str], most: int, more: str) -> Iterator[str]:
    """The first of `texts`; how many follow isn't said, or every further record would change the entry."""
    for number, text in enumerate(texts):
        if number == most:
            yield more
            return
        yield _on_one_line(text)

"""Changes of source texts that are none for translators: a comma, a typo.

Somebody has to declare them: no program can tell a typo from a correction of what is said. A commit or a record may
hold more than was meant, though. So a translation keeps its approval only if it passes the checks against the new
text, if no number has changed and no negation come or gone, and if the texts are like one another at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from kb_gen.diagnostics import Severity
from kb_gen.locales.candidates import Candidates
from kb_gen.locales.checks.pair import Pair, PairKind
from kb_gen.locales.checks.running import check_pair
from kb_gen.locales.likeness import LIKE_ENOUGH
from kb_gen.locales.passages import Passage
from kb_gen.locales.po import Key, PoEntry, PoFile, PreviousText
from kb_gen.locales.protection import domain_syntaxes
from kb_gen.locales.units import Unit, is_message_context, localize_record, record_domain, shared_units
from kb_gen.model import Entry, KnowledgeBase, MessageSyntax

__all__ = [
    "NOTHING_SLIGHT",
    "Declared",
    "Former",
    "SlightChange",
    "declared_records",
    "declared_revisions",
    "obstacle",
]

_FEW_CHARACTERS = 2
"""So many characters may differ however short the texts are."""

_NEGATION = re.compile(r"\b(?:cannot|neither|never|no|nobody|none|nor|not|nothing|nowhere|without)\b|n['’]t\b")
"""English words that turn what is said into its opposite."""

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True)
class SlightChange:
    """A text that was declared to have changed slightly.

    Attributes:
        before: what it was.
        after: what it is.
        obstacle: why its translation has to be approved nevertheless; empty if it keeps its approval.
    """

    before: str
    after: str
    obstacle: str = ""


@dataclass(frozen=True)
class Declared:
    """What somebody has declared to have changed slightly in one domain.

    Attributes:
        pairs: what texts were, by what they are, where both are known.
        units: texts of which any change was meant.
        paths: the files of the records that those are in.
        syntax: how the domain's message templates mark insertion strings.
    """

    pairs: Mapping[Key, Key] = field(default_factory=dict)
    units: frozenset[Key] = frozenset()
    paths: frozenset[str] = frozenset()
    syntax: MessageSyntax = MessageSyntax.FORMATMESSAGE

    def covers(self, entry: PoEntry) -> bool:
        """Whether the change was declared that a fuzzy entry waits for."""
        if entry.previous is None:
            return False
        return entry.key in self.units or Key(entry.previous.context, entry.previous.msgid) in self.former(entry.key)

    def former(self, key: Key) -> tuple[Key, ...]:
        """What a text was before the changes that are known, the last one first."""
        found: dict[Key, None] = {}
        before = self.pairs.get(key)
        while before is not None and before not in found:
            found[before] = None
            before = self.pairs.get(before)
        return tuple(found)


NOTHING_SLIGHT = Declared()


class Former:
    """The approved entries of a catalog that declared changes have taken out of use, wholly or in one place."""

    def __init__(self, declared: Declared, catalog: PoFile, template: PoFile) -> None:
        self._declared = declared
        self._catalog = catalog
        self._template = template

    def of(self, wanted: PoEntry) -> PoEntry | None:
        """The entry that `wanted` was before a change that was declared; None if there is none."""
        for before in self._declared.former(wanted.key):
            if before in self._approved:
                return self._approved[before]
        if wanted.key not in self._declared.units:
            return None
        found = self._left.best(wanted)
        return found.entry if found else None

    def waiting(self, wanted: PoEntry) -> PoEntry | None:
        """The entry that `wanted` was before such a change, where that has a translation that nobody has approved."""
        for before in self._declared.former(wanted.key):
            if before in self._waiting:
                return self._waiting[before]
        return None

    @cached_property
    def _waiting(self) -> dict[Key, PoEntry]:
        entries = (*self._catalog.obsolete, *self._catalog.entries)
        return {entry.key: entry for entry in entries if entry.translated and entry.fuzzy}

    @cached_property
    def _approved(self) -> dict[Key, PoEntry]:
        entries = (*self._catalog.obsolete, *self._catalog.entries)
        return {entry.key: entry for entry in entries if entry.translated and not entry.fuzzy}

    @cached_property
    def _left(self) -> Candidates:
        """What stood in a declared record, and stands there no more."""
        places = {entry.key: set(entry.references) for entry in self._template.entries}
        left = [
            entry
            for entry in self._approved.values()
            if self._declared.paths & (set(entry.references) - places.get(entry.key, set()))
        ]
        return Candidates(left)


def obstacle(before: PreviousText, msgstr: Sequence[str], wanted: PoEntry, tag: str, declared: Declared) -> str:
    """Why a translation of `before` can't stand for `wanted` unseen; empty if it can.

    Args:
        before: the text that it translates.
        msgstr: the translation, in all of its forms.
        wanted: the entry that it shall be for.
        tag: the BCP 47 tag of its locale.
        declared: what was declared for the domain.
    """
    if (before.context, before.msgid_plural is None) != (wanted.context, wanted.msgid_plural is None):
        return "the text is of another kind now"
    kind = PairKind.MESSAGE if is_message_context(wanted.context) else PairKind.TEXT
    for number, text in enumerate(msgstr):
        source = wanted.msgid_plural if wanted.msgid_plural is not None and number else wanted.msgid
        for finding in check_pair(Pair(source, text, tag, kind, declared.syntax)):
            if finding.severity is Severity.ERROR:
                return finding.message
    if sorted(_NUMBER.findall(before.msgid)) != sorted(_NUMBER.findall(wanted.msgid)):
        return "a number has changed"
    if _negations(before.msgid) != _negations(wanted.msgid):
        return "a negation has come or gone"
    return "" if _alike(before.msgid, wanted.msgid) else "it is another text"


def _negations(text: str) -> int:
    return len(_NEGATION.findall(text.lower()))


def _alike(before: str, after: str) -> bool:
    return fuzz.ratio(before, after) >= LIKE_ENOUGH or OSA.distance(before, after) <= _FEW_CHARACTERS


def declared_records(kb: KnowledgeBase, entries: Sequence[Entry]) -> dict[str, Declared]:
    """Every change of the texts of some records declared to be slight, by domain.

    Args:
        kb: the knowledge base.
        entries: records of it.
    """
    found: dict[str, Declared] = {}
    for entry in entries:
        domain = record_domain(entry.record, kb)
        known = found.get(domain, Declared())
        found[domain] = replace(
            known,
            units=known.units | frozenset(key for _, key in _own_texts(entry, kb)),
            paths=known.paths | {entry.path},
            syntax=kb.event_source(entry.record).syntax,
        )
    return found


def declared_revisions(
    declared: Mapping[str, Declared], revisions: Sequence[tuple[KnowledgeBase, KnowledgeBase]], kb: KnowledgeBase
) -> dict[str, Declared]:
    """What is declared already, and every change that some revisions made, by domain.

    Args:
        declared: what `declared_records` gave.
        revisions: what each revision has changed, before and after it.
        kb: the knowledge base as it is now.
    """
    syntaxes = domain_syntaxes(kb)
    result = dict(declared)
    for before, after in revisions:
        for domain, new, old in _changed(before, after):
            known = result.get(domain, Declared(syntax=syntaxes.get(domain, MessageSyntax.FORMATMESSAGE)))
            result[domain] = replace(known, pairs={**known.pairs, new: old})
    return result


_Place = tuple[str, str, str]
"""The domain of a text, its subject, and what it is in that."""


def _changed(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[tuple[str, Key, Key]]:
    """The domain of each text that has changed, what it is, and what it was."""
    former = _by_place(before)
    for place, new in _by_place(after).items():
        old = former.get(place, [])
        for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            # Where texts were added or removed at the same time, nobody knows which has become which.
            if kind == "replace" and end - start == new_end - new_start:
                for was, now in zip(old[start:end], new[new_start:new_end], strict=True):
                    yield place[0], now, was


def _by_place(kb: KnowledgeBase) -> dict[_Place, list[Key]]:
    """The texts of a knowledge base in their order, by place."""
    places: defaultdict[_Place, list[Key]] = defaultdict(list)

    def note(unit: Unit) -> Passage:
        places[_place(unit)].append(_key(unit))
        return Passage(unit.msgid, unit.language)

    shared_units(kb, note)
    for entry in kb.entries:
        for place, key in _own_texts(entry, kb):
            places[place].append(key)
    return places


def _own_texts(entry: Entry, kb: KnowledgeBase) -> list[tuple[_Place, Key]]:
    """The texts of a record, each with its place; those of shared steps aren't its own."""
    found: list[tuple[_Place, Key]] = []

    def note(unit: Unit) -> Passage:
        if unit.path == entry.path:
            found.append((_place(unit), _key(unit)))
        return Passage(unit.msgid, unit.language)

    localize_record(entry, kb, note)
    return found


def _place(unit: Unit) -> _Place:
    return unit.domain, unit.subject, unit.what


def _key(unit: Unit) -> Key:
    return Key(unit.context or None, unit.msgid)

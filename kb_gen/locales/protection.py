"""What a translation has to keep: insertion strings, code, links' targets, references to other events.

It may put them into another order. One that loses, doubles or invents any of them doesn't say what the source says,
and is not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb_gen.locales.units import source_domain
from kb_gen.markup import Code, EventLink, Insertion, Link, RawHtml, Text, parse_inlines, walk
from kb_gen.messages import parse as parse_message
from kb_gen.messages.arguments import Argument, arguments
from kb_gen.model import KnowledgeBase, MessageSyntax

__all__ = [
    "Protected",
    "Shift",
    "domain_syntaxes",
    "keeps_message",
    "keeps_protected",
    "message_conflicts",
    "message_shift",
    "protected_parts",
    "shift",
]


@dataclass(frozen=True, slots=True)
class Protected:
    """The parts of a text that no translation changes, each as often as it occurs."""

    insertions: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    html: tuple[str, ...] = ()


_NOTHING = Protected()


@lru_cache(maxsize=8192)
def protected_parts(text: str) -> Protected:
    """The protected parts of a text, each kind sorted."""
    inlines = parse_inlines(text)
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return _NOTHING
    insertions, code, links, events, html = [], [], [], [], []
    for inline in walk(inlines):
        match inline:
            case Insertion(number):
                insertions.append(f"%{number}")
            case Code(content):
                code.append(content)
            case Link(href):
                links.append(href)
            case EventLink():
                events.append("/".join(filter(None, (inline.source, inline.id, inline.symbolic_name))))
            case RawHtml(content):
                html.append(content)
    if not (insertions or code or links or events or html):
        return _NOTHING
    return Protected(*(tuple(sorted(parts)) for parts in (insertions, code, links, events, html)))


def keeps_protected(source: str, translation: str) -> bool:
    """Whether a translation has exactly the protected parts of its source."""
    return protected_parts(source) == protected_parts(translation)


@lru_cache(maxsize=8192)
def _message_insertions(template: str, syntax: MessageSyntax) -> tuple[str, ...]:
    insertions = parse_message(template, syntax.value).insertions
    # A number twice is as good as once: a template may repeat a name where the other language has a pronoun.
    return tuple(sorted({f"%{number}" for insertion in insertions for number in insertion.numbers}))


def keeps_message(source: str, translation: str, syntax: MessageSyntax) -> bool:
    """Whether a translated message template takes the same insertion strings, and each as the same kind of value."""
    same = _message_insertions(source, syntax) == _message_insertions(translation, syntax)
    return same and not message_conflicts(source, translation, syntax)


@dataclass(frozen=True, slots=True)
class Shift:
    """What a translation lacks and has too much, each as often as it is too few or too many."""

    lost: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.added)


def shift(source: tuple[str, ...], translation: tuple[str, ...]) -> Shift:
    """How protected parts of one kind differ."""
    before, after = Counter(source), Counter(translation)
    return Shift(tuple((before - after).elements()), tuple((after - before).elements()))


def message_shift(source: str, translation: str, syntax: MessageSyntax) -> Shift:
    """How the insertion strings of a translated message template differ."""
    return shift(_message_insertions(source, syntax), _message_insertions(translation, syntax))


def message_conflicts(source: str, translation: str, syntax: MessageSyntax) -> Mapping[int, tuple[Argument, Argument]]:
    """The insertion strings of which a translation takes another kind of value than its source: both, by number."""
    before, after = _message_arguments(source, syntax), _message_arguments(translation, syntax)
    return {
        number: (_first(before[number]), _first(kinds - before[number]))
        for number, kinds in after.items()
        if number in before and kinds - before[number]
    }


def _first(kinds: frozenset[Argument]) -> Argument:
    return min(kinds, key=lambda kind: kind.value)


@lru_cache(maxsize=8192)
def _message_arguments(template: str, syntax: MessageSyntax) -> Mapping[int, frozenset[Argument]]:
    return arguments(parse_message(template, syntax))


def domain_syntaxes(kb: KnowledgeBase) -> dict[str, MessageSyntax]:
    """How the message templates of each domain mark their insertion strings."""
    return {
        source_domain(name, source.address): source.syntax
        for product in kb.products.values()
        for name, source in product.sources.items()
    }

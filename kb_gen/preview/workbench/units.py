"""Every unit of a knowledge base, and which articles show it: what one finds one's way by in the workbench.

Articles are gone through, not rendered: that takes a tenth of a millisecond each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum

from msgspec import Struct

from kb_gen.locales import (
    SHARED_DOMAIN,
    UI_DOMAIN,
    Passage,
    Unit,
    UnitKind,
    localize_blocks,
    localize_record,
    shared_units,
    unit_id,
)
from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.po import Key
from kb_gen.model import KnowledgeBase

__all__ = ["UnitIndex", "UnitState", "index_units", "interface_unit", "pair_kind", "unit_key"]


class UnitState(IntEnum):
    """What a translator has to do with a unit, by what readers see of it.

    One that another locale's catalog serves, German for Austria, is `TRANSLATED`, as it is for `kb-gen i18n status`.
    `OPTIONAL` is a message template without a translation: it has one only where the product ships one. `ABSENT` is a
    unit that its catalog doesn't have yet.
    """

    TRANSLATED = 0
    REVIEW = 1
    UNTRANSLATED = 2
    OPTIONAL = 3
    ABSENT = 4

    @property
    def word(self) -> str:
        """Its name in the workbench's data."""
        return self.name.lower()


class UnitIndex(Struct, frozen=True):
    """The units of a knowledge base by number, in the order in which they are met.

    Attributes:
        units: the units, each as it is met first.
        ids: their names in addresses.
        numbers: the number of each, by that name.
        known: the number of each, by domain, context and source text.
        domains: the numbers of each domain's units.
        articles: the numbers of the units that each article shows, by the article's position.
        first: the position of the first article that shows a unit, -1 where none does.
    """

    units: Sequence[Unit]
    ids: Sequence[str]
    numbers: dict[str, int]
    known: dict[tuple[str, str, str], int]
    domains: dict[str, list[int]]
    articles: Sequence[tuple[int, ...]]
    first: Sequence[int]

    def shown_in(self, number: int) -> list[int]:
        """The positions of all articles that show a unit."""
        first = self.first[number]
        if first < 0:
            return []
        return [place for place in range(first, len(self.articles)) if number in self.articles[place]]


class _Gathering:
    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.numbers: dict[str, int] = {}
        self.domains: dict[str, list[int]] = {}
        self.first: list[int] = []
        self.place = -1
        self.seen: dict[int, None] = {}
        self.known: dict[tuple[str, str, str], int] = {}

    def note(self, unit: Unit) -> Passage:
        key = (unit.domain, unit.context, unit.msgid)
        number = self.known.get(key)
        if number is None:
            number = self.known[key] = len(self.units)
            self.units.append(unit)
            self.numbers[unit_id(*key)] = number
            self.domains.setdefault(unit.domain, []).append(number)
            self.first.append(self.place)
        elif self.first[number] < 0:
            self.first[number] = self.place
        self.seen[number] = None
        return Passage(unit.msgid, unit.language)


def index_units(kb: KnowledgeBase, interface: Iterable[Unit], advance: Callable[[int], None]) -> UnitIndex:
    """The units of a knowledge base.

    Args:
        kb: the knowledge base.
        interface: the interface's words, as far as they can be translated in this project.
        advance: is told how many more articles are done.
    """
    found = _Gathering()
    articles: list[tuple[int, ...]] = []
    notices = kb.paths.get("products", "content/products.yml")
    for place, entry in enumerate(kb.entries):
        found.place, found.seen = place, {}
        localize_record(entry, kb, found.note)
        product = kb.products.get(entry.record.product)
        if product and product.notice:
            localize_blocks(product.notice, SHARED_DOMAIN, notices, f"closing note of {product.name}", found.note)
        articles.append(tuple(found.seen))
        if place % 100 == 99:
            advance(100)
    found.place = -1
    shared_units(kb, found.note)
    for unit in interface:
        found.note(unit)
    ids = list(found.numbers)
    return UnitIndex(found.units, ids, found.numbers, found.known, found.domains, articles, found.first)


def unit_key(unit: Unit) -> Key:
    """The entry that a unit is in its catalog."""
    return Key(unit.context or None, unit.msgid)


def pair_kind(unit: Unit) -> PairKind:
    """How a unit's texts are read."""
    if unit.domain == UI_DOMAIN:
        return PairKind.INTERFACE
    return PairKind.MESSAGE if unit.kind is UnitKind.MESSAGE else PairKind.TEXT


def interface_unit(msgid: str, path: str) -> Unit:
    """Interface words as a unit."""
    return Unit(UI_DOMAIN, msgid, "", path, "", "the interface")

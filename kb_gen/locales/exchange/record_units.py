"""Which units an article shows: its own, and those of the steps that it shares with others."""

from __future__ import annotations

from kb_gen.locales.passages import Passage
from kb_gen.locales.unit_ids import unit_id
from kb_gen.locales.units import Unit, localize_record
from kb_gen.model import Entry, KnowledgeBase

__all__ = ["named_entries", "record_units"]


def named_entries(kb: KnowledgeBase, name: str) -> tuple[Entry, ...]:
    """The records that `Source/ID` names, in whatever case; several where versions or symbols differ."""
    source, _, number = name.partition("/")
    wanted = (source.strip().casefold(), number.strip().casefold())
    return tuple(
        entry for entry in kb.entries if (entry.record.source.casefold(), entry.record.id.casefold()) == wanted
    )


def record_units(kb: KnowledgeBase, entry: Entry) -> frozenset[str]:
    """The ids of the units of a record."""
    found: set[str] = set()

    def note(unit: Unit) -> Passage:
        found.add(unit_id(unit.domain, unit.context or None, unit.msgid))
        return Passage(unit.msgid, unit.language)

    localize_record(entry, kb, note)
    return frozenset(found)

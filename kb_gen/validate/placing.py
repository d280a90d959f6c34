"""Whether records have places of their own: what adds records asks before it writes any."""

from __future__ import annotations

from kb_gen.diagnostics import Diagnostic, in_order
from kb_gen.load import Loaded
from kb_gen.validate.address_collision import address_collision
from kb_gen.validate.content import Content
from kb_gen.validate.facts import Facts, in_records_order
from kb_gen.validate.misplaced_record import misplaced_record

__all__ = ["colliding_addresses", "placing_errors"]


def placing_errors(loaded: Loaded) -> list[Diagnostic]:
    """The records that lie where they don't belong, or would live at another one's address; in order of place."""
    misplaced = misplaced_record(Content(loaded).of(*loaded.readable.entries))
    return in_order([*misplaced, *colliding_addresses(loaded)])


def colliding_addresses(loaded: Loaded) -> list[Diagnostic]:
    """What would live at another one's address, in order of place."""
    facts = [
        # What texts mention has no address.
        Facts(
            entry.path,
            entry.index,
            entry.record.product,
            entry.record.source,
            entry.record.id,
            entry.record.symbolic_name,
            entry.record.version,
            former=entry.record.former,
        )
        for entry in loaded.readable.entries
    ]
    return in_order(address_collision(Content(loaded, in_records_order(facts))))

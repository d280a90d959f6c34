"""What a record says of one version of its product."""

from __future__ import annotations

from kb_gen.model import Record, Variant

__all__ = ["message_in", "variant_of"]


def variant_of(record: Record, version: str) -> tuple[int, Variant] | None:
    """The variant that a record has for a version, and its position; None where it has none."""
    return next(((at, own) for at, own in enumerate(record.variants) if version and own.version == version), None)


def message_in(record: Record, version: str) -> str:
    """A record's template as a version of the product has it; its own where it has no other for that version."""
    found = variant_of(record, version)
    return found[1].message if found else record.message

"""What a record says of one version of its product."""

from __future__ import annotations

import re

from kb_gen.model import Record, Variant

__all__ = ["is_later", "message_in", "variant_of"]

_NUMBER = re.compile(r"[0-9]+")


def variant_of(record: Record, version: str) -> tuple[int, Variant] | None:
    """The variant that a record has for a version, and its position; None where it has none."""
    return next(((at, own) for at, own in enumerate(record.variants) if version and own.version == version), None)


def message_in(record: Record, version: str) -> str:
    """A record's template as a version of the product has it; its own where it has no other for that version."""
    found = variant_of(record, version)
    return found[1].message if found else record.message


def is_later(record: Record, version: str) -> bool:
    """Whether a record is only of later versions than one, as far as the versions' numbers tell."""
    own = _numbers(record.version)
    return bool(version and own) and own > _numbers(version) and variant_of(record, version) is None


def _numbers(version: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(version)]

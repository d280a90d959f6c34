"""Two wordings of the message for one version."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey

__all__ = ["duplicate_variant", "screen"]


def duplicate_variant(content: Content) -> Iterator[Diagnostic]:
    """Each version words its message in one way."""
    for entry in content.entries:
        record = entry.record
        first: dict[str, tuple[str | int, ...]] = {record.version: ("version",)} if record.version else {}
        for number, variant in enumerate(record.variants):
            where = ("variants", number, "version")
            if not variant.version:
                continue
            original = first.setdefault(variant.version, where)
            if original is not where:
                yield error(
                    "duplicate-variant",
                    f"the message of version `{variant.version}` is already given",
                    content.field(entry, *where),
                    "keep one of the two",
                    (content.field(entry, *original, label="first here"),),
                )


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    variants = seen.record.variants
    if not variants:
        return False
    versions = [version for version in (seen.record.version, *(each.version for each in variants)) if version]
    return len(set(versions)) < len(versions)

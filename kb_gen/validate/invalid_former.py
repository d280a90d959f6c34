"""A former name that isn't one."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.load import canonical_id
from kb_gen.markup import parse_event_target
from kb_gen.model import slug, source_address
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey

__all__ = ["invalid_former", "screen"]


def invalid_former(content: Content) -> Iterator[Diagnostic]:
    """`former` holds pairs of source and ID other than the record's own."""
    for entry in content.entries:
        for number, former in enumerate(entry.record.former):
            parsed = parse_event_target(former)
            if not former:
                continue
            if parsed is None or parsed[2]:
                yield error(
                    "invalid-former",
                    f"`{former}` is no pair of source and ID",
                    content.field(entry, "former", number),
                    "write `Source/ID`",
                )
            elif _pair(parsed[0], parsed[1]) == (content.segment(entry.record), slug(entry.record.id)):
                yield error(
                    "invalid-former",
                    f"`{former}` is the record's present name",
                    content.field(entry, "former", number),
                    "remove the line",
                )


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return bool(seen.record.former)


def _pair(source: str, identifier: str) -> tuple[str, str]:
    return source_address(source), slug(canonical_id(identifier) or identifier)

"""Two records of the same event."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.model import Identity
from kb_gen.validate.content import Content
from kb_gen.validate.facts import Facts

__all__ = ["duplicate_identity"]


def duplicate_identity(content: Content) -> Iterator[Diagnostic]:
    """Product, source, ID, symbolic name and version together name one record."""
    first: dict[Identity, Facts] = {}
    for facts in content.identified:
        original = first.setdefault(facts.identity, facts)
        if original is not facts:
            yield error(
                "duplicate-identity",
                f"there is another record of {facts.title}",
                content.field(facts, "id"),
                "remove one of them, or tell them apart by `symbolic_name` or `version`",
                (content.field(original, "id", label="the other record"),),
            )

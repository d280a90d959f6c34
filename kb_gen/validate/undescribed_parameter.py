"""An insertion string that nobody explains."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.messages import Insertion, MessageTemplate
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey

__all__ = ["screen", "undescribed_parameter"]


def undescribed_parameter(content: Content) -> Iterator[Diagnostic]:
    """Each insertion string of a message has an entry in `parameters`."""
    for entry in content.entries:
        if content.syntax_uncertain(entry) or content.lacks(entry, "parameters"):
            continue
        described = set(entry.record.parameters)
        for where, template in content.templates(entry.record):
            missing = [number for number in template.numbers if number not in described]
            described.update(missing)
            if missing:
                listed = ", ".join(f"`%{number}`" for number in missing)
                yield warning(
                    "undescribed-parameter",
                    f"nothing says what {listed} {'holds' if len(missing) == 1 else 'hold'}",
                    content.field(entry, *where, within=_stretch(template, missing[0])),
                    f"add `{missing[0]}` with a `name` to `parameters`",
                )


def screen(content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return not content.numbers(seen.record) <= seen.record.parameters.keys()


def _stretch(template: MessageTemplate, number: int) -> tuple[int, int] | None:
    offset = 0
    for part in template.parts:
        if isinstance(part, Insertion) and number in part.numbers:
            return offset, offset + len(part.source)
        offset += len(part.source)
    return None

"""Something odd about a message template."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey

__all__ = ["message_problem", "screen"]


def message_problem(content: Content) -> Iterator[Diagnostic]:
    """Templates say what their syntax lets them say. A product may ship an odd one: it stays as it is."""
    for entry in content.entries:
        if content.syntax_uncertain(entry):
            continue
        for where, template in content.templates(entry.record):
            for problem in template.problems:
                within = (problem.offset, problem.offset + len(problem.source))
                place = content.field(entry, *where, within=within)
                yield warning("message-problem", problem.message, place, problem.help)


def screen(content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return content.glance(seen.record).has_problems

"""A step that says nothing, or says it twice."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content, StepAt
from kb_gen.validate.survey import Survey

__all__ = ["screen", "step_content"]


def step_content(content: Content) -> Iterator[Diagnostic]:
    """A step has a text, or `use` and nothing beside it."""
    for at in content.steps:
        step = at.step
        if not step.text and not step.use and not _may_say(content, at):
            yield error(
                "empty-step",
                "the step has neither a text nor a snippet",
                content.place(at.path, at.where),
                "add `text: …` or `use: …`",
            )
        if step.use:
            beside = [name for name in ("text", "commands", "note", "steps") if getattr(step, name)]
            for name in beside:
                yield error(
                    "step-conflict",
                    f"`{name}` stands beside `use`: the snippet is the whole step",
                    content.place(at.path, (*at.where, name), key=True),
                    f"remove `{name}`, or write a second step",
                    (content.place(at.path, (*at.where, "use"), label="the snippet"),),
                )


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return seen.has_odd_step


def _may_say(content: Content, at: StepAt) -> bool:
    """Whether a text or snippet is among what couldn't be read."""
    return any(content.uncertain(at.path, *at.where, name) for name in ("text", "use"))

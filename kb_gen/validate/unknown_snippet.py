"""`use:` with a name that snippets.yml doesn't have."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content
from kb_gen.validate.suggestions import meant
from kb_gen.validate.survey import Survey

__all__ = ["screen", "unknown_snippet"]


def unknown_snippet(content: Content) -> Iterator[Diagnostic]:
    """A step's `use` names a snippet."""
    path = f"{content.loaded.content}/snippets.yml"
    # Where snippets.yml as a whole couldn't be read, the snippet may be in it.
    if content.uncertain(path):
        return
    for at in content.steps:
        if at.step.use and at.step.use not in content.kb.snippets:
            yield error(
                "unknown-snippet",
                f"there is no snippet `{at.step.use}`",
                content.place(at.path, (*at.where, "use")),
                meant(at.step.use, content.kb.snippets, otherwise=f"write it into {path}"),
            )


def screen(content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return any(use not in content.kb.snippets for use in seen.uses)

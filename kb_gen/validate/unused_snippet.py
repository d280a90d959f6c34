"""A snippet that no step uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.validate.content import Content

__all__ = ["unused_snippet"]


def unused_snippet(content: Content) -> Iterator[Diagnostic]:
    """Every snippet is used somewhere."""
    # A step that couldn't be read may be the one that uses it.
    if any(_may_use(gap) for gaps in content.loaded.gaps.values() for gap in gaps):
        return
    used = {at.step.use for at in content.shared_steps}
    used.update(*(facts.uses for facts in content.facts))
    for name in content.kb.snippets:
        if name not in used:
            place = content.place(content.kb.paths["snippets"], (name,), key=True)
            yield warning("unused-snippet", f"no step uses the snippet `{name}`", place, "remove it, or use it")


def _may_use(gap: Sequence[str | int]) -> bool:
    """Whether a step may stand where something couldn't be read."""
    named = [part for part in gap if isinstance(part, str)]
    return not named or bool({"actions", "steps", "use"} & set(named))

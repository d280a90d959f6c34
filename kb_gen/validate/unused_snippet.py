"""A snippet that no step uses."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.validate.content import Content

__all__ = ["unused_snippet"]


def unused_snippet(content: Content) -> Iterator[Diagnostic]:
    """Every snippet is used somewhere."""
    # A record that couldn't be read may be the one that uses it.
    if content.loaded.broken:
        return
    used = {at.step.use for at in content.steps}
    for name in content.kb.snippets:
        if name not in used:
            place = content.place(content.kb.paths["snippets"], (name,), key=True)
            yield warning("unused-snippet", f"no step uses the snippet `{name}`", place, "remove it, or use it")

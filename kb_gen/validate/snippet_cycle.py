"""Snippets that use one another in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content, StepAt

__all__ = ["snippet_cycle"]


def snippet_cycle(content: Content) -> Iterator[Diagnostic]:
    """No snippet uses itself, on whatever way."""
    uses: dict[str, list[StepAt]] = {name: [] for name in content.kb.snippets}
    for at in content.shared_steps:
        if at.step.use in uses:
            uses[str(at.where[0])].append(at)
    done: set[str] = set()
    for name in uses:
        for circle in _circles(name, uses, done):
            names = [str(at.where[0]) for at in circle]
            places = [content.place(at.path, (*at.where, "use"), label=f"uses `{at.step.use}`") for at in circle]
            way = " → ".join(f"`{each}`" for each in (*names, names[0]))
            yield error(
                "snippet-cycle",
                f"snippets use one another in a circle: {way}",
                content.place(circle[-1].path, (*circle[-1].where, "use")),
                "take one of the `use` lines out",
                tuple(places[:-1]),
            )


def _circles(start: str, uses: dict[str, list[StepAt]], done: set[str]) -> Iterator[list[StepAt]]:
    """The circles that can be reached from `start`, each once; `done` are names that need no second look."""
    way: list[StepAt] = []
    names = [start]
    pending = [iter(uses[start] if start not in done else [])]
    while pending:
        at = next(pending[-1], None)
        if at is None:
            pending.pop()
            done.add(names.pop())
            if way:
                way.pop()
        elif at.step.use in names:
            yield [*way, at][names.index(at.step.use) :]
        elif at.step.use not in done:
            way.append(at)
            names.append(at.step.use)
            pending.append(iter(uses[at.step.use]))

"""Lines of a label and a value each, as facts are told in text and as Event Viewer copies an event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from kb_gen.importers.formats.article_labels import Fact, ends_description, fact_of, is_description, is_logged

__all__ = ["behind_source", "label_of", "pairs_in"]

_LABELLED = re.compile(r"\s*([^:\s][^:\t\n]{0,59}?)\s*(?::|\t|\s{3,})\s*(\S.*)?")


def behind_source(facts: Set[Fact | None]) -> bool:
    """Whether facts that were told in lines are those of one event, its source and others."""
    return Fact.SOURCE in facts and len(facts - {None}) > 1


def label_of(line: str) -> str:
    """What a line has before its value, or all of it."""
    match = _LABELLED.fullmatch(line)
    return match[1] if match else line


def pairs_in(lines: Sequence[str], logged: bool) -> Iterator[tuple[str, str]]:
    """The labels and values of lines; what stands above the first fact has an empty label.

    Args:
        lines: the lines.
        logged: whether it is known that they are of an event that was logged.
    """
    label = ""
    values: list[str] = []
    lines = [part for line in lines for part in _parts(line)]
    seen: set[Fact | None] = set()
    for line in lines:
        seen.add(fact_of(label))
        logged = logged or is_logged(label) or behind_source(seen)
        match = _LABELLED.fullmatch(line)
        named = match[1] if match else line
        if _begins_pair(named, bool(match), label, values, logged):
            if label:
                yield label, _value(label, values)
            label, values = named, [match[2] or ""] if match else []
        elif not label:
            yield "", line
        else:
            values.append(line)
    if label:
        yield label, _value(label, values)


def _parts(line: str) -> list[str]:
    """A line; or the facts that stand in one, with strokes between them."""
    parts = [part.strip() for part in line.split(" | ")] if " | " in line else [line]
    return parts if len(parts) > 1 and all(":" in part and fact_of(label_of(part)) for part in parts) else [line]


def _begins_pair(named: str, valued: bool, label: str, values: Sequence[str], logged: bool) -> bool:
    """Whether a line begins with another label than the one before it.

    Behind a fact in one line stands another one, though nobody may know it; a message may have several lines, and what
    Event Viewer shows of one may have lines of any form.
    """
    if logged and is_description(label):
        return ends_description(named)
    if fact_of(named) or (logged and is_description(named)):
        return True
    return valued and bool(label) and any(values) and fact_of(label) is not Fact.MESSAGE


def _value(label: str, values: Sequence[str]) -> str:
    if is_description(label) or fact_of(label) is Fact.MESSAGE:
        return "\n".join(values).strip()
    return "\n".join(value for value in values if value)

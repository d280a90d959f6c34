"""A related event that is the record itself, or that is listed already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.load import canonical_id
from kb_gen.markup import parse_event_target
from kb_gen.model import slug, source_address
from kb_gen.validate.content import Content

__all__ = ["redundant_related"]

_Event = tuple[str, str, str]


def redundant_related(content: Content) -> Iterator[Diagnostic]:
    """Related events are other events, each named once."""
    relating = [facts for facts in content.facts if facts.related]
    if not relating:
        return
    names = {source_address(facts.source): content.segment(facts) for facts in content.facts}
    sharing = Counter(map(content.pair, content.facts))
    for facts in relating:
        pair = content.pair(facts)
        # The bare pair means all who share it.
        own = {(*pair, facts.symbolic_name.lower()), *([(*pair, "")] if sharing[pair] == 1 else [])}
        first: dict[_Event, int] = {}
        for number, target in enumerate(facts.related):
            event = _event(target, names)
            if event is None:
                continue
            if event in own:
                place = content.field(facts, "related", number)
                yield warning("redundant-related", "the record is related to itself", place, "remove the entry")
            elif event in first:
                yield warning(
                    "redundant-related",
                    f"`{target}` is listed already",
                    content.field(facts, "related", number),
                    "remove one of the two",
                    (content.field(facts, "related", first[event], label="first here"),),
                )
            else:
                first[event] = number


def _event(target: str, names: dict[str, str]) -> _Event | None:
    parsed = parse_event_target(target.removeprefix("event:"))
    if parsed is None:
        return None
    source, identifier, symbol = parsed
    segment = source_address(source)
    return names.get(segment, segment), slug(canonical_id(identifier) or identifier), symbol.lower()

"""A reference to an event that has no record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.load import canonical_id
from kb_gen.markup import Inline, parse_event_target
from kb_gen.model import slug, source_address
from kb_gen.validate.content import Content
from kb_gen.validate.facts import target_of
from kb_gen.validate.suggestions import meant
from kb_gen.validate.survey import may_refer
from kb_gen.validate.texts import stretches

__all__ = ["unknown_event"]


def unknown_event(content: Content) -> Iterator[Diagnostic]:
    """`event:` references and `related` lead to records."""
    events = _Events(content)
    for facts in content.facts:
        if any(map(events.fault, facts.mentions)):
            # Its file may have been written anew since.
            entry = content.entry_of(facts)
            if entry is not None:
                yield from _in_texts(content.of(entry), events)
        for number, target in enumerate(facts.related):
            fault = events.fault(target.removeprefix("event:")) if target else None
            if fault is not None:
                yield error("unknown-event", fault[0], content.field(facts, "related", number), fault[1])
    yield from _in_texts(content.of_shared(), events)


def _in_texts(content: Content, events: _Events) -> Iterator[Diagnostic]:
    for written in content.marked_up:
        if not may_refer(written.text):
            continue
        for target in dict.fromkeys(map(target_of, written.inlines())):
            fault = events.fault(target) if target is not None else None
            if fault is None:
                continue

            def is_it(inline: Inline, target: str | None = target) -> bool:
                return target_of(inline) == target

            for within in stretches(written, target or "", is_it):
                place = content.place(written.path, written.where, within)
                yield error("unknown-event", fault[0], place, fault[1])


def _says_itself(source: str) -> bool:
    """Whether a reference that names a source as records do surely means that source."""
    return bool(source) and source == source.strip() and "/" not in source and "%" not in source


class _Events:
    """Every event that can be referred to, and those whose records couldn't be read."""

    def __init__(self, content: Content) -> None:
        self._known: set[tuple[str, str, str]] = set()
        self._names: dict[str, list[str]] = {}
        self._former: dict[tuple[str, str], str] = {}
        self._faults: dict[str, tuple[str, str] | None] = {}
        plain: dict[str, bool] = {}
        for facts in content.facts:
            if content.lacks(facts, "id", "source"):
                continue
            segment, identifier = content.pair(facts)
            for each in {segment, source_address(facts.source)}:
                self._known.add((each, identifier, ""))
                self._known.add((each, identifier, facts.symbolic_name.lower()))
            name = f"{facts.source}/{facts.id}"
            self._names.setdefault(facts.id, []).append(name)
            if facts.source not in plain:
                plain[facts.source] = _says_itself(facts.source)
            if plain[facts.source]:
                # Most references are written like that, and needn't be taken apart.
                self._faults[name] = None
            for former in facts.former:
                parsed = parse_event_target(former)
                if parsed:
                    former_id = canonical_id(parsed[1]) or parsed[1]
                    self._former[source_address(parsed[0]), slug(former_id)] = f"{facts.source}/{facts.id}"
        self._broken = [
            (source_address(source) if source else "", slug(identifier) if identifier else "")
            for _, source, identifier in content.loaded.broken
        ]

    def fault(self, target: str) -> tuple[str, str] | None:
        """Message and help, if the reference leads nowhere."""
        if target not in self._faults:
            self._faults[target] = self._look_up(target)
        return self._faults[target]

    def _look_up(self, target: str) -> tuple[str, str] | None:
        parsed = parse_event_target(target)
        if parsed is None:
            return f"`{target}` names no event", "write `Source/ID` or `Source/ID/SymbolicName`"
        source, identifier, symbol = parsed
        canonical = canonical_id(identifier) or identifier
        pair = (source_address(source), slug(canonical))
        if (*pair, symbol.lower()) in self._known or self._may_be_broken(*pair):
            return None
        if pair in self._former:
            return f"`{target}` is a former name", f"write `{self._former[pair]}`"
        if symbol and (*pair, "") in self._known:
            return (
                f"{source} {identifier} has no symbolic name `{symbol}`",
                "leave the symbolic name out, or correct it",
            )
        help = meant(  # noqa: A001
            f"{source}/{canonical}", self._similar(canonical), otherwise="write its record, or remove the reference"
        )
        return f"there is no record of {source} {identifier}", help

    def _similar(self, identifier: str) -> Iterable[str]:
        """The events that may have been meant: a number isn't taken for another number."""
        if identifier.lstrip("-").isdecimal():
            return self._names.get(identifier, ())
        return (name for names in self._names.values() for name in names)

    def _may_be_broken(self, source: str, identifier: str) -> bool:
        """Whether it is one of those that couldn't be read; what isn't known of one may be anything."""
        return any(
            known in ("", source) and (stem in ("", identifier) or stem.startswith(f"{identifier}-"))
            for known, stem in self._broken
        )

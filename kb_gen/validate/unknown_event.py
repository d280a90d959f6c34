"""A reference to an event that has no record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.load import canonical_id
from kb_gen.markup import EventLink, Inline, Link, parse_event_target
from kb_gen.model import slug, source_address
from kb_gen.validate.content import Content
from kb_gen.validate.suggestions import meant
from kb_gen.validate.texts import Written, stretches

__all__ = ["unknown_event"]

# The colon may be escaped or written as an entity.
_MAY_REFER = re.compile(r"event[:&\\]")


def unknown_event(content: Content) -> Iterator[Diagnostic]:
    """`event:` references and `related` lead to records."""
    events = _Events(content)
    for written in content.marked_up:
        if not _MAY_REFER.search(written.text):
            continue
        for target in dict.fromkeys(_targets(written)):
            fault = events.fault(target)
            if fault is None:
                continue

            def is_it(inline: Inline, target: str = target) -> bool:
                return _target(inline) == target

            for within in stretches(written, target, is_it):
                place = content.place(written.path, written.where, within)
                yield error("unknown-event", fault[0], place, fault[1])
    for entry in content.kb.entries:
        for number, target in enumerate(entry.record.related):
            if not target:
                continue
            fault = events.fault(target.removeprefix("event:"))
            if fault is not None:
                yield error("unknown-event", fault[0], content.field(entry, "related", number), fault[1])


def _targets(written: Written) -> Iterator[str]:
    for inline in written.inlines():
        target = _target(inline)
        if target is not None:
            yield target


def _target(inline: Inline) -> str | None:
    if isinstance(inline, EventLink):
        return inline.target
    # What begins like a reference to an event but isn't one is left a link by the parser.
    if isinstance(inline, Link) and inline.href.startswith("event:"):
        return inline.href.removeprefix("event:")
    return None


class _Events:
    """Every event that can be referred to, and those whose records couldn't be read."""

    def __init__(self, content: Content) -> None:
        self._known: set[tuple[str, str, str]] = set()
        self._names: dict[str, list[str]] = {}
        self._former: dict[tuple[str, str], str] = {}
        for entry in content.kb.entries:
            record = entry.record
            if content.lacks(entry, "id", "source"):
                continue
            for segment in {source_address(record.source), content.segment(record)}:
                self._known.add((segment, slug(record.id), ""))
                self._known.add((segment, slug(record.id), record.symbolic_name.lower()))
            self._names.setdefault(record.id, []).append(f"{record.source}/{record.id}")
            for former in record.former:
                parsed = parse_event_target(former)
                if parsed:
                    former_id = canonical_id(parsed[1]) or parsed[1]
                    self._former[source_address(parsed[0]), slug(former_id)] = f"{record.source}/{record.id}"
        self._broken = [
            (source_address(source) if source else "", slug(identifier) if identifier else "")
            for _, source, identifier in content.loaded.broken
        ]

    def fault(self, target: str) -> tuple[str, str] | None:
        """Message and help, if the reference leads nowhere."""
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

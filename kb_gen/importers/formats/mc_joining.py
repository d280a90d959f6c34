"""Messages of several Windows message files that are the same event, and symbols that tell two apart no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from kb_gen.diagnostics import Diagnostic, error, warning
from kb_gen.importers.imported import ImportedEvent

__all__ = ["joined", "same_symbols"]


def same_symbols(events: Iterable[ImportedEvent]) -> Iterator[Diagnostic]:
    """A finding for each symbol that isn't the first of its name."""
    first: dict[str, ImportedEvent] = {}
    for event in events:
        symbol = event.record.symbolic_name
        if not symbol:
            continue
        other = first.setdefault(symbol, event)
        if other is not event:
            two = f"two messages, {other.record.id} and {event.record.id}"
            same = f"message {event.record.id}, which is in the file twice"
            yield warning(
                "mc-duplicate-symbol",
                f"`{symbol}` is the symbol of {same if other.record.id == event.record.id else two}",
                event.place,
                "give each message a symbol of its own",
                (other.place,),
            )


def _other_symbol(event: ImportedEvent, other: ImportedEvent) -> Diagnostic:
    here, there = event.record.symbolic_name, other.record.symbolic_name
    return error(
        "mc-other-symbol",
        f"message {event.record.id} is `{here}` here and `{there}` in the file before, so its texts aren't taken",
        event.place,
        "give it the same symbol in both files",
        (other.place,),
    )


def _other_number(event: ImportedEvent, other: ImportedEvent) -> Diagnostic:
    here, there = event.record.id, other.record.id
    return warning(
        "mc-other-number",
        f"`{event.record.symbolic_name}` is message {here} here and {there} in the file before, whose number was taken",
        event.place,
        "see under which number it is logged, and give it that in both files",
        (other.place,),
    )


def joined(
    events: list[ImportedEvent], further: Sequence[ImportedEvent]
) -> tuple[list[ImportedEvent], list[Diagnostic]]:
    """Events with what another file says of the same ones, and the others of that file behind them."""
    if not events:
        return list(further), []
    # Which of two names is right, nobody can tell here: an event of its own would answer for the other's ID.
    by_symbol = {event.record.symbolic_name: place for place, event in enumerate(events) if event.record.symbolic_name}
    by_id: dict[str, list[int]] = {}
    for place, event in enumerate(events):
        by_id.setdefault(event.record.id, []).append(place)
    found, diagnostics = list(events), []
    for event in further:
        record = event.record
        same_id = by_id.get(record.id, [])
        joined_by_id = next(iter(same_id), None)
        known_at = by_symbol.get(record.symbolic_name) if record.symbolic_name else joined_by_id
        if known_at is None and same_id:
            diagnostics.append(_other_symbol(event, found[same_id[0]]))
            continue
        if known_at is None:
            found.append(event)
            continue
        known = found[known_at]
        if known.record.id != record.id:
            diagnostics.append(_other_number(event, known))
        found[known_at] = structs.replace(
            known,
            record=structs.replace(known.record, severity=known.record.severity or record.severity),
            messages={**event.messages, **known.messages},
            places={**event.places, **known.places},
        )
    return found, diagnostics

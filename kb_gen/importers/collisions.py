"""Events that would live at the address of something else, which no knowledge base can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.importers.imported import Imported
from kb_gen.load import Loaded
from kb_gen.model import KnowledgeBase, source_address
from kb_gen.validate import colliding_addresses

__all__ = ["colliding_events", "colliding_sources"]


def colliding_sources(imported: Imported, kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """An error for each source of the file that is new, and whose address another source has."""
    named = {(entry.record.source, kb.event_source(entry.record).address): entry.path for entry in kb.entries}
    listed = {
        (name, source.address): kb.paths.get("products", "")
        for product in kb.products.values()
        for name, source in product.sources.items()
    }
    known = {name for name, _ in (*named, *listed)}
    holders = {source_address(*source): (source[0], path) for source, path in (*listed.items(), *named.items())}
    for event in imported.events:
        name = event.record.source
        if name in known:
            continue
        known.add(name)
        address = source_address(name)
        holder, path = holders.setdefault(address, (name, ""))
        if holder != name:
            yield error(
                "address-collision",
                f"the source `{name}` would have the address `{address}`, which the source `{holder}` has",
                event.place,
                f'if they are one source, import with `--source "{holder}"`, or correct the name in the file; else '
                "set `address` for one of them in products.yml",
                (Place(path, label="the other source"),) if path else (),
            )


def colliding_events(loaded: Loaded, merged: KnowledgeBase, new: Mapping[str, Place]) -> Iterator[Diagnostic]:
    """An error for each event whose new record would live at the address of something else.

    Args:
        loaded: the project as it is, which has no such errors.
        merged: the knowledge base as it is to be.
        new: where the file has the event of each new record, by the record's path.
    """
    for finding in colliding_addresses(replace(loaded, knowledge_base=merged, readable=merged)):
        # The record isn't there to look into, and won't be.
        place, *related = [new.get(own.path, own) if own else None for own in (finding.place, *finding.related)]
        yield replace(finding, place=place, related=tuple([own for own in related if own]))

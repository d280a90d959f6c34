"""Two things that would live at the same address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.load import canonical_id
from kb_gen.markup import parse_event_target
from kb_gen.model import Entry, address_book, slug, source_address
from kb_gen.validate.content import Content

__all__ = ["address_collision"]


def address_collision(content: Content) -> Iterator[Diagnostic]:
    """Sources, records, hand-written pages and former addresses each have an address of their own."""
    yield from _sources(content)
    yield from _ids(content)
    yield from _records(content)
    yield from _pages(content)
    yield from _former(content)


def _sources(content: Content) -> Iterator[Diagnostic]:
    """Two names of sources that differ only in what an address can't tell apart."""
    for segment, entries in content.segments.items():
        first: dict[str, Entry] = {}
        for entry in entries:
            if content.source_uncertain(entry, "address"):
                continue
            first.setdefault(entry.record.source, entry)
        for one, other in pairwise(first.values()):
            yield error(
                "address-collision",
                f"the sources `{one.record.source}` and `{other.record.source}` would share the address `{segment}`",
                content.field(other, "source"),
                "if they are one source, write its name alike; else set `address` for one of them in products.yml",
                (content.field(one, "source", label="the other source"),),
            )


def _ids(content: Content) -> Iterator[Diagnostic]:
    """Two IDs of one source that differ only in a sign or in case, and would share a page as if they were one."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in content.identified:
        record = entry.record
        other = first.setdefault((content.segment(record), slug(record.id)), entry)
        if other.record.id != record.id and other.record.source == record.source:
            yield error(
                "address-collision",
                f"the IDs `{record.id}` and `{other.record.id}` would share the address "
                f"`{content.segment(record)}/{slug(record.id)}`",
                content.field(entry, "id"),
                "if they are one event, write its ID alike; else only one of them can have a record",
                (content.field(other, "id", label="the other record"),),
            )


def _records(content: Content) -> Iterator[Diagnostic]:
    taken: dict[str, Entry] = {}
    entries = {entry.identity: entry for entry in content.identified}
    for identity, address in address_book(replace(content.kb, entries=content.identified)).addresses.items():
        entry = entries[identity]
        other = taken.setdefault(address, entry)
        if other is not entry and other.record.source == entry.record.source:
            yield error(
                "address-collision",
                f"{entry.title} and {other.title} would share the address `{address}`",
                content.field(entry, "id"),
                "tell them apart by `symbolic_name` or `version`",
                (content.field(other, "id", label="the other record"),),
            )


def _pages(content: Content) -> Iterator[Diagnostic]:
    """Hand-written pages stand at `<locale>/<path>`, records at `<locale>/<source>/…`."""
    folder = content.loaded.root / content.loaded.content / "pages"
    if not folder.is_dir():
        return
    for page in sorted(folder.glob("*/*")):
        segment = (page.stem if page.is_file() else page.name).casefold()
        if page.is_file() and page.suffix.casefold() != ".md":
            continue
        if segment in content.segments:
            entry = content.segments[segment][0]
            path = page.relative_to(content.loaded.root).as_posix()
            yield error(
                "address-collision",
                f"the source `{entry.record.source}` and a hand-written page would share the address `{segment}`",
                content.field(entry, "source"),
                "rename the page or its folder, or set the source's `address` in products.yml",
                (Place(path, label="the page"),),
            )


def _former(content: Content) -> Iterator[Diagnostic]:
    present = {(content.segment(entry.record), slug(entry.record.id)): entry for entry in content.identified}
    claimed: dict[tuple[str, str], tuple[Entry, int]] = {}
    for entry in content.identified:
        for number, former in enumerate(entry.record.former):
            parsed = parse_event_target(former)
            if parsed is None:
                continue
            pair = (source_address(parsed[0]), slug(canonical_id(parsed[1]) or parsed[1]))
            holder = present.get(pair)
            if pair in claimed:
                other, index = claimed[pair]
                related = content.field(other, "former", index, label="first here")
                title = other.title
            elif holder is not None and holder is not entry and pair != _pair(content, entry):
                related = content.field(holder, "id", label="the present record")
                title = holder.title
            else:
                claimed[pair] = (entry, number)
                continue
            yield error(
                "address-collision",
                f"the former address `{former}` belongs to {title}",
                content.field(entry, "former", number),
                "remove one of the two",
                (related,),
            )


def _pair(content: Content, entry: Entry) -> tuple[str, str]:
    return content.segment(entry.record), slug(entry.record.id)

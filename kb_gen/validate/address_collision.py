"""Two things that would live at the same address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.load import canonical_id
from kb_gen.markup import parse_event_target
from kb_gen.model import Entry, Record, address_book, slug, source_address
from kb_gen.validate.content import Content
from kb_gen.validate.facts import Facts

__all__ = ["address_collision"]


def address_collision(content: Content) -> Iterator[Diagnostic]:
    """Sources, records, hand-written pages and former addresses each have an address of their own."""
    yield from _sources(content)
    if len(set(map(content.pair, content.identified))) < len(content.identified):
        # Else each record is alone with its source and ID, which make its address.
        yield from _ids(content)
        yield from _records(content)
    yield from _pages(content)
    yield from _former(content)


def _sources(content: Content) -> Iterator[Diagnostic]:
    """Two names of sources that differ only in what an address can't tell apart."""
    named: dict[str, dict[str, Facts]] = {}
    seen: set[tuple[str, str]] = set()
    for facts in content.facts:
        if (facts.product, facts.source) in seen:
            continue
        first = named.setdefault(content.segment(facts), {})
        if facts.source not in first and not content.source_uncertain(facts, "address"):
            first[facts.source] = facts
        if facts.source in first:
            seen.add((facts.product, facts.source))
    for segment, sources in named.items():
        for one, other in pairwise(sources.values()):
            yield error(
                "address-collision",
                f"the sources `{one.source}` and `{other.source}` would share the address `{segment}`",
                content.field(other, "source"),
                "if they are one source, write its name alike; else set `address` for one of them in products.yml",
                (content.field(one, "source", label="the other source"),),
            )


def _ids(content: Content) -> Iterator[Diagnostic]:
    """Two IDs of one source that differ only in a sign or in case, and would share a page as if they were one."""
    first: dict[tuple[str, str], Facts] = {}
    for facts in content.identified:
        other = first.setdefault(content.pair(facts), facts)
        if other.id != facts.id and other.source == facts.source:
            yield error(
                "address-collision",
                f"the IDs `{facts.id}` and `{other.id}` would share the address `{'/'.join(content.pair(facts))}`",
                content.field(facts, "id"),
                "if they are one event, write its ID alike; else only one of them can have a record",
                (content.field(other, "id", label="the other record"),),
            )


def _records(content: Content) -> Iterator[Diagnostic]:
    """Records whose addresses would be one although their names differ."""
    taken: dict[str, Facts] = {}
    records = {facts.identity: facts for facts in content.identified}
    stubs = tuple(_stub(facts) for facts in content.identified)
    for identity, address in address_book(replace(content.kb, entries=stubs)).addresses.items():
        facts = records[identity]
        other = taken.setdefault(address, facts)
        if other is not facts and other.source == facts.source:
            yield error(
                "address-collision",
                f"{facts.title} and {other.title} would share the address `{address}`",
                content.field(facts, "id"),
                "tell them apart by `symbolic_name` or `version`",
                (content.field(other, "id", label="the other record"),),
            )


def _stub(facts: Facts) -> Entry:
    """As much of a record as its address is made of."""
    record = Record(facts.id, facts.source, facts.product, version=facts.version, symbolic_name=facts.symbolic_name)
    return Entry(record, facts.path, facts.index)


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
            facts = content.segments[segment]
            path = page.relative_to(content.loaded.root).as_posix()
            yield error(
                "address-collision",
                f"the source `{facts.source}` and a hand-written page would share the address `{segment}`",
                content.field(facts, "source"),
                "rename the page or its folder, or set the source's `address` in products.yml",
                (Place(path, label="the page"),),
            )


def _former(content: Content) -> Iterator[Diagnostic]:
    renamed = [facts for facts in content.identified if facts.former]
    if not renamed:
        return
    present = {content.pair(facts): facts for facts in content.identified}
    claimed: dict[tuple[str, str], tuple[Facts, int]] = {}
    for facts in renamed:
        for number, former in enumerate(facts.former):
            parsed = parse_event_target(former)
            if parsed is None:
                continue
            pair = (source_address(parsed[0]), slug(canonical_id(parsed[1]) or parsed[1]))
            holder = present.get(pair)
            if pair in claimed:
                other, index = claimed[pair]
                related = content.field(other, "former", index, label="first here")
                title = other.title
            elif holder is not None and holder is not facts and pair != content.pair(facts):
                related = content.field(holder, "id", label="the present record")
                title = holder.title
            else:
                claimed[pair] = (facts, number)
                continue
            yield error(
                "address-collision",
                f"the former address `{former}` belongs to {title}",
                content.field(facts, "former", number),
                "remove one of the two",
                (related,),
            )

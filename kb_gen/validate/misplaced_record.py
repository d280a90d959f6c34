"""A file whose name or folder says something else than its record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.model import Entry, slug, source_address
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey

__all__ = ["misplaced_record", "screen"]


def misplaced_record(content: Content) -> Iterator[Diagnostic]:
    """Records lie at `<product>/<source>/<id>.yml` or `<id>-<symbolic name>.yml`; lists of them under any name."""
    for entry in content.entries:
        path = PurePosixPath(entry.path).relative_to(content.loaded.content)
        folders = path.parts[:-1]
        record = entry.record
        # A list may lie beside the folders of the sources it spans.
        if len(folders) != 2 and not (len(folders) == 1 and entry.index is not None):
            yield _on_wrong_level(content, entry)
            continue
        # A product that doesn't exist is named by its own rule.
        known = record.product in content.kb.products and not content.lacks(entry, "product")
        if known and folders[0] != slug(record.product):
            yield _misplaced(content, entry, "product", f"in the folder of `{folders[0]}`", slug(record.product))
        if len(folders) > 1 and not content.source_uncertain(entry, "address"):
            allowed = {slug(record.source), source_address(record.source), content.segment(record)}
            if folders[1] not in allowed:
                yield _misplaced(content, entry, "source", f"in the folder of `{folders[1]}`", content.segment(record))
        named = entry.index is None and not content.lacks(entry, "id", "symbolic_name", "version")
        if named and slug(path.stem) not in _stems(entry):
            yield _misplaced(content, entry, "id", f"in a file named `{path.name}`", f"{slug(record.id)}.yml")


def screen(content: Content, seen: Survey) -> bool:
    """Whether the rule may find something: a record by itself may lie where its address says, or not far from it."""
    record = seen.record
    folders, _, name = seen.entry.path.removeprefix(f"{content.loaded.content}/").rpartition("/")
    product, _, source = folders.partition("/")
    stem = name.rpartition(".")[0]
    return (
        product != slug(record.product)
        or source not in (content.segment(record), slug(record.source))
        or (seen.entry.index is None and stem != record.id and slug(stem) not in _stems(seen.entry))
    )


def _stems(entry: Entry) -> set[str]:
    record = entry.record
    endings = {
        (),
        (record.symbolic_name,),
        (record.version,),
        (record.symbolic_name, record.version),
    }
    return {slug("-".join((record.id, *(part for part in ending if part)))) for ending in endings}


def _on_wrong_level(content: Content, entry: Entry) -> Diagnostic:
    record = entry.record
    if content.lacks(entry, "product", "source", "id"):
        wanted = "<product>/<source>/<id>.yml"
    else:
        wanted = f"{slug(record.product)}/{content.segment(record)}/{slug(record.id)}.yml"
    return error(
        "misplaced-record",
        "a record lies in its source's folder, and that in its product's",
        content.field(entry, "id"),
        f"move the file to `{content.loaded.content}/{wanted}`",
    )


def _misplaced(content: Content, entry: Entry, field: str, found: str, wanted: str) -> Diagnostic:
    value = getattr(entry.record, field)
    return error(
        "misplaced-record",
        f"the record says `{field}: {value}`, but lies {found}",
        content.field(entry, field),
        f"correct the field, or rename to `{wanted}`",
    )

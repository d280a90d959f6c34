"""Real catalogs, read whole and updated without a lost byte."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kb_gen.locales.merging import merge
from kb_gen.locales.po import PoFile, read_lookup, read_po_file, write_po

pytestmark = pytest.mark.corpus

CORPORA = Path(os.environ.get("KB_GEN_CORPORA", Path(__file__).parents[3] / "shared" / "corpora")) / "po"
# As `msgfmt --statistics` counts them: translated, fuzzy, untranslated.
COUNTS = {"cups_de.po": (3004, 0, 1002), "wine_de.po": (4270, 21, 10)}


@pytest.fixture(params=COUNTS)
def name(request: pytest.FixtureRequest) -> str:
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora at {CORPORA}")
    return str(request.param)


def catalog_of(name: str) -> PoFile:
    catalog, findings = read_po_file(CORPORA, name)
    assert not findings
    assert catalog is not None
    return catalog


def test_the_counts_are_msgfmts(name: str) -> None:
    entries = catalog_of(name).entries
    fuzzy = sum(entry.fuzzy for entry in entries)
    translated = sum(all(entry.msgstr) and not entry.fuzzy for entry in entries)
    assert (translated, fuzzy, len(entries) - translated - fuzzy) == COUNTS[name]
    lookup, findings = read_lookup((CORPORA / name).read_text("utf-8"), name)
    assert not findings
    found = sum(map(bool, lookup.texts.values())) + sum(all(forms) for forms in lookup.plurals.values())
    assert (found, len(lookup.outdated)) == COUNTS[name][:2]


def test_an_update_with_itself_changes_no_byte(name: str) -> None:
    catalog = catalog_of(name)
    assert catalog.header is not None
    merged = merge(replace(catalog, obsolete=()), catalog, catalog.header)
    assert write_po(merged.catalog) == (CORPORA / name).read_bytes()


def test_a_changed_text_in_twenty_loses_no_translation(name: str) -> None:
    catalog = catalog_of(name)
    assert catalog.header is not None
    changed = tuple(
        replace(entry, msgid=f"{entry.msgid} Further words.", raw="", body="") if place % 20 == 0 else entry
        for place, entry in enumerate(catalog.entries)
    )
    merged = merge(PoFile(catalog.header, changed), catalog, catalog.header).catalog
    kept = {text for entry in (*merged.entries, *merged.obsolete) for text in entry.msgstr if text}
    assert kept == {text for entry in (*catalog.entries, *catalog.obsolete) for text in entry.msgstr if text}
    again, findings = read_po_file(CORPORA, name)
    assert again == catalog
    assert not findings


def test_notes_written_anew_lose_no_translation(name: str) -> None:
    catalog = catalog_of(name)
    assert catalog.header is not None
    template = tuple(replace(entry, references=("elsewhere.c",), raw="", body="") for entry in catalog.entries)
    merged = merge(PoFile(catalog.header, template), catalog, catalog.header).catalog
    assert [(entry.key, entry.msgstr) for entry in merged.entries] == [
        (entry.key, entry.msgstr) for entry in catalog.entries
    ]
    assert {entry.references for entry in merged.entries} == {("elsewhere.c",)}

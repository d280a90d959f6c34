"""Real catalogs, read whole and updated without a lost byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from catalog_projects import MsgfmtCheck

from kb_gen.locales import CatalogSource, read_catalog, update
from kb_gen.locales.checks.quick import QuickCheck
from kb_gen.locales.merging import merge
from kb_gen.locales.po import PoEntry, PoFile, read_lookup, read_po_file, write_po

pytestmark = pytest.mark.corpus

CORPORA = Path(os.environ.get("KB_GEN_CORPORA", Path(__file__).parents[3] / "shared" / "corpora")) / "po"
# As `msgfmt --statistics` counts them: translated, fuzzy, untranslated.
COUNTS = {"cups_de.po": (3004, 0, 1002), "wine_de.po": (4270, 21, 10)}

# Read as plain texts. Each finding was looked at: quotation marks of programs, angle brackets of command lines, and
# slips.
FINDINGS = {
    "cups_de.po": {
        "translation-quotation-marks": 218,
        "translation-end-punctuation": 29,
        "translation-edge-space": 17,
        "translation-double-space": 1,
    },
    "wine_de.po": {
        "translation-quotation-marks": 39,
        "translation-html": 31,
        "translation-end-punctuation": 2,
        "translation-double-space": 1,
        "translation-copied": 1,
    },
}


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


def edited(entries: Iterable[PoEntry]) -> tuple[PoEntry, ...]:
    """A template after the work of a day: texts that have changed by a word, are gone, are new, or stand elsewhere."""
    texts: list[PoEntry] = []
    for place, entry in enumerate(entries):
        fresh = replace(entry, flags=tuple(flag for flag in entry.flags if flag != "fuzzy"), comments=(), previous=None)
        fresh = replace(fresh, msgstr=("",) * len(entry.msgstr), raw="", body="")
        if place % 20 == 3:
            fresh = replace(fresh, msgid=f"{entry.msgid} Now.")
        if place % 50 != 7:
            texts.append(fresh)
        if place % 100 == 9:
            texts.append(PoEntry(f"A text that nobody has seen before, number {place}.", references=("new.c",)))
    return (*texts[100:], *texts[:100])


def project_with(root: Path, name: str) -> tuple[Path, Path]:
    """A project whose catalog is a real one, and whose template is not quite that of it."""
    template = root / "translations/templates/real.pot"
    catalog = root / "translations/de/LC_MESSAGES/real.po"
    for file in (template, catalog):
        file.parent.mkdir(parents=True)
    shutil.copy(CORPORA / name, catalog)
    known = catalog_of(name)
    template.write_bytes(write_po(PoFile(known.header, edited(known.entries))))
    return template, catalog


def translations_of(file: Path) -> set[str]:
    catalog, findings = read_po_file(file.parent, file.name)
    assert not findings
    assert catalog is not None
    return {text for entry in (*catalog.entries, *catalog.obsolete) for text in entry.msgstr if text}


def test_an_update_on_disk_keeps_every_translation_and_comment(name: str, tmp_path: Path, msgfmt: MsgfmtCheck) -> None:
    _, file = project_with(tmp_path, name)
    before = catalog_of(name)
    done, findings = update(tmp_path, "de")
    assert not findings
    assert [one.written for one in done] == [True]
    assert translations_of(file) == translations_of(CORPORA / name)
    after, _ = read_po_file(tmp_path, file.relative_to(tmp_path).as_posix())
    assert after is not None
    comments = {comment for entry in (*after.entries, *after.obsolete) for comment in entry.comments}
    assert comments == {comment for entry in (*before.entries, *before.obsolete) for comment in entry.comments}
    msgfmt(file)
    written = file.read_bytes()
    assert [one.written for one in update(tmp_path, "de")[0]] == [False]
    assert file.read_bytes() == written


def test_an_update_keeps_what_msgmerge_keeps(name: str, tmp_path: Path) -> None:
    if shutil.which("msgmerge") is None:
        pytest.skip("gettext is not installed")
    template, file = project_with(tmp_path, name)
    theirs = tmp_path / "theirs.po"
    command = ["msgmerge", "--quiet", "--previous", "-o", str(theirs), str(file), str(template)]
    subprocess.run(command, check=True, capture_output=True)
    update(tmp_path, "de")
    assert translations_of(theirs) <= translations_of(file)
    ours, other = (read_po_file(path.parent, path.name)[0] for path in (file, theirs))
    assert ours is not None
    assert other is not None
    assert [entry.key for entry in ours.entries] == [entry.key for entry in other.entries]
    own = {entry.key: entry for entry in ours.entries}
    for entry in other.entries:
        if not entry.fuzzy and any(entry.msgstr):
            assert (own[entry.key].msgstr, own[entry.key].fuzzy) == (entry.msgstr, False)
    fuzzy = [entry for entry in other.entries if entry.fuzzy and entry.previous]
    same = [entry for entry in fuzzy if own[entry.key].msgstr == entry.msgstr]
    # Where one of them finds an old translation and the other another one or none, texts are of a word or two.
    assert len(same) > len(fuzzy) * 0.7


def test_the_findings_are_those_that_somebody_has_looked_at(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = CatalogSource(CORPORA, name, "de")
    findings = read_catalog(source).findings
    assert Counter(finding.code for finding in findings) == FINDINGS[name]
    monkeypatch.setattr(QuickCheck, "proves", lambda *_: False)
    assert read_catalog(source).findings == findings

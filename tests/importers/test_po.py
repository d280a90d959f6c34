"""Another catalog's translations, found by their source text, checked, and taken into the project's catalogs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb_gen.importers.formats.po import CatalogImport, translations_from
from kb_gen.locales import update, write_templates
from kb_gen.locales.exchange import Policy, Project
from kb_gen.locales.po import PoEntry, PoFile, PreviousText, read_po, read_po_file, write_po
from kb_gen.model import Entry, EventSource, KnowledgeBase, MessageSyntax, Product, Record

HEADER = 'msgid ""\nmsgstr "Language: {language}\\nContent-Type: text/plain; charset={charset}\\n"\n\n'
CATALOG = "translations/de/LC_MESSAGES/tool-copy.po"


def catalog(root: Path, *entries: PoEntry, name: str = CATALOG) -> None:
    """The project's catalog, with these entries."""
    header = PoEntry(
        "", ("Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n!=1;\n",)
    )
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(write_po(PoFile(header, entries)))


def entries(root: Path, name: str = CATALOG) -> dict[tuple[str | None, str], PoEntry]:
    found, findings = read_po_file(root, name)
    assert found is not None
    assert not findings
    return {(entry.context, entry.msgid): entry for entry in found.entries}


def taken(
    root: Path, text: str, *, language: str = "de", charset: str = "UTF-8", locale: str = "",
    locales: Sequence[str] = ("de",), policy: Policy | None = None, save: bool = True, encoding: str = "",
) -> CatalogImport:  # fmt: skip
    file = root / "other.po"
    file.write_bytes((HEADER.format(language=language, charset=charset) + text).encode(encoding or charset))
    project = Project(root, KnowledgeBase(), tuple(locales))
    return translations_from([file], project, locale, policy=policy or Policy(), save=save)


def codes(found: CatalogImport) -> list[str]:
    return [refusal.code for file in found.report.files for refusal in file.refusals]


def test_translations_are_found_by_their_source_text(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("The disk is full."), PoEntry("Wait a moment."), PoEntry("Nobody knows."))
    found = taken(
        tmp_path,
        'msgid "The disk is full."\nmsgstr "Der Datenträger ist voll."\n\n'
        '#, fuzzy\nmsgid "Wait a  moment."\nmsgstr "Warten  Sie."\n\n'
        'msgid "Elsewhere."\nmsgstr "Anderswo."\n\nmsgid "Untranslated."\nmsgstr ""\n',
    )
    now = entries(tmp_path)
    assert now[None, "The disk is full."].msgstr == ("Der Datenträger ist voll.",)
    assert not now[None, "The disk is full."].fuzzy
    assert now[None, "Wait a moment."].msgstr == ("Warten Sie.",)
    assert now[None, "Wait a moment."].fuzzy
    assert not now[None, "Nobody knows."].translated
    (file,), (count,) = found.report.files, found.counts
    assert (file.saved, file.approved, len(file.refusals)) == (2, 1, 0)
    assert (count.entries, count.matched, count.without_counterpart) == (3, 2, ("Elsewhere.",))
    assert found.report.catalogs == (CATALOG,)


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("The disk is full."))
    text = 'msgid "The disk is full."\nmsgstr "Der Datenträger ist voll."\n'
    taken(tmp_path, text)
    before = (tmp_path / CATALOG).read_bytes()
    found = taken(tmp_path, text)
    assert (tmp_path / CATALOG).read_bytes() == before
    assert (found.report.files[0].saved, found.report.files[0].unchanged, found.report.catalogs) == (0, 1, ())


def test_a_dry_run_writes_nothing_and_tells_the_same(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("The disk is full."))
    before = (tmp_path / CATALOG).read_bytes()
    found = taken(tmp_path, 'msgid "The disk is full."\nmsgstr "Voll."\n', save=False)
    assert (tmp_path / CATALOG).read_bytes() == before
    assert found.report.files[0].saved == 1


def test_one_text_in_several_places_is_translated_in_all(tmp_path: Path) -> None:
    other = "translations/de/LC_MESSAGES/snippets.po"
    catalog(tmp_path, PoEntry("Open"), PoEntry("Open", context="door"))
    catalog(tmp_path, PoEntry("Open"), name=other)
    taken(tmp_path, 'msgid "Open"\nmsgstr "Öffnen"\n\nmsgctxt "door"\nmsgid "Open"\nmsgstr "Offen"\n')
    now = entries(tmp_path)
    assert now[None, "Open"].msgstr == entries(tmp_path, other)[None, "Open"].msgstr == ("Öffnen",)
    assert now["door", "Open"].msgstr == ("Offen",)


def test_translations_that_differ_are_for_a_person_to_choose(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("Open"))
    found = taken(tmp_path, 'msgctxt "a"\nmsgid "Open"\nmsgstr "Öffnen"\n\nmsgctxt "b"\nmsgid "Open"\nmsgstr "Offen"\n')
    assert entries(tmp_path)[None, "Open"].msgstr == ("Öffnen",)
    assert entries(tmp_path)[None, "Open"].fuzzy
    assert codes(found) == ["import-twice"]


def test_a_translation_that_is_there_stays_unless_it_is_to_be_overwritten(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("Open", ("Aufmachen",)))
    text = 'msgid "Open"\nmsgstr "Öffnen"\n'
    assert codes(taken(tmp_path, text)) == ["import-conflict"]
    assert entries(tmp_path)[None, "Open"].msgstr == ("Aufmachen",)
    assert codes(taken(tmp_path, text, policy=Policy(overwrite=True))) == []
    assert entries(tmp_path)[None, "Open"].msgstr == ("Öffnen",)


def test_a_translation_that_waits_for_review_stays_unless_it_is_to_be_overwritten(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("Open", ("Aufmachen",), flags=("fuzzy",)))
    text = 'msgid "Open"\nmsgstr "Öffnen"\n'
    before = (tmp_path / CATALOG).read_bytes()
    found = taken(tmp_path, text)
    assert codes(found) == ["import-conflict"]
    assert "waits for review" in found.report.files[0].refusals[0].message
    assert (tmp_path / CATALOG).read_bytes() == before
    assert codes(taken(tmp_path, text, policy=Policy(overwrite=True))) == []
    assert (entries(tmp_path)[None, "Open"].msgstr, entries(tmp_path)[None, "Open"].fuzzy) == (("Öffnen",), False)


def test_a_translation_of_an_earlier_text_gives_way(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("Open", ("Schließen",), flags=("fuzzy",), previous=PreviousText("Close")))
    assert codes(taken(tmp_path, 'msgid "Open"\nmsgstr "Öffnen"\n')) == []
    assert entries(tmp_path)[None, "Open"].msgstr == ("Öffnen",)


def test_what_is_obsolete_or_of_an_earlier_text_is_for_review(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("Close"), PoEntry("Old text"))
    taken(
        tmp_path,
        '#, fuzzy\n#| msgid "Old text"\nmsgid "New text"\nmsgstr "Alter Text"\n\n'
        '#~ msgid "Close"\n#~ msgstr "Schließen"\n',
    )
    now = entries(tmp_path)
    assert (now[None, "Close"].msgstr, now[None, "Close"].fuzzy) == (("Schließen",), True)
    assert (now[None, "Old text"].msgstr, now[None, "Old text"].fuzzy) == (("Alter Text",), True)


def test_broken_translations_are_for_review(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("Copied `%1`."))
    found = taken(tmp_path, 'msgid "Copied `%1`."\nmsgstr "Kopiert."\n')
    assert codes(found) == ["import-check-failed"]
    assert entries(tmp_path)[None, "Copied `%1`."].fuzzy


def test_plural_forms_are_taken_together(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("%d file", ("", ""), msgid_plural="%d files"), PoEntry("one"))
    taken(
        tmp_path,
        'msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "%d Datei"\nmsgstr[1] "%d Dateien"\n\n'
        'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "eins"\nmsgstr[1] "viele"\n',
    )
    assert entries(tmp_path)[None, "%d file"].msgstr == ("%d Datei", "%d Dateien")
    # A text without a plural is no text with one: a person has to see it.
    assert (entries(tmp_path)[None, "one"].msgstr, entries(tmp_path)[None, "one"].fuzzy) == (("eins",), True)


@pytest.mark.parametrize("charset", ["ISO-8859-1", "UTF-8", "cp1252"])
def test_old_charsets_are_read_as_the_header_says(tmp_path: Path, charset: str) -> None:
    catalog(tmp_path, PoEntry("Open"))
    taken(tmp_path, 'msgid "Open"\nmsgstr "Öffnen"\n', charset=charset)
    assert entries(tmp_path)[None, "Open"].msgstr == ("Öffnen",)


def test_a_wrong_charset_is_told(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("Open"))
    found = taken(tmp_path, 'msgid "Open"\nmsgstr "Öffnen"\n', encoding="cp1252")
    assert [finding.code for finding in found.diagnostics] == ["source-file-encoding"]


def test_the_language_is_the_header_s_or_the_user_s(tmp_path: Path) -> None:
    catalog(tmp_path, PoEntry("Open"))
    text = 'msgid "Open"\nmsgstr "Öffnen"\n'
    for language, locale, expected in (("fr", "", 0), ("", "", 0), ("fr", "de", 1), ("de_DE", "", 1)):
        catalog(tmp_path, PoEntry("Open"))
        found = taken(tmp_path, text, language=language, locale=locale)
        assert [finding.code for finding in found.diagnostics] == [] if expected else ["import-locale"]
        assert entries(tmp_path)[None, "Open"].translated == bool(expected)


def test_a_project_without_catalogs_is_told_what_to_do(tmp_path: Path) -> None:
    found = taken(tmp_path, 'msgid "Open"\nmsgstr "Öffnen"\n')
    assert [finding.code for finding in found.diagnostics] == ["import-locale"]


@pytest.mark.parametrize("data", [b"", b"\0\0", b"msgid", b'msgid "a"\nmsgstr "b', b"PK\x03\x04", b"\xff\xfe\x00"])
def test_any_file_is_read_or_told(tmp_path: Path, data: bytes) -> None:
    catalog(tmp_path, PoEntry("a"))
    file = tmp_path / "other.po"
    file.write_bytes(data)
    found = translations_from([file, tmp_path / "none.po"], Project(tmp_path, KnowledgeBase(), ("de",)))
    assert found.diagnostics


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "translated"), [("cups_de", 3_004), ("wine_de", 4_291)])
def test_catalogs_of_real_products(tmp_path: Path, name: str, translated: int) -> None:
    named = os.environ.get("KB_GEN_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpora"
    file = folder / "po" / f"{name}.po"
    if not file.is_file():
        pytest.skip(f"no corpora at {folder}; KB_GEN_CORPORA names their folder")
    theirs, _ = read_po(file.read_text(encoding="utf-8"), name)
    # A knowledge base whose messages are some of the product's.
    chosen = [
        entry
        for entry in theirs.entries
        if entry.translated and not entry.fuzzy and entry.msgid_plural is None and "\n" not in entry.msgid
    ][:400:8]
    source = EventSource(syntax=MessageSyntax.PRINTF)
    records = [
        Record(id=str(number), source="s", product="p", message=each.msgid) for number, each in enumerate(chosen)
    ]
    kb = KnowledgeBase(
        products={"p": Product("P", sources={"s": source})},
        entries=tuple(Entry(record, f"content/p/s/{record.id}.yml") for record in records),
    )
    write_templates(tmp_path, kb, "Test", "translations")
    update(tmp_path, "de")
    found = translations_from([file], Project(tmp_path, kb, ("de",)))
    assert found.counts[0].entries == translated
    now = entries(tmp_path, "translations/de/LC_MESSAGES/s.po")
    shipped = {entry.msgid: entry.msgstr for entry in chosen}
    assert len(shipped) == 50
    approved = {msgid for (_, msgid), entry in now.items() if entry.translated and not entry.fuzzy}
    refused = {
        refusal.address.entry.msgid for file in found.report.files for refusal in file.refusals if refusal.address
    }
    assert approved | refused == set(shipped)
    assert all(entry.msgstr == shipped[msgid] for (_, msgid), entry in now.items() if msgid in approved)
    assert len(found.counts[0].without_counterpart) + 50 <= translated

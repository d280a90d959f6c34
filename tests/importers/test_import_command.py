"""`kb-gen import`: what it writes, what it leaves alone, and what it says of either."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from command_line import run_kb_gen
from import_projects import SETTINGS
from site_trees import write_tree

PROJECT = (
    SETTINGS
    + """\
-- errmsg.txt --
languages english=eng latin1, german=ger latin1, french=fre latin1;
default-language eng
start-error-number 1000
ER_FULL 23000
	eng "Disk %s of %s is full"
	ger "Datenträger %s von %s ist voll"
	fre "Le disque %s de %s est plein"
ER_SLOW
	eng "The disk is slow"
	ger "Der Datenträger ist langsam"
ER_GONE
	eng "Lost %s"
	ger "Verloren"
ER_ALSO_FULL
	eng "Disk %s of %s is full"
	ger "Voll: Datenträger %s von %s"
"""
)
ARGUMENTS = ("errmsg", "errmsg.txt", "--into", "content/disk")
RECORD = "content/disk/diskwatch/1001.yml"
CATALOG = "translations/de/LC_MESSAGES/diskwatch.po"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return write_tree(tmp_path, PROJECT)


@pytest.fixture
def project(fresh: Path) -> Path:
    """A project with the events, of whose translations none waits for review."""
    file = fresh / "errmsg.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("Verloren", "%s verloren"), encoding="utf-8")
    _imported(fresh, "--source", "DiskWatch")
    return fresh


def _imported(folder: Path, *options: str, code: int = 0) -> str:
    done = run_kb_gen(folder, "import", *ARGUMENTS, *options)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def _data(folder: Path, *options: str) -> dict[str, object]:
    told = json.loads(run_kb_gen(folder, "import", *ARGUMENTS, "--format", "json", *options).stdout)
    assert isinstance(told, dict)
    return told


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (*folder.glob("content/**/*.yml"), *folder.glob("translations/**/*.po*"))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_new_product_gets_everything(fresh: Path) -> None:
    said = _imported(fresh, "--source", "DiskWatch", "--product-name", "Disk Watch", code=1)
    assert (fresh / "content/products.yml").read_text() == (
        "# yaml-language-server: $schema=../schema/products.json\n"
        "disk:\n  name: Disk Watch\n  sources:\n    DiskWatch:\n      syntax: printf\n"
    )
    assert (fresh / "content/disk/diskwatch/1000.yml").read_text() == (
        "# yaml-language-server: $schema=../../../schema/record.json\n# SQLSTATE 23000\n"
        "id: 1000\nsource: DiskWatch\nproduct: disk\nsymbolic_name: ER_FULL\nmessage: Disk %s of %s is full\n"
    )
    # Two errors have one message, but two in German.
    assert "context: ER_ALSO_FULL\n" in (fresh / "content/disk/diskwatch/1003.yml").read_text()
    catalog = (fresh / CATALOG).read_text()
    assert 'msgstr "Datenträger %s von %s ist voll"' in catalog
    assert 'msgctxt "message template: ER_ALSO_FULL"' in catalog
    assert 'msgstr "Voll: Datenträger %s von %s"' in catalog
    assert "4 events: 4 added" in said
    assert "Translations into de: 4 saved, 1 of them to review" in said
    assert "fr 1 (take them with --locale)" in said
    # A build would refuse a translation that loses an insertion string.
    assert "warning[import-translation-refused]: the de message of DiskWatch 1002 (ER_GONE)" in said
    assert '#, fuzzy\nmsgctxt "message template"\nmsgid "Lost %s"\nmsgstr "Verloren"' in catalog
    checked = run_kb_gen(fresh, "check", "--format", "json")
    assert {finding["code"] for finding in json.loads(checked.stdout)} == {"undescribed-parameter"}
    assert checked.returncode == 0


def test_the_first_import_makes_the_content_folder(fresh: Path) -> None:
    shutil.rmtree(fresh / "content")
    settings = fresh / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("docs_dir: content/pages\n", ""), encoding="utf-8")
    _imported(fresh, "--source", "DiskWatch", code=1)
    assert (fresh / RECORD).is_file()


def test_a_translation_that_takes_its_values_in_another_order_waits_for_review(fresh: Path) -> None:
    errors = fresh / "errmsg.txt"
    errors.write_text(
        errors.read_text(encoding="utf-8")
        + 'ER_ODD\n\teng "Error %d in %s"\n\tfre "%s: %d"\n\tger "%s: Fehler %d"\n'
        + 'ER_EVEN\n\teng "Row %d of %s"\n\tger "%2$s, Zeile %1$d"\n',
        encoding="utf-8",
    )
    said = _imported(fresh, "--source", "DiskWatch", code=1)
    assert "Translations into de: 6 saved, 2 of them to review" in said
    assert (
        "warning[import-translation-refused]: the de message of DiskWatch 1004 (ER_ODD) can't be shown: the insertion "
        "string `%1` is a number in the source, `%d`, and a text here; it waits for review\n  --> errmsg.txt:20:2\n"
    ) in said
    catalog = (fresh / CATALOG).read_text(encoding="utf-8")
    odd, even = catalog.index('msgstr "%s: Fehler %d"'), catalog.index('msgstr "%2$s, Zeile %1$d"')
    assert "#, fuzzy" in catalog[catalog.rindex("\n\n", 0, odd) : odd]
    assert "#, fuzzy" not in catalog[catalog.rindex("\n\n", 0, even) : even]


def test_a_translation_that_waits_for_review_is_told_until_it_is_mended(fresh: Path) -> None:
    _imported(fresh, "--source", "DiskWatch", code=1)
    before = _bytes(fresh)
    said = _imported(fresh, code=1)
    assert "Translations into de: 4 unchanged, 1 of them to review" in said
    assert said.count("warning[import-translation-refused]") == 1
    assert _bytes(fresh) == before


def test_the_name_of_a_product_that_is_there_stays(project: Path) -> None:
    _imported(project, "--product-name", "Other", "--version", "3.1")
    assert "3.1: disk 3.1\n" in (project / "content/products.yml").read_text().replace('"', "").replace("'", "")


def test_a_dry_run_says_the_same_and_writes_nothing(fresh: Path) -> None:
    planned = _data(fresh, "--source", "DiskWatch", "--dry-run")
    assert _bytes(fresh) == {}
    done = _data(fresh, "--source", "DiskWatch")
    assert {**planned, "dry_run": False} == done
    assert set(_bytes(fresh)) == set(done["files"])  # type: ignore[call-overload]


def test_the_same_import_twice_changes_no_byte_and_says_so(project: Path) -> None:
    before = _bytes(project)
    said = _imported(project)
    assert _bytes(project) == before
    assert "4 events: 4 unchanged" in said
    assert "All of it is there already: no file changes." in said


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_a_record_lacks_is_put_in_and_nothing_else_changes(project: Path, newline: str) -> None:
    before = "\ufeff# Mine\nid: 1001   # the number\nsource: DiskWatch\nproduct: disk\n\n# Ours.\nsummary: Slow.\n# end"
    (project / RECORD).write_bytes(before.replace("\n", newline).encode())
    said = _imported(project)
    wanted = before.replace("product: disk\n", "product: disk\nsymbolic_name: ER_SLOW\nmessage: The disk is slow\n")
    assert (project / RECORD).read_bytes() == wanted.replace("\n", newline).encode()
    assert "changed   DiskWatch 1001 ER_SLOW (symbolic_name, message)  content/disk/diskwatch/1001.yml" in said


def test_what_an_author_says_otherwise_stays_and_is_told(project: Path) -> None:
    text = (project / RECORD).read_text().replace("The disk is slow", "The disk is lame  # sic")
    (project / RECORD).write_text(text)
    told = _data(project)
    assert (project / RECORD).read_text() == text
    assert told["counts"] == {"added": 0, "changed": 0, "unchanged": 3, "differs": 1, "skipped": 0}
    event = told["events"][1]  # type: ignore[index]
    assert (event["outcome"], event["line"], event["path"]) == ("differs", 8, RECORD)
    assert event["reasons"] == ["`message` differs: the record has “The disk is lame”, the file “The disk is slow”"]
    _imported(project, "--overwrite", "message")
    assert (project / RECORD).read_text() == text.replace("lame", "slow")


def test_a_renamed_symbol_is_told(project: Path) -> None:
    text = (project / RECORD).read_text()
    (project / RECORD).write_text(text.replace("ER_SLOW", "ER_LAME"))
    assert "the record's symbol is ER_LAME, the file's is ER_SLOW" in _imported(project, code=1)
    _imported(project, "--overwrite", "symbolic_name")
    assert (project / RECORD).read_text() == text


def test_another_versions_message_becomes_a_variant(project: Path) -> None:
    products = project / "content/products.yml"
    products.write_text(products.read_text().replace("  sources:", "  versions: {'2': Two}\n  sources:"))
    file = project / "errmsg.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("is slow", "is very slow"), encoding="utf-8")
    _imported(project, "--version", "2")
    assert (
        (project / RECORD)
        .read_text()
        .endswith('message: The disk is slow\nvariants:\n  - version: "2"\n    message: The disk is very slow\n')
    )
    assert "All of it is there already" in _imported(project, "--version", "2")
    catalog = (project / CATALOG).read_text(encoding="utf-8")
    assert 'msgid "The disk is very slow"\nmsgstr "Der Datenträger ist langsam"' in catalog


def test_a_version_that_nobody_knows_is_added_as_those_are_that_articles_name(project: Path) -> None:
    file = project / "errmsg.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("is slow", "is very slow"), encoding="utf-8")
    assert "Added version 3 to products.yml" in _imported(project, "--version", "3")
    assert "versions:\n    3: disk 3\n" in (project / "content/products.yml").read_text()
    assert 'variants:\n  - version: "3"\n' in (project / RECORD).read_text()
    assert "All of it is there already" in _imported(project, "--version", "3")
    assert run_kb_gen(project, "check").returncode == 0


def test_a_translation_that_somebody_has_changed_stays(project: Path) -> None:
    catalog = project / CATALOG
    text = catalog.read_text(encoding="utf-8").replace("ist langsam", "ist lahm")
    catalog.write_text(text, encoding="utf-8")
    said = _imported(project, code=1)
    assert "warning[import-translation-differs]: the de message of DiskWatch 1001 (ER_SLOW) differs" in said
    assert catalog.read_text(encoding="utf-8") == text
    _imported(project, "--overwrite", "translations")
    assert catalog.read_text(encoding="utf-8") == text.replace("ist lahm", "ist langsam")


def test_other_languages_are_taken_on_demand(project: Path) -> None:
    said = _imported(project, "--locale", "all")
    assert "Translations into fr: 1 saved" in said
    assert "take them with" not in said
    catalog = (project / "translations/fr/LC_MESSAGES/diskwatch.po").read_text(encoding="utf-8")
    assert 'msgstr "Le disque %s de %s est plein"' in catalog


def test_records_in_a_list_are_amended_in_their_place(project: Path) -> None:
    for number in (1000, 1001):
        (project / f"content/disk/diskwatch/{number}.yml").unlink()
    listed = (
        "- id: 1000\n  source: DiskWatch\n  product: disk\n  # why\n\n"
        "- {id: 1001, source: DiskWatch, product: disk, symbolic_name: ER_SLOW}\n"
    )
    (project / "content/disk/diskwatch/all.yml").write_text(listed)
    _imported(project)
    assert (project / "content/disk/diskwatch/all.yml").read_text() == (
        "- id: 1000\n  source: DiskWatch\n  product: disk\n"
        "  symbolic_name: ER_FULL\n  message: Disk %s of %s is full\n  # why\n\n"
        "- {id: 1001, source: DiskWatch, product: disk, symbolic_name: ER_SLOW, "
        '"message": "The disk is slow"}\n'
    )


def test_products_of_authors_keep_every_byte(fresh: Path) -> None:
    mine = "# Ours\nother: {name: Other}\n\ndisk:\n  name: Disk   # really\n  sources:\n    Old: {}\n\n# end\n"
    (fresh / "content/products.yml").write_text(mine)
    _imported(fresh, "--source", "DiskWatch", code=1)
    wanted = mine.replace("    Old: {}\n", "    Old: {}\n    DiskWatch:\n      syntax: printf\n")
    assert (fresh / "content/products.yml").read_text() == wanted


def test_the_products_only_source_needs_no_name_and_its_syntax_is_compared(fresh: Path) -> None:
    (fresh / "content/products.yml").write_text("disk:\n  name: Disk\n  sources:\n    DiskWatch: {}\n")
    said = _imported(fresh, code=1)
    assert "warning[import-source-differs]: the source `DiskWatch` has `syntax: formatmessage`" in said
    assert (fresh / "content/disk/diskwatch/1000.yml").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--into", "content/disk"), "name it with --source"),
        (("--into", "elsewhere/disk", "--source", "A"), "name one directly below content/"),
        (("--into", "content/disk/inner", "--source", "A"), "name one directly below content/"),
        (("--into", "content/Disk Watch", "--source", "A"), "`disk-watch`"),
        (("--into", "content/disk", "--source", "?"), "no name of an event source"),
        (("--into", "content/disk", "--source", "A", "--language", "xx-yy"), "unknown locale"),
        (("--into", "content/disk", "--source", "A", "--locale", "klingon"), "unknown locale"),
        (("--into", "content/disk", "--source", "A", "--encoding", "klingon"), "nobody knows an encoding `klingon`"),
    ],
)
def test_wrong_usage_is_told(fresh: Path, options: tuple[str, ...], said: str) -> None:
    done = run_kb_gen(fresh, "import", "errmsg", "errmsg.txt", *options)
    assert (done.returncode, _bytes(fresh)) == (2, {})
    assert said in " ".join(done.stderr.split())


def test_nothing_is_written_while_records_have_errors(project: Path) -> None:
    (project / RECORD).write_text("id: 1001\nsource: [\n")
    (project / "content/disk/diskwatch/1002.yml").unlink()
    before = _bytes(project)
    assert "Nothing was written: mend the errors first." in _imported(project, code=1)
    assert _bytes(project) == before


def test_an_event_that_the_file_has_twice_is_taken_once(fresh: Path) -> None:
    (fresh / "twice.mc").write_text(
        "MessageId=1\nSymbolicName=A\nLanguage=English\nOne.\n.\nMessageId=1\nSymbolicName=A\nLanguage=English\nTwo.\n.\n"
    )
    done = run_kb_gen(fresh, "import", "mc", "twice.mc", "--into", "content/a", "--source", "A")
    assert done.returncode == 1
    assert "2 events: 1 added, 1 skipped" in done.stdout
    assert "the file has this event twice; the second is another one, and the first is taken" in done.stdout


def test_ids_with_several_symbols_get_files_of_their_own(fresh: Path) -> None:
    (fresh / "two.mc").write_text(
        "MessageId=1\nSymbolicName=A_B\nLanguage=English\nOne.\n.\nMessageId=1\nSymbolicName=C\nLanguage=English\nTwo.\n.\n"
    )
    arguments = ("import", "mc", "two.mc", "--into", "content/a", "--source", "A", "--version", "1.0")
    done = run_kb_gen(fresh, *arguments)
    assert done.returncode == 0
    assert [file.name for file in sorted((fresh / "content/a/a").iterdir())] == ["1-a_b.yml", "1-c.yml"]
    assert run_kb_gen(fresh, "check", "--strict").returncode == 0
    again = run_kb_gen(fresh, *arguments[:-1], "1.1")
    assert "2 events: 2 unchanged" in again.stdout
    assert again.returncode == 0
    drifted = run_kb_gen(fresh, "drift", *arguments[1:-1], "1.1")
    assert (drifted.returncode, drifted.stdout) == (0, "2 events compared: nothing differs\n")


@pytest.mark.corpus
def test_reactos_files_join(fresh: Path, corpora: Path) -> None:
    files = [str(corpora / "reactos" / name) for name in ("errcodes.mc", "de-DE.mc")]
    done = run_kb_gen(fresh, "import", "mc", *files, "--into", "content/windows", "--source", "Win32")
    # One German text isn't taken.
    assert done.returncode == 1
    assert (done.stdout.count("error["), done.stdout.count("warning[")) == (1, 0)
    assert "message 584 is `ERROR_Diskette_VOLUME` here and `ERROR_FLOPPY_VOLUME` in the file before" in done.stdout
    assert "2188 events: 2188 added\nTranslations into de: 2181 saved\n" in done.stdout
    assert "ja 2188, pl 2188, ro 2188, ru 2188" in done.stdout
    catalog = (fresh / "translations/de/LC_MESSAGES/win32.po").read_text(encoding="utf-8")
    assert 'msgstr "ERROR_INVALID_FUNCTION - Ungültige Funktion."' in catalog


@pytest.mark.corpus
def test_tens_of_thousands_of_events_are_compared_in_seconds(fresh: Path, corpora: Path) -> None:
    file = str(corpora / "reactos/evtmsgstr.mc")
    done = run_kb_gen(fresh, "import", "mc", file, "--into", "content/w", "--source", "EventCreate", "--dry-run")
    assert "65536 events: 65536 added" in done.stdout
    assert _bytes(fresh) == {}


def test_another_catalog_gives_its_translations(project: Path) -> None:
    (project / RECORD).write_text((project / RECORD).read_text() + "summary: The disk is slow.\n")
    assert run_kb_gen(project, "i18n", "update").returncode == 0
    header = 'msgid ""\nmsgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    texts = 'msgid "The disk is slow."\nmsgstr "Langsam."\n\nmsgid "Elsewhere."\nmsgstr "Anderswo."\n'
    (project / "other.po").write_text(header + texts)
    planned = run_kb_gen(project, "import", "po", "other.po", "--dry-run", "--format", "json")
    assert json.loads(planned.stdout)["counts"][0]["matched"] == 1
    assert "Langsam." not in (project / CATALOG).read_text(encoding="utf-8")
    done = run_kb_gen(project, "import", "po", "other.po")
    assert done.returncode == 0
    assert (
        "other.po: 2 translations, 1 of texts that articles have, 1 of others\n  in the catalogs: 1 saved\n"
        in done.stdout
    )
    assert 'msgid "The disk is slow."\nmsgstr "Langsam."' in (project / CATALOG).read_text(encoding="utf-8")


def test_catalogs_that_can_not_be_written_keep_records_out(fresh: Path) -> None:
    (fresh / "errmsg.txt").write_text('languages english=eng, german=ger;\nER_A\n\teng "a"\n\tger "b"\n')
    (fresh / "translations").write_text("no folder")
    before = _bytes(fresh)
    said = _imported(fresh, "--source", "DiskWatch", code=1)
    assert "error[import-not-written]: the file can't be written" in said
    assert "--> translations/" in said
    assert said.endswith("Nothing was written: mend the errors first.\n")
    assert "added" not in said
    assert _bytes(fresh) == before


def test_catalogs_in_a_folder_that_is_locked_keep_records_as_they_are(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _bytes(project)
    locked, allowed = (project / CATALOG).parent, os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != locked and allowed(path, mode))
    file = project / "errmsg.txt"
    file.write_text(file.read_text("utf-8") + 'ER_NEW\n\teng "new"\n\tger "neu"\n', encoding="utf-8")
    said = _imported(project, code=1)
    assert "error[import-not-written]" in said
    assert "--> translations/de/LC_MESSAGES" in said
    assert _bytes(project) == before


@pytest.mark.parametrize("version", [" ", "1\n2", "…"])
def test_a_version_has_a_name_in_one_line(project: Path, version: str) -> None:
    done = run_kb_gen(project, "import", *ARGUMENTS, "--version", version)
    assert done.returncode == 2
    assert "write it in one line" in done.stderr


def test_findings_about_another_catalog_show_its_letters_and_the_option_of_this_command(project: Path) -> None:
    assert run_kb_gen(project, "i18n", "update").returncode == 0
    header = 'msgid ""\nmsgstr "Language: {}\\nContent-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
    texts = 'msgid "The disk is slow"\nmsgstr "Läuft %s."\n'
    (project / "other.po").write_text(header.format("de") + texts, encoding="latin-1")
    told = run_kb_gen(project, "import", "po", "other.po")
    assert told.returncode == 1
    assert '| msgstr "Läuft %s."' in told.stdout
    (project / "other.po").write_text(header.format("xx") + texts, encoding="latin-1")
    told = run_kb_gen(project, "import", "po", "other.po")
    assert told.returncode == 1
    assert "error[import-locale]: the catalog's language is xx, and not de" in told.stdout
    assert "name the language with `--language`" in told.stdout


def test_a_conflict_with_another_catalog_names_the_option_of_this_command(project: Path) -> None:
    header = 'msgid ""\nmsgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    (project / "other.po").write_text(header + 'msgid "The disk is slow"\nmsgstr "Langsam."\n', encoding="utf-8")
    told = run_kb_gen(project, "import", "po", "other.po")
    assert "let `--overwrite translations` take the file's translation" in told.stdout
    assert run_kb_gen(project, "import", "po", "other.po", "--overwrite", "translations").returncode == 0


def test_counts_of_other_catalogs_add_up_and_belong_to_their_files(project: Path) -> None:
    assert run_kb_gen(project, "i18n", "update").returncode == 0
    header = 'msgid ""\nmsgstr "Language: {}\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    slow = 'msgctxt "{}"\nmsgid "The disk is slow"\nmsgstr "{}"\n\n'
    (project / "none.po").write_text(header.format("xx") + slow.format("a", "x"))
    (project / "one.po").write_text(
        header.format("de") + slow.format("a", "Langsam") + slow.format("b", "Lahm") + slow.format("c", "")
        + 'msgctxt "a"\nmsgid "No"\nmsgstr "Nein"\n\nmsgctxt "b"\nmsgid "No"\nmsgstr "Kein"\n\n'
        + '#~ msgid "Lost %s"\n#~ msgstr "Weg: %s"\n'
    )  # fmt: skip
    files = ("none.po", "one.po", "--overwrite", "translations", "--dry-run")
    told = json.loads(run_kb_gen(project, "import", "po", *files, "--format", "json").stdout)
    assert told["counts"] == [{"file": "one.po", "translations": 4, "matched": 2, "older": 1, "without_counterpart": 2}]
    (problem,) = told["problems"]
    assert (problem["code"], problem["path"], problem["line"], problem["help"]) == (
        "import-locale",
        "none.po",
        2,
        "name the language with `--language`",
    )
    text = run_kb_gen(project, "import", "po", *files).stdout
    assert (
        "one.po: 4 translations, 2 of texts that articles have, 2 of others; 1 more, obsolete or of earlier texts\n"
        "  in the catalogs: "
    ) in text


def test_characters_that_no_text_may_hold_keep_an_event_out(fresh: Path) -> None:
    (fresh / "errmsg.txt").write_text(
        "languages english=eng, german=ger;\n"
        'ER_A\n\teng "a\\1b"\nER_B\n\teng "b"\n\tger "\0"\nER_C\n\teng "c"\n\tger "\\177"\n'
    )
    said = _imported(fresh, "--source", "DiskWatch", code=1)
    assert "its message holds the invisible character U+0001, which no text of a record may" in said
    assert "3 events: 2 added, 1 skipped" in said
    assert "Translations into de: 1 saved, 1 of them to review, 1 not taken" in said
    assert run_kb_gen(fresh, "check", "--strict").returncode == 0


def test_a_file_without_events_is_told(fresh: Path) -> None:
    (fresh / "errmsg.txt").write_bytes(bytes(range(256)))
    said = _imported(fresh, "--source", "DiskWatch", code=1)
    assert "error[source-file-unreadable]: this is a binary file" in said
    assert "The file has no events to take." in said


MANIFEST = """\
-- copy.man --
<instrumentationManifest>
<instrumentation><events>
<provider name="Contoso-Copy" message="$(string.Provider)">
<events><event value="1" symbol="DONE" level="win:Error" message="$(string.Done)"/></events>
</provider>
</events></instrumentation>
<localization>
<resources culture="en-US"><stringTable>
<string id="Provider" value="What copies files"/><string id="Done" value="Copied."/>
</stringTable></resources>
<resources culture="de-DE"><stringTable>
<string id="Provider" value="Was Dateien kopiert"/><string id="Done" value="Kopiert."/>
</stringTable></resources>
</localization>
</instrumentationManifest>
"""


def test_a_providers_description_is_translated_as_the_manifest_has_it(tmp_path: Path) -> None:
    folder = write_tree(tmp_path, SETTINGS + MANIFEST)
    arguments = ("import", "manifest", "copy.man", "--into", "content/copy")
    done = run_kb_gen(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Translations into de: 2 saved" in done.stdout
    catalog = folder / "translations/de/LC_MESSAGES/contoso-copy.po"
    assert 'msgid "What copies files"\nmsgstr "Was Dateien kopiert"' in catalog.read_text(encoding="utf-8")
    assert "Translations into de: 2 unchanged" in run_kb_gen(folder, *arguments).stdout
    # What somebody describes otherwise isn't what the manifest translates.
    products = folder / "content/products.yml"
    products.write_text(products.read_text(encoding="utf-8").replace("What copies files", "Copies"), encoding="utf-8")
    assert "Translations into de: 1 unchanged" in run_kb_gen(folder, *arguments).stdout


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("Event ID: 5\nSource: Foo\nMessage Text: The file is not there.", "", 0),
        ("Event IDs: 5, 6\nSource: Foo\nMessage Text: The file is not there.", "", 1),
        (
            "Event ID: 5\nSource: Foo\nMessage Text: The file is not there.",
            "Event ID: 6\nSource: Foo\nMessage Text: Die Datei ist nicht da.",
            1,
        ),
    ],
)
def test_articles_of_which_not_all_is_taken_for_what_it_is_are_told(
    fresh: Path, first: str, second: str, code: int
) -> None:
    texts = [text for text in (first, second) if text]
    for number, text in enumerate(texts):
        (fresh / f"{number}.txt").write_text(f"{text}\n\nCause\n\nIt broke.\n", encoding="utf-8")
    names = [f"{number}.txt" for number in range(len(texts))]
    done = run_kb_gen(fresh, "import", "article", *names, "--into", "content/foo")
    assert done.returncode == code, done.stdout + done.stderr
    told = done.stderr + done.stdout
    assert ("warning[" in told) == bool(code)
    assert ("import-other-language" in told) == ("Die Datei" in second)

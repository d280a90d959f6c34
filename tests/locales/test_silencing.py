"""Warnings that an entry ignores, by comments and flags that other programs keep."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from catalog_projects import knowledge_base, write_catalog

from kb_gen.diagnostics import Diagnostic
from kb_gen.locales import check, check_waiting
from kb_gen.locales.checks.silencing import silencings
from kb_gen.locales.merging import merge
from kb_gen.locales.po import PoFile, read_po_file, write_po

COPIED = 'msgid "Look at the log."\nmsgstr "Look at the log."\n'


def findings_of(root: Path, body: str) -> list[Diagnostic]:
    write_catalog(root, "a", body)
    return check(root, knowledge_base(), ["de"])


def codes_of(root: Path, body: str) -> list[str]:
    return [finding.code for finding in findings_of(root, body)]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("# kb-gen: ignore translation-copied\n", ["translation-copied"]),
        ("#  kb-gen:ignore translation-copied, translation-too-long\n", ["translation-copied", "translation-too-long"]),
        ("# kb-gen: ignore translation-copied (the name of a page)\n", ["translation-copied"]),
        ("# kb-gen: ignore translation-copied \u2013 a name\n", ["translation-copied"]),
        (
            "# kb-gen: ignore translation-copied translation-structure\n",
            ["translation-copied", "translation-structure"],
        ),
        ("#. kb-gen: ignore translation-copied\n", ["translation-copied"]),
        ("#, qt-format, ignore-translation-copied\n", ["translation-copied"]),
        ("#, ignore-end-stop, ignore-same\n", []),
        ("# kb-gen: ignore\n", []),
        ("# Please ignore translation-copied here.\n", []),
        ("#: content/ignore.yml\n", []),
    ],
)
def test_comments_and_flags_that_ignore(lines: str, codes: list[str]) -> None:
    found = silencings(lines)
    assert [silencing.code for silencing in found] == codes
    assert all(lines[silencing.start : silencing.end] == silencing.code for silencing in found)


@pytest.mark.parametrize(
    "line",
    [
        "# kb-gen: ignore translation-copied",
        "#. kb-gen: ignore translation-copied",
        "#, ignore-translation-copied",
        "# kb-gen: ignore translation-copied (the original is quoted)",
    ],
)
def test_a_warning_is_ignored_for_one_entry(tmp_path: Path, line: str) -> None:
    assert codes_of(tmp_path, f"{line}\n{COPIED}") == []
    assert codes_of(tmp_path, f"{line}\n{COPIED}\n{COPIED.replace('log', 'file')}") == ["translation-copied"]


def test_other_warnings_of_the_entry_are_told(tmp_path: Path) -> None:
    body = '# kb-gen: ignore translation-double-space\nmsgid "A text."\nmsgstr "Ein  Text"\n'
    assert codes_of(tmp_path, body) == ["translation-end-punctuation"]


def test_terms_of_the_glossary_are_ignored_as_well(tmp_path: Path) -> None:
    glossary = tmp_path / "translations/glossary.csv"
    glossary.parent.mkdir()
    glossary.write_text("source,de\nmailbox,Postfach\n", "utf-8")
    body = '{}msgid "Open the mailbox."\nmsgstr "{}"\n'
    assert codes_of(tmp_path, body.format("", "Öffnen Sie die Mailbox.")) == ["translation-term"]
    ignored = "# kb-gen: ignore translation-term (as the product says)\n"
    assert codes_of(tmp_path, body.format(ignored, "Öffnen Sie die Mailbox.")) == []
    assert codes_of(tmp_path, body.format(ignored, "Öffnen Sie das Postfach.")) == ["translation-needless-ignore"]
    findings_of(tmp_path, body.format("#, fuzzy\n", "Öffnen Sie die Mailbox."))
    assert [finding.code for finding in check_waiting(tmp_path, knowledge_base(), ["de"])] == ["translation-term"]


def test_errors_are_told_all_the_same(tmp_path: Path) -> None:
    body = '# kb-gen: ignore translation-code\nmsgid "Run `a`."\nmsgstr "Führen Sie a aus."\n'
    assert codes_of(tmp_path, body) == ["translation-code", "translation-unknown-ignore"]


def test_a_stray_mark_is_told_where_other_emphasis_is_ignored(tmp_path: Path) -> None:
    body = '# kb-gen: ignore translation-emphasis\nmsgid "Press OK."\nmsgstr "Drücken Sie {}."\n'
    assert codes_of(tmp_path, body.format("**OK**")) == []
    assert codes_of(tmp_path, body.format("**OK")) == ["translation-emphasis", "translation-needless-ignore"]


@pytest.mark.parametrize(
    ("ignored", "code", "help_text"),
    [
        ("translation-copy", "translation-unknown-ignore", "did you mean `translation-copied`?"),
        ("everything", "translation-unknown-ignore", "`kb-gen explain-code` lists all codes"),
        ("translation-needless-ignore", "translation-unknown-ignore", None),
        ("translation-structure", "translation-needless-ignore", "remove it"),
    ],
)
def test_what_ignores_nothing_is_told_with_its_place(
    tmp_path: Path, ignored: str, code: str, help_text: str | None
) -> None:
    body = f"# A remark.\n# kb-gen: ignore translation-copied, {ignored}\n{COPIED}"
    (finding,) = findings_of(tmp_path, body)
    assert finding.code == code
    assert help_text is None or finding.help == help_text
    assert finding.place is not None
    text = (tmp_path / finding.place.path).read_text("utf-8")
    assert text[finding.place.start : finding.place.end] == ignored


def test_what_the_author_ignores_for_all_languages_may_be_needless_in_one(tmp_path: Path) -> None:
    body = '#. kb-gen: ignore translation-copied\nmsgid "Look at the log."\nmsgstr "Sehen Sie im Protokoll nach."\n'
    assert codes_of(tmp_path, body) == []
    assert codes_of(tmp_path, body.replace("#.", "#")) == ["translation-needless-ignore"]


def test_an_entry_without_a_translation_ignores_nothing_needlessly(tmp_path: Path) -> None:
    assert codes_of(tmp_path, '# kb-gen: ignore translation-copied\nmsgid "A text."\nmsgstr ""\n') == []


def test_one_plural_form_is_enough_to_need_it(tmp_path: Path) -> None:
    body = (
        "# kb-gen: ignore translation-end-punctuation\n"
        'msgid "One file."\nmsgid_plural "{count} files."\nmsgstr[0] "Eine Datei."\nmsgstr[1] "{count} Dateien"\n'
    )
    assert codes_of(tmp_path, body) == []


def test_translators_comments_survive_msgmerge(tmp_path: Path) -> None:
    program = shutil.which("msgmerge")
    if program is None:
        pytest.skip("gettext is not installed")
    file = write_catalog(tmp_path, "a", f"# kb-gen: ignore translation-copied\n{COPIED}")
    template = tmp_path / "a.pot"
    template.write_text(file.read_text("utf-8").replace("# kb-gen: ignore translation-copied\n", "#. summary of A\n"))
    subprocess.run([program, "-q", "--update", "--backup=none", str(file), str(template)], check=True)
    assert "#. summary of A" in file.read_text("utf-8")
    assert check(tmp_path, knowledge_base(), ["de"]) == []


def test_comments_and_flags_survive_an_update(tmp_path: Path) -> None:
    lines = "# kb-gen: ignore translation-copied\n#, ignore-translation-edge-space\n"
    file = write_catalog(tmp_path, "a", lines + COPIED)
    catalog, _ = read_po_file(tmp_path, str(file.relative_to(tmp_path)))
    assert catalog is not None
    assert catalog.header is not None
    (entry,) = catalog.entries
    for msgid in ("Look at the log.", "Look at the log file."):
        template = PoFile(catalog.header, (type(entry)(msgid, extracted=("summary of A",)),))
        merged = write_po(merge(template, catalog, catalog.header).catalog).decode()
        assert "# kb-gen: ignore translation-copied\n" in merged
        assert "ignore-translation-edge-space" in merged


def test_fuzzy_entries_are_checked_when_asked_for(tmp_path: Path) -> None:
    body = '#, fuzzy\nmsgid "Give %1."\nmsgstr "Geben Sie."\n\n#, fuzzy\n# kb-gen: ignore translation-copied\n' + COPIED
    assert findings_of(tmp_path, body) == []
    (finding,) = check_waiting(tmp_path, knowledge_base(), ["de"])
    assert (finding.code, finding.message.endswith("(the entry is fuzzy)")) == ("translation-insertions", True)
    approved = codes_of(tmp_path, body.replace("#, fuzzy\n", ""))
    assert approved == ["translation-insertions"]
    assert check_waiting(tmp_path, knowledge_base(), ["de"]) == []

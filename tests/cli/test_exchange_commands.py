"""Export and import as a user meets them."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from command_line import run_kb_gen
from site_trees import copy_sample


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_sample(tmp_path_factory.mktemp("project"))
    assert run_kb_gen(root, "i18n", "update").returncode == 0
    return root


@pytest.mark.parametrize("command", ["export", "import"])
def test_help_has_an_example(tmp_path: Path, command: str) -> None:
    result = run_kb_gen(tmp_path, "i18n", command, "--help")
    assert result.returncode == 0
    assert "Example:" in result.stdout


def test_out_translated_and_in_again(project: Path) -> None:
    out = run_kb_gen(project, "i18n", "export", "--locale", "de", "--only", "untranslated", "-o", "de.csv")
    assert out.returncode == 0
    assert out.stdout.startswith("Wrote de.csv: ")
    assert "untranslated)" in out.stdout
    file = project / "de.csv"
    text = file.read_text("utf-8-sig")
    translated = text.replace(",Mend it.,", ",Mend it.,Reparieren Sie ihn.").replace(
        ",Look at it.,", ",Look at them.,Hin!"
    )
    file.write_text(translated, "utf-8-sig")
    told = run_kb_gen(project, "i18n", "import", "--dry-run", "--format", "json", "de.csv")
    data = json.loads(told.stdout)
    assert (told.returncode, data["dry_run"], data["files"][0]["saved"], data["files"][0]["refused"]) == (1, True, 1, 1)
    assert data["catalogs"] == ["translations/de/LC_MESSAGES/shopprint.po"]
    taken = run_kb_gen(project, "i18n", "import", "de.csv")
    assert taken.returncode == 1
    assert "error[import-source-changed]: the file's source text isn't the one that this unit has" in taken.stdout
    assert "--> de.csv:" in taken.stdout
    assert "de.csv: 1 saved, 0 unchanged" in taken.stdout
    assert "Wrote translations/de/LC_MESSAGES/shopprint.po" in taken.stdout
    catalog = (project / "translations/de/LC_MESSAGES/shopprint.po").read_text("utf-8")
    assert 'msgid "Mend it."\nmsgstr "Reparieren Sie ihn."' in catalog


def test_one_article_with_the_steps_that_it_shares(project: Path) -> None:
    run_kb_gen(project, "i18n", "export", "--locale", "de", "--record", "shopprint/7", "-o", "7.xlf")
    text = (project / "7.xlf").read_text("utf-8")
    assert text.count("<unit ") == 5
    assert "ShopPrint 7" in text


def test_no_translation_of_a_message_template_is_asked_for_unless_one_can_give_it(project: Path) -> None:
    names = {}
    for name, more in (("without", ()), ("with", ("--messages",))):
        run_kb_gen(project, "i18n", "export", "--locale", "de", *more, "-o", f"{name}.xlf")
        names[name] = (project / f"{name}.xlf").read_text("utf-8").count("message template")
    assert names["without"] < names["with"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", "-o", "x.txt"), "end it in .xlf, .csv or .xlsx"),
        (("export", "-o", "x.xlf", "--only", "done"), "`done` is none of untranslated, fuzzy, approved"),
        (("export", "-o", "x.xlf", "--domain", "nix"), "there is no catalog `nix`; there are:"),
        (("export", "-o", "x.xlf", "--record", "Nix/1"), "there is no record `Nix/1`"),
        (("export", "-o", "x.xlf", "--locale", "xx"), "unknown locale `xx`"),
        (("import", "nowhere.xlf"), "does not exist"),
        (("import",), "Missing argument"),
    ],
)
def test_wrong_usage_is_told_and_nothing_written(project: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run_kb_gen(project, "i18n", *arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert not (project / "x.xlf").exists()


def test_nothing_to_send_is_told(project: Path) -> None:
    result = run_kb_gen(
        project, "i18n", "export", "--domain", "shopservice", "--record", "ShopPrint/7", "-o", "none.xlf"
    )
    assert result.returncode == 1
    assert "no text of the catalogs is of that kind" in result.stderr
    assert not (project / "none.xlf").exists()


def test_a_broken_catalog_is_not_sent(project: Path) -> None:
    catalog = project / "translations/de/LC_MESSAGES/shopprint.po"
    before = catalog.read_bytes()
    catalog.write_bytes(before + b'msgid "x\n')
    try:
        result = run_kb_gen(project, "i18n", "export", "-o", "broken.xlf")
    finally:
        catalog.write_bytes(before)
    assert result.returncode == 1
    assert "error[catalog-unterminated-string]" in result.stdout
    assert not (project / "broken.xlf").exists()


def test_a_folder_that_may_not_be_written(project: Path) -> None:
    result = run_kb_gen(project, "i18n", "export", "-o", "mkdocs.yml/x.xlf")
    assert result.returncode == 2
    assert "kb-gen: " in result.stderr


def test_a_spreadsheet_without_its_package_says_what_to_install(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    result = run_kb_gen(project, "i18n", "export", "-o", "x.xlsx")
    assert result.returncode == 2
    assert "pip install 'kb-gen[spreadsheet]'" in result.stderr
    assert not (project / "x.xlsx").exists()


def test_both_ways_count_entries_and_not_their_plural_forms(tmp_path: Path) -> None:
    project = copy_sample(tmp_path)
    catalog = project / "translations/de/LC_MESSAGES/shopservice.po"
    plural = '\nmsgid "{n} order"\nmsgid_plural "{n} orders"\nmsgstr[0] "{n} Auftrag"\nmsgstr[1] "{n} Aufträge"\n'
    catalog.write_text(catalog.read_text("utf-8") + plural, encoding="utf-8")
    out = run_kb_gen(project, "i18n", "export", "-l", "de", "--only", "approved", "-o", "de.xlf")
    entries, forms = re.fullmatch(
        r"Wrote de.xlf: ([0-9]+) texts of [0-9]+ catalogs? into de \(\1 approved; ([0-9]+) with all plural forms\)\n",
        out.stdout,
    ).groups()  # type: ignore[union-attr]
    assert int(forms) == int(entries) + 1
    back = run_kb_gen(project, "i18n", "import", "de.xlf")
    assert back.stdout == f"de.xlf: 0 saved, {entries} unchanged\n"

"""`kb-gen i18n memory` and `kb-gen i18n glossary` as a translator meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run_kb_gen
from site_trees import copy_sample

TMX = (
    '<tmx version="1.4"><header srclang="en"/><body>'
    '<tu><tuv xml:lang="en"><seg>The printer is out of order.</seg></tuv>'
    '<tuv xml:lang="de"><seg>Der Drucker ist außer Betrieb.</seg></tuv></tu>\n'
    '<tu><tuv xml:lang="en"><seg>Broken <ph/></seg></tuv><tuv xml:lang="de"><seg>x</seg></tuv></tu>'
    "</body></tmx>"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_sample(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        ("memory",),
        ("memory", "export"),
        ("memory", "import"),
        ("memory", "list"),
        ("memory", "search"),
        ("glossary",),
        ("glossary", "check"),
        ("glossary", "import"),
        ("glossary", "list"),
    ],
)
def test_help_has_an_example(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run_kb_gen(tmp_path, "i18n", *command, "--help")
    assert result.returncode == 0
    assert "Example:" in result.stdout


def test_a_memory_is_taken_in_searched_and_given_away(project: Path) -> None:
    (project / "old.tmx").write_text(TMX, encoding="utf-8")
    taken = run_kb_gen(project, "i18n", "memory", "import", "old.tmx", "--locale", "de")
    assert taken.returncode == 1
    assert "warning[memory-unit]: this unit is left out" in taken.stdout
    assert "--> old.tmx:2:1" in taken.stdout
    assert "Wrote translations/memory/old.tmx: 1 unit. Left out: 1 that can't be used, 0 repeated" in taken.stdout

    found = run_kb_gen(project, "i18n", "memory", "search", "--locale", "de", "The printers are out of order.")
    assert found.stdout.splitlines()[1:] == [
        "   89 %  old.tmx",
        "         The printer is out of order.",
        "         Der Drucker ist außer Betrieb.",
    ]
    data = json.loads(
        run_kb_gen(project, "i18n", "memory", "search", "-l", "de", "--format", "json", "the printer is OUT").stdout
    )
    assert [match["targets"] for match in data["de"]] == [["Der Drucker ist außer Betrieb."]]
    assert "old.tmx" in run_kb_gen(project, "i18n", "memory", "list", "--locale", "de").stdout

    given = run_kb_gen(project, "i18n", "memory", "export", "--output", "all.tmx")
    assert given.returncode == 0
    assert (project / "all.tmx").read_bytes().startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx')
    piped = run_kb_gen(project, "i18n", "memory", "export")
    assert piped.stdout.encode() == (project / "all.tmx").read_bytes()
    units = json.loads(run_kb_gen(project, "i18n", "memory", "export", "--format", "json").stdout)
    assert {"source", "targets", "note", "x-domain"} <= set(units[0])


def test_a_broken_memory_is_told_and_nothing_written(project: Path) -> None:
    (project / "old.tmx").write_text(TMX[:-10], encoding="utf-8")
    taken = run_kb_gen(project, "i18n", "memory", "import", "old.tmx", "--format", "concise")
    assert taken.returncode == 1
    assert "error[memory-file]" in taken.stdout
    assert not list(project.glob("translations/memory/*"))
    assert run_kb_gen(project, "i18n", "memory", "import", "nowhere.tmx").returncode == 2


def test_of_many_units_that_can_not_be_used_the_first_are_shown_and_the_others_counted(project: Path) -> None:
    broken = '<tu><tuv xml:lang="en"><seg>a <ph/></seg></tuv><tuv xml:lang="de"><seg>x</seg></tuv></tu>\n'
    text = f'<?xml version="1.0" encoding="UTF-16"?><tmx version="1.4"><header srclang="en"/><body>{broken * 30}</tmx>'
    (project / "old.tmx").write_bytes(text.encode("utf-16"))
    taken = run_kb_gen(project, "i18n", "memory", "import", "old.tmx")
    assert taken.stdout.startswith("error[memory-file]")
    assert taken.stdout.count("[memory-unit]") == 19
    assert "and 11 times: this unit is left out" in taken.stdout
    assert "Nothing was written: the file can't be read to its end." in taken.stderr


def test_a_glossary_is_taken_in_listed_and_checked(project: Path) -> None:
    (project / "terms.csv").write_text("source,target\nprinter,Drucker\nunused,ungenutzt\n", encoding="utf-8")
    taken = run_kb_gen(project, "i18n", "glossary", "import", "terms.csv", "--locale", "de", "--used")
    assert "translations/glossary.csv: of the terms, 1 added, 0 completed, 0 kept, 1 passed over." in taken.stdout
    assert run_kb_gen(project, "i18n", "glossary", "list", "-l", "de").stdout == "de:\n  printer = Drucker\n"
    weblate = run_kb_gen(project, "i18n", "glossary", "list", "-l", "de", "--format", "weblate").stdout
    assert weblate == "source,target,context,developer_comments\nprinter,Drucker,,\n"
    assert json.loads(run_kb_gen(project, "i18n", "glossary", "list", "-l", "de", "--format", "json").stdout)["de"]
    assert run_kb_gen(project, "i18n", "glossary", "check", "-l", "de", "--strict").returncode == 0

    glossary = project / "translations/glossary.csv"
    glossary.write_text("source,de\norder,Auftrag\n", encoding="utf-8")
    checked = run_kb_gen(project, "i18n", "glossary", "check", "-l", "de")
    assert checked.returncode == 0
    assert "warning[translation-term]" in checked.stdout
    assert "`order`: `Auftrag`" in checked.stdout
    assert run_kb_gen(project, "i18n", "glossary", "check", "-l", "de", "--strict").returncode == 1
    assert "warning[translation-term]" in run_kb_gen(project, "i18n", "check", "-l", "de").stdout


def test_an_update_stops_before_a_broken_glossary(project: Path) -> None:
    assert run_kb_gen(project, "i18n", "update").returncode == 0
    before = {path: path.read_bytes() for path in project.glob("translations/**/*.po")}
    (project / "translations/glossary.csv").write_text('source,de\n"printer,Drucker\n', encoding="utf-8")
    stopped = run_kb_gen(project, "i18n", "update")
    assert stopped.returncode == 1
    assert "error[glossary-syntax]" in stopped.stdout
    assert {path: path.read_bytes() for path in project.glob("translations/**/*.po")} == before


def test_which_entries_are_offered_what_is_remembered(project: Path) -> None:
    (project / "old.tmx").write_text(TMX, encoding="utf-8")
    run_kb_gen(project, "i18n", "memory", "import", "old.tmx")
    record = next(path for path in project.glob("content/**/*.yml") if "summary:" in path.read_text("utf-8"))
    lines = [
        "summary: The printer is out of order now." if line.startswith("summary:") else line
        for line in record.read_text("utf-8").splitlines()
    ]
    record.write_text("\n".join(lines) + "\n", encoding="utf-8")
    plain = run_kb_gen(project, "i18n", "update", "--locale", "de", "--memory", "none", "--dry-run", "--diff").stdout
    assert "außer Betrieb" not in plain
    offered = run_kb_gen(project, "i18n", "update", "--locale", "de", "--dry-run", "--diff").stdout
    assert "+#. suggested: 93 % from old.tmx\n" in offered
    assert '+msgstr "Der Drucker ist außer Betrieb."' in offered


def test_an_export_says_what_of_it_is_obsolete(project: Path) -> None:
    catalog = next(project.glob("translations/de/LC_MESSAGES/shopservice.po"))
    catalog.write_text(catalog.read_text("utf-8") + '\n#~ msgid "Gone."\n#~ msgstr "Weg."\n', encoding="utf-8")
    rows = json.loads(run_kb_gen(project, "i18n", "memory", "list", "-l", "de", "--format", "json").stdout)["de"]
    # What comes with the package is remembered, and isn't the project's to give away.
    obsolete = sum(row["obsolete"] for row in rows if row["origin"] != "ui")
    plain = run_kb_gen(project, "i18n", "memory", "export", "-l", "de", "-o", "a.tmx").stdout
    whole = run_kb_gen(project, "i18n", "memory", "export", "-l", "de", "-o", "b.tmx", "--obsolete").stdout
    assert f"units (--obsolete adds {obsolete} of obsolete entries)" in plain
    assert f"units (of them {obsolete} of obsolete entries)" in whole
    assert "Weg." not in (project / "a.tmx").read_text("utf-8")
    assert "Weg." in (project / "b.tmx").read_text("utf-8")

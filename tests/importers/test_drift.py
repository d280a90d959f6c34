"""What a product's new message file says that the knowledge base doesn't, event by event."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run_kb_gen
from site_trees import write_tree

PROJECT = """\
-- mkdocs.yml --
site_name: Errors
docs_dir: content/pages
theme:
  name: material
plugins:
  - kb-gen:
      locales: [en, de]
-- content/pages/about.md --
# About
"""

FILE = """\
LanguageNames=(English=0x409:MSG00409 German=0x407:MSG00407)

MessageId=1
Severity=Error
SymbolicName=DISK_FULL
Language=English
Disk %1 of %2 is full.
.
Language=German
Der Datenträger %1 von %2 ist voll.
.

MessageId=2
Severity=Warning
SymbolicName=SLOW
Language=English
The disk is slow.
.
Language=German
Der Datenträger ist langsam.
.

MessageId=3
SymbolicName=STOPPED
Language=English
The service was stopped.
.
Language=German
Der Dienst wurde beendet.
.
"""

ARGUMENTS = ("--into", "content/disk", "--source", "DiskWatch")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_tree(tmp_path, PROJECT)
    (tmp_path / "events.mc").write_text(FILE, encoding="utf-8")
    assert run_kb_gen(tmp_path, "import", "mc", "events.mc", *ARGUMENTS).returncode == 0
    return tmp_path


def compared(project: Path, *changes: tuple[str, str]) -> tuple[int, dict[str, list[dict[str, object]]]]:
    text = FILE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (project / "new.mc").write_text(text, encoding="utf-8")
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file() and ".kb-gen" not in file.parts}
    done = run_kb_gen(project, "drift", "mc", "new.mc", *ARGUMENTS, "--format", "json")
    after = {file: file.read_bytes() for file in project.rglob("*") if file.is_file() and ".kb-gen" not in file.parts}
    assert after == before
    return done.returncode, json.loads(done.stdout)


def test_nothing_differs_right_after_an_import(project: Path) -> None:
    code, data = compared(project)
    assert code == 0
    assert data == {"compared": 3, "new": [], "retired": [], "uncertain": [], "changed": [], "findings": []}


def test_new_and_retired_events_are_told(project: Path) -> None:
    code, data = compared(project, ("MessageId=3\nSymbolicName=STOPPED", "MessageId=4\nSymbolicName=ENDED"))
    assert code == 1
    assert [(event["id"], event["symbol"]) for event in data["new"]] == [("4", "ENDED")]
    assert [entry["path"] for entry in data["retired"]] == ["content/disk/diskwatch/3.yml"]
    assert data["changed"] == []


def test_a_changed_template_says_which_insertion_strings_have_moved(project: Path) -> None:
    code, data = compared(project, ("Disk %1 of %2 is full.", "Node %1: disk %2 of %3 is full."))
    assert code == 1
    (changed,) = data["changed"]
    assert changed["moved"] == {"1": 2, "2": 3}
    assert (changed["gone"], changed["appeared"]) == ([], [1])
    assert changed["message"] == {"record": "Disk %1 of %2 is full.", "file": "Node %1: disk %2 of %3 is full."}
    text = run_kb_gen(project, "drift", "mc", "new.mc", *ARGUMENTS).stdout
    assert "%1 is now %2" in text
    assert "3 events compared: 0 new, 0 retired, 1 changed" in text


def test_other_symbols_severities_and_translations_are_told(project: Path) -> None:
    code, data = compared(
        project,
        ("SymbolicName=SLOW", "SymbolicName=SLUGGISH"),
        ("Severity=Warning", "Severity=Error"),
        ("Der Dienst wurde beendet.", "Der Dienst wurde angehalten."),
    )
    assert code == 1
    slow, stopped = data["changed"]
    assert slow["facts"] == {
        "symbolic_name": {"record": "SLOW", "file": "SLUGGISH"},
        "severity": {"record": "warning", "file": "error"},
    }
    assert stopped["translations"] == {
        "de": {"catalog": "Der Dienst wurde beendet.", "file": "Der Dienst wurde angehalten."}
    }


def test_a_file_that_cannot_be_read_is_a_finding(project: Path) -> None:
    (project / "new.mc").write_bytes(b"\x7fELF\0\0\xff\xfe\0")
    done = run_kb_gen(project, "drift", "mc", "new.mc", *ARGUMENTS)
    assert done.returncode == 1
    assert "source-file-unreadable" in done.stderr + done.stdout


def test_findings_are_part_of_the_data_for_programs(project: Path) -> None:
    (project / "new.mc").write_text(FILE.replace("MessageId=3", "MessageId=x"))
    done = run_kb_gen(project, "drift", "mc", "new.mc", *ARGUMENTS, "--format", "json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert [finding["code"] for finding in data["findings"]] == ["mc-bad-id"]
    assert [event["id"] for event in data["retired"]] == ["3"]


def test_a_file_without_events_is_no_sameness(project: Path) -> None:
    (project / "new.mc").write_text("; nothing\n")
    done = run_kb_gen(project, "drift", "mc", "new.mc", *ARGUMENTS)
    assert (done.returncode, done.stdout) == (1, "The file has no events to compare.\n")
    done = run_kb_gen(project, "import", "mc", "new.mc", *ARGUMENTS)
    assert done.returncode == 1
    assert "The file has no events to take." in done.stdout


@pytest.mark.corpus
def test_a_whole_products_errors_drift_in_nothing_from_their_own_import(tmp_path: Path, corpora: Path) -> None:
    write_tree(tmp_path, PROJECT)
    file = str(corpora / "mariadb/errmsg-utf8.txt")
    arguments = (file, "--into", "content/mariadb", "--source", "MariaDB")
    assert run_kb_gen(tmp_path, "import", "errmsg", *arguments).returncode == 0
    done = run_kb_gen(tmp_path, "drift", "errmsg", *arguments)
    assert done.stdout.splitlines() == ["1218 events compared: nothing differs"]
    assert done.returncode == 0

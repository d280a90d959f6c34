"""What a product's new message file says that the knowledge base doesn't, event by event."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run_kb_gen
from import_projects import SETTINGS
from site_trees import write_tree

PROJECT = SETTINGS

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
    assert data == {
        "compared": 3,
        "new": [],
        "retired": [],
        "renumbered": [],
        "uncertain": [],
        "changed": [],
        "findings": [],
    }


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


ERRORS = """\
languages english=eng latin1, german=ger latin1;
default-language eng
start-error-number 1000
ER_ONE
	eng "One of %s"
	ger "Eins von %s"
ER_TWO
	eng "Two %d %s"
	ger "Zwei %s %d"
ER_THREE
	eng "Three"
	ger "Drei"
ER_ONLY_GERMAN
	ger "Nur deutsch"
ER_TWIN
	eng "Three"
	ger "Dreierlei"
"""
OF_ERRORS = ("errmsg", "errors.txt", "--into", "content/db", "--source", "Server")


@pytest.fixture
def server(tmp_path: Path) -> Path:
    write_tree(tmp_path, PROJECT)
    (tmp_path / "errors.txt").write_text(ERRORS, encoding="utf-8")
    # A translation waits for review, and one belongs to no message.
    assert run_kb_gen(tmp_path, "import", *OF_ERRORS).returncode == 1
    return tmp_path


def changed_errors(server: Path, *changes: tuple[str, str]) -> None:
    text = ERRORS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (server / "errors.txt").write_text(text, encoding="utf-8")


def drifted(server: Path) -> tuple[int, dict[str, list[dict[str, object]]]]:
    done = run_kb_gen(server, "drift", *OF_ERRORS, "--format", "json")
    return done.returncode, json.loads(done.stdout)


def test_nothing_differs_after_an_import_of_which_something_waits_for_review(server: Path) -> None:
    done = run_kb_gen(server, "drift", *OF_ERRORS)
    assert (done.returncode, done.stdout) == (0, "5 events compared: nothing differs\n")


def test_a_translation_that_differs_from_the_one_that_waits_is_told(server: Path) -> None:
    changed_errors(server, ("Zwei %s %d", "Zwei: %s %d"))
    code, data = drifted(server)
    assert code == 1
    assert [event["translations"] for event in data["changed"]] == [
        {"de": {"catalog": "Zwei %s %d", "file": "Zwei: %s %d"}}
    ]


def test_nothing_differs_after_an_import_of_a_file_that_has_an_event_twice(project: Path) -> None:
    text = FILE + FILE.partition("\n\n")[2].replace("is full", "has no room").replace("wurde", "war")
    (project / "events.mc").write_text(text, encoding="utf-8")
    done = run_kb_gen(project, "import", "mc", "events.mc", *ARGUMENTS)
    assert "3 skipped" in done.stdout
    assert compared(project, (FILE, text))[0] == 0


def test_errors_that_are_counted_anew_are_told_by_their_symbols(server: Path) -> None:
    changed_errors(
        server, ("ER_TWO\n", 'ER_NEW\n\teng "New"\nER_TWO\n'), ('"Three"\n\tger "Drei"', '"3"\n\tger "Drei"')
    )
    code, data = drifted(server)
    assert code == 1
    assert [(event["id"], event["symbol"]) for event in data["new"]] == [("1001", "ER_NEW")]
    assert data["retired"] == []
    assert data["renumbered"] == [
        {"source": "Server", "id": old, "symbol": symbol, "path": f"content/db/server/{old}.yml", "now": new}
        for old, new, symbol in [
            ("1001", "1002", "ER_TWO"),
            ("1002", "1003", "ER_THREE"),
            ("1003", "1004", "ER_ONLY_GERMAN"),
            ("1004", "1005", "ER_TWIN"),
        ]
    ]
    # What else is new of one of them is told of it.
    assert [(event["symbol"], event["message"]) for event in data["changed"]] == [
        ("ER_THREE", {"record": "Three", "file": "3"})
    ]
    text = run_kb_gen(server, "drift", *OF_ERRORS).stdout
    assert "renumbered Server 1001 ER_TWO is 1002 now  content/db/server/1001.yml\n" in text
    assert "5 events compared: 1 new, 0 retired, 1 changed, 4 renumbered\n" in text


def test_two_events_that_change_places_are_renumbered(server: Path) -> None:
    changed_errors(server, ("ER_ONE\n", "ER_X\n"), ("ER_THREE\n", "ER_ONE\n"), ("ER_X\n", "ER_THREE\n"))
    code, data = drifted(server)
    assert code == 1
    assert [(entry["id"], entry["now"], entry["symbol"]) for entry in data["renumbered"]] == [
        ("1002", "1000", "ER_THREE"),
        ("1000", "1002", "ER_ONE"),
    ]
    assert (data["new"], data["retired"]) == ([], [])


def test_an_import_takes_no_number_of_a_record_for_another_error(server: Path) -> None:
    record = server / "content/db/server/1001.yml"
    record.write_text(record.read_text(encoding="utf-8") + "explanation: Of ER_TWO.\n", encoding="utf-8")
    before = {file.name: file.read_bytes() for file in record.parent.iterdir()}
    changed_errors(server, ("ER_TWO\n", 'ER_NEW\n\teng "New"\n\tger "Neu"\nER_TWO\n'))
    done = run_kb_gen(server, "import", *OF_ERRORS, "--overwrite", "message")
    assert done.returncode == 1
    assert (
        "differs   Server 1002 ER_TWO  content/db/server/1001.yml\n"
        "          the record's ID is 1001, in the file ER_TWO has 1002; the record keeps its own: correct its `id` if "
        "the product logs the other one\n"
    ) in done.stdout
    assert "6 events: 1 added, 1 unchanged, 4 differs" in done.stdout
    after = {file.name: file.read_bytes() for file in record.parent.iterdir()}
    assert {name: after[name] for name in before} == before
    assert b"symbolic_name: ER_NEW" in after["1001-er_new.yml"]
    # The author corrects the numbers; then both say the same.
    for number in (1004, 1003, 1002, 1001):
        file = record.parent / f"{number}.yml"
        text = file.read_text(encoding="utf-8").replace(f"id: {number}\n", f"id: {number + 1}\n")
        (record.parent / f"{number + 1}.yml").write_text(text, encoding="utf-8")
    record.unlink()
    assert drifted(server)[0] == 0


def test_a_symbol_that_several_events_have_renumbers_none(project: Path) -> None:
    code, data = compared(
        project,
        ("MessageId=2", "MessageId=5"),
        ("MessageId=3\nSymbolicName=STOPPED", "MessageId=6\nSeverity=Warning\nSymbolicName=SLOW"),
    )
    assert code == 1
    assert data["renumbered"] == []
    assert [(event["id"], event["symbol"]) for event in data["new"]] == [("5", "SLOW"), ("6", "SLOW")]
    assert [entry["id"] for entry in data["retired"]] == ["2", "3"]


NEAREST = """\
<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events">
  <instrumentation><events><provider name="Copy"><events>
    <event value="1" symbol="DONE" level="win:Error" message="$(string.Done)"/>
  </events></provider></events></instrumentation>
  <localization>
    <resources culture="en-US"><stringTable><string id="Done" value="All is done."/></stringTable></resources>
    <resources culture="de-AT"><stringTable><string id="Done" value="Alles ist fertig."/></stringTable></resources>
  </localization>
</instrumentationManifest>
"""


def test_translations_of_the_nearest_language_are_compared(project: Path) -> None:
    file, arguments = project / "copy.man", ("manifest", "copy.man", "--into", "content/copy")
    file.write_text(NEAREST, encoding="utf-8")
    assert "Translations into de: 1 saved" in run_kb_gen(project, "import", *arguments).stdout
    assert run_kb_gen(project, "drift", *arguments).returncode == 0
    file.write_text(NEAREST.replace("fertig", "erledigt"), encoding="utf-8")
    done = run_kb_gen(project, "drift", *arguments, "--format", "json")
    assert done.returncode == 1
    assert [event["translations"] for event in json.loads(done.stdout)["changed"]] == [
        {"de": {"catalog": "Alles ist fertig.", "file": "Alles ist erledigt."}}
    ]


MANIFEST = """\
<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events">
<instrumentation><events><provider name="Copy" guid="{a}" symbol="C">
<templates><template tid="T">
<data name="Source" inType="win:UnicodeString"/><data name="Target" inType="win:UnicodeString"/>
</template></templates>
<events><event value="1" template="T" message="$(string.a)" symbol="S"/></events>
</provider></events></instrumentation>
<localization><resources culture="en-US"><stringTable>
<string id="a" value="Copied: %1, %2"/>
</stringTable></resources></localization>
</instrumentationManifest>
"""


def test_values_that_change_places_in_a_template_are_told(tmp_path: Path) -> None:
    write_tree(tmp_path, PROJECT)
    file = tmp_path / "events.man"
    file.write_text(MANIFEST)
    arguments = ("manifest", "events.man", "--into", "content/copy")
    assert run_kb_gen(tmp_path, "import", *arguments).returncode == 0
    assert run_kb_gen(tmp_path, "drift", *arguments).returncode == 0
    swapped = MANIFEST.replace('"Source"', '"X"').replace('"Target"', '"Source"').replace('"X"', '"Target"')
    file.write_text(swapped)
    done = run_kb_gen(tmp_path, "drift", *arguments)
    assert done.returncode == 1
    assert "%1: source → target\n" in done.stdout.replace("Source", "source").replace("Target", "target")
    assert "%1 is now %2" in done.stdout
    (changed,) = json.loads(run_kb_gen(tmp_path, "drift", *arguments, "--format", "json").stdout)["changed"]
    assert changed["message"] is None
    assert changed["moved"] == {"1": 2, "2": 1}
    assert set(changed["parameters"]) == {"1", "2"}


def test_a_record_of_a_later_version_is_not_retired_in_an_earlier_one(project: Path) -> None:
    later = FILE.replace("MessageId=3\nSymbolicName=STOPPED", "MessageId=4\nSymbolicName=LATER")
    (project / "later.mc").write_text(later, encoding="utf-8")
    assert run_kb_gen(project, "import", "mc", "later.mc", *ARGUMENTS, "--version", "10.0").returncode == 0
    done = run_kb_gen(project, "drift", "mc", "events.mc", *ARGUMENTS, "--version", "9.0")
    assert (done.returncode, done.stdout) == (0, "3 events compared: nothing differs\n")
    done = run_kb_gen(project, "drift", "mc", "events.mc", *ARGUMENTS, "--version", "11.0")
    assert "retired    DiskWatch 4 LATER" in done.stdout


RUNBOOK = "# {}\n\n## Meaning\n\nThe disk is full.\n\n## Mitigation\n\n- Delete files.\n- Run `df -h`.\n"
ARTICLE = """\
Event ID: {}
Source: Node
Message Text: It stopped.

## Explanation

The disk is full.

## User Action

Delete files.
"""


@pytest.mark.parametrize(
    ("form", "text", "names"),
    [("runbook", RUNBOOK, ("DiskFull", "DiskSlow")), ("article", ARTICLE, ("5", "6"))],
    ids=["runbook", "article"],
)
def test_what_an_article_or_runbook_is_not_about_is_not_retired(
    tmp_path: Path, form: str, text: str, names: tuple[str, str]
) -> None:
    write_tree(tmp_path, PROJECT)
    files = [f"{name}.md" for name in names]
    for file, name in zip(files, names, strict=True):
        (tmp_path / file).write_text(text.format(name), encoding="utf-8")
    arguments = ("--into", "content/node", "--source", "Node")
    assert run_kb_gen(tmp_path, "import", form, *files, *arguments).returncode == 0
    done = run_kb_gen(tmp_path, "drift", form, files[0], *arguments)
    assert (done.returncode, done.stdout) == (0, "1 event compared: nothing differs\n")


@pytest.mark.parametrize(
    ("form", "text", "name"),
    [("runbook", RUNBOOK, "DiskFull"), ("article", ARTICLE, "5")],
    ids=["runbook", "article"],
)
def test_texts_that_an_import_finds_to_differ_differ(tmp_path: Path, form: str, text: str, name: str) -> None:
    write_tree(tmp_path, PROJECT)
    file = tmp_path / f"{name}.md"
    arguments = (form, file.name, "--into", "content/node", "--source", "Node")
    file.write_text(text.format(name), encoding="utf-8")
    assert run_kb_gen(tmp_path, "import", *arguments).returncode == 0
    other = text.format(name).replace("disk is full", "disk is slow").replace("Delete files", "Buy another one")
    file.write_text(other, encoding="utf-8")
    imported = run_kb_gen(tmp_path, "import", *arguments, "--dry-run").stdout
    done = run_kb_gen(tmp_path, "drift", *arguments)
    assert done.returncode == 1
    told = "explanation` differs: the record has “The disk is full.”, the file “The disk is slow.”"
    assert told in imported
    assert told.replace("`", "") in done.stdout
    assert "actions` differs from the file's" in imported
    assert "actions differs from the file's" in done.stdout
    (changed,) = json.loads(run_kb_gen(tmp_path, "drift", *arguments, "--format", "json").stdout)["changed"]
    assert changed["others"]["explanation"] == {"record": "The disk is full.", "file": "The disk is slow."}
    assert "Buy another one" in json.dumps(changed["others"]["actions"]["file"])

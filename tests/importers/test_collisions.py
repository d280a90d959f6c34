"""Sources and events of files whose addresses something else has: nothing is written for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run_kb_gen
from import_projects import SETTINGS
from site_trees import write_tree

PROJECT = (
    SETTINGS
    + """\
-- content/products.yml --
disk:
  name: Disk
  sources:
    Disk Watch: {}
    Moved: {address: elsewhere}
-- content/disk/disk-watch/1.yml --
id: 1
source: Disk Watch
product: disk
-- events.mc --
MessageId=2
Language=English
Full.
.
-- one.txt --
Source: Microsoft Windows security auditing.
Event ID: 4625

Explanation
An account failed to log on.
-- two.txt --
Source: Microsoft-Windows-Security-Auditing
Event ID: 4624

Explanation
An account logged on.
-- upper.txt --
Source: Names
Event ID: e_full

Explanation
The disk is full.
"""
)
MC = ("mc", "events.mc")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, PROJECT)


def _run(folder: Path, *arguments: str, code: int) -> str:
    done = run_kb_gen(folder, "import", *arguments, "--into", "content/disk")
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def _files(folder: Path) -> dict[str, bytes]:
    found = (*folder.glob("content/**/*"), *folder.glob("translations/**/*"))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found if file.is_file()}


@pytest.mark.parametrize(
    ("source", "address", "other"),
    [
        ("Disk-Watch", "disk-watch", "Disk Watch"),
        ("disk watch", "disk-watch", "Disk Watch"),
        ("Elsewhere", "", "Moved"),
    ],
)
def test_a_source_whose_address_another_has_is_refused(project: Path, source: str, address: str, other: str) -> None:
    before = _files(project)
    said = _run(project, *MC, "--source", source, code=1)
    address = address or source.lower()
    assert f"the source `{source}` would have the address `{address}`, which the source `{other}` has" in said
    assert f'import with `--source "{other}"`' in said
    assert "Nothing was written" in said
    assert _files(project) == before
    _run(project, *MC, "--source", other, code=0)
    assert run_kb_gen(project, "check").returncode == 0


def test_articles_that_write_one_source_in_two_ways_are_told(project: Path) -> None:
    before = _files(project)
    said = _run(project, "article", "one.txt", "two.txt", code=1)
    assert "the address `microsoft-windows-security-auditing`, which the source `Microsoft Windows" in said
    assert _files(project) == before
    _run(project, "article", "one.txt", code=0)
    kept = _files(project)
    assert "error[address-collision]" in _run(project, "article", "two.txt", code=1)
    assert _files(project) == kept
    assert run_kb_gen(project, "check").returncode == 0


def test_a_source_and_a_hand_written_page_of_one_address_are_told(project: Path) -> None:
    before = _files(project)
    said = _run(project, *MC, "--source", "About", code=1)
    assert "the source `About` and a hand-written page would share the address `about`" in said
    assert "events.mc:1" in said
    assert _files(project) == before


def test_ids_that_differ_in_case_only_are_told(project: Path) -> None:
    (project / "content/disk/list.yml").write_text("- id: E_FULL\n  source: Names\n  product: disk\n")
    before = _files(project)
    assert "would share the address `names/e_full`" in _run(project, "article", "upper.txt", code=1)
    assert _files(project) == before


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("content/disk/wrong/3.yml", "id: 3\nsource: Disk Watch\nproduct: disk\n", "misplaced-record"),
        ("content/disk/disk-watch/3.yml", "id: 3\nsource: Disk-Watch\nproduct: disk\n", "address-collision"),
    ],
)
def test_nothing_is_written_while_records_have_no_place_of_their_own(
    project: Path, path: str, text: str, code: str
) -> None:
    (project / path).parent.mkdir(exist_ok=True)
    (project / path).write_text(text)
    before = _files(project)
    said = _run(project, *MC, "--source", "Disk Watch", code=1)
    assert f"error[{code}]" in said
    assert "Nothing was written: mend the errors first." in said
    assert _files(project) == before

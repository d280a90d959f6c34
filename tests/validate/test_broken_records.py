from __future__ import annotations

import re
from pathlib import Path

import broken_records
import pytest

import kb_gen.validate
from kb_gen.diagnostics import codes, concise, in_order
from kb_gen.load import load_project
from kb_gen.validate import validate

FIXTURES = sorted(broken_records.FOLDER.glob("*.yml"))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.stem)
def test_each_broken_record_yields_its_diagnostics_at_their_places(fixture: Path, tmp_path: Path) -> None:
    broken = broken_records.read(fixture)
    broken_records.write(broken, tmp_path)
    loaded = load_project(tmp_path)
    findings = in_order((*loaded.diagnostics, *validate(loaded)))
    lines = concise(findings, loaded.sources)
    found = [re.match(r"\S+: \w+\[[\w-]+\]", line) for line in lines]
    assert [match[0] for match in found if match] == broken.expected
    assert [finding.message for finding in findings if not finding.help] == []


def test_the_fixtures_show_every_code_of_the_rules() -> None:
    package = Path(kb_gen.validate.__file__).parent
    source = "".join(path.read_text() for path in package.glob("*.py"))
    shown = {line.split("[")[1].rstrip("]") for each in FIXTURES for line in broken_records.read(each).expected}
    assert {code for code in codes() if f'"{code}"' in source} <= shown


def test_there_are_fifty_broken_records() -> None:
    assert len(FIXTURES) >= 50
    assert all(broken_records.read(fixture).expected for fixture in FIXTURES)

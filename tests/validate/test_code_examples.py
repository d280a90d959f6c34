from __future__ import annotations

import re
from pathlib import Path

import broken_records
import pytest

from kb_gen.diagnostics import Code, codes
from kb_gen.diagnostics.entries.code import RECORD
from kb_gen.load import load_project
from kb_gen.validate import validate

BASE = "id: 1024\nsource: MSExchangeTransport\nproduct: exchange\n"
WRONG = [code for code in codes().values() if code.wrong and code.language == "yaml"]
RIGHT = [code for code in WRONG if code.right]


def _found(code: Code, example: str, root: Path) -> set[str]:
    """The codes that an example of the manual yields."""
    text = example
    if code.file.endswith("snippets.yml"):
        text = f"{BASE}-- {code.file} --\n{example}"
    elif not re.search(r"^(- |.*\bid:|# id)", example):
        text = BASE + example
    path = RECORD if code.file.endswith("snippets.yml") else code.file
    fixture = root / "example.yml"
    fixture.write_text(f"# path: {path}\n{text}")
    broken_records.write(broken_records.read(fixture), root)
    fixture.unlink()
    loaded = load_project(root)
    return {finding.code for finding in (*loaded.diagnostics, *validate(loaded))}


@pytest.mark.parametrize("code", WRONG, ids=lambda code: code.name)
def test_a_wrong_example_yields_its_code_and_no_other(code: Code, tmp_path: Path) -> None:
    companions = {"unknown-source", "undescribed-parameter", "unused-snippet", "unknown-field"} - {code.name}
    assert _found(code, code.wrong, tmp_path) - companions == {code.name}


@pytest.mark.parametrize("code", RIGHT, ids=lambda code: code.name)
def test_a_right_example_is_right(code: Code, tmp_path: Path) -> None:
    assert _found(code, code.right, tmp_path) <= {"unknown-source", "undescribed-parameter", "unused-snippet"} - {
        code.name
    }

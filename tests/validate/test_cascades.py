"""One mistake is told once: what refers to a file that can't be read is not blamed as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_gen.load import load_project
from kb_gen.validate import RULES, validate

HEAD = "source: MSExchangeTransport\nproduct: exchange\n"
PRODUCTS = "exchange: {name: Exchange}\n"
REFERRING = f"id: 1024\n{HEAD}explanation: See event:MSExchangeTransport/1023.\nrelated: [MSExchangeTransport/1023]\n"


def _codes(root: Path, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    loaded = load_project(root)
    return [finding.code for finding in (*loaded.diagnostics, *validate(loaded))]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        pytest.param(f"id: 1023\n{HEAD}summary: a: b\n", "unquoted-value", id="no YAML"),
        pytest.param(f"id: 1023\n{HEAD}severity: bad\n", "invalid-value", id="a wrong value"),
        pytest.param(HEAD, "missing-field", id="no ID"),
        pytest.param("# later\n", "empty-file", id="nothing"),
    ],
)
def test_an_unreadable_record_is_no_unknown_event(tmp_path: Path, broken: str, code: str) -> None:
    files = {
        "products.yml": PRODUCTS,
        "exchange/msexchangetransport/1023-symbol.yml": broken,
        "exchange/msexchangetransport/1024.yml": REFERRING,
    }
    found = _codes(tmp_path, files)
    assert [each for each in found if each != "misplaced-record"] == [code]


def test_an_unreadable_list_of_records_hides_no_other_error(tmp_path: Path) -> None:
    files = {
        "products.yml": PRODUCTS,
        "exchange/msexchangetransport/all.yml": f"- id: 1023\n  {HEAD}",
        "exchange/msexchangetransport/1024.yml": f"{REFERRING}actions:\n  - use: nothing\n",
    }
    assert "unknown-snippet" in _codes(tmp_path, files)


@pytest.mark.parametrize(
    ("name", "text"),
    [("products.yml", "exchange: {nam: Exchange, name: E}\n"), ("snippets.yml", "look: {txt: Look.}\n")],
)
def test_errors_in_shared_files_blame_no_record(tmp_path: Path, name: str, text: str) -> None:
    files = {
        "products.yml": PRODUCTS,
        name: text,
        "exchange/msexchangetransport/1024.yml": f"id: 1024\n{HEAD}version: '1'\nactions:\n  - use: look\n"
        if name == "snippets.yml"
        else f"id: 1024\n{HEAD}version: '1'\n",
    }
    found = _codes(tmp_path, files)
    assert "unknown-snippet" not in found
    assert "unknown-product" not in found


def test_the_same_content_gives_the_same_findings_in_the_same_order(tmp_path: Path) -> None:
    files = {"exchange/msexchangetransport/1024.yml": f"{REFERRING}summary: '%1 <b> %2'\nversion: '2'\n"}
    first = _codes(tmp_path, files)
    assert len(first) > 4
    assert _codes(tmp_path, files) == first


def test_each_rule_is_named_for_its_module() -> None:
    for rule in RULES:
        assert rule.__module__ == f"kb_gen.validate.{rule.__name__}"
        assert rule.__doc__

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb_gen
from kb_gen.diagnostics import codes, explain, manual_page
from kb_gen.diagnostics.entries import ENTRIES

PACKAGE = Path(kb_gen.__file__).parent
MAKERS = {"error": 0, "warning": 0, "Diagnostic": 0, "Finding": 0, "fault": 0, "_Wording": 1, "_wrong": 3}
"""Calls that make a diagnostic, and which argument is its code."""


def _modules() -> Iterator[ast.Module]:
    for path in PACKAGE.rglob("*.py"):
        if PACKAGE / "diagnostics" not in path.parents:
            yield ast.parse(path.read_text(encoding="utf-8"))


def _made(module: ast.Module) -> Iterator[str]:
    for call in ast.walk(module):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        position = MAKERS.get(name)
        if position is None or len(call.args) <= position:
            continue
        for part in ast.walk(call.args[position]):
            if isinstance(part, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(part.value)):
                yield str(part.value)


def test_every_code_that_is_used_is_in_the_manual() -> None:
    used = {code for module in _modules() for code in _made(module)}
    assert used - set(codes()) == set()


def test_every_code_in_the_manual_is_used() -> None:
    constants = {
        str(node.value) for module in _modules() for node in ast.walk(module) if isinstance(node, ast.Constant)
    }
    assert set(codes()) - constants == set()


def test_the_manual_names_each_code_once() -> None:
    names = [entry.name for entry in ENTRIES]
    assert sorted(names) == list(codes())


@pytest.mark.parametrize("code", codes())
def test_each_page_says_what_is_wrong_and_what_to_do(code: str) -> None:
    entry = codes()[code]
    page = manual_page(code)
    assert page.startswith(f"# {code}\n")
    assert entry.cause in page
    assert entry.cure in page
    text = explain(code)
    assert text.startswith(f"{code}: {entry.title}\n")
    assert max(map(len, text.splitlines())) <= 100
    assert entry.title[0].islower()
    assert not entry.title.endswith(".")


def test_an_unknown_code_has_no_page() -> None:
    with pytest.raises(KeyError):
        explain("no-such-code")

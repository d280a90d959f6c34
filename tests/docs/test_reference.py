from __future__ import annotations

import datetime as dt
import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import kb_gen
from kb_gen.diagnostics import codes
from kb_gen.load import SCHEMAS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_no_generated_file_is_out_of_date() -> None:
    command = [sys.executable, "tools/reference.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_code_has_a_page_and_is_listed() -> None:
    pages = {path.stem for path in (REFERENCE / "codes").glob("*.md")}
    listed = (REFERENCE / "codes.md").read_text(encoding="utf-8")
    assert pages == set(codes())
    assert [code for code in codes() if f"](codes/{code}.md)" not in listed] == []


def test_every_example_of_a_field_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    examples: dict[type, dict[str, str]] = importlib.import_module("record_examples").EXAMPLES
    definitions: dict[str, Any] = {}
    for schema in SCHEMAS.values():
        definitions |= schema()["$defs"]
    for model, fields in examples.items():
        written = yaml.safe_load("\n".join(fields.values()))
        as_json = json.loads(json.dumps(written, default=dt.date.isoformat))
        if model.__name__ == "Action":
            as_json["text"] = "An action is a step, too."
        assert list(fields) == list(written)
        jsonschema.validate(as_json, {"$ref": f"#/$defs/{model.__name__}", "$defs": definitions})


def _packages() -> Iterator[str]:
    yield kb_gen.__name__
    yield from (found.name for found in pkgutil.walk_packages(kb_gen.__path__, "kb_gen.") if found.ispkg)


@pytest.mark.parametrize("package", [*_packages()])
def test_everything_public_has_a_docstring(package: str) -> None:
    module = importlib.import_module(package)
    public = {name: getattr(module, name) for name in getattr(module, "__all__", ())}
    documented = {name: thing for name, thing in public.items() if inspect.isclass(thing) or inspect.isfunction(thing)}
    # Without a docstring of its own, a dataclass is given its signature for one.
    assert [
        name for name, thing in documented.items() if not thing.__doc__ or thing.__doc__.startswith(f"{name}(")
    ] == []
    assert module.__doc__

"""The synthetic projects of the benchmarks: the same bytes every time, and nothing wrong with them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb_gen.load import load_project
from kb_gen.locales import Localizer, State, check, load_catalogs
from kb_gen.markup import EventLink, Inline, Link, parse_inlines, walk
from kb_gen.validate import validate

GENERATE = Path(__file__).parents[2] / "benchmarks" / "generate.py"
RECORDS = 60


def generate(folder: Path, *options: str) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, str(GENERATE), "--records", str(RECORDS), "--out", str(folder), *options], check=True
    )
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "project"
    generate(folder)
    return folder


def test_same_bytes_for_the_same_seed(project: Path, tmp_path: Path) -> None:
    first = {file.relative_to(project).as_posix() for file in project.rglob("*") if file.is_file()}
    again = generate(tmp_path / "again")
    assert set(again) == first
    assert all((project / path).read_bytes() == content for path, content in again.items())


def test_other_texts_for_another_seed(project: Path, tmp_path: Path) -> None:
    other = generate(tmp_path / "other", "--seed", "2")
    record = next(path for path in other if path.count("/") == 3 and path.endswith(".yml"))
    assert not (project / record).exists() or (project / record).read_bytes() != other[record]


def test_content_has_no_findings(project: Path) -> None:
    loaded = load_project(project)
    assert [*loaded.diagnostics, *validate(loaded)] == []
    assert len(loaded.knowledge_base.entries) == RECORDS


def test_every_unit_is_translated_and_keeps_what_is_protected(project: Path) -> None:
    kb = load_project(project).knowledge_base
    catalogs, findings = load_catalogs(project, ["de"])
    localizer = Localizer(kb, catalogs, "de")
    assert [*findings, *check(project, kb, ["de"])] == []
    assert all(localizer.record(entry).coverage.complete for entry in kb.entries)
    messages = [localizer.record(entry).message for entry in kb.entries]
    assert all(message is not None and message.state is State.TRANSLATED for message in messages)


def test_records_have_the_parts_of_real_ones(project: Path) -> None:
    for entry in load_project(project).knowledge_base.entries:
        record = entry.record
        steps = [inner for action in record.actions for inner in (action, *action.steps)]
        texts = [record.explanation, *(step.text for step in steps), *(step.note for step in steps)]
        links = [inline for text in texts for inline in _inlines(text)]
        words = len(" ".join((record.message, record.summary, *texts)).split())
        assert sum(len(step.commands) for step in steps) == 3
        assert sum(isinstance(inline, EventLink) for inline in links) == 1
        assert sum(isinstance(inline, Link) for inline in links) == 1
        assert any(action.use for action in record.actions)
        assert 250 < words < 600


def _inlines(text: str) -> list[Inline]:
    """Inlines of a text, whose blocks don't matter here: none of them is code."""
    return list(walk(parse_inlines(" ".join(text.split()))))

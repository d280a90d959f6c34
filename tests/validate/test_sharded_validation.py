"""Records can be checked by themselves, in any number of shards, and compared by their facts: it is told the same."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import broken_records
import msgspec
import pytest
from msgspec.structs import replace

from kb_gen.diagnostics import Diagnostic, in_order
from kb_gen.load import Loaded, load_project
from kb_gen.validate import Facts, record_facts, validate, validate_global, validate_local, validate_shard

TESTS = Path(__file__).parents[1]
FIXTURES = sorted(broken_records.FOLDER.glob("*.yml"))
GENERATE = TESTS.parent / "benchmarks" / "generate.py"
SHARED = {f"content/{stem}.yml" for stem in ("products", "categories", "snippets")}


def _shards(loaded: Loaded, number: int) -> Iterator[Loaded]:
    """The content in shards, each with the records of some files and with everything that is shared."""
    paths = sorted({entry.path for entry in loaded.readable.entries})
    for first in range(number):
        files = set(paths[first::number])
        entries = tuple(entry for entry in loaded.readable.entries if entry.path in files)
        gaps = {path: each for path, each in loaded.gaps.items() if path in files | SHARED}
        yield dataclasses.replace(loaded, readable=replace(loaded.readable, entries=entries), gaps=gaps)


def _in_shards(loaded: Loaded, number: int) -> list[Diagnostic]:
    """The findings of shards, and those of their facts, sent as bytes to where there are no records."""
    findings: list[Diagnostic] = []
    facts: list[Facts] = []
    for shard in _shards(loaded, number):
        checked = validate_shard(shard)
        assert checked.findings == validate_local(shard)
        findings += checked.findings
        facts += msgspec.msgpack.decode(msgspec.msgpack.encode(checked.facts), type=list[Facts])
    without = dataclasses.replace(loaded, readable=replace(loaded.readable, entries=()))
    return in_order([*findings, *validate_global(without, facts)])


def _assert_same_in_shards(loaded: Loaded) -> list[Diagnostic]:
    whole = validate(loaded)
    assert in_order([*validate_local(loaded), *validate_global(loaded)]) == whole
    for number in (1, 3):
        assert _in_shards(loaded, number) == whole
    return whole


def test_the_sample_is_told_the_same_in_shards() -> None:
    loaded = load_project(TESTS / "sample")
    assert len(loaded.readable.entries) == 3
    _assert_same_in_shards(loaded)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.stem)
def test_a_broken_record_is_told_the_same_in_shards(fixture: Path, tmp_path: Path) -> None:
    broken_records.write(broken_records.read(fixture), tmp_path)
    _assert_same_in_shards(load_project(tmp_path))


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 200 sound records, whose content one may add to."""
    root = tmp_path_factory.mktemp("generated") / "project"
    subprocess.run([sys.executable, str(GENERATE), "--records", "200", "--out", str(root)], check=True)
    return root


def test_faults_among_many_records_are_told_the_same_in_shards(generated: Path) -> None:
    records = sorted((generated / "content").glob("*/*/*.yml"))
    entries = load_project(generated).readable.entries
    one, other, last = entries[7].record, entries[150].record, entries[199].record
    head = f"source: {one.source}\n  product: {one.product}\n"

    _append(records[3], 'context: "a\\u202eb"\nformer: [Nothing/1, x]\n')
    _append(records[40], "former: [Nothing/1]\n")
    _append(records[41], "context: '  '\n")
    (records[80].parent / "list.yml").write_text(
        f"- id: 999999\n  {head}"
        f"  related: [{one.source}/999999, Nowhere/1, {other.source}/{other.id}, {other.source}/{other.id}]\n"
        f"- id: 0x{int(last.id):x}\n  source: {last.source}\n  product: {last.product}\n"
        f"  symbolic_name: {last.symbolic_name}\n  version: '{last.version}'\n"
        f"- id: 999998\n  {head}"
        "  explanation: |\n    Raw <b>, `event:Nowhere/2`, event:Nowhere/3, and event:Nowhere.\n\n"
        "    > [x](javascript:1) %77\n"
        "  actions: [{use: nothing}, {text: x, use: shared-step-00}, {}]\n"
    )
    snippets = "unused: {text: 'See %1, event:Nowhere/4 and <i>.'}\na: {use: b}\nb: {use: a}\n"
    _append(generated / "content/snippets.yml", snippets)
    findings = _assert_same_in_shards(load_project(generated))
    assert {finding.code for finding in findings} == {
        "address-collision",
        "control-character",
        "duplicate-identity",
        "empty-step",
        "empty-text",
        "invalid-former",
        "misplaced-record",
        "raw-html",
        "redundant-related",
        "snippet-cycle",
        "step-conflict",
        "unknown-event",
        "unknown-parameter",
        "unknown-snippet",
        "unsafe-link",
        "unsupported-markup",
        "unused-snippet",
    }

    # What can't be read is a gap in all shards, or in one.
    records[100].write_text(records[100].read_text().replace("summary:", "sumary:"))
    records[120].write_text("id: [\n")
    _append(records[140], "sevrity: error\nrelated: [Nowhere/5]\n")
    _append(generated / "content/products.yml", "odd: {nam: Odd}\n")
    loaded = load_project(generated)
    assert len(loaded.readable.entries) > len(loaded.knowledge_base.entries)
    _assert_same_in_shards(loaded)


def test_facts_depend_on_the_record_alone_and_come_in_any_order() -> None:
    loaded = load_project(TESTS / "sample")
    facts = [record_facts(entry) for entry in loaded.readable.entries]
    assert facts == validate_shard(loaded).facts
    assert [each.identity for each in facts] == [entry.identity for entry in loaded.readable.entries]
    assert validate_global(loaded, reversed(facts)) == validate_global(loaded)


def test_a_record_that_is_gone_when_its_place_is_looked_up_has_no_finding(tmp_path: Path) -> None:
    folder = tmp_path / "content/shop/service"
    folder.mkdir(parents=True)
    (tmp_path / "content/products.yml").write_text("shop: {name: Shop}\n")
    (folder / "1.yml").write_text("id: 1\nsource: Service\nproduct: shop\nsummary: See event:Service/2.\n")
    loaded = load_project(tmp_path)
    facts = validate_shard(loaded).facts
    without = dataclasses.replace(loaded, readable=replace(loaded.readable, entries=()))
    assert [finding.code for finding in validate_global(without, facts)] == ["unknown-event"]
    (folder / "1.yml").unlink()
    assert validate_global(without, facts) == []

"""Runbooks of alerts become drafts under the alert's name, with diagnosis and mitigation as actions."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from articles import found_in, strings

from kb_gen.importers import FORMATS, Imported, Reading
from kb_gen.markup import CodeBlock, parse_blocks
from kb_gen.model import Command, EventSeverity, MessageSyntax, Reference, Step

READING = Reading("tool")

RUNBOOK = """\
---
title: Disk Full
weight: 20
severity: critical
team: storage
---

# DiskFull

## Meaning

The disk is *full*. See [documentation][1] or [the other]({{< ref "./DiskSlow.md" >}}) or [that](./Nowhere.md).

<details>
<summary>Full context</summary>

It holds <count> files.
</details>

{{< hint warning >}}
Mind the gap.
{{< /hint >}}

## Impact

Nothing can be written.

## Diagnosis

Look at the disk:

```shell
$ df -h \\
    /data
$ ls
Filesystem
# a comment of its output
```

And at the metric:

```promql
disk_free{job="{{ $labels.job }}"}
```

## Mitigation

### Add space

Order a disk.

### Free space

- Delete files:
  ```console
  # rm -r /tmp/*
  ```
- Delete more.

```yaml
limits: none
```

- [1](https://docs.example/disk)

## See also

- [Disks](https://docs.example/disks)
"""

OTHER = "# DiskSlow\n\n## Meaning\n\nIt is slow.\n\n## Impact\n\nEverything waits.\n"


def imported(tmp_path: Path, texts: dict[str, str], form: str = "runbook", reading: Reading = READING) -> Imported:
    folder = tmp_path / "storage"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return FORMATS[form].read([folder / name for name in texts], reading)


def test_the_alert_is_id_and_symbol_and_the_folder_its_source(tmp_path: Path) -> None:
    found = imported(tmp_path, {"DiskFull.md": RUNBOOK})
    (event,) = found.events
    assert (event.record.id, event.record.symbolic_name, event.record.source) == ("DiskFull", "DiskFull", "storage")
    assert event.record.severity is EventSeverity.CRITICAL
    assert found.sources["storage"].syntax is MessageSyntax.PLAIN
    assert "The source is named after the folder, storage." in event.notes
    named = imported(tmp_path, {"DiskFull.md": RUNBOOK}, reading=Reading("tool", source="prometheus"))
    assert named.events[0].record.source == "prometheus"


def test_meaning_and_impact_explain(tmp_path: Path) -> None:
    event = imported(tmp_path, {"DiskFull.md": RUNBOOK, "DiskSlow.md": OTHER}).events[0]
    assert event.record.explanation == (
        "The disk is *full*. See [documentation](https://docs.example/disk) or "
        "[the other](event:storage/DiskSlow) or that."
        "\n\n**Full context**\n\nIt holds \\<count> files.\n\nMind the gap.\n\n**Impact**\n\nNothing can be written."
    )
    assert event.record.references == (Reference("Disks", "https://docs.example/disks"),)
    assert "The link “that” led to ./Nowhere.md, where no record may lead." in event.notes
    assert "Also in the runbook: team: storage" in event.notes


def test_diagnosis_and_mitigation_are_actions_with_commands(tmp_path: Path) -> None:
    diagnosis, mitigation = imported(tmp_path, {"DiskFull.md": RUNBOOK}).events[0].record.actions
    assert diagnosis.text == "**Diagnosis**"
    assert diagnosis.ordered
    look, metric = diagnosis.steps
    assert look.commands == (Command("bash", "df -h \\\n    /data\nls"),)
    assert look.note == "```text\nFilesystem\n# a comment of its output\n```"
    assert metric.commands == (Command("promql", 'disk_free{job="{{ $labels.job }}"}'),)
    assert not mitigation.ordered
    assert mitigation.steps[0] == Step(text="**Add space**\n\nOrder a disk.")
    assert mitigation.steps[1].text == "**Free space**"
    delete = mitigation.steps[1].steps[0]
    assert delete.commands == (Command("bash", "rm -r /tmp/*"),)
    assert any(isinstance(block, CodeBlock) for block in parse_blocks(mitigation.steps[1].steps[1].text))


def test_a_section_may_begin_with_its_commands(tmp_path: Path) -> None:
    text = (
        "# DiskSlow\n\n## Meaning\n\nIt is slow.\n\n## Diagnosis\n\n```shell\n$ df -h\nFilesystem\n```\n\n"
        "Look at it.\n\n- ```shell\n  ls\n  ```\n\n## Mitigation\n\n```shell\nkubectl delete pod x\n```\n"
    )
    found = imported(tmp_path, {"DiskSlow.md": text})
    diagnosis, mitigation = found.events[0].record.actions
    assert (diagnosis.text, diagnosis.commands) == ("**Diagnosis**", (Command("bash", "df -h"),))
    assert diagnosis.note == "```text\nFilesystem\n```"
    (look,) = diagnosis.steps
    assert look.text == "Look at it."
    assert look.steps == (Step(text="Run this command:", commands=(Command("bash", "ls"),)),)
    assert (mitigation.text, mitigation.commands) == ("**Mitigation**", (Command("bash", "kubectl delete pod x"),))
    assert not mitigation.steps
    assert found_in(tmp_path, [event.record for event in found.events], "plain") == []


def test_drafts_pass_the_checks(tmp_path: Path) -> None:
    events = imported(tmp_path, {"DiskFull.md": RUNBOOK, "DiskSlow.md": OTHER}).events
    assert found_in(tmp_path, [event.record for event in events], "plain") == []


def test_a_runbook_is_recognised_among_articles(tmp_path: Path) -> None:
    found = imported(tmp_path, {"DiskSlow.md": OTHER}, "article")
    assert [event.record.id for event in found.events] == ["DiskSlow"]


def test_names_come_from_the_file_where_the_title_is_another(tmp_path: Path) -> None:
    found = imported(
        tmp_path, {"DiskSlow.md": OTHER.replace("# DiskSlow", "# DiskFull"), "_index.md": "---\ntitle: x\n---\n"}
    )
    assert [event.record.id for event in found.events] == ["DiskSlow"]
    assert "DiskFull" in found.events[0].record.explanation
    assert not found.diagnostics


def test_code_without_an_end_takes_no_section_with_it(tmp_path: Path) -> None:
    text = "# DiskSlow\n\n## Diagnosis\n\n- Look:\n```shell\n$ ls\n\n## Mitigation\n\nWait.\n"
    found = imported(tmp_path, {"DiskSlow.md": text})
    (finding,) = found.diagnostics
    assert finding.place is not None
    assert (finding.code, text[finding.place.start : finding.place.end]) == ("article-open-code", "```shell")
    diagnosis, mitigation = found.events[0].record.actions
    assert diagnosis.steps[0].commands == (Command("bash", "ls"),) if diagnosis.steps else diagnosis.commands
    assert mitigation.text == "**Mitigation**\n\nWait."


def test_pages_without_an_alert_or_a_text_are_told(tmp_path: Path) -> None:
    found = imported(tmp_path, {"12 34.md": "Words.", "DiskFull.md": "# DiskFull\n"})
    assert [finding.code for finding in found.diagnostics] == ["article-no-event", "article-empty"]
    assert not found.events


def test_sections_without_a_text_are_told(tmp_path: Path) -> None:
    text = "# DiskSlow\n\n## Meaning\n\n## Impact\n\nEverything waits.\n\n## Mitigation\n"
    (event,) = imported(tmp_path, {"DiskSlow.md": text}).events
    assert event.record.explanation == "**Impact**\n\nEverything waits."
    assert event.record.actions == ()
    assert {
        "Nothing stands below the heading “Meaning”.",
        "Nothing stands below the heading “Mitigation”.",
        "The runbook says nothing to do: write `actions`.",
    } <= set(event.notes)


def test_a_runbook_of_empty_sections_holds_nothing(tmp_path: Path) -> None:
    found = imported(tmp_path, {"DiskSlow.md": "# DiskSlow\n\n## Meaning\n\n## Impact\n"})
    assert [finding.code for finding in found.diagnostics] == ["article-empty"]
    assert not found.events


def test_all_front_matter_is_taken_or_noted(tmp_path: Path) -> None:
    front = (
        "---\ntitle: Disk Slow\nweight: 20\ndraft: true\ntags:\n  - disk\n  - slow\ndate: 2020-01-01\n"
        "lastmod: 2021-02-03\nseverity: warning\nsummary: >-\n  It is\n  slow.\nalert: DiskSlow\n---\n"
    )
    (event,) = imported(tmp_path, {"DiskSlow.md": front + OTHER}).events
    assert event.record.severity is EventSeverity.WARNING
    assert str(event.record.modified) == "2021-02-03"
    assert [note for note in event.notes if note.startswith("Also in the runbook: ")] == [
        "Also in the runbook: title: Disk Slow",
        "Also in the runbook: weight: 20",
        "Also in the runbook: draft: true",
        "Also in the runbook: tags: disk, slow",
        "Also in the runbook: date: 2020-01-01",
        "Also in the runbook: summary: It is, slow.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Disks: https://docs.example/disks",
        "- Disks – https://docs.example/disks",
        "Disks (https://docs.example/disks)",
        "Disks <https://docs.example/disks>",
        "[Disks](https://docs.example/disks)",
    ],
)
def test_a_reference_has_the_title_before_its_address(tmp_path: Path, line: str) -> None:
    (event,) = imported(tmp_path, {"DiskSlow.md": f"{OTHER}\n## See also\n\n{line}\n"}).events
    assert event.record.references == (Reference("Disks", "https://docs.example/disks"),)
    assert not any("Disks" in note for note in event.notes)


@pytest.mark.parametrize(
    ("links", "notes"),
    [
        ("- [The slow one](../storage/DiskSlow.md)\n- [DiskSlow](DiskSlow.md#impact)", []),
        ("- [The slow one][slow]\n\n[slow]: ../storage/DiskSlow.md", []),
        ('[The slow one]({{< ref "./DiskSlow.md" >}}), [itself](DiskFull.md)', []),
        ("- [The slow one](DiskSlow.md), in most cases", ["Not taken: “The slow one, in most cases”"]),
    ],
)
def test_runbooks_below_see_also_are_related_events(tmp_path: Path, links: str, notes: list[str]) -> None:
    text = f"{OTHER.replace('DiskSlow', 'DiskFull')}\n## See also\n\n{links}\n\n[Disks](https://docs.example/disks)\n"
    events = imported(tmp_path, {"DiskFull.md": text, "DiskSlow.md": OTHER}).events
    record = events[0].record
    assert record.related == ("storage/DiskSlow",)
    assert record.references == (Reference("Disks", "https://docs.example/disks"),)
    assert [note for note in events[0].notes if "taken" in note] == notes
    assert found_in(tmp_path, [event.record for event in events], "plain") == []


def test_a_related_source_may_have_blanks(tmp_path: Path) -> None:
    text = f"{OTHER.replace('DiskSlow', 'DiskFull')}\n## See also\n\n- [Slow](DiskSlow.md)\n"
    reading = Reading("tool", source="Disk Watch")
    events = imported(tmp_path, {"DiskFull.md": text, "DiskSlow.md": OTHER}, reading=reading).events
    assert events[0].record.related == ("Disk Watch/DiskSlow",)
    assert found_in(tmp_path, [event.record for event in events], "plain") == []


@pytest.mark.parametrize("form", ["runbook", "article"])
@pytest.mark.parametrize(
    "headings",
    [
        ("### Meaning", "### Impact", "### Diagnosis", "### Mitigation"),
        ("**Meaning**", "**Impact**", "**Diagnosis**:", "**Mitigation:**"),
        ("## 📖 Meaning", "## :boom: Impact", "## 🔍 Diagnosis:", "## 🛠️ Mitigation"),
        ("## Meaning", "## Impact", "## How to diagnose", "## How to mitigate"),
        ("#### Meaning", "#### Impact", "#### Diagnosis steps", "#### Mitigation steps"),
        ("## Bedeutung", "## Auswirkungen", "## Diagnoseschritte", "## Gegenmaßnahmen"),
    ],
)
def test_headings_of_any_form_are_sections(tmp_path: Path, headings: tuple[str, ...], form: str) -> None:
    texts = ("It is slow.", "Everything waits.", "Look.", "Order a disk.")
    text = "\n\n".join(f"{heading}\n\n{text}" for heading, text in zip(headings, texts, strict=True))
    (event,) = imported(tmp_path, {"DiskSlow.md": f"# DiskSlow\n\n{text}\n"}, form).events
    meaning, impact, waits = event.record.explanation.split("\n\n")
    assert (meaning, waits) == ("It is slow.", "Everything waits.")
    assert impact.startswith("**")
    assert [action.text.split("\n\n")[1] for action in event.record.actions] == ["Look.", "Order a disk."]


def test_headings_above_those_of_a_runbook_stay_apart(tmp_path: Path) -> None:
    text = "# DiskSlow\n\n## Rule\n\nWords.\n\n### Meaning\n\nSlow.\n\n#### More\n\n### Mitigation\n\nWait.\n"
    (event,) = imported(tmp_path, {"DiskSlow.md": text}).events
    assert event.record.explanation == "**Rule**\n\nWords.\n\n**Meaning**\n\nSlow.\n\n**More**"
    assert [action.text for action in event.record.actions] == ["**Mitigation**\n\nWait."]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.corpus
def test_the_runbooks_of_the_prometheus_operator(tmp_path: Path) -> None:
    named = os.environ.get("KB_GEN_CORPORA")
    folder = (Path(named) if named else Path(__file__).parents[3] / "shared" / "corpora") / "runbooks"
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; KB_GEN_CORPORA names their folder")
    # One page lies there twice, the second time without its ending.
    found = FORMATS["runbook"].read(sorted(folder.rglob("*.md")), READING)
    (open_code,) = found.diagnostics
    assert open_code.code == "article-open-code"
    records = [event.record for event in found.events]
    assert len(records) == len({(record.source, record.id) for record in records}) == 108
    complete = [
        record
        for record in records
        if record.explanation
        and [action.text.partition("\n")[0] for action in record.actions][-2:] == ["**Diagnosis**", "**Mitigation**"]
    ]
    assert len(complete) == 96
    # Some have a heading that nobody has written anything below.
    assert sum("Nothing stands below the heading" in "".join(event.notes) for event in found.events) == 9
    assert found_in(tmp_path, records, "plain") == []
    everything = [
        path
        for path in sorted((folder / "prometheus-operator").rglob("*"))
        if path.is_file() and path.suffix in {".md", ""}
    ]
    assert len(FORMATS["runbook"].read(everything, READING).events) == 109
    for event in found.events:
        text = re.sub(r"\A---\n.*?\n---\n", "", Path(event.place.path).read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"^# .*$", event.record.id, text, count=1, flags=re.MULTILINE)
        text = re.sub(
            r"^\s*```\w*|</?(?:details|summary)>|^\s*\d+\.|\{\{<.*?>\}\}|\]\([#.][^)]*\)|\]\[[\w-]+\]"
            r"|^\[[\w-]+\]:|^- \[[\w-]+\]",
            " ",
            text,
            flags=re.MULTILINE,
        )
        told = words(" ".join([*strings(msgspec.to_builtins(event.record)), *event.notes]))
        assert set(words(text.replace("_", " ")) - words(" ".join(told.elements()).replace("_", " "))) <= {"Meaning"}, (
            event.record.id
        )

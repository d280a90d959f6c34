"""The journal as `journalctl -o export` writes it."""

from __future__ import annotations

import pytest
from log_samples import codes, read

FIRST = (
    b"__CURSOR=s=1\n__REALTIME_TIMESTAMP=1777629600000000\nPRIORITY=3\nSYSLOG_IDENTIFIER=sshd\n_HOSTNAME=h1\n"
    b"MESSAGE=Failed = password\n\n"
)
SECOND = (
    b"__CURSOR=s=2\n__REALTIME_TIMESTAMP=1777633200000000\nPRIORITY=6\nMESSAGE\n"
    + (10).to_bytes(8, "little")
    + b"two\n\nlines\nSYSLOG_IDENTIFIER=app\n\n"
)


def test_entries_are_blocks_of_fields() -> None:
    entries, findings = read(FIRST + SECOND)
    assert not findings
    assert [(entry.source, entry.host, str(entry.level), entry.message) for entry in entries] == [
        ("sshd", "h1", "error", "Failed = password"),
        ("app", "", "information", "two\n\nlines"),
    ]
    assert [entry.time.isoformat() for entry in entries if entry.time] == [
        "2026-05-01T10:00:00+00:00",
        "2026-05-01T11:00:00+00:00",
    ]


def test_an_export_without_an_empty_line_at_its_end_is_whole() -> None:
    entries, findings = read(SECOND + FIRST.rstrip())
    assert (len(entries), findings) == (2, [])


@pytest.mark.parametrize("kept", [len(FIRST) + 72, len(FIRST) + 85])
def test_an_export_that_ends_in_a_value_is_told(kept: int) -> None:
    entries, findings = read((FIRST + SECOND)[:kept])
    assert len(entries) == 2
    assert codes(findings) == ["log-record"]
    assert findings[0].message == "the journal ends in entry 2"


def test_lines_that_are_no_fields_are_told_and_cost_nothing_else() -> None:
    entries, findings = read(FIRST + b"what is this\n" * 3 + SECOND)
    assert [entry.source for entry in entries] == ["sshd", "app"]
    assert [finding.message for finding in findings] == [
        "in entry 2, something stands that is no field",
        "2 more lines are no fields",
    ]


def test_of_a_value_of_any_length_the_beginning_is_kept() -> None:
    length = 3_000_000
    value = b"MESSAGE\n" + length.to_bytes(8, "little") + b"x" * length + b"\nPRIORITY=4\n\n"
    entries, findings = read(FIRST.partition(b"PRIORITY")[0] + value + FIRST)
    assert (len(entries), findings) == (2, [])
    assert (len(entries[0].message), str(entries[0].level)) == (20_000, "warning")

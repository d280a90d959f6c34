"""Logs of JSON objects, whole and damaged."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from log_samples import codes, read

GOOD = [json.dumps({"time": f"2026-02-01T10:00:0{number}Z", "msg": f"good {number}"}) for number in range(5)]


def messages(log: str) -> list[str]:
    """The messages of a log's entries."""
    return [entry.message for entry in read(log)[0]]


@pytest.mark.parametrize(
    "cut",
    [
        '{"a": 1, "msg": "disk fullERR',
        '{"a": 1, "msg": ',
        '{"a": 1,',
        '{"a": [1, 2',
        '{"a": [{"b": 1},',
        '{"a": [',
        '{"a": {"b": {',
        "{",
        '{"a": "x" "b"}',
        '"msg": "the end of another"}',
        '  "b": "ERR',
    ],
)
def test_an_object_that_is_cut_off_costs_no_other(cut: str) -> None:
    entries, findings = read("\n".join([GOOD[0], cut, *GOOD[1:4]]), "json")
    assert [(entry.position, entry.message) for entry in entries] == [
        (1, "good 0"),
        (3, "good 1"),
        (4, "good 2"),
        (5, "good 3"),
    ]
    assert codes(findings) == ["log-record"]
    assert "line 2 is no whole JSON object" in findings[0].message


@given(st.lists(st.integers(0, len(GOOD[0]) - 1), max_size=8), st.integers(0, 8))
@example([0, 1, 2], 1)
def test_whatever_is_cut_off_all_whole_lines_are_read(cuts: list[int], place: int) -> None:
    lines = [GOOD[1][:cut] for cut in cuts]
    lines[place:place] = GOOD
    assert [message for message in messages("\n".join([GOOD[0], *lines])) if message.startswith("good")] == [
        "good 0",
        *[f"good {number}" for number in range(5)],
    ]


def test_an_object_over_several_lines_is_one_entry() -> None:
    inner = [{"x": 1}, {"x": 2}]
    objects = [{"msg": f"good {number}", "inner": inner, "empty": {}, "list": []} for number in range(3)]
    for indent in (0, 1, 4):
        log = "\n".join(json.dumps(one, indent=indent) for one in objects)
        assert messages(log) == ["good 0", "good 1", "good 2"]
        assert messages(json.dumps(objects, indent=indent)) == ["good 0", "good 1", "good 2"]
    # As people write them: an object of its own in each line of a list that stands deeper.
    assert messages('{"msg": "a", "inner": [\n  {"x": 1},\n  {"x": 2}\n]}\n{"msg": "b"}') == ["a", "b"]


def test_an_object_over_several_lines_that_is_cut_off_costs_no_other() -> None:
    whole = [json.dumps({"msg": f"good {number}", "inner": [{"x": 1}]}, indent=2) for number in range(3)]
    for lost in range(1, whole[1].count("\n") + 1):
        for cut in (whole[1].split("\n")[:lost], whole[1].split("\n")[lost:]):
            entries, findings = read("\n".join([whole[0], *cut, whole[2]]), "json")
            assert [entry.message for entry in entries if entry.message.startswith("good")] == ["good 0", "good 2"]
            assert set(codes(findings)) == {"log-record"}


@pytest.mark.parametrize(
    "log", ["[{0},\n{1},\n{2}]", "[\n{0}\n,{1}\n,{2}\n]", "[{0}\n,{1}\n,{2}]", '{{"value": [\n{0},\n{1},\n{2}\n]}}']
)
def test_lists_of_objects_are_read_however_they_are_broken_into_lines(log: str) -> None:
    entries, findings = read(log.format(*GOOD), "json")
    assert [entry.message for entry in entries] == ["good 0", "good 1", "good 2"]
    assert findings == []


def test_what_is_lost_is_told_once_with_all_its_lines() -> None:
    _, findings = read("\n".join([GOOD[0], '{"a": "', '"x', '"y', GOOD[1], '"z']), "json")
    assert [finding.message for finding in findings] == [
        "lines 2 to 4 are no whole JSON object",
        "line 6 is no whole JSON object",
    ]


def test_an_object_in_a_line_longer_than_an_entry_is_read() -> None:
    ((entry,), findings) = read(json.dumps({"msg": "disk full", "stack": "x" * 60_000}))
    assert (entry.message, findings) == ("disk full", [])
    ((entry,), _) = read(json.dumps({"stack": "x" * 60_000}))
    assert len(entry.message) == 20_000


def test_a_log_of_objects_without_an_end_takes_no_time_that_grows_with_its_square() -> None:
    entries, findings = read('{"a": [\n' * 60_000 + GOOD[0], "json")
    assert [entry.message for entry in entries] == ["good 0"]
    assert codes(findings) == ["log-record"]


def test_lines_of_other_programs_are_entries() -> None:
    lines = ["Starting service v1.2", GOOD[0], "Traceback (most recent call last):", "Mär 5 übrig\\", GOOD[1]]
    entries, findings = read("\n".join(lines), "json")
    assert [entry.message for entry in entries] == [lines[0], "good 0", lines[2], lines[3], "good 1"]
    assert [entry.time is None for entry in entries] == [True, False, True, True, False]
    assert findings == []

"""Logs of JSON objects, whole and damaged."""

from __future__ import annotations

import json
import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from log_samples import codes, read

from kb_gen.logs.formats import json_objects, json_texts
from kb_gen.logs.formats.json_open_values import OpenValue
from kb_gen.logs.formats.json_sources import LONGEST_OBJECT

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
    inner = [{"x": 1}, {}, {"x": 2}]
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


PRETTY = [
    json.dumps({"msg": f"good {number}", "data": {"x": number}, "list": [{"y": 1}, {"y": 2}]}, indent=2)
    for number in range(5)
]


def told(log: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Where a log's entries begin, with their messages, and what is found wrong with it."""
    entries, findings = read(log, "json")
    return [(entry.position, entry.message) for entry in entries], [finding.message for finding in findings]


@pytest.mark.parametrize("between", ["", " ", ",", ", ", " , ,\t"])
def test_several_objects_in_a_line_are_an_entry_each(between: str) -> None:
    assert told(between.join(GOOD[:3]) + "\n" + GOOD[3]) == (
        [(1, "good 0"), (1, "good 1"), (1, "good 2"), (2, "good 3")],
        [],
    )
    assert [message for _, message in told(between.join(PRETTY))[0]] == [f"good {number}" for number in range(5)]


def test_a_long_line_may_have_many_that_are_cut_off() -> None:
    entries, findings = told('{"msg":1}{"x' * 1_000)
    assert len(entries) == 1_000
    assert len(findings) == 1, "of a line, it is said once"


def test_an_entry_without_a_message_shows_its_own_text_where_several_share_a_line() -> None:
    assert told('{"a": 1} {"b":NaN}') == ([(1, '{"a": 1}'), (1, '{"b":NaN}')], [])


@pytest.mark.parametrize("garbage", ["x", "ERR 5: no memory ", 'ERR "y" ', "}", "]]}", '"', "\0" * 3_000_000])
def test_what_stands_between_objects_of_a_line_costs_none_of_them(garbage: str) -> None:
    entries, findings = told("\n".join([GOOD[4], GOOD[0] + garbage + GOOD[1], GOOD[2]]))
    assert entries == [(1, "good 4"), (2, "good 0"), (2, "good 1"), (3, "good 2")]
    assert findings[:1] == (
        ["something in line 2 is no whole JSON object"]
        if "\0" not in garbage
        else ["bytes that are zero stand in the log, in 1 of its lines (first: line 2)"]
    )


@pytest.mark.parametrize("between", ["", "\0" * 5000, ","])
@pytest.mark.parametrize("cut", range(1, len(GOOD[0]) - 1))
def test_an_object_that_is_cut_off_in_a_line_costs_none_behind_it(cut: int, between: str) -> None:
    log = [GOOD[0], GOOD[1] + GOOD[2][:cut] + between + GOOD[3], GOOD[4]]
    entries, findings = told("\n".join(log))
    # Behind a name and a colon, an object is that name's value.
    known = [(2, "good 3")] if not GOOD[2][:cut].rstrip().endswith(":") or between == "," else []
    if GOOD[2][:cut].count('"') % 2:
        known = [(2, "good 3")]
    assert entries in (
        [(1, "good 0"), (2, "good 1"), *known, (3, "good 4")],
        [(1, "good 0"), (2, "good 1"), (2, "good 3"), (3, "good 4")],
    )
    assert findings[0] == "something in line 2 is no whole JSON object"


_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=8,
)
_OBJECTS = st.dictionaries(st.text(max_size=4), _VALUES, max_size=4)


@given(st.lists(_OBJECTS, min_size=1, max_size=6), st.data())
def test_a_line_that_is_cut_anywhere_costs_itself_only(objects: list[dict[str, object]], data: st.DataObject) -> None:
    lines = [json.dumps({"n": number, **each}) for number, each in enumerate(objects)]
    lost = data.draw(st.integers(0, len(lines) - 1))
    cut = data.draw(st.integers(1, len(lines[lost]) - 1))
    whole = [number for number in range(1, len(lines) + 1) if number != lost + 1]
    lines[lost] = lines[lost][:cut]
    entries, findings = told("\n".join(lines))
    assert [position for position, _ in entries] == whole
    assert findings == [f"line {lost + 1} is no whole JSON object"]


@given(st.lists(st.integers(0, 4), min_size=2, max_size=4), st.data())
def test_lines_that_are_missing_among_objects_over_several_lines_cost_no_other(
    numbers: list[int], data: st.DataObject
) -> None:
    lines = [line for number in numbers for line in PRETTY[number].split("\n")]
    length = PRETTY[0].count("\n") + 1
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, len(lines) - 1))
    entries, _ = told("\n".join([*lines[:first], *lines[last + 1 :], GOOD[4]]))
    assert entries.pop()[1] == "good 4"
    found = [message for _, message in entries]
    before, behind = first // length, -(-(last + 1) // length)
    assert found[:before] == [f"good {number}" for number in numbers[:before]]
    assert found[len(found) - (len(numbers) - behind) :] == [f"good {number}" for number in numbers[behind:]]


def test_what_is_lost_of_an_array_over_several_lines_is_told_exactly() -> None:
    array = [textwrap.indent(each, "  ") for each in PRETTY]
    lines = ("[\n" + ",\n".join(array) + "\n]").split("\n")
    begins = [number for number, line in enumerate(lines, 1) if line == "  {"]
    for kept in range(2, begins[2] - begins[1]):
        cut = begins[1] + kept - 1
        entries, findings = told("\n".join([*lines[:cut], *lines[begins[2] - 1 :]]))
        assert entries == [
            (begins[0], "good 0"),
            *[(place - begins[2] + cut + 1, f"good {number}") for number, place in enumerate(begins) if number > 1],
        ]
        assert findings == [f"lines {begins[1]} to {cut} are no whole JSON object"]


def test_a_log_that_begins_in_an_object_over_several_lines_has_no_entry_of_its_parts() -> None:
    array = ",\n".join(textwrap.indent(each, "  ") for each in PRETTY)
    for log in ("\n".join(PRETTY), array):
        lines = log.split("\n")
        length = PRETTY[0].count("\n") + 1
        for begin in range(2, length):
            entries, findings = told("\n".join(lines[begin:]))
            assert [message for _, message in entries] == [f"good {number}" for number in range(1, 5)]
            # A bracket alone is nothing that can be lost.
            first = 2 if lines[begin].strip() == "]" else 1
            assert findings == (
                [f"lines {first} to {length - begin} are no whole JSON object"]
                if first < length - begin
                else [f"line {first} is no whole JSON object"]
            )


def test_objects_that_begin_where_another_one_ends_are_found_again() -> None:
    inner = [each.removeprefix("{\n").removesuffix("\n}") for each in PRETTY]
    lines = ("[{\n" + "\n}, {\n".join(inner) + "\n}]").split("\n")
    assert told("\n".join(lines))[1] == []
    begin = lines.index("}, {")
    behind = lines.index("}, {", begin + 1)
    for cut in range(begin + 1, behind):
        entries, findings = told("\n".join([*lines[:cut], *lines[behind:]]))
        assert [message for _, message in entries if message.startswith("good")][-4:] == [
            "good 0" if cut < begin + 2 or findings else "good 1",
            "good 2",
            "good 3",
            "good 4",
        ]


@pytest.mark.parametrize("cut", ['{"a": [', '{"a": {"b": 1', '{"msg": "x', '{"a": [{"b": 1},', "{"])
def test_objects_over_several_lines_are_found_behind_a_line_that_is_cut_off(cut: str) -> None:
    entries, findings = told("\n".join([GOOD[0], cut, *PRETTY[1:3]]))
    assert [message for _, message in entries] == ["good 0", "good 1", "good 2"]
    assert findings == ["line 2 is no whole JSON object"]


@pytest.mark.parametrize("cut", ["\n".join(PRETTY[0].split("\n")[:kept]) for kept in (1, 2, 3, 7, 13)] + [GOOD[0][:30]])
def test_an_array_behind_an_object_that_is_cut_off_is_read(cut: str) -> None:
    array = "[\n" + ",\n".join(textwrap.indent(each, "  ") for each in PRETTY[1:3]) + "\n]"
    for before in ([], [PRETTY[3]], [array]):
        entries, findings = told("\n".join([*before, cut, array, PRETTY[4]]))
        assert [message for _, message in entries][-3:] == ["good 1", "good 2", "good 4"]
        assert len(findings) == 1


@pytest.mark.parametrize(
    "part",
    [
        '{"EventID":1,"EventData":{"a":"b"}',
        '{"EventID":1,"EventData":[{"a":"b"},{"a":"c"}',
        '{"EventID":1,"EventData":[\n  {"a":"b"},\n  {"a":"c"}',
        '{\n  "EventID": 1,\n  "EventData": {"a": "b"},\n  "More": [\n    {"a":"b"},\n    {"a":"c"}',
        '"EventData":{"a":"b"}}',
        '"x":[{"a":"b"},{"a":"c"}]}',
        '{"a":"b"},"y":2}',
        '{"a":"b"}}',
    ],
)
def test_a_part_of_an_object_that_is_lost_is_no_entry(part: str) -> None:
    first = part.count("\n") + 2
    for before in ([], GOOD[:1]):
        entries, findings = told("\n".join([*before, part, *GOOD[1:3]]))
        assert [message for _, message in entries if message.startswith("good")] == [
            *["good 0" for _ in before],
            "good 1",
            "good 2",
        ]
        if before or "[\n" not in part:
            assert [position for position, _ in entries][-2:] == [first + len(before), first + len(before) + 1]
            assert len(entries) == len(before) + 2
            assert len(findings) == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        (r'"\ud800 x"', "\ufffd x"),
        (r'"\ude00\ud83d"', "\ufffd\ufffd"),
        (r'"\ud83d\ude00 \\ud800"', "\U0001f600 \\ud800"),
        (r'"\u12 \uXY"', "\ufffd \ufffdXY"),
        (r'"C:\Windows"', r"C:\Windows"),
        ('"a\tb"', "a\tb"),
    ],
)
def test_what_json_does_not_know_costs_no_entry(value: str, shown: str) -> None:
    for log in (f'{{"time": "2026-02-01T10:00:00Z", "msg": {value}}}', f'{{\n  "msg": {value},\n  "a": Infinity\n}}'):
        ((entry,), findings) = read(f"{log}\n")
        assert (entry.message, findings) == (shown, [])


def test_what_is_nested_deeper_than_can_be_read_costs_itself_only() -> None:
    deep = '{"a":' * 3000 + "1" + "}" * 3000
    entries, findings = told("\n".join([GOOD[0], deep, GOOD[1], deep.replace(":", ":\n"), GOOD[2]]))
    assert [message for _, message in entries] == ["good 0", "good 1", "good 2"]
    assert findings == ["line 2 is no whole JSON object", "lines 4 to 3,004 are no whole JSON object"]


def test_an_object_around_all_entries_may_be_longer_than_any_of_them() -> None:
    objects = [{"msg": f"good {number}", "list": [{"y": 1}]} for number in range(9_000)]
    entries, findings = told(json.dumps({"meta": {"list": [1]}, "value": objects}, indent=4))
    assert [message for _, message in entries] == [one["msg"] for one in objects]
    assert findings == []


@pytest.mark.parametrize(
    "damaged",
    [
        '{"a": {\n' * 20_000,
        '{"a": [\n' * 20_000,
        "{\n" * 20_000,
        '      {\n      "a": [\n' * 10_000,
        ('{"a": [\n' + '{\n"b": 1\n},\n' * 200) * 30,
        '{"a":1}' + '{"a" ' * 40_000,
        '{"a":1}' + ('{"a":[' + "1," * 500) * 200 + "x",
        '{"a":1}{"x' * 20_000,
        '{"a":[{"a":1},' + '{"b":[{"a":1},' * 15_000 + "x",
        '{"a": "' + '\\"' * 100_000,
    ],
    ids=range(10),
)
def test_what_is_looked_at_grows_with_the_log_only(damaged: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    decode = json_texts.object_at
    goes_on = OpenValue.goes_on

    def counted_decode(text: str, place: int) -> object:
        nonlocal looked
        found = decode(text, place)
        looked += found.seen if isinstance(found, json_texts.TornAt) else found.end - place
        return found

    def counted_goes_on(value: OpenValue, line: str) -> bool | None:
        nonlocal looked
        looked += len(line)
        return goes_on(value, line)

    for module in (json_objects, json_texts):
        monkeypatch.setattr(module, "object_at", counted_decode)
    monkeypatch.setattr(OpenValue, "goes_on", counted_goes_on)
    read(damaged, "json")
    assert looked < 12 * (len(damaged) + LONGEST_OBJECT)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (' {"msg":"a"}\n{"msg":"b"}\n', []),
        ('    {"msg":"a"}\n  {"msg":"b"}\n{"msg":"c"}\n', []),
        ('{"msg":"a"}\n{"msg":"b\n {"msg":"c"}\n {"msg":"d"}\n{"msg":"e"}\n', ["line 2 is no whole JSON object"]),
    ],
)
def test_entries_may_be_indented_further_than_others(text: str, lost: list[str]) -> None:
    entries, findings = told(text)
    assert len(entries) == text.count("}")
    assert findings == lost

"""Which insertion strings the named fields of an event's data are."""

from __future__ import annotations

from kb_gen.logs import FieldNumbers, NamedValue
from kb_gen.logs.fields import FIRST_FURTHER

OWN = {1: "source path", 2: "target path"}


def _told(fields: FieldNumbers, **values: str) -> dict[str, str]:
    numbered = fields.numbered([NamedValue(name, text) for name, text in values.items()])
    return {fields.names.get(number, str(number)): text for number, text in numbered}


def test_a_field_is_the_insertion_string_that_has_its_name() -> None:
    fields = FieldNumbers(OWN, {1: "Quellpfad", 2: "Zielpfad"})
    assert _told(fields, TargetPath="t", SourcePath="s") == {"Zielpfad": "t", "Quellpfad": "s"}


def test_a_field_that_the_article_lacks_is_told_under_its_own_name() -> None:
    fields = FieldNumbers(OWN, {**OWN})
    assert _told(fields, SourcePath="s", ErrorCode="5", TargetPath="t") == {
        "source path": "s",
        "ErrorCode": "5",
        "target path": "t",
    }
    assert _told(fields, SourcePath="s", Reason="r") == {"source path": "s", "Reason": "r"}
    assert fields.names == {**OWN, FIRST_FURTHER: "ErrorCode", FIRST_FURTHER + 1: "Reason"}


def test_where_the_article_has_names_of_its_own_the_place_counts_until_names_contradict() -> None:
    fields = FieldNumbers({1: "printer", 2: "state"}, {1: "printer", 2: "state"})
    assert _told(fields, Device="LP-1", Condition="jam") == {"printer": "LP-1", "state": "jam"}
    assert _told(fields, Tray="2", Device="LP-1", Condition="jam") == {"Tray": "2", "printer": "LP-1", "state": "jam"}
    assert _told(fields, param1="LP-1", param2="jam") == {"printer": "LP-1", "state": "jam"}


def test_fields_without_names_and_with_one_name_keep_their_places() -> None:
    fields = FieldNumbers(OWN, {**OWN})
    assert fields.numbered([NamedValue("", "a"), NamedValue("", "b")]) == [(1, "a"), (2, "b")]
    fields = FieldNumbers({}, {})
    assert fields.numbered([NamedValue("User", "a"), NamedValue("User", "b")]) == [(1, "a"), (2, "b")]
    assert fields.names == {1: "User", 2: "User"}


def test_a_number_that_the_article_does_not_name_is_called_as_the_log_does() -> None:
    fields = FieldNumbers({1: "source path"}, {1: "source path"})
    assert _told(fields, ErrorCode="5", SourcePath="s", Size="3") == {"ErrorCode": "5", "source path": "s", "Size": "3"}


def test_names_without_end_are_no_names_at_some_point() -> None:
    fields = FieldNumbers(OWN, {})
    for number in range(10_000):
        fields.numbered([NamedValue("SourcePath", "s"), NamedValue(f"N{number}", "x")])
    assert len(fields.names) < 1_000
    assert fields.numbered([NamedValue("N", "x"), NamedValue("SourcePath", "s")]) == [(1, "s")]

"""Files of authors get a value more, or another one, and keep every other byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.load import with_field, with_item, with_value
from kb_gen.load.composition import compose
from kb_gen.load.places import locate
from kb_gen.model import Record

ORDER = Record.__struct_fields__

FULL = """\
# schema
id: 7   # the number
source: Shop

# What it says.
severity: error
explanation: |
  One.

  Two.

# the end
"""


def test_a_field_goes_where_authors_expect_it() -> None:
    assert with_field(FULL, (), "message", "%1 failed", ORDER) == FULL.replace(
        "severity: error\n", 'severity: error\nmessage: "%1 failed"\n'
    )
    assert with_field(FULL, (), "symbolic_name", "SYM", ORDER) == FULL.replace(
        "source: Shop\n", "source: Shop\nsymbolic_name: SYM\n"
    )
    assert with_field(FULL, (), "related", ["Shop/8"], ORDER) == FULL.replace(
        "  Two.\n", "  Two.\nrelated:\n  - Shop/8\n"
    )


@pytest.mark.parametrize(
    ("text", "where", "wanted"),
    [
        ("id: 7\r\nsource: a\r\n", (), "id: 7\r\nsource: a\r\nmessage: m\r\n"),
        ("id: 7\nsource: a", (), "id: 7\nsource: a\nmessage: m"),
        ("- id: 7\n  source: a\n- id: 8\n", (0,), "- id: 7\n  source: a\n  message: m\n- id: 8\n"),
        ("-   id: 7\n    source: a\n", (0,), "-   id: 7\n    source: a\n    message: m\n"),
        ("{id: 7, source: a}\n", (), '{id: 7, source: a, "message": "m"}\n'),
        ("---\nid: 7\nsource: a\n...\n", (), "---\nid: 7\nsource: a\nmessage: m\n...\n"),
        ("id: 7\nexplanation: |+\n  x\n\n", (), "id: 7\nmessage: m\nexplanation: |+\n  x\n\n"),
        ("# nothing\n", (), "# nothing\nmessage: m\n"),
    ],
)
def test_every_way_of_writing_keeps_its_bytes(text: str, where: tuple[int, ...], wanted: str) -> None:
    assert with_field(text, where, "message", "m", ORDER) == wanted


def test_what_cannot_be_done_for_certain_is_not_done() -> None:
    assert with_field("id: 7\nmessage: x\n", (), "message", "m", ORDER) is None
    assert with_field("- a\n", (), "message", "m", ORDER) is None
    assert with_field("id: [\n", (), "message", "m", ORDER) is None
    assert with_item("variants: []\n", ("variants",), "x") is None
    assert with_value("id: 7\n", ("message",), "m") is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("id: 7\nmessage: old # why\nsource: a\n", "id: 7\nmessage: new # why\nsource: a\n"),
        ('message: "old"\r\nid: 7\r\n', "message: new\r\nid: 7\r\n"),
        ("message: >-\n  old\n  text\n\n# c\nid: 7\n", "message: new\n\n# c\nid: 7\n"),
        ("{message: old, id: 7}", '{message: "new", id: 7}'),
        ("message:\n  old\nid: 7\n", "message: new\nid: 7\n"),
    ],
)
def test_only_the_value_is_replaced(text: str, wanted: str) -> None:
    assert with_value(text, ("message",), "new") == wanted


def test_a_list_gets_an_item_more() -> None:
    text = "id: 7\nvariants:\n- version: '1'\n  message: x\n# c\nsummary: s\n"
    wanted = text.replace("  message: x\n", '  message: x\n- version: "2"\n  message: two\n')
    assert with_item(text, ("variants",), {"version": "2", "message": "two"}) == wanted


@given(value=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), newline=st.sampled_from(["\n", "\r\n"]))
def test_any_value_goes_in_and_is_replaced(value: str, newline: str) -> None:
    text = FULL.replace("\n", newline)
    fresh = with_field(text, (), "message", value, ORDER)
    assert fresh is not None
    start = next(at for at, (one, other) in enumerate(zip(fresh, text, strict=False)) if one != other)
    rest = len(text) - start
    assert fresh[:start] + fresh[len(fresh) - rest :] == text
    node = compose(fresh)
    assert node is not None
    assert {key.value: item.value for key, item in node.value}["message"] == value
    again = with_value(fresh, ("message",), "other")
    assert again == with_field(text, (), "message", "other", ORDER)
    assert locate(fresh, ("message",)) != (0, 0)

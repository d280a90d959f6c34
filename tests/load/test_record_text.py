"""New records as YAML: short, and read back as exactly what was written."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kb_gen.load import record_text
from kb_gen.load.reading import parse_file
from kb_gen.model import (
    Action,
    Command,
    EventSeverity,
    Parameter,
    Record,
    Reference,
    Role,
    Variant,
)

_SOURCE = Record(id="7", source="Shop", product="shop")


def _read(text: str) -> Record:
    result = parse_file(text.encode(), "content/shop/shop/7.yml")
    assert result.diagnostics == ()
    return result.entries[0].record


def _text(message: str) -> str:
    """What stands behind `message:`."""
    written = record_text(Record(id="7", source="Shop", product="shop", message=message))
    return written.split("message:", 1)[1].removesuffix("\n")


def test_a_record_reads_as_an_author_would_write_it() -> None:
    record = Record(
        id="1062",
        source="Shop Server",
        product="shop",
        version="10.11",
        symbolic_name="NULL",
        severity=EventSeverity.ERROR,
        modified=dt.date(2026, 5, 1),
        message="Duplicate entry '%s' for key %d",
        variants=(Variant("11", "a: b"),),
        parameters={1: Parameter("entry", example="1"), 2: Parameter("key")},
        explanation="First.\n\nSecond.\n",
        actions=(Action(text="Look.", commands=(Command("sql", "SHOW\nTABLES"),), role=Role.OPERATOR, ordered=False),),
        related=("Shop/8",),
        references=(Reference("Manual", "https://example.com/#a"),),
    )
    text = record_text(record, ["SQLSTATE 23000"])
    assert text == (
        "# yaml-language-server: $schema=../../../schema/record.json\n"
        "# SQLSTATE 23000\n"
        "id: 1062\n"
        "source: Shop Server\n"
        "product: shop\n"
        'version: "10.11"\n'
        'symbolic_name: "NULL"\n'
        "severity: error\n"
        "modified: 2026-05-01\n"
        "message: Duplicate entry '%s' for key %d\n"
        "variants:\n"
        '  - version: "11"\n'
        '    message: "a: b"\n'
        "parameters:\n"
        "  1:\n"
        "    name: entry\n"
        '    example: "1"\n'
        "  2:\n"
        "    name: key\n"
        "explanation: |\n"
        "  First.\n"
        "\n"
        "  Second.\n"
        "actions:\n"
        "  - text: Look.\n"
        "    commands:\n"
        "      - shell: sql\n"
        "        run: |-\n"
        "          SHOW\n"
        "          TABLES\n"
        "    ordered: false\n"
        "    role: operator\n"
        "related:\n"
        "  - Shop/8\n"
        "references:\n"
        "  - title: Manual\n"
        "    url: https://example.com/#a\n"
    )
    assert _read(text) == record


def test_texts_have_the_simplest_style_that_keeps_them() -> None:
    assert _text("%1 failed") == ' "%1 failed"'
    assert _text('say "x"') == ' say "x"'
    assert _text('"x" failed: y') == " '\"x\" failed: y'"
    assert _text("Übung macht's") == " Übung macht's"
    assert _text("tab\there") == ' "tab\\there"'
    assert _text("a\r\nb") == ' "a\\r\\nb"'
    assert _text(" " + "x" * 3) == ' "    xxx"'.replace("    ", " ")
    assert _text("word " * 30 + "end").startswith(" >-\n  word word")


_PIECES = ["a", " ", "\n", ": ", " #", "%1", "'", '"', "\\", "-", "|", "null", "1", "\t", "\r", "x" * 60, "\u2028"]
_TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(st.sampled_from(_PIECES)).map("".join)
_FILLED = _TEXTS.filter(bool)


@given(message=_TEXTS, name=_FILLED, url=_FILLED)
def test_any_text_is_read_back(message: str, name: str, url: str) -> None:
    record = Record(
        id="7",
        source="Shop",
        product="shop",
        message=message,
        parameters={1: Parameter(name)},
        references=(Reference(name, url),),
        related=(url,),
    )
    assert _read(record_text(record, [message])) == record

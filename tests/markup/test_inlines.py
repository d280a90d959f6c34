"""Inline structure of record texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.markup import (
    Code,
    Emphasis,
    EventLink,
    Insertion,
    LineBreak,
    Link,
    RawHtml,
    Strong,
    Text,
    inlines,
    is_safe_link,
    parse_event_target,
    parse_inlines,
    plain_text,
    walk,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("plain", (Text("plain"),)),
        ("*a* **b** `c`", (Emphasis((Text("a"),)), Text(" "), Strong((Text("b"),)), Text(" "), Code("c"))),
        ("from %1 to %12", (Text("from "), Insertion(1), Text(" to "), Insertion(12))),
        ("100 %, 50% and %0 and %100", (Text("100 %, 50% and %0 and %100"),)),
        (r"\%1 and `%1`", (Text("%1 and "), Code("%1"))),
        ("see event:A/1.", (Text("see "), EventLink("A/1", "A", "1"), Text("."))),
        ("event:A%20B/1/SYM", (EventLink("A%20B/1/SYM", "A B", "1", "SYM"),)),
        ("[t](event:A/1)", (EventLink("A/1", "A", "1", "", (Text("t"),)),)),
        ("[t](<event:A B/1>)", (EventLink("A B/1", "A B", "1", "", (Text("t"),)),)),
        ("preevent:A/1", (Text("preevent:A/1"),)),
        ("<https://x.org/?a=1&b>", (Link("https://x.org/?a=1&b", (Text("https://x.org/?a=1&b"),)),)),
        ("[x](javascript:alert)", (Link("javascript:alert", (Text("x"),)),)),
        ("![x](http://e/i.png)", (Text("!"), Link("http://e/i.png", (Text("x"),)))),
        ("<b>x</b>", (RawHtml("<b>"), Text("x"), RawHtml("</b>"))),
        ("a &lt; b &amp; c", (Text("a < b & c"),)),
        ("a\\\nb", (Text("a"), LineBreak(), Text("b"))),
        ("{{ config }} {% raw %}", (Text("{{ config }} {% raw %}"),)),
        ("DSC_EVENT_PREFERRED", (Text("DSC_EVENT_PREFERRED"),)),
    ],
)
def test_parses(text: str, expected: tuple[object, ...]) -> None:
    assert parse_inlines(text) == expected


@given(st.text())
def test_any_text_parses(text: str) -> None:
    assert isinstance(plain_text(parse_inlines(text)), str)


@given(st.text(alphabet=st.characters(exclude_characters="\\`*_[]<>&%\n", exclude_categories=("Cs",))))
def test_text_without_markup_is_itself(text: str) -> None:
    if "event:" not in text:
        assert plain_text(parse_inlines(text)) == text


def test_names_stand_for_insertion_strings() -> None:
    assert plain_text(parse_inlines("from **%1** to %2"), {1: "sender"}) == "from sender to %2"


def test_walk_reaches_every_depth() -> None:
    inlines = parse_inlines("*a **b [c](https://x.org)***")
    assert [type(inline).__name__ for inline in walk(inlines)].count("Text") == 3


@pytest.mark.parametrize(
    ("target", "expected"),
    [("A/1", ("A", "1", "")), ("A B/1", ("A B", "1", "")), ("A/1/S", ("A", "1", "S")), ("A", None), ("A/", None)],
)
def test_event_targets(target: str, expected: tuple[str, str, str] | None) -> None:
    assert parse_event_target(target) == expected


@pytest.mark.parametrize("href", ["https://x.org/a?b#c", "http://x.org", "mailto:a@x.org", "HTTPS://X.org/"])
def test_safe_links(href: str) -> None:
    assert is_safe_link(href)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " https://x.org",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//x.org",
        "../../x",
        "#a",
        "https:\\\\x.org",
        "https://",
        "http://[::1",
        "mailto:",
        "https://x.org/\u202egnp.exe",
        "",
    ],
)
def test_unsafe_links(href: str) -> None:
    assert not is_safe_link(href)


_ATOMS = (
    *("a", "b c", " ", "  ", "`", "``", "*", "**", "***", "_", "[", "](", ")", "(", "<", ">", "&", "&amp;", "%", "%12"),
    *("%123", "%0", "event:", "event:A/1", "event:A%20B/2/S", "pre", "\\", ".", "!", "ß", "1", "x_y", "`c`", "`c d`"),
    *(
        "**b**",
        "*e*",
        "[t](https://x.y/z)",
        "[t u](event:A/1)",
        "[a](b(c)d)",
        '"',
        ":",
        "-",
        "\u00a0",
        "\t",
        "\n",
        "\0",
    ),
)


@given(st.lists(st.sampled_from(_ATOMS), max_size=9).map("".join))
def test_clear_texts_are_read_as_the_parser_reads_them(text: str) -> None:
    clear = inlines._clear(text)
    assert clear is None or clear == inlines._parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Set `A` to `B`: **OK**, *not* %1, as event:S/1 says.",
        "See [the manual](https://example.com/a_b(c)).",
        "50 % of MAX_SIZE",
    ],
)
def test_ordinary_texts_are_clear(text: str) -> None:
    assert inlines._clear(text) is not None

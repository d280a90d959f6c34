from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.load import Outline, locate
from kb_gen.load.composition import PureLoader, compose

STYLES = ["", "'", '"', "|", ">"]
TEXTS = st.text(
    st.one_of(st.sampled_from(list("ab%1 \n\t:'\"\\#-é日\U0001f600")), st.characters(exclude_categories=["Cs", "Cc"])),
    max_size=60,
)


class _StyledText(str):
    """A text to be dumped in a style of its own."""

    style: str = ""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _StyledText, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=text.style)
)


def _styled(text: str, style: str) -> _StyledText:
    styled = _StyledText(text)
    styled.style = style
    return styled


def _read(raw: str, style: str | None) -> str:
    """What a piece of raw text stands for, line ends aside."""
    if style == "'":
        return raw.replace("''", "'")
    return str(compose(f'"{raw}"').value) if style == '"' else raw


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(STYLES), st.integers(20, 90), st.booleans(), st.data())
def test_a_located_stretch_decodes_to_what_was_asked_for(
    text: str, style: str, width: int, allow_unicode: bool, data: st.DataObject
) -> None:
    dumped = yaml.dump(
        {"before": 1, "actions": [{"text": _styled(text, style)}], "after": "x"},
        Dumper=_Dumper,
        width=width,
        allow_unicode=allow_unicode,
        sort_keys=False,
    )
    path = ("actions", 0, "text")
    node = compose(dumped).value[1][1].value[0].value[0][1]
    value = node.value
    first = data.draw(st.integers(0, len(value)))
    last = data.draw(st.integers(first, len(value)))
    start, end = locate(dumped, path, (first, last))
    whole = locate(dumped, path)
    raw = dumped[start:end]
    if (start, end) == whole or first == last:
        assert node.start_mark.index <= start <= end <= node.end_mark.index
        return
    wanted = value[first:last]
    if set(wanted) & set(" \n"):
        assert _read(raw, node.style).split() == wanted.split()
    else:
        # Without white space nothing is folded, and what is marked has to be the very text.
        assert _read(raw, node.style) == wanted


@given(TEXTS, st.sampled_from(STYLES), st.integers(20, 90))
def test_every_style_that_pyyaml_writes_can_be_aligned(text: str, style: str, width: int) -> None:
    dumped = yaml.dump({"text": _styled(text, style)}, Dumper=_Dumper, width=width, allow_unicode=True)
    value = compose(dumped).value[0][1].value
    for position, character in enumerate(value):
        start, end = locate(dumped, ("text",), (position, position + 1))
        if character.isalnum() and character.isascii():
            assert dumped[start:end] in (character, f"\\{character}") or dumped[start] == "\\"


CASES = [
    pytest.param("text: The user %9 may\n", "%9", "%9", id="plain"),
    pytest.param("text: The user\n  name %9\n\n  may\n", "%9", "%9", id="plain over lines"),
    pytest.param("text: 'It''s %9''s'\n", "%9's", "%9''s", id="single"),
    pytest.param("text: 'It''s\n\n  %9'\n", "%9", "%9", id="single over lines"),
    pytest.param('text: "a\\tb \\u0025\\x39 c"\n', "%9", "\\u0025\\x39", id="escaped"),
    pytest.param('text: "a\\\n   b \\\n\n  %9"\n', "%9", "%9", id="double, joined lines"),
    pytest.param("text: |\n  One.\n\n    Two %9.\n  Three.\n", "%9", "%9", id="literal"),
    pytest.param("text: |2-\n    One.\n  Two %9.\n", "Two %9", "Two %9", id="literal, indentation told"),
    pytest.param("text: >\n  One\n  two\n\n    more\n    %9\n  end\n  ok\n", "%9\nend", "%9\n  end", id="folded"),
    pytest.param("text: >+ # note\n  One\n  two %9\n\n\n", "%9", "%9", id="folded, kept"),
    pytest.param("text: &a one %9\nmore: *a\n", "%9", "%9", id="anchored"),
    pytest.param("text: >\r\n  One\r\n  two %9\r\n", "two %9", "two %9", id="folded, CRLF"),
    pytest.param("text: 'a 😀 日本 %9'\n", "%9", "%9", id="wide characters before"),
]


@pytest.mark.parametrize(("source", "wanted", "raw"), CASES)
@pytest.mark.parametrize("loader", [None, PureLoader], ids=["libyaml", "python"])
def test_a_stretch_is_found_in_every_style(source: str, wanted: str, raw: str, loader: type | None) -> None:
    root = compose(source) if loader is None else compose(source, loader)
    value = root.value[0][1].value
    first = value.index(wanted)
    outline = Outline(source, root)
    start, end = outline.locate(("text",), (first, first + len(wanted)))
    assert source[start:end] == raw


def test_a_stretch_over_a_fold_spans_the_lines() -> None:
    source = "text: >-\n  One\n  two\n"
    start, end = locate(source, ("text",), (2, 5))
    assert source[start:end] == "e\n  t"


def test_what_cannot_be_aligned_is_marked_as_a_whole() -> None:
    # A line separator inside a plain scalar is folded by rules of its own.
    source = "text: one\u2028  two %9\n"
    value = compose(source).value[0][1].value
    start, end = locate(source, ("text",), (value.index("%9"), value.index("%9") + 2))
    assert source[start:end] in ("one\u2028  two %9", "%9")


def test_whole_values_and_keys() -> None:
    source = "a:\n  - b: |\n      text\n      more\n\n  - [1, 2]\nc: ''\n"
    assert source[slice(*locate(source, ("a", 0, "b")))] == "text\n      more"
    assert source[slice(*locate(source, ("a", 0, "b"), key=True))] == "b"
    assert source[slice(*locate(source, ("a", 1)))] == "[1, 2]"
    assert source[slice(*locate(source, ("c",)))] == "''"


def test_a_path_that_leads_nowhere_means_the_nearest_value() -> None:
    source = "a: {b: 1}\n"
    assert source[slice(*locate(source, ("a", "x", 3)))] == "{b: 1}"
    assert locate("", ("a",)) == (0, 0)
    assert locate("a: [", ("a",)) == (0, 0)


def test_numbered_keys_are_found_by_number() -> None:
    source = "parameters:\n  2: {name: x}\n"
    assert source[slice(*locate(source, ("parameters", 2, "name")))] == "x"


@pytest.mark.parametrize("quote", ["'", '"', ""])
def test_long_runs_of_white_space_take_no_more_than_one_look(quote: str) -> None:
    # A pattern that tried each blank of the run anew would need hours for this.
    source = f"text: {quote}a{' ' * 200_000}%9{quote}\n"
    start, end = locate(source, ("text",), (200_001, 200_003))
    assert source[start:end] == "%9"

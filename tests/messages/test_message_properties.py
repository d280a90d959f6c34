from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.messages import Insertion, Literal, ProblemKind, fill, parse
from kb_gen.model import MessageSyntax

# Any text at all, lone surrogates included; and texts that are mostly what the syntaxes care about.
ANY_TEXT = st.text(st.characters())
PERCENT_TEXT = st.lists(
    st.one_of(
        st.sampled_from("%%%%%0123456789!*.$-+ #'`snrtbdlhwzMTQBEiI64\n"),
        st.sampled_from(["%1", "%1!s!", "%2!*.*s!", "%0", "%%", "%s", "%2$*1$s", "%-.192T", "%`s", "%sQ"]),
        st.characters(),
    )
).map("".join)
TEXTS = st.one_of(ANY_TEXT, PERCENT_TEXT)
SYNTAXES = st.sampled_from(MessageSyntax)


@given(TEXTS, SYNTAXES)
def test_printing_gives_back_the_text(text: str, syntax: MessageSyntax) -> None:
    assert str(parse(text, syntax)) == text


@given(TEXTS, SYNTAXES)
def test_display_parts_are_merged_and_not_empty(text: str, syntax: MessageSyntax) -> None:
    shown = parse(text, syntax).display_parts()
    assert all(part.text for part in shown if isinstance(part, Literal))
    for one, other in itertools.pairwise(shown):
        assert isinstance(one, Insertion) or isinstance(other, Insertion)


@given(TEXTS, SYNTAXES)
def test_problems_name_their_characters_in_the_order_of_the_text(text: str, syntax: MessageSyntax) -> None:
    problems = parse(text, syntax).problems
    for problem in problems:
        assert text.startswith(problem.source, problem.offset)
        assert problem.source
        assert problem.message.isprintable()
        assert problem.help
    assert [problem.offset for problem in problems] == sorted(problem.offset for problem in problems)


@given(TEXTS, SYNTAXES)
def test_numbers_are_those_of_the_insertions(text: str, syntax: MessageSyntax) -> None:
    template = parse(text, syntax)
    taken = {number for insertion in template.insertions for number in insertion.numbers}
    assert template.numbers == tuple(sorted(taken))
    assert all(number >= 1 for number in taken)


@given(TEXTS)
def test_escaped_text_shows_as_itself(text: str) -> None:
    escaped = text.replace("%", "%%")
    for syntax in (MessageSyntax.FORMATMESSAGE, MessageSyntax.PRINTF):
        template = parse(escaped, syntax)
        assert fill(template, {}) == text
        assert not template.problems


@given(TEXTS)
def test_plain_text_is_one_literal(text: str) -> None:
    template = parse(text, MessageSyntax.PLAIN)
    assert template.parts == ((Literal(text),) if text else ())
    assert not template.problems


@given(st.integers(1, 99), TEXTS)
def test_a_value_is_put_in_as_it_stands(number: int, value: str) -> None:
    assert fill(parse(f"<%{number}!s!>", MessageSyntax.FORMATMESSAGE), {number: value}) == f"<{value}>"
    assert fill(parse(f"<%{number}$s>", MessageSyntax.PRINTF), {number: value}) == f"<{value}>"


@pytest.mark.parametrize(
    "text",
    ["%" * 1_000_000, "%1!" + "0" * 1_000_000, "%" + "1" * 1_000_000, "%-" * 20_000 + "0" * 500_000, "%1!" * 50_000],
    ids=["percent signs", "an open format", "a long number", "flags", "open formats"],
)
@pytest.mark.parametrize("syntax", MessageSyntax)
def test_a_huge_text_is_read(text: str, syntax: MessageSyntax) -> None:
    """Each of these takes a parser that goes back over what it has read hours, not a moment."""
    assert str(parse(text, syntax)) == text


def test_a_syntax_is_known_by_its_name() -> None:
    assert parse("%1", "formatmessage") == parse("%1", MessageSyntax.FORMATMESSAGE)
    with pytest.raises(ValueError, match="python"):
        parse("{0}", "python")


def test_an_insertion_without_a_value_stays_as_it_is_written() -> None:
    assert fill(parse("%1 and %2!d!%0 never", MessageSyntax.FORMATMESSAGE), {1: "one"}) == "one and %2!d!"


def test_microsofts_example_shows_the_value_behind_width_and_precision() -> None:
    template = parse("%1!*.*s! %4 %5!*s!", MessageSyntax.FORMATMESSAGE)
    values = dict(enumerate(["4", "2", "Bill", "Bob", "6", "Bill"], start=1))
    assert template.numbers == (1, 2, 3, 4, 5, 6)
    assert fill(template, values) == "Bill Bob Bill"


def test_parts_are_values() -> None:
    template = parse("%1%n", MessageSyntax.FORMATMESSAGE)
    assert hash(template) == hash(parse("%1%n", MessageSyntax.FORMATMESSAGE))
    for value in (template, *template.parts):
        with pytest.raises(AttributeError):
            setattr(value, value.__match_args__[0], None)


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_kind_of_problem_says_what_and_how_to_mend_it(kind: ProblemKind) -> None:
    examples = {
        ProblemKind.LONE_PERCENT: ("100%", MessageSyntax.PRINTF, 3),
        ProblemKind.UNKNOWN_SEQUENCE: ("a %\nb", MessageSyntax.FORMATMESSAGE, 2),
        ProblemKind.LONG_NUMBER: ("a %100", MessageSyntax.FORMATMESSAGE, 2),
        ProblemKind.MALFORMED_FORMAT: ("Hello %1!", MessageSyntax.FORMATMESSAGE, 6),
        ProblemKind.FLOAT_FORMAT: ("%1!f!", MessageSyntax.FORMATMESSAGE, 0),
        ProblemKind.TEXT_BEHIND_END: ("%0 more", MessageSyntax.FORMATMESSAGE, 2),
        ProblemKind.MIXED_NUMBERING: ("%s %2$s", MessageSyntax.PRINTF, 3),
        ProblemKind.BLANK_FLAG: ("100% done", MessageSyntax.PRINTF, 3),
    }
    text, syntax, offset = examples[kind]
    (problem,) = parse(text, syntax).problems
    assert (problem.kind, problem.offset) == (kind, offset)
    assert problem.message.isprintable()
    assert problem.help.isprintable()

"""Insertion strings are followed by the words around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.importers.insertions import Moves, moves
from kb_gen.messages import parse


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("User %1 on host %2", "User %1 on host %2.", Moves()),
        ("User %1 on host %2", "On host %1, user %2", Moves({1: 2, 2: 1})),
        ("User %1 on host %2", "User %2 on host %1", Moves({1: 2, 2: 1})),
        ("Disk %1 is full", "Disk %1 of %2 is full", Moves(new=(2,))),
        ("Disk %1 of %2 is full", "Disk %1 is full", Moves(gone=(2,))),
        ("Disk %1 of %2 is full", "Node %1: disk %2 of %3 is full", Moves({1: 2, 2: 3}, new=(1,))),
        ("Code %1", "Code %1!08lx!", Moves(formats={1: ("%1", "%1!08lx!")})),
        ("%1 failed", "The step %1 has not been done", Moves()),
        ("no values", "no values at all", Moves()),
        (
            "Copy from %1 to %2 failed with error %3.",
            "Copying failed with error %1: source %2, target %3.",
            Moves({1: 2, 2: 3, 3: 1}),
        ),
        ("Service %1 entered the %2 state", "State %1 was entered by service %2", Moves({1: 2, 2: 1})),
        ("It broke: %1, %2", "Something else: %1, %2 and %3", Moves(new=(3,))),
        ("%1 %1 twice", "%2 %2 twice", Moves({1: 2})),
    ],
)
def test_numbers_that_changed_are_told(before: str, after: str, expected: Moves) -> None:
    found = moves(parse(before, "formatmessage"), parse(after, "formatmessage"))
    assert found == expected
    assert bool(found) == (expected != Moves())


def test_printf_values_move_with_their_order() -> None:
    found = moves(parse("Table %s has %d rows", "printf"), parse("Table %s.%s has %d rows", "printf"))
    assert found == Moves({2: 3}, new=(2,))


def test_values_that_no_words_tell_keep_their_order_among_those_of_their_format() -> None:
    before = parse("Copy from %s to %s failed with error %d", "printf")
    after = parse("Copying failed with error %d: source %s, target %s", "printf")
    assert moves(before, after) == Moves({1: 2, 2: 3, 3: 1})
    assert moves(parse("%s went to %d", "printf"), parse("Now %d has %s", "printf")) == Moves({1: 2, 2: 1})


def test_numbers_and_texts_are_no_successors_of_one_another() -> None:
    before = parse("Wrong tree: %d %s %-.*s %zu %llu", "printf")
    found = moves(before, parse("Tree %s of %d is wrong: %-.*s %zu %llu", "printf"))
    assert found == Moves({1: 2, 2: 1})
    assert moves(parse("Code %s", "printf"), parse("Code %d", "printf")) == Moves(formats={1: ("%s", "%d")})


TEMPLATES = st.lists(st.sampled_from(["disk ", "of ", "%1 ", "%2 ", "%3 ", "%7!d! ", ". "]), max_size=20).map("".join)


@given(TEMPLATES, TEMPLATES)
def test_every_number_is_accounted_for_once(before: str, after: str) -> None:
    old, new = parse(before, "formatmessage"), parse(after, "formatmessage")
    found = moves(old, new)
    kept = set(old.numbers) - set(found.gone)
    assert set(found.moved) <= kept
    assert {found.moved.get(number, number) for number in kept} | set(found.new) == set(new.numbers)
    assert len(kept) + len(found.new) == len(new.numbers)
    assert not moves(old, old)

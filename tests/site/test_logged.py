"""Entries of logs and the events that they are: one, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.messages import parse
from kb_gen.messages.recognition import template_parts
from kb_gen.model import MessageSyntax
from kb_gen.site.answers.known import KnownEvent, KnownEvents
from kb_gen.site.answers.logged import EntryFinder, Recognised, SelfNamed
from kb_gen.site.answers.sieve import Sifted
from kb_gen.site.answers.surroundings import may_surround, surroundings

_EVENTS = [
    (KnownEvent("shopprint/7", "ShopPrint", "7", "PAPER"), ["Printer %1 is %2", "Drucker %1 ist %2"]),
    (KnownEvent("shopprint/8/a", "ShopPrint", "8", "DOOR_OPEN"), ["The door of printer %1 is open."]),
    (KnownEvent("shopprint/8/b", "ShopPrint", "8", "DOOR_JAMMED"), ["The door of printer %1 is jammed by %2."]),
    (KnownEvent("shopprint/9", "ShopPrint", "9"), ["Job %1 of printer %2 ended (%3)"]),
    (KnownEvent("shopprint/2307", "ShopPrint", "2307"), ["Unknown user name or bad password."]),
    (KnownEvent("diskwatch/17", "Microsoft-Windows-DiskWatch", "17"), ["Volume %1 has 17 bad blocks."]),
    (KnownEvent("diskwatch/18", "DCOM", "0x80040400", former=(("Old Disk", "19"),)), ["Lost contact with %1 volumes"]),
    (KnownEvent("twin/1", "Twin One", "1"), ["The twin service was stopped."]),
    (KnownEvent("twin/2", "Twin Two", "2"), ["The twin service was stopped."]),
]


def known() -> KnownEvents:
    return KnownEvents.of(
        [
            (event, [template_parts(parse(text, MessageSyntax.FORMATMESSAGE)) for text in templates])
            for event, templates in _EVENTS
        ]
    )


@pytest.fixture(scope="module")
def finder() -> EntryFinder:
    return EntryFinder(known())


def address(found: Recognised | None) -> str | None:
    return found.event.address if found else None


@pytest.mark.parametrize(
    ("sources", "event_id", "qualifiers", "expected"),
    [
        (("ShopPrint",), "7", None, "shopprint/7"),
        (("shop print",), "7", 49152, "shopprint/7"),
        (("Microsoft-Windows-ShopPrint",), "7", None, "shopprint/7"),
        (("DiskWatch",), "17", None, "diskwatch/17"),
        (("Microsoft-Windows-DistributedCOM", "DCOM"), "1024", 0x8004, "diskwatch/18"),
        (("Old Disk",), "19", None, "diskwatch/18"),
        (("Shop",), "7", None, None),
        (("ShopPrinter",), "7", None, None),
        (("ShopPrint",), "10", None, None),
    ],
)
def test_an_entry_that_names_itself_is_the_event_of_that_name(
    finder: EntryFinder, sources: tuple[str, ...], event_id: str, qualifiers: int | None, expected: str | None
) -> None:
    assert address(finder.self_named(SelfNamed(sources, event_id, qualifiers))) == expected


def test_of_two_events_with_one_id_the_message_tells_or_the_number_of_values(finder: EntryFinder) -> None:
    jammed = SelfNamed(("ShopPrint",), "8", None, "The door of printer LP-1 is jammed by paper.")
    assert address(finder.self_named(jammed)) == "shopprint/8/b"
    assert address(finder.self_named(SelfNamed(("ShopPrint",), "8", values=("LP-1", "paper")))) == "shopprint/8/b"
    unclear = finder.self_named(SelfNamed(("ShopPrint",), "8", values=()))
    assert unclear is not None
    assert {unclear.event.address, *[other.address for other in unclear.others]} == {"shopprint/8/a", "shopprint/8/b"}


def test_values_come_from_the_data_else_from_the_message(finder: EntryFinder) -> None:
    from_data = finder.self_named(SelfNamed(("ShopPrint",), "7", None, "Printer A is B", ("LP-1", "%%2307")))
    from_message = finder.self_named(SelfNamed(("ShopPrint",), "7", None, "Printer A is B"))
    assert from_data is not None
    assert from_message is not None
    assert [value.text for value in from_data.values] == ["LP-1", "%%2307"]
    assert [value.text for value in from_message.values] == ["A", "B"]


def test_another_source_counts_if_id_and_whole_message_are_the_events(finder: EntryFinder) -> None:
    assert address(finder.self_named(SelfNamed(("Other",), "7", None, "Printer A is B"))) == "shopprint/7"
    assert finder.self_named(SelfNamed(("Other",), "9", None, "Printer A is B")) is None
    assert finder.self_named(SelfNamed(("Other",), "7", None, "Scanner A is B")) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Printer LP-1 is out of paper", "shopprint/7"),
        ("Drucker LP-1 ist kaputt", "shopprint/7"),
        ("Volume C: has 17 bad blocks.", "diskwatch/17"),
        ("Volume C: has 18 bad blocks.", None),
        ("failed: DOOR_JAMMED", "shopprint/8/b"),
        ("ShopPrint 7 again", "shopprint/7"),
        ("EventID: 7 Source: ShopPrint", "shopprint/7"),
        ("7", None),
        ("ShopPrint", None),
        ("session 12 of user anna was closed", None),
    ],
)
def test_a_line_is_one_event_or_none(finder: EntryFinder, line: str, expected: str | None) -> None:
    for _ in range(2):
        assert address(finder.line(line)) == expected


def test_of_a_cut_line_a_part_is_enough(finder: EntryFinder) -> None:
    line = "The door of printer LP-1 is jammed"
    assert finder.line(line) is None
    assert address(finder.line(line, cut=True)) == "shopprint/8/b"
    assert address(finder.line(line + " …")) == "shopprint/8/b"


def test_of_two_events_that_say_the_same_the_program_tells(finder: EntryFinder) -> None:
    line = "The twin service was stopped."
    assert address(finder.line(line, "twin-two")) == "twin/2"
    found = finder.line(line, "somebody")
    assert found is not None
    assert [event.address for event in (found.event, *found.others)] == ["twin/1", "twin/2"]


def test_of_a_message_inside_another_the_outer_one_counts(finder: EntryFinder) -> None:
    found = finder.line("Job 5 of printer LP-1 ended (The twin service was stopped.)")
    assert found is not None
    assert (found.event.address, found.values[-1].text) == ("shopprint/9", "The twin service was stopped.")


def test_a_parameter_message_is_found_by_its_source(finder: EntryFinder) -> None:
    assert finder.meaning(["ShopPrint"], "2307") == "Unknown user name or bad password."
    assert finder.meaning(["Other"], "2307") == ""
    assert finder.meaning(["ShopPrint"], "7") == ""


_WORDS = st.sampled_from(
    [
        "Volume",
        "C:",
        "has",
        "17",
        "18",
        "171",
        "bad",
        "blocks.",
        "Printer",
        "is",
        "7",
        "ShopPrint",
        "DOOR_OPEN",
        "9",
        "x4",
    ]
)


@given(st.lists(st.lists(_WORDS, min_size=1, max_size=7).map(" ".join), min_size=2, max_size=12))
def test_what_is_remembered_changes_no_answer(lines: list[str]) -> None:
    events = known()
    remembering = EntryFinder(events)
    for line in lines:
        assert remembering.line(line) == EntryFinder(events).line(line)


_NAMES = st.sampled_from(
    ["ShopPrint", "DiskWatch", "Twin One", "the", "1", "8", "9:", "(event id", "19", "Old", "Disk", "%"]
)
_MESSAGES = st.sampled_from(
    ["The twin service was stopped.", "Job 1 of printer LP ended (0)", "The door of printer Ü is open.", "DOOR_JAMMED"]
)


@given(
    st.lists(st.one_of(_WORDS, _NAMES, _MESSAGES), max_size=6),
    st.sampled_from([" ", "  ", "\n", "-", "_"]),
    st.sampled_from(["", "ShopPrint", "app", "DOOR_OPEN"]),
)
def test_what_the_sieve_holds_back_is_no_event(words: list[str], blank: str, program: str) -> None:
    events = known()
    looking = EntryFinder(events)
    looking._sieve.sift = lambda line, program="": Sifted(message=True, name=True)  # type: ignore[method-assign]
    line = blank.join(words)
    assert EntryFinder(events).line(line, program) == looking.line(line, program)


_LABELS = (
    *("source:", "Quelle=", "Origen:", "origine=", "provider_name:", "id:", "EventID=", "code", "Ereignis-ID:", "7"),
    *("<Event>", "<System>", "<Provider Name='a'/>", "{", "[", "Shop", '{"source": "a", "id": 7}'),
)


@given(st.lists(st.sampled_from(_LABELS), max_size=5).map(" ".join))
def test_where_nothing_can_stand_around_a_message_nothing_does(text: str) -> None:
    around = surroundings(text)
    if not may_surround(text):
        assert around.text == text
        assert not (around.source and around.id)

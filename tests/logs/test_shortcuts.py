"""What is done only once for many lines of a log gives what doing it for each of them would."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from kb_gen.logs import histogram, levels, patterns
from kb_gen.logs.histogram import Histogram
from kb_gen.logs.times import clock_time, shown_in

_PIECES = (
    *("0x1F", "S-1-5-21", "10.0.0.1:80", "deadbeef12", "1a", "x9", "/var/lib/a", "C:\\x", "a@b.de", "fe80::1", "{x}"),
    *("'", '"', "`", "„", "“", "«", "…", "-", "7", "42", "GET", "word", "größer", "https://a/b?c", "\u00a0", "\t", "²"),
    *("[ERROR]", "error:", "level=warn", "WARNING", "Note", "|info|", "(fatal)", "err", "[x:debug]", "Hinweis:"),
)
_TEXTS = st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " ", " ", "  ", "\n"])), max_size=12).map(
    lambda parts: "".join(piece + blank for piece, blank in parts)
)


@given(_TEXTS)
@example("a " * 50)
@example("5 " * 400 + "5")
def test_words_of_a_line_are_what_a_look_at_all_of_it_gives(message: str) -> None:
    line = message.lstrip().partition("\n")[0][:600].strip()
    whole = patterns._REPEATED.sub("…", patterns._VARIABLE.sub("…", line)).split() or [""]
    assert patterns._Words.of(message).masked == whole[:40]
    assert patterns._Line(message).words == patterns._Words.of(message)


@given(_TEXTS, _TEXTS)
def test_lines_that_differ_in_numbers_only_have_one_shape_and_others_have_not(one: str, two: str) -> None:
    def without(message: str) -> str:
        return patterns._NUMBERS.sub("#", message[:600])

    assert patterns._Line(one).shape == patterns._Line(one.replace("7", "8")).shape
    if without(one) != without(two):
        assert patterns._Line(one).shape != patterns._Line(two).shape


@given(_TEXTS)
def test_the_level_in_a_line_is_what_its_marks_say(text: str) -> None:
    found = levels._MARKED.search(f" {text[:90]} ")
    assert levels.level_in(text) == (levels.level_of(found[found.lastindex or 0]) if found else None)


@given(st.from_regex(r"[0-2]?[0-9]:[0-6][0-9]:[0-6][0-9]", fullmatch=True))
def test_a_time_of_day_is_read_in_one_way(text: str) -> None:
    hour, minute, second = map(int, text.split(":"))
    is_time = hour < 24 and minute < 60 and second < 60
    assert clock_time(text) == (dt.time(hour, minute, second) if is_time else None)


@given(st.lists(st.integers(0, 4 * 3600), max_size=30))
def test_entries_are_counted_by_the_clock_of_the_zone_also_when_that_changes(seconds: list[int]) -> None:
    # Clocks went back by half an hour on Lord Howe Island at 15:00 UTC, and by an hour in Berlin at 1:00 UTC.
    for name, start in (("Australia/Lord_Howe", (2026, 4, 4, 13)), ("Europe/Berlin", (2026, 10, 24, 23))):
        zone = ZoneInfo(name)
        counted = Histogram(zone)
        expected: dict[int, int] = {}
        for number, after in enumerate(seconds):
            time = dt.datetime(*start, tzinfo=dt.UTC) + dt.timedelta(seconds=after, microseconds=number)
            time = time.astimezone(zone) if number % 2 else time
            counted.add(time, None)
            wall = shown_in(zone, time).replace(tzinfo=None, microsecond=0)
            second = int((wall - histogram._EPOCH).total_seconds())
            expected[second] = expected.get(second, 0) + 1
        assert {second: weight[2] for second, weight in counted._spans.items()} == expected

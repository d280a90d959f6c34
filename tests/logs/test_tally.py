"""What entries come to: counts, times, values, groups, and bounds on all of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import pytest
from log_samples import UTC, event_xml, read

from kb_gen.diagnostics import Place, error
from kb_gen.logs import Article, Entry, Findings, KnownEntry, NamedValue, Summary, Tally
from kb_gen.logs.tally import EventKnower
from kb_gen.logs.top_values import TopValues
from kb_gen.model import EventSeverity

_VALUE = re.compile(r"(?<=[/„\\@])\w|(?<= ')\w|[0-9](?!x)")
START = dt.datetime(2026, 2, 1, 10, tzinfo=UTC)


class Shop:
    """Knows one event, `Shop 7`, and one parameter message."""

    def find(self, entry: Entry) -> KnownEntry | None:
        if entry.source != "Shop" or entry.id != "7":
            return None
        return KnownEntry("shop/7", [(n, value.text) for n, value in enumerate(entry.values, 1)], ["shop/8"])

    def article(self, key: str) -> Article:
        number = key.rpartition("/")[2]
        address = f"en/{key}/index.html"
        names = {1: "printer"}
        return Article("Shop", number, "", "Shop", "", EventSeverity.WARNING, "A summary.", address, address, names)

    def meaning(self, sources: Sequence[str], number: str) -> str:
        return "Unknown user name" if (tuple(sources), number) == (("Shop",), "2307") else ""


def summary(*entries: Entry) -> Summary:
    knower: EventKnower = Shop()
    tally = Tally(knower, UTC)
    for entry in entries:
        tally.add(entry)
    return tally.summary(["a.log"], ())


def shop(event_id: str, minutes: int, *values: str, **more: object) -> Entry:
    named = tuple(NamedValue("", value) for value in values)
    return Entry(1, START + dt.timedelta(minutes=minutes), source="Shop", id=event_id, values=named, **more)  # type: ignore[arg-type]


def line(message: str, level: EventSeverity | None = None, source: str = "") -> Entry:
    return Entry(1, message=message, text=message, level=level, source=source)


def test_known_events_are_counted_with_their_times_hosts_and_values() -> None:
    result = summary(
        shop("7", 5, "LP-1", host="a"),
        shop("7", 0, "LP-1", host="a"),
        shop("7", 9, "LP-2", host="b"),
        shop("9", 1, "x"),
    )
    (event,), (unknown,) = result.known, result.unknown
    assert (event.article.id, event.counts.count, event.counts.severity) == ("7", 3, "warning")
    assert (event.counts.first, event.counts.last) == (START, START + dt.timedelta(minutes=9))
    assert [(host.text, host.count) for host in event.counts.hosts] == [("a", 2), ("b", 1)]
    (printer,) = event.counts.parameters
    assert (printer.name, [(value.text, value.count) for value in printer.values]) == (
        "printer", [("LP-1", 2), ("LP-2", 1)],
    )  # fmt: skip
    assert [other.id for other in event.others] == ["8"]
    assert (unknown.source, unknown.id, unknown.counts.count) == ("Shop", "9", 1)
    assert (result.entries, result.known_entries) == (4, 3)


def test_a_reference_in_data_is_shown_as_it_is_with_what_it_means() -> None:
    (event,) = summary(shop("7", 0, "%%2307"), shop("7", 0, "%%1"), shop("7", 0, "%1 %%2307 %n")).known
    values = {value.text: value.meaning for value in event.counts.parameters[0].values}
    assert values == {"%%2307": "Unknown user name", "%%1": "", "%1 %%2307 %n": ""}


def test_the_severest_come_first_and_then_the_most_frequent() -> None:
    lines = [line("all is well", EventSeverity.INFORMATION)] * 5 + [line("it burns", EventSeverity.CRITICAL)]
    lines += [line("disk is slow", EventSeverity.WARNING)] * 2 + [line("net is slow", EventSeverity.WARNING)] * 3
    assert [group.text for group in summary(*lines).unknown] == [
        "it burns",
        "net is slow",
        "disk is slow",
        "all is well",
    ]


@pytest.mark.parametrize(
    ("message", "masked"),
    [
        ("port 80 of 10.0.0.1 is open", "port … of … is open"),
        ("took 1.5 s, 12:30:00 left", "took … s, … left"),
        ("file 'a b' in /var/lib/x.db is locked", "file … in … is locked"),
        ("no ./shop/a.MYI or ../b/c, sorry ...", "no … or …, sorry ..."),
        (r"cannot read C:\Program\x.dll", "cannot read …"),
        ("user {12345678-1234-1234-1234-123456789abc} <a@b.example>", "user … <…>"),
        ("S-1-5-21-1-2 has 0xC0000005", "… has …"),
        ("see https://x.example/a?b=1 for „Fehler 12“", "see … for …"),
        ('"GET /a/b?c=1 HTTP/1.1" 500', '"GET … HTTP/…" …'),
        ("it's plain don't touch", "it's plain don't touch"),
        ("", ""),
    ],
)
def test_what_differs_is_taken_out_of_a_line(message: str, masked: str) -> None:
    assert summary(line(message)).unknown[0].text == message
    others = [_VALUE.sub(letter, message) for letter in "123"]
    assert [group.text for group in summary(*map(line, [message, *others])).unknown] == [masked]


def test_a_gap_stands_only_where_entries_differ() -> None:
    told = [
        ["port 80 of 10.0.0.1 is open", "port 80 of 10.0.0.1 is open"],
        ["web 7 closed 'a b' of port 80", "web 8 closed 'a b' of port 80", "web 7 closed 'a b' of port 80"],
        ["job 'a b' took 5 s", "job 'c' took 5 s"],
    ]
    found = {group.text for group in summary(*[line(text) for lines in told for text in lines]).unknown}
    assert found == {"port 80 of 10.0.0.1 is open", "web … closed 'a b' of port 80", "job … took 5 s"}


def test_what_is_too_long_to_be_told_goes_on() -> None:
    (group,) = summary(line("word " * 60)).unknown
    assert group.text == "word " * 40 + "…"


def test_messages_of_an_unknown_event_show_what_they_share() -> None:
    messages = ["Disk 3 of rack 7 is full", "Disk 4 of rack 7 is full"]
    found = summary(*[Entry(1, source="X", id="1", message=message) for message in messages])
    assert [group.text for group in found.unknown] == ["Disk … of rack 7 is full"]
    found = summary(*[Entry(1, source="X", id="1", message=f"{'Disk of ' * n}rack {n}") for n in (2, 3)])
    assert [group.text for group in found.unknown] == ["Disk of Disk of rack …"]


def test_an_event_without_a_source_is_counted_with_its_values() -> None:
    (group,) = summary(Entry(1, id="", values=(NamedValue("State", "broken"),))).unknown
    assert (group.source, group.id, group.text) == ("", "", "")
    assert [(each.name, each.values[0].text) for each in group.counts.parameters] == [("State", "broken")]


def test_data_of_an_unknown_event_is_counted_by_its_names() -> None:
    versions = [[("Path", "a")], [("Code", "5"), ("Path", "a")]]
    (group,) = summary(
        *[Entry(1, source="X", id="1", values=tuple(NamedValue(*value) for value in values)) for values in versions]
    ).unknown
    told = {each.name: [value.text for value in each.values] for each in group.counts.parameters}
    assert told == {"Path": ["a"], "Code": ["5"]}


def test_lines_that_differ_in_a_word_are_one_group() -> None:
    users = ("anna", "bob", "carla", "dora")
    found = summary(
        *[line(f"session of user {user} was closed") for user in users], line("door was opened twice today")
    )
    assert [(group.text, group.counts.count) for group in found.unknown] == [
        ("session of user … was closed", 4),
        ("door was opened twice today", 1),
    ]


def test_groups_are_bounded_and_what_has_none_is_counted() -> None:
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(8000)]
    found = summary(*[line(f"{word} {word[::-1]}") for word in words], *[shop(str(n), 0) for n in range(100, 4000)])
    assert len(found.unknown) <= 6000
    assert found.ungrouped == 8000 + 3900 - sum(group.counts.count for group in found.unknown)
    assert found.ungrouped > 0


def test_of_many_values_the_frequent_ones_are_found_wherever_they_stand() -> None:
    values = TopValues()
    for number in range(10_000):
        values.add(f"once {number}")
        if number % 4 == 0:
            values.add("often")
    (first, *_) = values.most_frequent(3)
    assert first.text == "often"
    assert 2400 < first.count <= 2500
    assert values.total == 12_500


def test_the_timeline_has_few_bars_however_long_it_is() -> None:
    entries = [shop("7", minutes, level=EventSeverity.ERROR) for minutes in range(0, 60 * 24 * 400, 77)]
    timeline = summary(*entries).timeline
    assert timeline.seconds == 7 * 86400
    assert 50 < len(timeline.bars) < 73
    assert sum(bar.weight[0] for bar in timeline.bars) == len(entries)


def test_a_few_years_are_not_a_few_bars() -> None:
    days = [0, 1, 365 * 8]
    timeline = summary(*[shop("7", day * 24 * 60) for day in days]).timeline
    assert timeline.seconds == 84 * 86400
    assert 30 < len(timeline.bars) < 73


def test_entries_at_the_edges_of_the_calendar_are_counted() -> None:
    times = [dt.datetime.min.replace(tzinfo=UTC), dt.datetime.max.replace(tzinfo=dt.timezone(dt.timedelta(hours=-14)))]
    found = summary(*[Entry(1, time, message="x", text="x") for time in times])
    assert sum(sum(bar.weight) for bar in found.timeline.bars) == 2


def test_what_the_log_does_not_say_of_a_severity_the_article_does() -> None:
    assert [bar.weight for bar in summary(shop("7", 0)).timeline.bars] == [(0, 1, 0)]


def test_many_findings_are_told_as_a_number() -> None:
    findings = Findings()
    for number in range(5000):
        findings.add(error("log-record", f"line {number} is broken", Place("a.log")))
    told = findings.all()
    assert len(told) == 11
    assert told[-1].message == "4,990 more findings like the ones before"
    assert findings.has_errors


def test_read_events_are_tallied() -> None:
    entries, _ = read("".join(event_xml("Shop", 7, f"<Data>LP-{number}</Data>") for number in range(3)))
    assert summary(*entries).known[0].counts.count == 3

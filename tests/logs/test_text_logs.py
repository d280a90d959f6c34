"""Lines of text: how they begin, and which of them belong together."""

from __future__ import annotations

import datetime as dt
import gzip

import pytest
from log_samples import LATEST, READING, UTC, codes, event_xml, read

from kb_gen.logs import Assumed, Reading

_LINES = [
    (
        "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick",
        ("2025-10-11T22:14:15+00:00", Assumed.YEAR, "mymachine", "su", "critical", "'su root' failed for lonvick"),
    ),
    (
        "Feb 28 09:00:00 web1 sshd[12]: Failed password",
        ("2026-02-28T09:00:00+00:00", Assumed.YEAR, "web1", "sshd", None, "Failed password"),
    ),
    (
        "2026-02-28T09:00:00.5+01:00 web1 app[1]: ready",
        ("2026-02-28T09:00:00.500000+01:00", Assumed.NOTHING, "web1", "app", None, "ready"),
    ),
    (
        '<165>1 2026-02-28T22:14:15.003Z host.example evntslog - ID47 [x@1 a="1" b="\\]"] \ufeffAn entry',
        ("2026-02-28T22:14:15.003000+00:00", Assumed.NOTHING, "host.example", "evntslog", "information", "An entry"),
    ),
    (
        "2026-02-28  9:05:01 12 [ERROR] mysqld: Table 'x' is marked as crashed",
        ("2026-02-28T09:05:01+00:00", Assumed.ZONE, "", "", "error", "mysqld: Table 'x' is marked as crashed"),
    ),
    (
        "2026-02-28T09:05:01.123456Z 0 [Warning] [MY-010055] [Server] IP address could not be resolved",
        (
            "2026-02-28T09:05:01.123456+00:00",
            Assumed.NOTHING,
            "",
            "Server",
            "warning",
            "IP address could not be resolved",
        ),
    ),
    (
        "260228  9:05:01 [Note] Shutdown",
        ("2026-02-28T09:05:01+00:00", Assumed.ZONE, "", "", "information", "Shutdown"),
    ),
    (
        "[2026-02-28T09:05:01Z] [warn] slow",
        ("2026-02-28T09:05:01+00:00", Assumed.NOTHING, "", "", "warning", "[warn] slow"),
    ),
    (
        "28.02.2026 09:05:01 Fehler: kaputt",
        ("2026-02-28T09:05:01+00:00", Assumed.ZONE, "", "", "error", "Fehler: kaputt"),
    ),
    (
        "02/28/2026 09:05:01 PM Something",
        ("2026-02-28T21:05:01+00:00", Assumed.ZONE, "", "", None, "Something"),
    ),
    (
        '10.0.0.1 - - [28/Feb/2026:10:00:00 +0100] "GET / HTTP/1.1" 500 12',
        ("2026-02-28T10:00:00+01:00", Assumed.NOTHING, "", "", None, '"GET / HTTP/1.1" 500 12'),
    ),
    (
        "[Sat Feb 28 10:00:00.123456 2026] [core:error] [pid 1] boom",
        ("2026-02-28T10:00:00.123456+00:00", Assumed.ZONE, "", "", "error", "[core:error] [pid 1] boom"),
    ),
    (
        'time="2026-02-28T10:00:00Z" level=error msg="it is \\"full\\""',
        ("2026-02-28T10:00:00+00:00", Assumed.NOTHING, "", "", "error", 'it is "full"'),
    ),
    (
        "E0228 10:00:00.123456    1 file.go:12] oops",
        ("2026-02-28T10:00:00.123456+00:00", Assumed.YEAR, "", "", "error", "1 file.go:12] oops"),
    ),
    (
        "2026-02-28T10:00:00.123456789Z stderr F \x1b[31mit \x1b[0;1mfailed\x1b[K",
        ("2026-02-28T10:00:00.123456+00:00", Assumed.NOTHING, "", "", None, "it failed"),
    ),
    ("nothing but words", (None, Assumed.NOTHING, "", "", None, "nothing but words")),
]


@pytest.mark.parametrize(("line", "expected"), _LINES, ids=[line[:24] for line, _ in _LINES])
def test_the_beginning_of_a_line_is_read(line: str, expected: tuple[object, ...]) -> None:
    (entry,), findings = read(line + "\n")
    assert not findings
    time = entry.time.isoformat() if entry.time else None
    assert (time, entry.assumed, entry.host, entry.source, entry.level, entry.message) == expected


def test_the_year_is_the_last_possible_one() -> None:
    entries, _ = read("Dec 31 23:59:59 a b: old\nMar  1 13:00:00 a b: new\nMar  5 13:00:00 a b: a year ago\n")
    assert [entry.time.year for entry in entries if entry.time] == [2025, 2026, 2025]


def test_a_time_without_a_zone_is_one_of_the_readers() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    (entry,), _ = read("2026-02-28 09:00:00 x\n", reading=Reading(zone, LATEST))
    assert entry.time == dt.datetime(2026, 2, 28, 7, tzinfo=UTC)
    assert entry.assumed is Assumed.ZONE


def test_lines_without_a_time_belong_to_the_one_before() -> None:
    entries, _ = read(
        "2026-02-28 10:00:00 ERROR failed\njava.lang.X: y\n\tat a.b\n\n2026-02-28 10:00:01 INFO up\n-- Boot 12 --\n"
    )
    assert [entry.message for entry in entries] == ["ERROR failed\njava.lang.X: y\n\tat a.b", "INFO up"]
    assert [entry.position for entry in entries] == [1, 5]


def test_where_no_line_has_a_time_each_is_an_entry_but_for_indented_ones() -> None:
    entries, _ = read("one\n  more of one\ntwo\nTraceback (most recent call last):\n")
    assert [entry.message for entry in entries] == [
        "one\n  more of one",
        "two\nTraceback (most recent call last):",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_told_by_the_bytes(encoding: str) -> None:
    text = "2026-02-28 10:00:00 Überlauf\r\n2026-02-28 10:00:01 Gerät gestört\r\n"
    entries, findings = read(text.encode(encoding))
    assert not findings
    assert [entry.message for entry in entries] == ["Überlauf", "Gerät gestört"]


def test_lines_in_another_encoding_are_read_and_told() -> None:
    text = b"2026-02-28 10:00:00 fine\n" * 4000 + "2026-02-28 10:00:00 Gerät\n".encode("cp1252")
    entries, findings = read(text)
    assert entries[-1].message == "Gerät"
    assert [finding.message for finding in findings] == [
        "1 line is not UTF-8 (first: line 4,001), read as Windows-1252"
    ]


def test_each_line_tells_whether_it_is_utf_8_whatever_the_first_ones_are() -> None:
    lines = [f"2026-02-28 10:00:00 Gerät {number}\n".encode(("utf-8", "cp1252")[number % 2]) for number in range(4)]
    entries, findings = read(b"".join(lines))
    assert [entry.message for entry in entries] == [f"Gerät {number}" for number in range(4)]
    assert [finding.message for finding in findings] == ["2 lines are not UTF-8 (first: line 2), read as Windows-1252"]


def test_of_a_very_long_line_the_beginning_is_read() -> None:
    entries, findings = read("2026-02-28 10:00:00 begin " + "x" * 3_000_000 + "\n2026-02-28 10:00:01 next\n")
    assert len(entries) == 2
    assert len(entries[0].message) < 20_001
    assert entries[0].cut
    assert codes(findings) == ["log-long-line"]


def test_packed_logs_are_unpacked_and_a_cut_one_is_read_as_far_as_it_goes() -> None:
    packed = gzip.compress("".join(f"2026-02-28 10:00:00 line {n * 7919 % 1000}\n" for n in range(5000)).encode())
    entries, findings = read(packed)
    assert (len(entries), findings) == (5000, [])
    entries, findings = read(packed[: len(packed) // 2])
    assert 500 < len(entries) < 5000
    assert codes(findings) == ["log-cut-off"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04" + bytes(50), "a ZIP archive"),
        (b"0000LfLe" + bytes(50), "Windows XP"),
        (bytes(range(256)) * 20, "no text"),
    ],
)
def test_what_is_no_log_is_named(content: bytes, told: str) -> None:
    entries, findings = read(content)
    assert not entries
    assert codes(findings) == ["log-file"]
    assert told in findings[0].message


def test_an_empty_log_is_no_finding() -> None:
    assert read(b"") == ([], [])


def test_json_lines_are_read_whoever_wrote_them() -> None:
    entries, findings = read(
        '{"__REALTIME_TIMESTAMP":"1772272800123456","MESSAGE":"up","PRIORITY":"3","SYSLOG_IDENTIFIER":"app",'
        '"_HOSTNAME":"web1"}\n'
        '{"MESSAGE":[71,101,114,195,164,116],"PRIORITY":"6"}\n'
        '{"@timestamp":"2026-02-28T10:00:00Z","winlog":{"provider_name":"ShopPrint","event_id":7,'
        '"event_data":{"printer":"LP-1"}},"message":"m","log":{"level":"error"}}\n'
        '{"ts":1772272800.5,"level":"warn","msg":"slow"}\n'
        "{broken\n"
    )
    assert codes(findings) == ["log-record"]
    assert [(entry.host, entry.source, entry.id, entry.message) for entry in entries] == [
        ("web1", "app", "", "up"),
        ("", "", "", "Gerät"),
        ("", "ShopPrint", "7", "m"),
        ("", "", "", "slow"),
    ]
    assert [str(entry.level) for entry in entries] == ["error", "information", "error", "warning"]
    assert entries[0].time == dt.datetime(2026, 2, 28, 10, 0, 0, 123456, UTC)
    assert entries[3].time == dt.datetime(2026, 2, 28, 10, 0, 0, 500000, UTC)
    assert entries[2].is_structured
    assert entries[2].values == (("printer", "LP-1"),)
    assert READING.zone is UTC


def test_json_of_a_shipper_of_windows_events_has_its_times_and_levels() -> None:
    entries, findings = read(
        '{"EventTime":"2026-02-28 10:00:00","EventType":"AUDIT_FAILURE","Severity":"ERROR","EventID":7}\n'
        '{"EventTime":1772272800,"EventType":"WARNING","EventID":7}\n'
    )
    assert not findings
    assert [entry.time for entry in entries] == [dt.datetime(2026, 2, 28, 10, tzinfo=UTC)] * 2
    assert [str(entry.level) for entry in entries] == ["error", "warning"]


def _counted(message: str) -> bytes:
    return f"{len(message.encode())} {message}".encode()


_SENT = (
    "<34>1 2026-02-28T10:00:00Z h app 1 - - one\n  and more",
    "<34>Feb 28 10:00:01 h app[2]: größer",
    "<191>1 - - - - - - port 9",
)


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n", b"\0"])
def test_syslog_may_have_the_length_of_each_message_before_it(between: bytes) -> None:
    entries, findings = read(between.join(map(_counted, _SENT)) + between)
    assert not findings
    assert [entry.message for entry in entries] == ["one\n  and more", "größer", "port 9"]
    assert [entry.host for entry in entries] == ["h", "h", ""]


@pytest.mark.parametrize("length", [b"9 ", b"30 ", b"4000 ", b"999999999 "])
def test_a_wrong_length_costs_no_message(length: bytes) -> None:
    first, second, third = _SENT
    entries, findings = read(_counted(first) + length + second.encode() + _counted(third))
    assert [entry.message for entry in entries] == ["one\n  and more", "größer", "port 9"]
    assert codes(findings) == ["log-record"]


def test_a_connection_recorded_from_some_time_on_is_read() -> None:
    first, second, third = map(_counted, _SENT)
    entries, findings = read(first[20:] + second + third)
    assert [entry.message for entry in entries][1:] == ["größer", "port 9"]
    assert codes(findings) == ["log-record"]


def test_a_length_that_is_of_no_use_stands_in_no_ones_way() -> None:
    entries, findings = read("".join(f"9 {message}\n" for message in _SENT[1:]))
    assert not findings
    assert [entry.message for entry in entries] == ["größer", "port 9"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_carriage_return_alone_ends_a_line(encoding: str) -> None:
    text = "2026-02-28 10:00:00 Überlauf\r2026-02-28 10:00:01 größer\r  als sonst\r"
    entries, findings = read(text.encode(encoding))
    assert not findings
    assert [entry.message for entry in entries] == ["Überlauf", "größer\n  als sonst"]


def test_a_carriage_return_between_line_feeds_ends_none() -> None:
    entries, _ = read("2026-02-28 10:00:00 10 %\r50 %\r100 %\n2026-02-28 10:00:01 done\n")
    assert [entry.message for entry in entries] == ["10 %\r50 %\r100 %", "done"]


@pytest.mark.parametrize(
    "line",
    [
        "0001-01-01 00:00:00 x",
        "9999-12-31 23:59:59 x",
        "1970-01-01T00:00:00Z x",
        "2026-02-30 10:00:00 x",
        "Feb 30 10:00:00 host app: x",
        '{"ts": 86400, "msg": "x"}',
        event_xml("A", 1).replace("2026-02-01T10", "1601-01-01T10"),
        event_xml("A", 1).replace("2026-02-01T10:00:00.1234567Z", "yesterday"),
        "Level,Date and Time,Source,Event ID,Task Category\nError,yesterday,A,1,None,m\n",
    ],
)
def test_an_impossible_time_is_told_and_none(line: str) -> None:
    (entry,), findings = read(line)
    assert (entry.time, entry.assumed) == (None, Assumed.NOTHING)
    assert codes(findings) == ["log-time"]


@pytest.mark.parametrize(
    "line", ["nothing", "<191>1 - - - - - - x", "12:00:00 x", '{"time": "5ms", "msg": "x"}', event_xml("A", 1)]
)
def test_no_time_is_nothing_odd(line: str) -> None:
    _, findings = read(line)
    assert findings == []


def test_what_is_wrong_with_a_packed_log_is_told() -> None:
    packed = gzip.compress(b"2026-02-28 10:00:00 a\n" * 50)
    wrong = bytearray(packed)
    wrong[-6] ^= 1
    for content, told in (
        (packed + b"rubbish behind it", "behind the packed log, there is something else, which wasn't read"),
        (packed[:-12], "the packed log ends before its end"),
        (bytes(wrong), "the packed log is damaged: crc check failed"),
    ):
        entries, (finding,) = read(content)
        assert entries
        assert finding.message.startswith(told)
        assert finding.code == "log-cut-off"
    assert len(read(packed + b"rubbish")[0]) == len(read(packed + bytes(512))[0]) == 50
    assert not read(packed + bytes(512))[1]


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 9,
        gzip.compress(gzip.compress(b"a", mtime=0), mtime=0),
        b"7z\xbc\xaf\x27\x1c\0",
        b"a.log".ljust(257, b"\0") + b"ustar",
    ],
)
def test_what_is_no_text_is_not_to_be_forced(content: bytes) -> None:
    entries, (finding,) = read(content)
    assert not entries
    assert finding.code == "log-file"
    assert "--input-format" not in finding.help


def test_zeros_in_a_text_are_told_and_cost_no_line() -> None:
    first, second = b"2026-02-28 10:00:00 a\n", b"2026-02-28 10:00:01 b\n"
    for count in (8192, 3_000_000):
        entries, findings = read(first * 20 + bytes(count) + second)
        assert entries[-1].message == "b"
        assert entries[-1].time
        assert codes(findings) == ["log-zeros"]
    assert codes(read(bytes(4096))[1]) == ["log-file"]


def test_a_log_of_nothing_but_zeros_is_called_that() -> None:
    entries, findings = read(bytes(100_000))
    assert not entries
    assert [finding.message for finding in findings] == ["the log can't be read: it begins with nothing but zeros"]


@pytest.mark.parametrize("written", ["a[1] is full", "a[1\\] is full"])
def test_a_bracket_in_structured_data_belongs_to_its_value(written: str) -> None:
    line = f'<34>1 2026-02-28T10:00:00Z web shop 1 ID7 [x@1 disk="{written}" left="0"][y z="]"] It stopped'
    (entry,), _ = read(line + "\n")
    assert (entry.host, entry.source, entry.id, entry.message) == ("web", "shop", "ID7", "It stopped")
    assert entry.values == (("disk", "a[1] is full"), ("left", "0"), ("z", "]"))

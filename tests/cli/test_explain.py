"""`kb-gen explain` as an administrator with a log meets it."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import fed_kb_gen
from site_trees import copy_sample

from kb_gen.logs import LogStream

_LOG = """\
2026-02-01 10:00:00 [WARN] Printer LP-1 is out of paper
2026-02-01 10:05:00 [WARN] Printer LP-1 is jammed
2026-02-01 10:06:00 [ERROR] Order O-1 refused.
2026-02-01 11:00:00 [INFO] session 17 of user anna closed
2026-02-02 11:00:00 [INFO] session 18 of user bob closed
"""


def _run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    return fed_kb_gen(folder, "explain", *arguments, given=given)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_sample(tmp_path_factory.mktemp("explain"))
    (folder / "app.log").write_text(_LOG, encoding="utf-8")
    for file in (*folder.rglob("*.yml"), *folder.rglob("*.po")):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    return folder


def test_events_are_counted_and_others_are_grouped(project: Path) -> None:
    result = _run(project, "app.log", "--time-zone", "UTC")
    assert (result.returncode, result.stderr) == (0, "")
    assert [line.rstrip() for line in result.stdout.splitlines()] == [
        "count  severity  event            first                last                 what it is",
        (
            "    1  Error     ShopService 100  2026-02-01 10:06:00  2026-02-01 10:06:00  "
            "The order order number was refused."
        ),
        "                                                                            en/shopservice/100/index.html",
        "    2  Warning   ShopPrint 7      2026-02-01 10:00:00  2026-02-01 10:05:00  A printer is out of order.",
        "                                                                            en/shopprint/7/index.html",
        "",
        "Not in the knowledge base",
        "count  severity     event  first                last                 text",
        "    2  Information         2026-02-01 11:00:00  2026-02-02 11:00:00  [INFO] session … of user … closed",
        "",
        "5 entries in 1 log, 2026-02-01 10:00:00 to 2026-02-02 11:00:00 UTC: 3 of known events, 2 of others.",
        "Times without a zone were taken for times of the zone in which all are shown (--time-zone).",
    ]


def test_events_without_a_message_show_their_data(project: Path) -> None:
    data = "<Data Name='Disk'>C:</Data><Data Name='Path'>{}</Data><Data>%%2</Data><Data Name='D'/>"
    event = "<Event><System><Provider Name='{}'/><EventID>3</EventID></System><EventData>{}</EventData></Event>"
    events = [event.format("X", data.format(path)) for path in ("a" * 60, "a" * 60, "b")]
    result = _run(project, "-", given="\n".join([*events, event.format("", "")]).encode())
    assert [line.split() for line in result.stdout.splitlines()[2:4]] == [
        ["3", "X", "3", "Disk:", "C:;", "Path:", f"{'a' * 39}…,", "…;", "%%2"],
        ["1", "–", "3"],
    ]


def test_programs_get_all_of_it(project: Path) -> None:
    result = _run(
        project, "-", "--locale", "de", "--time-zone", "Europe/Berlin", "--format", "json", given=_LOG.encode()
    )
    told = json.loads(result.stdout)
    assert result.returncode == 0
    assert (told["locale"], told["entries"], told["known_entries"], told["zone_assumed"]) == ("de", 5, 3, True)
    assert told["logs"] == ["standard input"]
    event = told["events"][1]
    assert (event["source"], event["id"], event["count"], event["severity"]) == ("ShopPrint", "7", 2, "warning")
    assert event["first"] == "2026-02-01T10:00:00+01:00"
    assert event["parameters"][0]["values"] == [{"value": "LP-1", "count": 2, "exact": True, "meaning": None}]
    assert told["unknown"][0]["text"] == "[INFO] session … of user … closed"
    assert sum(bar["errors"] for bar in told["timeline"]["bars"]) == 1


def test_programs_get_all_times_in_one_zone(project: Path) -> None:
    log = "<34>1 2026-05-01T03:14:15.003Z h shop 1 - - Disk 1 of 2 is full\n2026-05-01 05:10:00 Disk 1 of 2 is full\n"
    result = _run(project, "-", "--time-zone", "Europe/Berlin", "--format", "json", given=log.encode())
    told = json.loads(result.stdout)
    counted = [told, *told["events"], *told["unknown"]]
    assert {event["last"][-6:] for event in counted if event["last"]} == {"+02:00"}
    assert {event["first"][-6:] for event in counted if event["first"]} == {"+02:00"}


def test_a_zone_is_named_at_both_ends_where_its_clocks_were_changed(project: Path) -> None:
    log = "2026-03-01 10:00:00 one\n2026-04-01 10:00:00 two\n"
    told = _run(project, "-", "--time-zone", "Europe/Berlin", given=log.encode()).stdout
    assert "2026-03-01 10:00:00 UTC+01:00 to 2026-04-01 10:00:00 UTC+02:00: " in told


@pytest.mark.parametrize(
    ("options", "entries"),
    [
        (("--since", "2026-02-02"), 1),
        (("--until", "2026-02-01"), 4),
        (("--since", "2026-02-01T10:05", "--until", "2026-02-01T10:06"), 2),
        (("--since", "30d"), 0),
    ],
)
def test_entries_outside_the_time_are_left_out(project: Path, options: tuple[str, ...], entries: int) -> None:
    result = _run(project, "app.log", "--time-zone", "UTC", "--format", "json", *options)
    told = json.loads(result.stdout)
    assert (told["entries"], told["left_out_entries"]) == (entries, 5 - entries)


def test_what_is_damaged_is_told_and_changes_the_exit_code(project: Path) -> None:
    (project / "broken.xml").write_text("<Events><Event><oops></Event></Events>", encoding="utf-8")
    result = _run(project, "broken.xml", "app.log")
    assert result.returncode == 1
    assert "5 entries in 2 logs" in result.stdout
    assert "error[log-record]: event 1 can't be read: mismatched tag" in result.stdout
    assert json.loads(_run(project, "broken.xml", "--format", "json").stdout)["findings"][0]["code"] == "log-record"


@pytest.mark.parametrize(
    "text",
    [
        '[{"MESSAGE": "one [", "level": "info"}, {"MESSAGE": "two"}]',
        '[\n  {\n    "MESSAGE": "one [",\n    "level": "info"\n  },\n  {\n    "MESSAGE": "two"\n  }\n]\n',
        '{\n\t"MESSAGE" : "one ["\n}\n{\n\t"MESSAGE" : "two"\n}\n',
        '{"MESSAGE": "one ["}\n{"MESSAGE": "two"}\n',
    ],
)
def test_objects_may_be_in_an_array_or_go_on_over_lines(project: Path, text: str) -> None:
    (project / "log.json").write_text(text, encoding="utf-8")
    result = _run(project, "log.json", "--format", "json")
    data = json.loads(result.stdout)
    assert (result.returncode, data["entries"], data["findings"]) == (0, 2, [])
    assert sorted(group["text"] for group in data["unknown"]) == ["one [", "two"]


def test_objects_that_are_cut_off_or_share_a_line_cost_no_other(project: Path) -> None:
    begin = '{"EventID": 5719, "ProviderName":"NETLOGON","Message":'
    lines = [begin + '"a"}' + begin + '"b"}', begin[:38], begin + "NaN}", begin + '"\\ud800 x"}']
    (project / "torn.json").write_text("\n".join(lines), encoding="utf-8")
    result = _run(project, "torn.json")
    assert result.returncode == 1
    assert "4 entries in 1 log" in result.stdout
    assert "error[log-record]: line 2 is no whole JSON object" in result.stdout
    assert "what is whole before and behind it was read" in result.stdout


def test_a_report_is_written(project: Path) -> None:
    (project / "out").mkdir()
    result = _run(project, "app.log", "--report", "out/report.html", "--locale", "de")
    assert (result.returncode, result.stderr) == (0, f"Wrote {Path('out/report.html')}\n")
    assert "Protokollbericht" in (project / "out/report.html").read_text(encoding="utf-8")


def test_a_report_tells_what_is_damaged_in_its_language_and_the_command_in_english(project: Path) -> None:
    result = _run(project, "-", "--report", "damaged.html", "--locale", "de", given=b"<Events><Event></Event></Events>")
    assert result.returncode == 1
    assert "event 1 can't be read: there is no event ID in it" in result.stdout
    html = (project / "damaged.html").read_text(encoding="utf-8")
    assert "Ereignis 1 kann nicht gelesen werden: es enthält keine Ereignis-ID" in html
    assert "can&#39;t" not in html


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Missing argument"),
        (("nowhere.log",), "there is no file nowhere.log"),
        (("content",), "content is a folder"),
        (("app.log", "--since", "soon"), "`--since soon` is no time"),
        (("app.log", "--time-zone", "Moon/Base"), "there is no time zone `Moon/Base`"),
        (("app.log", "--encoding", "klingon"), "there is no encoding `klingon`"),
        (("app.log", "--locale", "fr"), "the project has no locale `fr`"),
        (("app.log", "-f", "none.yml"), "there is no none.yml here"),
        (("app.log", "--report", "content/products.yml/x.html"), "there is no folder"),
        (("app.log", "--report", "app.log"), "app.log is one of the logs"),
        (("app.log", "--report", "./content/../app.log"), "is one of the logs"),
        (("app.log", "--report", "content/products.yml"), "is there already, and is no report"),
        (("app.log", "--since", "2026-05-02", "--until", "2026-05-01"), "--until names a time before --since"),
    ],
)
def test_wrong_usage_is_told_in_a_line(project: Path, arguments: tuple[str, ...], told: str) -> None:
    result = _run(project, *arguments)
    assert result.returncode == 2
    assert told in " ".join(result.stderr.split())


def test_a_log_that_breaks_off_costs_neither_what_was_read_nor_the_next_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "b.log").write_bytes(b"2026-02-01 10:00:00 one\n" * 20_000)
    whole = LogStream.read

    def breaks(stream: LogStream, most: int) -> bytes:
        part = whole(stream, most)
        if stream.name == "b.log" and part and len(part) < most:
            raise OSError(errno.EIO, "Input/output error")
        return part

    monkeypatch.setattr(LogStream, "read", breaks)
    result = _run(project, "b.log", "app.log", "--format", "json")
    told = json.loads(result.stdout)
    assert result.returncode == 1
    assert told["known_entries"] == 3
    assert told["entries"] > 5_000
    assert [finding["message"] for finding in told["findings"]] == [
        "the log can't be read to its end: input/output error"
    ]
    assert told["findings"][0]["path"] == "b.log"


def test_a_log_that_may_not_be_read_is_told_before_any_is_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Asked of the system: whoever runs tests as root may read everything.
    monkeypatch.setattr(os, "access", lambda name, _: Path(name).name != "app.log")
    result = _run(project, "app.log")
    assert result.returncode == 2
    assert "app.log can't be read: you have no permission to" in " ".join(result.stderr.split())


def test_a_missing_library_is_one_clear_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "a.evtx").write_bytes(b"ElfFile\0" + bytes(5000))
    monkeypatch.setitem(sys.modules, "evtx", None)
    result = _run(project, "a.evtx")
    assert result.returncode == 2
    assert "Error: reading .evtx files needs the library evtx: pip install kb-gen[logs]" in result.stderr


def test_a_log_puts_no_orders_into_a_terminal(project: Path) -> None:
    result = _run(project, "-", given=b"2026-02-01 10:00:00 \x1b[31mred\x1b]0;title\x07 \xe2\x80\xae [bold]x\n")
    assert result.returncode == 0
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "[bold]x" in result.stdout


def test_named_data_is_told_under_the_name_that_it_has(project: Path) -> None:
    event = (
        "<Event><System><Provider Name='ShopPrint'/><EventID>7</EventID></System><EventData>"
        "<Data Name='State'>jammed</Data><Data Name='Printer'>LP-1</Data><Data Name='Tray'>2</Data>"
        "</EventData></Event>"
    )
    result = _run(project, "-", "--locale", "de", "--format", "json", given=event.encode())
    (told,) = json.loads(result.stdout)["events"]
    assert [(each["number"], each["values"][0]["value"]) for each in told["parameters"]] == [
        (1, "LP-1"), (2, "jammed"), (3, "2"),
    ]  # fmt: skip
    assert told["parameters"][2]["name"] == "Tray"

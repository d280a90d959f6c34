"""`kb-gen lookup` as somebody with a line of a log meets it."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from command_line import fed_kb_gen, run_kb_gen
from site_trees import copy_sample


def _run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    return fed_kb_gen(folder, "lookup", *arguments, given=given)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_sample(tmp_path_factory.mktemp("lookup"))
    record = folder / "content/shop/shopprint/7.yml"
    record.write_text(record.read_text(encoding="utf-8") + "former: [Old Printer/-1073741817]\n", encoding="utf-8")
    # Long ago, so that what is read is kept.
    for file in (*folder.rglob("*.yml"), *folder.rglob("*.po")):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    return folder


def test_a_line_leads_to_the_event_with_its_values(project: Path) -> None:
    result = _run(project, "2026-05-01 03:12:44 Printer LP-1 is out of paper")
    assert result.returncode == 0
    assert result.stdout.splitlines() == [
        "ShopPrint 7  Warning  Shop Server",
        "  A printer is out of order.",
        "  en/shopprint/7/index.html",
        "    %1 printer  LP-1",
        "    %2 state    out of paper",
    ]


def test_a_german_server_is_answered_in_german(project: Path) -> None:
    result = _run(project, "--locale", "DE", "--format", "json", given="\ufeffBestellung O-1 abgelehnt.\r\n".encode())
    told = json.loads(result.stdout)
    assert result.returncode == 0
    assert (told["locale"], told["events"][0]["id"], told["events"][0]["severity"]) == ("de", "100", "error")
    assert told["events"][0]["address"] == "de/shopservice/100/index.html"
    assert told["events"][0]["values"] == [{"number": 1, "name": "Bestellnummer", "value": "O-1", "cut": False}]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Druckerei:\r\nBestellung Ä-1 abgelehnt.\r\n", "utf-16"),
        ("\ufeffBestellung Ä-1 abgelehnt.\r\n", "utf-16-be"),
        ("Bestellung Ä-1 abgelehnt.\n", "utf-16-le"),
        ("Bestellung Ä-1 abgelehnt.\r\n", "utf-8-sig"),
        ("Bestellung Ä-1 abgelehnt.", "cp1252"),
        ("Bestellung Ä-1 abgelehnt.", "utf-32"),
    ],
)
def test_a_file_is_read_in_the_encoding_that_it_has(project: Path, text: str, encoding: str) -> None:
    (event,) = json.loads(_run(project, "--format", "json", given=text.encode(encoding)).stdout)["events"]
    assert (event["id"], event["values"][0]["value"]) == ("100", "Ä-1")


def test_a_line_in_another_encoding_changes_no_other(project: Path) -> None:
    given = "Grüße\n".encode("cp1252") + "Bestellung Ä-1 abgelehnt.".encode()
    (event,) = json.loads(_run(project, "-", "--format", "json", given=given).stdout)["events"]
    assert event["values"][0]["value"] == "Ä-1"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("100", "ShopService"), ["ShopService 100"]),
        (("ORDER_REFUSED",), ["ShopService 100"]),
        (("refused",), ["ShopService 100"]),
        (("0xC0000007",), ["ShopPrint 7"]),
        (("-1073741817", "Old Printer"), ["ShopPrint 7"]),
        (("-1073741817",), ["ShopPrint 7"]),
        (("-",), []),
    ],
)
def test_ids_codes_and_names_lead_to_events(project: Path, words: tuple[str, ...], found: list[str]) -> None:
    result = _run(project, *words, "--format", "json")
    assert [f"{event['source']} {event['id']}" for event in json.loads(result.stdout)["events"]] == found
    assert result.returncode == (0 if found else 1)


def test_a_code_is_explained(project: Path) -> None:
    result = _run(project, "0xC0000007")
    assert result.stdout.splitlines()[0] == "0xC0000007 is event ID 7 with severity Error and facility 0."
    code = json.loads(_run(project, "0x80041267", "--format", "json").stdout)["codes"]
    assert code == [
        {"code": "0x80041267", "id": 4711, "hexadecimal": "0x80041267", "severity": "warning", "facility": 4}
    ]


def test_a_source_alone_is_told_as_one(project: Path) -> None:
    result = _run(project, "shopservice")
    lines = ["ShopService is an event source with 2 events.", "  en/shopservice/index.html"]
    assert (result.returncode, result.stdout.splitlines()) == (0, lines)
    assert json.loads(_run(project, "ShopService", "--locale", "de", "--format", "json").stdout)["sources"] == [
        {
            "source": "ShopService",
            "event_count": 2,
            "address": "de/shopservice/index.html",
            "url": "de/shopservice/index.html",
        }
    ]


def test_nothing_found_is_said_and_told_by_the_exit_code(project: Path) -> None:
    result = _run(project, "The quick brown fox")
    assert (result.returncode, result.stdout) == (1, "No event was found for this.\n")
    assert _run(project, given=b"\xff\xfe\x00\x80").returncode == 1


def test_what_a_value_holds_is_no_order_to_a_terminal(project: Path) -> None:
    result = _run(project, given="Printer \x1b[31mred\x9b is \x07bell".encode())
    assert "%1 printer  \\x1b[31mred\\x9b" in result.stdout
    assert "\x1b" not in result.stdout


def test_wrong_usage_says_what_is_right(project: Path, tmp_path: Path) -> None:
    unknown = _run(project, "7", "--locale", "fr")
    assert (unknown.returncode, "the project has no locale `fr`; it has en, de" in unknown.stderr) == (2, True)
    assert _run(tmp_path, "7").returncode == 2


def test_what_is_kept_is_used_and_an_edit_is_seen(project: Path) -> None:
    pack = project / ".kb-gen/events"
    # Files that have changed just now may change again without showing another time: they aren't relied on.
    for _ in range(20):
        _run(project, "7")
        if pack.exists():
            break
        time.sleep(0.5)
    before = pack.read_bytes()
    assert _run(project, "Printer x is y").returncode == 0
    assert pack.read_bytes() == before
    pack.write_bytes(before[:-40])
    assert _run(project, "Printer x is y").returncode == 0
    record = project / "content/shop/shopprint/7.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("Printer %s is", "The printer called %s is"), encoding="utf-8")
    try:
        assert _run(project, "The printer called x is y").returncode == 0
    finally:
        record.write_text(text, encoding="utf-8")


def test_online_help_is_written_for_an_address_that_is_known(project: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_kb_gen(project, "online-help", "--into", str(tmp_path), *arguments)

    nowhere = run()
    assert (nowhere.returncode, "set site_url in mkdocs.yml, or give --address" in nowhere.stderr) == (2, True)
    assert run("--address", "ftp://kb").returncode == 2
    assert run("--address", "").returncode == 2
    refused = run("--address", "https://reader:secret@kb.example.com/")
    assert (refused.returncode, "password" in refused.stderr, "secret" in refused.stderr) == (2, True, False)
    assert list(tmp_path.iterdir()) == []
    told = run("--address", "https://kb.example.com/en/lookup/", "--format", "json")
    assert told.returncode == 0
    assert json.loads(told.stdout)["help_links"] == {
        "shop": 'helpLink="https://kb.example.com/en/lookup/?ProdName=Shop%20Server"'
    }
    assert sorted(file.name for file in tmp_path.iterdir()) == ["event-viewer-undo.reg", "event-viewer.reg"]
    assert b"f\x00w\x00l\x00i\x00n\x00k" in (tmp_path / "event-viewer-undo.reg").read_bytes()

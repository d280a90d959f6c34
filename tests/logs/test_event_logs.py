"""Windows event logs, whole and damaged."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from log_samples import codes, read

from kb_gen.logs import Entry

pytest.importorskip("evtx", reason="needs the library evtx: pip install kb-gen[logs]")
pytestmark = pytest.mark.corpus

CORPORA = Path(os.environ.get("KB_GEN_CORPORA", Path(__file__).parents[3] / "shared" / "corpora")) / "evtx"


def content(name: str) -> bytes:
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora at {CORPORA}")
    return (CORPORA / name).read_bytes()


def events(entries: list[Entry]) -> Counter[tuple[str, str]]:
    return Counter((entry.source, entry.id) for entry in entries)


def test_all_records_of_a_log_are_read() -> None:
    entries, findings = read(content("system.evtx"))
    assert not findings
    assert len(entries) == 1881
    assert [entry.position for entry in entries] == list(range(1, 1882))
    counted = events(entries)
    assert counted["Microsoft-Windows-Kernel-General", "16"] == 394
    assert counted["Service Control Manager", "7045"] == 57
    assert all(entry.time and entry.time.utcoffset() is not None and entry.level for entry in entries)


@pytest.mark.parametrize("harm", ["overwritten", "cut"])
def test_a_log_that_has_lost_its_header_and_its_first_block_is_known(harm: str) -> None:
    whole = content("system.evtx")
    entries, findings = read(b"\xaa" * 4608 + whole[4608:] if harm == "overwritten" else whole[5000:])
    assert len(entries) > 1700
    assert findings


def test_a_provider_keeps_its_other_name() -> None:
    entries, _ = read(content("system.evtx"))
    found = [entry for entry in entries if entry.id == "10016"]
    assert {(entry.source, entry.other) for entry in found} == {("Microsoft-Windows-DistributedCOM", "DCOM")}
    assert len(found) == 16


def test_audits_have_their_own_levels_and_references_stay_as_they_are() -> None:
    entries, findings = read(content("new-user-security.evtx"))
    assert not findings
    assert sorted(entry.id for entry in entries) == ["4720", "4728", "4728", "4732"] or events(entries).total() == 4
    assert {entry.id for entry in entries} == {"4720", "4728", "4732"}
    assert {str(entry.level) for entry in entries} == {"success-audit"}
    values = {value.name: value.text for entry in entries for value in entry.values if entry.id == "4720"}
    assert values["HomePath"] == "%%1793"


def test_data_without_names_keeps_its_order_and_its_empty_values() -> None:
    entries, findings = read(content("MSExchange_Management_wec.evtx"))
    assert not findings
    (entry,) = entries
    assert (entry.source, entry.id, entry.qualifiers) == ("MSExchange CmdletLogs", "1", 16384)
    assert len(entry.values) == 27
    assert not any(value.name for value in entry.values)
    texts = [value.text for value in entry.values]
    assert (texts[0], texts[7], texts[8], texts[-1]) == ("Set-Mailbox", "", "5", "fr-FR")
    assert "Portée par défaut" in texts[10]


def test_a_damaged_log_gives_what_is_readable_and_says_what_is_lost() -> None:
    entries, findings = read(content("sample_with_a_bad_chunk_magic.evtx"))
    # The library alone finds 270: behind a gap inside a chunk there are 31 more.
    assert len(entries) == 301
    assert len({entry.position for entry in entries}) == 301
    assert set(codes(findings)) == {"log-chunk"}
    told = [finding.message for finding in findings]
    assert told[1] == "chunks 1 to 5 are destroyed: 327,680 bytes are all zeros"
    assert told[2].startswith("chunk 6 is damaged: its header is destroyed, 57,592 bytes of it are no records")
    assert told[-1] == "of the records 45,691 to 47,705, 301 were read and 1,714 are lost"


def test_bytes_that_are_others_without_destroying_a_record_are_told() -> None:
    log = bytearray(content("system.evtx"))
    place = 4096 + 8 * 65536 + 11419
    log[place : place + 4] = b"ABCD"
    entries, findings = read(bytes(log))
    assert len(entries) == 1881
    assert [finding.message.partition(" of ")[2] for finding in findings if finding.code == "log-checksum"] == [
        "chunk 8 doesn't fit, so some of its values may be wrong"
    ]


def test_a_broken_string_costs_its_own_record_at_most() -> None:
    log = bytearray(content("system.evtx"))
    log[300_000:300_100] = b"Z" * 100
    entries, findings = read(bytes(log))
    assert len(entries) >= 1880
    assert set(codes(findings)) <= {"log-chunk", "log-checksum"}


def test_a_log_that_is_cut_off_loses_its_end_only() -> None:
    whole = content("system.evtx")
    entries, findings = read(whole[: 4096 + 65536 + 30_000])
    assert 108 < len(entries) < 210
    assert set(codes(findings)) == {"log-chunk"}
    assert any("its header counts 3 chunks" in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (4096 + 65536, "ends before chunk 1, but its header counts 3 chunks"),
        (4096, "ends before chunk 0, but its header counts 3 chunks"),
        (8, "ends in its header"),
    ],
)
def test_a_log_that_has_less_than_its_header_counts_is_no_whole_one(kept: int, told: str) -> None:
    _, findings = read(content("system.evtx")[:kept])
    assert any(told in finding.message for finding in findings)


@pytest.mark.parametrize("header", [bytes(4096), b""])
def test_a_log_without_its_header_is_read(header: bytes) -> None:
    whole = content("system.evtx")
    entries, findings = read(header + whole[4096:])
    assert len(entries) == 1881
    assert [finding.message for finding in findings] == ["the header of the event log is destroyed"]
    assert findings[0].help.startswith("what is readable was read")


def test_who_has_a_text_read_as_an_event_log_learns_how_not_to() -> None:
    entries, findings = read("2026-02-01 10:00:00 one\n" * 9, "evtx")
    assert not entries
    assert "leave that out if it is none" in findings[0].help


@pytest.mark.parametrize("place", range(4608, 4096 + 65536, 6553))
def test_a_wrong_byte_costs_a_few_records(place: int) -> None:
    whole = bytearray(content("system.evtx")[: 4096 + 65536])
    whole[place] ^= 0xFF
    entries, _ = read(bytes(whole))
    # Some bytes belong to a template that a dozen records are made from.
    assert 90 <= len(entries) <= 108


def chunk_of(log: bytes, number: int) -> slice:
    """Where a chunk of a log stands."""
    return slice(4096 + number * 65536, 4096 + (number + 1) * 65536)


def closed(log: bytes, used: int) -> bytearray:
    """A log as Windows leaves it when it closes it."""
    whole = bytearray(log)
    whole[42:44], whole[120] = used.to_bytes(2, "little"), 0
    return whole


@pytest.mark.parametrize("used", [0, 15])
def test_bytes_in_room_that_nobody_has_used_cost_nothing_and_are_told_so(used: int) -> None:
    log = bytearray(content("system.evtx"))
    # Not closed, it has room in its last chunk; closed, its header counts all chunks.
    log = closed(log, used) if used else log
    log[chunk_of(log, 16).start + 100] = 1
    entries, findings = read(bytes(log))
    assert len(entries) == 1881
    assert [(finding.code, finding.severity.value) for finding in findings] == [("log-stray-bytes", "warning")]
    assert findings[0].message == (
        "chunk 16, behind the last record, has bytes that aren't zero, and no record; "
        "the log hadn't used that yet, so nothing is lost"
    )


def test_a_chunk_behind_a_full_one_of_a_log_that_was_not_closed_may_have_been_lost() -> None:
    log = bytearray(content("system.evtx"))
    log[chunk_of(log, 14)] = b"x" * 65536
    entries, findings = read(bytes(log))
    assert len(entries) == 1828
    assert [(finding.code, finding.severity.value) for finding in findings] == [("log-stray-bytes", "error")]
    assert "Windows hadn't closed the log" in findings[0].message


def test_a_few_bytes_behind_the_last_chunk_are_no_chunk() -> None:
    entries, findings = read(content("system.evtx") + b"hello")
    assert len(entries) == 1881
    assert [(finding.code, finding.severity.value) for finding in findings] == [("log-stray-bytes", "warning")]
    assert findings[0].message.startswith("5 bytes stand behind chunk 16 that are part of no chunk")


@pytest.mark.parametrize(
    ("filling", "told"),
    [(b"\0", "chunk 5 is destroyed: 65,536 bytes are all zeros"), (b"x", "no record can be found in 65,536 bytes")],
)
def test_a_chunk_is_lost_where_records_follow_whatever_an_old_header_counts(filling: bytes, told: str) -> None:
    log = bytearray(content("system.evtx"))
    log[chunk_of(log, 5)] = filling * 65536
    entries, findings = read(bytes(log))
    assert len(entries) == 1751
    assert told in findings[0].message
    assert findings[1].message == "of the records 1 to 1,881, 1,751 were read and 130 are lost"
    assert len(findings) == 2


def test_a_chunk_that_was_cut_out_is_missed() -> None:
    log = content("system.evtx")
    entries, findings = read(log[: chunk_of(log, 5).start] + log[chunk_of(log, 5).stop :])
    assert len(entries) == 1751
    assert [finding.message for finding in findings] == ["of the records 1 to 1,881, 1,751 were read and 130 are lost"]


@pytest.mark.parametrize("more", [3, 65530])
def test_chunks_are_found_behind_bytes_that_do_not_belong_there(more: int) -> None:
    log = content("system.evtx")
    entries, findings = read(log[:4096] + b"z" * more + log[4096:])
    assert len(entries) == 1881
    assert [finding.message.partition(" that")[0] for finding in findings] == [f"{more:,} bytes stand before chunk 0"]


def test_chunks_are_found_behind_one_that_has_lost_bytes() -> None:
    log = content("system.evtx")
    entries, findings = read(log[: chunk_of(log, 3).stop - 30_000] + log[chunk_of(log, 4).start :])
    assert 1881 - 70 < len(entries) < 1881
    assert findings[0].message.partition(":")[0] == "chunk 3 is damaged"
    assert len(findings) == 2


def test_logs_one_behind_the_other_are_read_both() -> None:
    entries, findings = read(content("new-user-security.evtx") + content("system.evtx"))
    assert not findings
    assert len(entries) == 4 + 1881


def test_a_reason_is_what_the_library_found_and_not_where_it_was() -> None:
    log = bytearray(content("system.evtx"))
    log[300_500:300_700] = b"Z" * 200
    _, findings = read(bytes(log))
    reasons = [finding.message.rpartition("(")[2] for finding in findings if "(" in finding.message]
    assert reasons
    assert not [reason for reason in reasons if "Skipping" in reason or "RuntimeError" in reason]

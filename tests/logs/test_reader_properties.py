"""Whatever is given as a log, of whatever format: nothing raises, nothing takes long, and nothing grows with it."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from log_samples import event_xml, read

from kb_gen.logs import FORMATS, LONGEST_ENTRY

# The library for event logs may be absent.
_FORMATS = [name for name in FORMATS if name != "evtx"]

_PIECES = st.sampled_from(
    [
        "2026-02-28 10:00:00 ",
        "Feb 30 25:61:61 a b[1]: ",
        "<191>1 - - - - - - ",
        "<34>",
        "20 <34>",
        "9 <34>1 - - - - - - x",
        "\r",
        "<Event ",
        "<Event xmlns='x'>",
        "</Event>",
        "<System><EventID>",
        "<![CDATA[",
        event_xml("A", 1, "<Data>%%2307</Data>"),
        "Level,Date and Time,Source,Event ID,Task Category\n",
        "Error,3/4/2026 10:00:00 AM,A,1,None,",
        '"',
        '""',
        '{"MESSAGE":',
        '{"ts":1e400}\n',
        "[" * 2000,
        '{"a":' * 300,
        "\n",
        "\r\n",
        "\x00",
        "\ufeff",
        "99999999999999999999",
        "0001-01-01T00:00:00+23:59 ",
        "9999-12-31 23:59:59 ",
        "\ud7ff",
        "%%",
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=30)), max_size=30).map("".join)
_ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-be", "cp1252", "latin-1"])


@pytest.mark.parametrize("form", ["", *_FORMATS])
@given(content=st.binary(max_size=3000))
@settings(max_examples=60)
def test_any_bytes_are_a_log_of_any_format(form: str, content: bytes) -> None:
    read(content, form)


@pytest.mark.parametrize("form", ["", *_FORMATS])
@given(text=_TEXTS, encoding=_ENCODINGS)
@settings(max_examples=120)
def test_any_text_is_a_log_of_any_format(form: str, text: str, encoding: str) -> None:
    entries, _ = read(text.encode(encoding, "replace"), form)
    assert all(len(entry.message) <= 2 * LONGEST_ENTRY for entry in entries)


@given(seed=st.integers(0, 2**32), flips=st.integers(1, 400))
@example(seed=368093, flips=344)  # a mark at the very end
@settings(max_examples=40)
def test_any_bytes_are_an_event_log(seed: int, flips: int) -> None:
    pytest.importorskip("evtx", reason="needs the library evtx: pip install kb-gen[logs]")
    chance = random.Random(seed)
    chunk = bytearray(65536)
    chunk[:8] = b"ElfChnk\0"
    for _ in range(flips):
        place = chance.randrange(len(chunk))
        chunk[place : place + 4] = chance.choice([b"**\0\0", chance.randbytes(4), b"\x0f\x01\x01\0", b"\x40\0\0\0"])
    read(b"ElfFile\0" + bytes(4088) + bytes(chunk), "evtx")


def test_records_that_all_are_torn_are_read_in_one_go() -> None:
    pytest.importorskip("evtx", reason="needs the library evtx: pip install kb-gen[logs]")
    torn = b"**\0\0" + (28).to_bytes(4, "little") + bytes(20)
    chunk = b"ElfChnk\0" + bytes(504) + torn * 2300
    entries, findings = read(b"ElfFile\0" + bytes(4088) + chunk.ljust(65536, b"\0") * 10, "evtx")
    assert not entries
    assert {finding.code for finding in findings} == {"log-chunk"}


@pytest.mark.parametrize(
    "content",
    [
        b"<Event " * 300_000,
        b"<Event><System>" * 20_000,
        b"x" * 5_000_000,
        b'"' * 1_000_001,
        b"Level,Date and Time,Source,Event ID,Task Category\n" + b'Error,3/4/2026 10:00:00,A,1,None,"x\n' * 6_001,
        b"2026-02-28 10:00:00 x\n" + b" at y\n" * 30_000,
        b"\n" * 300_000,
        b'{"a":' * 200_000,
        b"[" * 1_000_000,
        b"Feb 28 10:00:00 " * 20_000,
        (b"a/" * 5000 + b"\n") * 100,
        (b"0:" * 5000 + b"\n") * 100,
    ],
    ids=range(12),
)
def test_no_log_makes_reading_slow(content: bytes) -> None:
    # Each is done in a second or two; where something were quadratic, it would take hours.
    for form in ["", *_FORMATS]:
        read(content, form)

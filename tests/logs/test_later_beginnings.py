"""Logs that are cut at their beginning, or begin with something else: what they are is told by the rest."""

from __future__ import annotations

import json

import pytest
from log_samples import read

EVENT = (
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Disk'/>"
    "<EventID>{}</EventID></System></Event>"
)
OBJECTS = [{"time": f"2026-02-01T10:00:{number:02}Z", "msg": f"good {number}"} for number in range(30)]


@pytest.mark.parametrize("before", ["Connecting to server...\n", "='x'><System></System></Event>"])
@pytest.mark.parametrize("between", ["", "\n"])
def test_events_as_xml(before: str, between: str) -> None:
    entries, _ = read(before + between.join(EVENT.format(number) for number in range(1, 7)))
    assert [entry.id for entry in entries][-6:] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("cut", [30, 45])
def test_json(indent: int | None, cut: int) -> None:
    log = json.dumps(OBJECTS, indent=indent) if indent else "\n".join(map(json.dumps, OBJECTS))
    entries, findings = read(log[cut:])
    assert [entry.message for entry in entries if entry.time] == [f"good {number}" for number in range(1, 30)]
    assert findings or len(entries) == 30


def test_a_journal() -> None:
    log = "".join(
        f"__CURSOR=s={number}\n__REALTIME_TIMESTAMP=1767225600000000\n_HOSTNAME=h\nMESSAGE=m{number}\n\n"
        for number in range(5)
    )
    entries, _ = read(log[12:])
    assert [entry.message for entry in entries][-4:] == ["m1", "m2", "m3", "m4"]


def test_lines_with_an_object_now_and_then_stay_lines() -> None:
    log = "\n".join([f"Nov  1 10:00:0{number} host app: all is well" for number in range(5)] + ['{"a": 1}'])
    entries, _ = read(log)
    assert len(entries) == 5
    assert entries[0].host == "host"

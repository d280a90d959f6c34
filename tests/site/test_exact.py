"""The shards by which an ID, a source with an ID, or a symbol is found."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.model import Identity
from kb_gen.site import exact
from kb_gen.site.exact import exact_files, exact_row, id_keys
from kb_gen.site.lookup import LookupEvent

LARGEST = 40_000


def event(number: int, symbol: str = "", id: str = "", summary: str = "The queue is full.") -> LookupEvent:
    identity = Identity("shop", "ShopService", id or str(number), symbol)
    return LookupEvent(identity, f"shopservice/{number}", summary=summary)


def known(event: LookupEvent) -> tuple[Identity, bytes]:
    return event.identity, exact_row(event)


def shards(events: list[LookupEvent]) -> dict[str, object]:
    """What each script hands over, by the name it gives and that of its file."""
    found: dict[str, object] = {}
    for asset in exact_files("en", map(known, events)):
        assert isinstance(asset.content, bytes)
        match = re.fullmatch(r'kbExact\.take\("([^"]+)",(.*)\)\n', asset.content.decode(), re.DOTALL)
        assert match
        assert asset.url == f"en/search/exact/{match[1]}.js"
        assert len(asset.url.rpartition("/")[2]) < 120
        found[match[1]] = json.loads(match[2])
    return found


def test_few_events_are_in_one_shard_for_ids_and_one_for_symbols() -> None:
    found = shards([event(7, "PrintFailed"), event(8)])
    assert found["ids"] == 2
    assert found["names"] == 1
    assert found["ids-"] == [
        ["7", "ShopService", "PrintFailed", "shopservice/7", "The queue is full."],
        ["8", "ShopService", "", "shopservice/8", "The queue is full."],
    ]
    assert found["names-"] == [["7", "ShopService", "PrintFailed", "shopservice/7", "The queue is full."]]


def test_ids_are_found_as_they_are_and_as_decimal_numbers() -> None:
    assert id_keys("1024") == ("1024",)
    assert id_keys("0x400") == ("0x400", "1024")
    assert id_keys("0X400") == ("0x400", "1024")
    assert id_keys("007") == ("007", "7")
    assert id_keys("KB-7") == ("kb-7",)


def test_long_summaries_are_cut_between_words() -> None:
    row = shards([event(7, summary="word " * 100)])["ids-"][0]  # type: ignore[index]
    assert len(row[4]) <= 160
    assert row[4].endswith("word…")


def test_many_events_are_cut_into_shards_of_a_bounded_size() -> None:
    events = [event(number, f"EVENT_SHOP_{number:x}") for number in range(20_000)]
    assets = list(exact_files("en", map(known, events)))
    assert max(len(bytes(asset.content)) for asset in assets) < LARGEST  # type: ignore[arg-type]
    found = shards(events)
    rows = [row for name, data in found.items() if name.startswith("ids-") for row in data]  # type: ignore[attr-defined]
    assert sorted(row[0] for row in rows) == sorted(str(number) for number in range(20_000))


def test_a_long_list_of_shards_is_cut_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "_LONGEST_LIST", 100)
    found = shards([event(number) for number in range(5000)])
    assert found["ids"] == {"0": 1, **dict.fromkeys("1234"), **dict.fromkeys("56789", 111)}
    inner = found["ids.1"]
    assert isinstance(inner, dict)
    assert inner["0"] == 111


def test_an_edit_changes_one_shard_for_the_id_and_one_for_the_symbol() -> None:
    events = [event(number, f"EVENT_SHOP_{number:x}") for number in range(5000)]
    before = {asset.url: asset.content for asset in exact_files("en", map(known, events))}
    events[4321] = event(4321, "EVENT_SHOP_10e1", summary="Something else.")
    after = {asset.url: asset.content for asset in exact_files("en", map(known, events))}
    assert before.keys() == after.keys()
    assert len([url for url in before if before[url] != after[url]]) == 2


def test_the_order_of_events_makes_no_difference() -> None:
    events = [event(number, f"S{number}") for number in range(3000)]
    assert list(exact_files("en", map(known, events))) == list(exact_files("en", map(known, events[::-1])))


def test_names_that_no_file_could_have_are_written_otherwise() -> None:
    symbols = [f"{'Sehr lang und / oder: ä' * 8}{number}" for number in range(400)]
    names = [name for name in shards([event(n, symbol) for n, symbol in enumerate(symbols)]) if name[0] == "n"]
    assert len(names) > 5
    assert all(re.fullmatch(r"[a-z0-9_.-]+", name) for name in names)


@given(st.lists(st.text(min_size=1, max_size=12), max_size=40))
def test_whatever_ids_there_are_each_is_in_a_shard(ids: list[str]) -> None:
    events = [event(number, id=own) for number, own in enumerate(ids)]
    rows = shards(events)["ids-"] if ids else []
    assert {row[0] for row in rows} == set(ids)  # type: ignore[attr-defined]

"""Names become addresses: safe, stable, and told apart where they collide."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.model import (
    Entry,
    EventSource,
    Identity,
    KnowledgeBase,
    Product,
    Record,
    address_book,
    slug,
    source_address,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MSExchangeTransport", "msexchangetransport"),
        ("MSExchange ADAccess", "msexchange-adaccess"),
        ("1024", "1024"),
        ("Überwachung & Straße", "uberwachung-strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ("a..b", "a.b"),
        ("Microsoft-Windows-Kernel_General", "microsoft-windows-kernel_general"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_a_slug_is_always_one_safe_segment(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9_][a-z0-9._-]*", slug(name))
    assert ".." not in slug(name)
    assert not slug(name).endswith(".")


@pytest.mark.parametrize("name", ["CON", "nul", "com1", "Aux.txt"])
def test_device_names_are_never_a_segment(name: str) -> None:
    assert slug(name).split(".")[0] != name.split(".", maxsplit=1)[0].lower()


@pytest.mark.parametrize("name", ["", "日本語", "💥", "---"])
def test_names_without_letters_stay_apart(name: str) -> None:
    assert slug(name).startswith("x-")
    assert slug(name) != slug(name + "x日")


def test_a_source_never_takes_an_address_of_the_site() -> None:
    assert source_address("Lookup") == "source-lookup"
    assert source_address("API") == "source-api"
    assert source_address("Anything", "chosen") == "chosen"


def _kb(*records: Record, sources: dict[str, EventSource] | None = None) -> KnowledgeBase:
    entries = tuple(Entry(record, f"{n}.yml") for n, record in enumerate(records))
    return KnowledgeBase(products={"p": Product("P", sources=sources or {})}, entries=entries)


def _addresses(*records: Record) -> list[str]:
    book = address_book(_kb(*records))
    return list(book.addresses.values())


def test_a_record_alone_has_the_bare_address() -> None:
    assert _addresses(Record("1", "A", "p", symbolic_name="X")) == ["a/1"]


def test_symbols_tell_records_apart() -> None:
    records = (Record("1", "A", "p", symbolic_name="X_ONE"), Record("1", "A", "p", symbolic_name="X_TWO"))
    assert _addresses(*records) == ["a/1-x_one", "a/1-x_two"]
    assert address_book(_kb(*records)).shared == {
        "a/1": (Identity("p", "A", "1", "X_ONE"), Identity("p", "A", "1", "X_TWO"))
    }


def test_versions_tell_records_with_one_symbol_apart() -> None:
    versions = [Record("1", "A", "p", version=v, symbolic_name="X") for v in ("1.0", "2.0", "3.0")]
    assert _addresses(*versions) == ["a/1-x-1.0", "a/1-x-2.0", "a/1-x-3.0"]


def test_products_tell_equal_records_apart() -> None:
    records = (Record("1", "A", "p"), Record("1", "A", "q"))
    assert _addresses(*records) == ["a/1-p", "a/1-q"]


def test_a_record_with_nothing_to_add_still_has_an_address() -> None:
    assert _addresses(Record("1", "A", "p"), Record("1", "A", "p", symbolic_name="X")) == ["a/1-unnamed", "a/1-x"]


_RECORDS = st.lists(
    st.builds(
        Record,
        id=st.sampled_from(["1", "2"]),
        source=st.sampled_from(["A", "B b"]),
        product=st.sampled_from(["p", "q"]),
        version=st.sampled_from(["", "1.0", "2.0"]),
        symbolic_name=st.sampled_from(["", "X", "Y", "x-1.0"]),
    ),
    unique_by=lambda r: (r.product, r.source, r.id, r.symbolic_name, r.version),
)


@given(_RECORDS)
def test_every_record_has_an_address_of_its_own(records: list[Record]) -> None:
    addresses = _addresses(*records)
    assert len(set(addresses)) == len(records)

"""What a template says about a text, and what of it changes when a record does."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from catalog_projects import FURTHER, TRANSPORT, knowledge_base
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from kb_gen.locales import extract, unit_address, update, write_templates
from kb_gen.locales.po import Key, PoEntry, read_po_file
from kb_gen.locales.surroundings import beginning
from kb_gen.model import Action, KnowledgeBase, Parameter, Record, Reference, Step

DOMAIN = "msexchangetransport"
TEMPLATE = f"translations/templates/{DOMAIN}.pot"
_DATE = re.compile(rb'"POT-Creation-Date: [^"]*"')
WORKBENCH = "https://translate.example.com/kb/"


def entries(kb: KnowledgeBase, workbench: str = "") -> dict[str, PoEntry]:
    return {entry.msgid: entry for entry in extract(kb, workbench)[DOMAIN].entries}


def around(entry: PoEntry) -> tuple[str, ...]:
    return tuple(note for note in entry.extracted if note.startswith(("preceded by: ", "followed by: ")))


def test_a_text_is_told_with_what_stands_before_and_after_it() -> None:
    found = entries(knowledge_base(TRANSPORT))
    assert around(found["%1 was refused."]) == ("followed by: User %1 may not send as %2.",)
    assert around(found["A user lacks a permission."]) == ("preceded by: sender", "followed by: Look at **Mailbox**.")
    assert around(found["About permissions"]) == ("preceded by: snippet restart",)


def test_a_shared_step_is_told_by_name_so_that_its_changes_are_not_all_articles() -> None:
    kb = knowledge_base(TRANSPORT)
    other = structs.replace(kb, snippets={"restart": Step(text="Restart it, and wait.")})
    assert extract(kb)[DOMAIN] == extract(other)[DOMAIN]


def test_a_long_neighbour_is_cut_between_words() -> None:
    text = "The service could not read the list of domain controllers, and uses the one that it knew before."
    assert beginning(text) == "The service could not read the list of domain controllers,…"
    assert beginning("short\n and\tplain") == "short and plain"
    assert beginning("漢" * 80) == "漢" * 59 + "…"


def test_the_last_comment_is_the_address_in_the_workbench() -> None:
    kb = knowledge_base(TRANSPORT)
    for entry in entries(kb, WORKBENCH).values():
        assert entry.extracted[-1] == unit_address(WORKBENCH, DOMAIN, entry.context, entry.msgid)
        assert entry.extracted[-1].startswith("https://translate.example.com/kb/unit/")
    assert not any("/unit/" in note for entry in entries(kb).values() for note in entry.extracted)


def test_a_text_in_several_places_is_told_with_what_surrounds_the_first(tmp_path: Path) -> None:
    shared = entries(knowledge_base(TRANSPORT, FURTHER))["Open the log."]
    assert around(shared) == around(entries(knowledge_base(TRANSPORT))["Open the log."])


def header_date(root: Path, path: str) -> str:
    file, _ = read_po_file(root, path)
    assert file is not None
    return file.fields["POT-Creation-Date"]


def test_the_date_changes_with_texts_and_not_with_comments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = f"translations/de/LC_MESSAGES/{DOMAIN}.po"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    update(tmp_path, "de")
    first = header_date(tmp_path, TEMPLATE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    renamed = structs.replace(TRANSPORT, parameters={**TRANSPORT.parameters, 2: Parameter("sender", example="Eve")})
    assert write_templates(tmp_path, knowledge_base(renamed)) == (TEMPLATE,)
    assert any(one.written for one in update(tmp_path, "de")[0])
    assert header_date(tmp_path, TEMPLATE) == header_date(tmp_path, catalog) == first
    write_templates(tmp_path, knowledge_base(structs.replace(renamed, summary="Another one.")))
    update(tmp_path, "de")
    assert header_date(tmp_path, TEMPLATE) == header_date(tmp_path, catalog) != first


def test_windows_line_ends_of_a_template_stay(tmp_path: Path) -> None:
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    file = tmp_path / TEMPLATE
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert write_templates(tmp_path, knowledge_base(TRANSPORT)) == ()


def test_a_percentage_is_no_format(tmp_path: Path) -> None:
    record = structs.replace(FURTHER, summary="10 % of the queue is full.", explanation="100 %1 of {count} %s")
    found = entries(knowledge_base(record))
    assert found["10 % of the queue is full."].flags == ()
    assert found["100 %1 of {count} %s"].flags == ("qt-format",)


SENTENCES = st.sampled_from(
    ["Open the log.", "Restart it.", "%1 is full.", "Wait.", "Look at `x`.", "- One\n- Two", "A long text. " * 9]
)


@st.composite
def records(draw: st.DrawFn, identifier: str) -> Record:
    return Record(
        id=identifier,
        source="MSExchangeTransport",
        product="exchange",
        summary=draw(SENTENCES.filter(lambda text: "\n" not in text)),
        message=draw(st.sampled_from(["", "It %1.", "Value %1 of %2"])),
        parameters=draw(st.sampled_from([{}, {1: Parameter("user", example="Eve")}, {1: Parameter("user", "Who.")}])),
        explanation="\n\n".join(draw(st.lists(SENTENCES, max_size=3))),
        actions=tuple(
            draw(st.lists(st.sampled_from([Action(text="Open the log."), Action(use="restart"), Action(text="Go.")])))
        )[:3],
        references=tuple(Reference(title=title, url="https://example.org/") for title in draw(st.lists(SENTENCES))[:1]),
    )


def keys_of(record: Record) -> set[Key]:
    """The texts that a record alone gives its domain, and those that the domain's source gives it."""
    return {entry.key for entry in extract(knowledge_base(record))[DOMAIN].entries}


def by_key(kb: KnowledgeBase) -> dict[Key, PoEntry]:
    return {entry.key: entry for entry in extract(kb, WORKBENCH)[DOMAIN].entries}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_changed_record_changes_its_own_entries_alone(data: st.DataObject) -> None:
    identifiers = ("7", "8", "9")
    before = [data.draw(records(identifier)) for identifier in identifiers]
    place = data.draw(st.sampled_from(range(len(before))))
    after = [*before]
    after[place] = data.draw(records(identifiers[place]))
    old, new = by_key(knowledge_base(*before)), by_key(knowledge_base(*after))
    own = keys_of(before[place]) | keys_of(after[place])
    assert {key for key in {*old, *new} if old.get(key) != new.get(key)} <= own
    others = [key for key in old if key not in own]
    assert [key for key in new if key not in own] == others


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_same_content_gives_the_same_bytes(data: st.DataObject) -> None:
    found = [data.draw(records(identifier)) for identifier in ("7", "8")]

    def written() -> dict[str, bytes]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            assert write_templates(root, knowledge_base(*found), workbench=WORKBENCH)
            assert write_templates(root, knowledge_base(*found), workbench=WORKBENCH) == ()
            return {file.name: _DATE.sub(b"", file.read_bytes()) for file in root.rglob("*.pot")}

    assert written() == written()

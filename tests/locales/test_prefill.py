"""What an update does with the memory and the glossary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from catalog_projects import MsgfmtCheck, knowledge_base, write_catalog

from kb_gen.locales import UpdateOrder, unit_id, update, write_templates
from kb_gen.locales.glossary import load_glossary
from kb_gen.locales.memory import MemorySuggestions
from kb_gen.locales.po import PoEntry, read_po_file
from kb_gen.model import Record

DOMAIN = "msexchangetransport"
CATALOG = f"translations/de/LC_MESSAGES/{DOMAIN}.po"
OTHER = """#. summary of Other 7
msgid "A mailbox is full."
msgstr "Ein Postfach ist voll."

msgid "Restart the mailbox server at once."
msgstr "Starten Sie den Postfachserver sofort neu."

msgctxt "message template"
msgid "Mailbox %1 is full."
msgstr "Das Postfach %1 ist voll."
"""


@pytest.fixture(autouse=True)
def fixed_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def record(**fields: object) -> Record:
    return Record(id="1", source="MSExchangeTransport", product="exchange", **fields)  # type: ignore[arg-type]


def updated(root: Path, *records: Record, fill: bool = False, workbench: str = "") -> dict[str, PoEntry]:
    write_templates(root, knowledge_base(*records), workbench=workbench)
    order = UpdateOrder(
        workbench=workbench,
        memory=MemorySuggestions(root, "de"),
        fill=fill,
        glossary=load_glossary(root, "de")[0],
    )
    _, findings = update(root, "de", order)
    assert not findings
    return entries(root)


def entries(root: Path) -> dict[str, PoEntry]:
    catalog, findings = read_po_file(root, CATALOG)
    assert not findings
    assert catalog is not None
    return {entry.msgid: entry for entry in (*catalog.entries, *catalog.obsolete)}


def with_snippets(root: Path, text: str = OTHER) -> None:
    write_catalog(root, "snippets", text)


def test_the_same_text_elsewhere_is_offered_to_approve(tmp_path: Path) -> None:
    kept = tmp_path / "translations/memory"
    kept.mkdir(parents=True)
    (kept / "company.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en-US"><seg>A mailbox is full.</seg></tuv>'
        '<tuv xml:lang="de-DE"><seg>Ein Postfach ist voll.</seg></tuv></tu></body></tmx>'
    )
    found = updated(tmp_path, record(summary="A mailbox is full."))["A mailbox is full."]
    assert found.msgstr == ("Ein Postfach ist voll.",)
    assert found.fuzzy
    assert found.previous is None
    assert found.extracted[0] == "suggested: 100 % from company.tmx"


def like(root: Path) -> dict[str, PoEntry]:
    (root / "translations/memory").mkdir(parents=True)
    (root / "translations/memory/a.tmx").write_text(
        '<tmx version="1.4"><header srclang="en"/><body>'
        '<tu><tuv xml:lang="en"><seg>Restart the mailbox server at once.</seg></tuv>'
        '<tuv xml:lang="de"><seg>Starten Sie den Postfachserver sofort neu.</seg></tuv></tu>'
        '<tu><prop type="x-context">message template</prop><tuv xml:lang="en"><seg>Mailbox %1 is full.</seg></tuv>'
        '<tuv xml:lang="de"><seg>Das Postfach %1 ist voll.</seg></tuv></tu>'
        "</body></tmx>"
    )
    return updated(root, record(summary="Restart the mailbox server.", message="Mailbox %1 is quite full."))


def test_a_text_like_it_is_offered_with_what_it_translates(tmp_path: Path, msgfmt: MsgfmtCheck) -> None:
    found = like(tmp_path)["Restart the mailbox server."]
    assert found.msgstr == ("Starten Sie den Postfachserver sofort neu.",)
    assert found.fuzzy
    assert found.previous is not None
    assert found.previous.msgid == "Restart the mailbox server at once."
    assert found.extracted[0].startswith("suggested: 87 % from a.tmx")
    assert "1 fuzzy" in msgfmt(tmp_path / CATALOG)


def test_a_message_template_takes_only_the_same(tmp_path: Path) -> None:
    assert like(tmp_path)["Mailbox %1 is quite full."].msgstr == ("",)
    again = updated(tmp_path, record(message="Mailbox %1 is full."))["Mailbox %1 is full."]
    assert (again.msgstr, again.fuzzy) == (("Das Postfach %1 ist voll.",), True)


def test_the_comment_goes_when_a_translator_approves(tmp_path: Path) -> None:
    like(tmp_path)
    file = tmp_path / CATALOG
    before = file.read_bytes()
    kept = updated(tmp_path, record(summary="Restart the mailbox server.", message="Mailbox %1 is quite full."))
    assert file.read_bytes() == before
    assert kept["Restart the mailbox server."].extracted[0].startswith("suggested: ")
    file.write_text(file.read_text("utf-8").replace("#, fuzzy\n", ""), encoding="utf-8")
    found = updated(tmp_path, record(summary="Restart the mailbox server.", message="Mailbox %1 is quite full."))
    assert found["Restart the mailbox server."].extracted == (
        "summary of MSExchangeTransport 1",
        "followed by: Mailbox %1 is quite full.",
    )
    assert not found["Restart the mailbox server."].fuzzy


def test_what_the_own_catalog_has_is_a_change_and_no_suggestion(tmp_path: Path) -> None:
    write_catalog(tmp_path, DOMAIN, 'msgid "Restart the server."\nmsgstr "Starten Sie den Server neu."\n')
    found = updated(tmp_path, record(summary="restart the server."))
    entry = found["restart the server."]
    assert (entry.msgstr, entry.fuzzy) == (("Starten Sie den Server neu.",), True)
    assert entry.previous is not None
    assert entry.previous.msgid == "Restart the server."
    assert entry.extracted == ("summary of MSExchangeTransport 1",)
    assert "Restart the server." not in found


def test_old_entries_are_filled_only_where_that_is_wanted(tmp_path: Path) -> None:
    write_catalog(tmp_path, DOMAIN, '# mine\nmsgid "A mailbox is full."\nmsgstr ""\n')
    with_snippets(tmp_path)
    records = record(summary="A mailbox is full.")
    assert updated(tmp_path, records)["A mailbox is full."].msgstr == ("",)
    found = updated(tmp_path, records, fill=True)["A mailbox is full."]
    assert (found.msgstr, found.fuzzy, found.comments) == (("Ein Postfach ist voll.",), True, (" mine",))
    assert found.extracted[0] == "suggested: 100 % from snippets, obsolete entry"


def test_entries_name_the_glossarys_terms_before_their_address(tmp_path: Path) -> None:
    (tmp_path / "translations").mkdir()
    glossary = tmp_path / "translations/glossary.csv"
    glossary.write_text("source,de,de forbidden\nmailbox,Postfach|E-Mail-Postfach,Mailbox\nfull,voll,\n", "utf-8")
    records = (record(summary="Two mailboxes are full.", message="Mailbox %1"),)
    found = updated(tmp_path, *records, workbench="http://127.0.0.1:8650/")
    address = f"http://127.0.0.1:8650/unit/{unit_id(DOMAIN, None, 'Two mailboxes are full.')}"
    assert found["Two mailboxes are full."].extracted[-3:] == (
        "glossary: mailbox = Postfach, E-Mail-Postfach; not Mailbox",
        "glossary: full = voll",
        address,
    )
    assert not any("glossary" in note for note in found["Mailbox %1"].extracted)
    file = tmp_path / CATALOG
    before = file.read_bytes()
    updated(tmp_path, *records, workbench="http://127.0.0.1:8650/")
    assert file.read_bytes() == before
    # As msgmerge leaves them: with the template's comments alone.
    file.write_text("".join(line for line in before.decode().splitlines(True) if "glossary: " not in line), "utf-8")
    updated(tmp_path, *records, workbench="http://127.0.0.1:8650/")
    assert file.read_bytes() == before
    glossary.unlink()
    assert "glossary: " not in str(updated(tmp_path, *records, workbench="http://127.0.0.1:8650/"))


def test_terms_stand_in_no_template(tmp_path: Path) -> None:
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations/glossary.csv").write_text("source,de\nmailbox,Postfach\n", "utf-8")
    updated(tmp_path, record(summary="A mailbox is full."))
    assert "glossary: " not in (tmp_path / f"translations/templates/{DOMAIN}.pot").read_text("utf-8")


def test_an_update_that_needs_no_memory_reads_none(tmp_path: Path) -> None:
    write_templates(tmp_path, knowledge_base(record(summary="A text.")))
    update(tmp_path, "de")
    (tmp_path / "translations/memory").mkdir()
    (tmp_path / "translations/memory/broken.tmx").write_bytes(b"<tmx>")
    memory = MemorySuggestions(tmp_path, "de")
    update(tmp_path, "de", UpdateOrder(memory=memory))
    assert memory.findings == []
    update(tmp_path, "de", replace(UpdateOrder(memory=memory), fill=True))
    assert [finding.code for finding in memory.findings] == ["memory-file"]


def test_a_region_is_offered_nothing_for_what_its_language_serves(tmp_path: Path) -> None:
    write_catalog(tmp_path, DOMAIN, 'msgid "A mailbox is full."\nmsgstr "Ein Postfach ist voll."\n')
    with_snippets(tmp_path)
    write_templates(
        tmp_path, knowledge_base(record(summary="A mailbox is full.", explanation="Restart the mailbox server."))
    )
    path = CATALOG.replace("/de/", "/de_AT/")
    for fill in (False, True):
        update(tmp_path, "de-AT", UpdateOrder(memory=MemorySuggestions(tmp_path, "de-AT"), fill=fill))
        catalog, _ = read_po_file(tmp_path, path)
        assert catalog is not None
        found = {entry.msgid: entry for entry in catalog.entries}
        assert (found["A mailbox is full."].msgstr, found["A mailbox is full."].fuzzy) == (("",), False)
        # What German lacks as well is offered as ever.
        assert found["Restart the mailbox server."].msgstr == ("Starten Sie den Postfachserver sofort neu.",)
    # Were it the region's own text, a change would still be offered what that was.
    write_catalog(tmp_path, DOMAIN, 'msgid "A mailbox is filled."\nmsgstr "Ein Postfach ist übervoll."\n', "de_AT")
    update(tmp_path, "de-AT", UpdateOrder(memory=MemorySuggestions(tmp_path, "de-AT")))
    catalog, _ = read_po_file(tmp_path, path)
    assert catalog is not None
    assert {entry.msgid: entry.msgstr[0] for entry in catalog.entries}[
        "A mailbox is full."
    ] == "Ein Postfach ist übervoll."

"""Which terms a text has, and whether its translation has theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_projects import write_catalog
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.locales.checks.terms import check_terms, term_findings
from kb_gen.locales.glossary import Glossary, Table, Term, load_glossary, table_of, write_table

TERMS = """source,part of speech,note,de,de forbidden
Receive connector,noun,Takes mail.,Empfangsconnector,Empfangskonnektor
Default Receive connector,noun,,Standardempfangsconnector,
Send connector,noun,,Sendeconnector,
connector,noun,,Connector,
mailbox,noun,,Postfach,Mailbox|Briefkasten
policy,noun,,Richtlinie,
queue,noun,,Warteschlange,
account,noun,,Konto,
address,noun,,Adresse,
index,noun,,Index|Indizes,
log,noun,,Log,
refuse,verb,,ablehnen|verweigern,
log on,verb,,anmelden,
cancel,verb,,abbrechen,
Send As permission,noun,,Berechtigung „Senden als“,
global catalog server,noun,,globaler Katalogserver,
mail-enabled,adjective,,E-Mail-aktiviert,
Knowledge Base,proper noun,,Knowledge Base,
knowledge base,noun,,Wissensdatenbank,
.NET,proper noun,,.NET,
schema,noun,,Schema,
"""


def table(text: str = TERMS) -> Table:
    found, findings = table_of(text.encode(), "glossary.csv")
    assert not findings
    assert found is not None
    return found


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    write_glossary(tmp_path, TERMS)
    found, findings = load_glossary(tmp_path, "de")
    assert not findings
    return found


def write_glossary(root: Path, text: str) -> None:
    (root / "translations").mkdir(exist_ok=True)
    (root / "translations/glossary.csv").write_text(text, encoding="utf-8")


def names(terms: tuple[Term, ...]) -> list[str]:
    return [term.source for term in terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two Receive connectors refuse mail.", ["Receive connector", "refuse"]),
        ("The Default Receive connector and its queues", ["Default Receive connector", "queue"]),
        ("All mailboxes have policies and indices.", ["mailbox", "policy", "index"]),
        ("It was refused, and refusing is right.", ["refuse"]),
        ("a receive connector", ["connector"]),
        ("MAILBOX and Mailbox", ["mailbox"]),
        ("the mailbox's address", ["mailbox", "address"]),
        ("mailboxed, unmailbox", []),
        ("Send as permission", []),
        ("The **Send As** permission", ["Send As permission"]),
        ("Set the Receive `x` connector.", ["connector"]),
        ("Run `Get-Mailbox mailbox`; see [queue](https://mailbox.example/policy).", ["queue"]),
        ("Receive. Connector", ["connector"]),
        ("global catalog\u00a0servers, mail-enabled and mail enabled", ["global catalog server", "mail-enabled"]),
        ("Microsoft Knowledge Base, no knowledge base", ["Knowledge Base", "knowledge base"]),
        ("to log on with .NET, not NET", ["log on", ".NET"]),
        ("%1 of mailbox %2", ["mailbox"]),
        ("", []),
    ],
)
def test_terms_in_a_text(glossary: Glossary, text: str, expected: list[str]) -> None:
    assert names(glossary.terms_in(text)) == expected


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Receive connector", "des Empfangsconnectors"),
        ("Receive connector", "die Empfangsconnectoren"),
        ("Receive connector", "Standardempfangsconnectors"),
        ("Receive and Send connectors", "Empfangs- und Sendeconnectors"),
        ("a Receive connector or a Send connector", "ein Empfangs- oder Sendeconnector"),
        ("mailbox", "des Postfachs"),
        ("mailbox", "in den Postfächern"),
        ("mailbox", "der Postfachname"),
        ("mailbox", "**Postfach**"),
        ("queues", "Warteschlangen"),
        ("account", "Konten"),
        ("account", "Benutzerkontos"),
        ("address", "Adressart"),
        ("indices", "die Indizes"),
        ("policy", "Richtlinien-ID"),
        ("schemas", "Schemata"),
        ("log", "des Logs"),
        ("log", "Log-Datei"),
        ("refused", "wurde abgelehnt"),
        ("refuse", "um es abzulehnen"),
        ("refuses", "Er lehnt die Nachricht ab."),
        ("refuses", "wird verweigert"),
        ("log on", "hat sich angemeldet"),
        ("canceled and cancelled", "wurde abgebrochen"),
        ("cancels", "brach den Vorgang ab"),
        ("Send As permission", "die Berechtigungen „Senden als“"),
        ("global catalog servers", "auf globalen Katalogservern"),
        ("mail-enabled object", "das E-Mail-aktivierte Objekt"),
    ],
)
def test_a_term_is_there_in_any_form(glossary: Glossary, source: str, translation: str) -> None:
    assert glossary.missing(source, translation) == ()


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("The mailbox is full.", "Der Briefkasten ist voll.", ["mailbox"]),
        ("The mailbox is full.", "Das `Postfach` ist voll.", ["mailbox"]),
        ("The mailbox is full.", "[Es](https://a.example/Postfach) ist voll.", ["mailbox"]),
        ("log", "logisch", ["log"]),
        ("refuses", "Er lehnt sich an. Und ab.", ["refuse"]),
        ("Receive connector", "Empfangsstelle", ["Receive connector"]),
        ("Receive connectors", "Empfangs- und Sendestellen", ["Receive connector"]),
        ("account and queue", "nichts davon", ["account", "queue"]),
    ],
)
def test_a_term_is_missing(glossary: Glossary, source: str, translation: str, expected: list[str]) -> None:
    assert names(glossary.missing(source, translation)) == expected


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "global" * 20_000, "global " * 20_000, "lehn " * 20_000, "a-" * 50_000]
)
def test_odd_texts_are_looked_through_in_no_time(glossary: Glossary, text: str) -> None:
    assert len(glossary.missing("global catalog server, mailbox, refuse", text)) == 3


def test_forbidden_words_are_found_where_they_stand(glossary: Glossary) -> None:
    found = list(check_terms("The mailbox of %1", "Die Mailboxen von %1", glossary))
    assert [(one.code, one.start, one.end) for one in found] == [("translation-term", 4, 13)]
    assert "`Mailboxen`" in found[0].message
    assert found[0].help == "use `Postfach`"
    assert not list(check_terms("Another text", "Die Mailbox", glossary))


def test_a_forbidden_word_inside_the_right_one_is_none(tmp_path: Path) -> None:
    write_glossary(tmp_path, "source,de,de forbidden\nconnector,Empfangsconnector,Connector\n")
    glossary, _ = load_glossary(tmp_path, "de")
    assert not list(check_terms("connector", "Empfangsconnectors", glossary))
    assert len(list(check_terms("connector", "ein Connector", glossary))) == 1


def test_names_that_stay_are_no_offence(glossary: Glossary) -> None:
    assert not list(check_terms("Mailbox Policy", "Mailbox Policy", glossary))


@pytest.mark.parametrize(
    ("tag", "target", "right", "wrong"),
    [
        ("fr", "boîte aux lettres", "les boîtes aux lettres", "la boite"),
        ("ja", "メールボックス", "このメールボックスは", "郵便"),
        ("sv", "postlåda", "postlådor", "brev"),
    ],
)
def test_other_languages(tmp_path: Path, tag: str, target: str, right: str, wrong: str) -> None:
    write_glossary(tmp_path, f"source,{tag}\nmailbox,{target}\n")
    glossary, findings = load_glossary(tmp_path, tag)
    assert not findings
    assert not glossary.missing("a mailbox", right)
    assert glossary.missing("a mailbox", wrong)


def test_a_region_has_what_its_language_has(tmp_path: Path) -> None:
    write_glossary(tmp_path, "source,de,de-AT\nJanuary,Januar,Jänner\nmailbox,Postfach,\n")
    glossary, _ = load_glossary(tmp_path, "de-AT")
    assert [(term.source, term.target) for term in glossary.terms] == [("January", "Jänner"), ("mailbox", "Postfach")]


def test_a_project_without_a_glossary_has_an_empty_one(tmp_path: Path) -> None:
    glossary, findings = load_glossary(tmp_path, "de")
    assert (len(glossary), findings) == (0, [])
    assert glossary.terms_in("mailbox") == ()


@pytest.mark.parametrize(
    "data",
    [
        TERMS.encode("utf-8-sig"),
        TERMS.encode("utf-16"),
        TERMS.replace(",", ";").encode("utf-8-sig"),
        TERMS.replace(",", "\t").encode("utf-16-le").join([b"\xff\xfe", b""]),
        TERMS.replace("\n", "\r\n").encode(),
        TERMS.replace("source,part of speech,note", "Term,POS,Definition").encode(),
    ],
)
def test_the_table_as_spreadsheet_programs_write_it(data: bytes) -> None:
    found, findings = table_of(data, "g.csv")
    assert not findings
    assert found is not None
    assert [dict(row.cells) for row in found.rows] == [dict(row.cells) for row in table().rows]
    again, _ = table_of(write_table(found), "g.csv")
    assert again == found


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from(",;\t\"'|"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5), st.sampled_from(",;\t"))
def test_a_table_that_is_written_is_read_again(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    from kb_gen.locales.glossary import Row  # noqa: PLC0415 - used here alone

    columns = ("source", "note", "de")
    kept = [tuple(cell.strip() for cell in row) for row in rows]
    kept = [row for row in kept if any(row)]
    made = Table(columns, tuple(Row(dict(zip(columns, row, strict=True))) for row in kept), delimiter, heading=columns)
    again, _ = table_of(write_table(made), "g.csv")
    assert again is not None
    assert [tuple(row.cells.values()) for row in again.rows] == kept


@pytest.mark.parametrize(
    ("text", "code", "severity", "at"),
    [
        ("", "glossary-columns", "error", (0, 0)),
        ("de,fr\na,b\n", "glossary-columns", "error", (0, 5)),
        ("source,de,DE\na,b,c\n", "glossary-columns", "error", (0, 12)),
        ("source,de,german\na,b,c\n", "glossary-columns", "warning", (0, 16)),
        ('source,de\n"a,b\n', "glossary-syntax", "error", (10, 14)),
        ('source,de\n"a"b,c\n', "glossary-syntax", "error", (10, 16)),
        ("source,de\na,b,c\n", "glossary-syntax", "warning", (10, 15)),
        ("source,de\n,b\n", "glossary-syntax", "warning", (10, 12)),
        ("source,de\na,b\na,c\n", "glossary-duplicate-term", "warning", (14, 17)),
    ],
)
def test_what_is_wrong_with_a_table(text: str, code: str, severity: str, at: tuple[int, int]) -> None:
    _, findings = table_of(text.encode(), "g.csv")
    assert [(one.code, str(one.severity)) for one in findings] == [(code, severity)]
    assert findings[0].place is not None
    assert (findings[0].place.start, findings[0].place.end) == at


def test_a_table_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    assert [one.code for one in table_of("source,de\nä,ö\n".encode("cp1252"), "g.csv")[1]] == ["wrong-encoding"]
    outside = tmp_path / "outside.csv"
    outside.write_text("source,de\na,b\n")
    project = tmp_path / "project"
    (project / "translations").mkdir(parents=True)
    (project / "translations/glossary.csv").symlink_to(outside)
    assert [one.code for one in load_glossary(project, "de")[1]] == ["outside-tree"]
    (tmp_path / "translations/glossary.csv").mkdir(parents=True)
    assert [one.code for one in load_glossary(tmp_path, "de")[1]] == ["unreadable-file"]


def test_the_check_tells_the_place_in_the_catalog(tmp_path: Path) -> None:
    write_glossary(tmp_path, TERMS)
    body = """msgid "The mailbox is full."
msgstr "Die Mail\\"box ist voll."

#, fuzzy
msgid "A mailbox."
msgstr "x"

msgctxt "message template"
msgid "Mailbox %1 is full."
msgstr "x %1"

msgid "{n} mailbox"
msgid_plural "{n} mailboxes"
msgstr[0] "{n} Postfach"
msgstr[1] "{n} Mailboxen"
"""
    file = write_catalog(tmp_path, "a", body)
    findings = term_findings(tmp_path, ["de"])
    text = file.read_text("utf-8")
    places = [text[one.place.start : one.place.end] for one in findings if one.place]
    assert places == ['"Die Mail\\"box ist voll."', "Mailboxen"]
    assert {one.code for one in findings} == {"translation-term"}
    assert {place.path for one in findings for place in one.related} == {"translations/glossary.csv"}


def test_the_german_catalogs_of_this_project_use_its_terms() -> None:
    root = Path(__file__).parents[2]
    assert len(load_glossary(root, "de")[0]) > 30
    assert term_findings(root, ["de"]) == []

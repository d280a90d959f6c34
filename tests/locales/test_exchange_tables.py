"""CSV and spreadsheets: what programs make of them, and what is in them that no program should run."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from exchange_projects import codes, edited, entries_of, sent, taken, write_entries, written
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.locales.exchange import Choice, Format, shipment
from kb_gen.locales.exchange.xlsx_reading import read_xlsx
from kb_gen.locales.exchange.xml_writing import escaped
from kb_gen.locales.po import PoEntry, PreviousText
from kb_gen.model import KnowledgeBase

ENTRIES = (
    PoEntry(
        "Yes", ("Ja",), extracted=("summary of Shop 1", "%1: order", "http://127.0.0.1:8650/unit/x"), context="answer"
    ),
    PoEntry("No ä", ("Nein",), flags=("fuzzy",), previous=PreviousText("Nope")),
    PoEntry("=1+1", ("-2",), comments=(" @home",)),
    PoEntry("two\nlines ", ("zwei\nZeilen ",)),
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_entries(tmp_path, ENTRIES)
    return tmp_path


def table(file: Path) -> list[list[str]]:
    return [*csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""))]


def rewritten(
    file: Path, rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n"
) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def test_a_csv_file_is_what_excel_and_rfc_4180_expect(project: Path) -> None:
    data = sent(project, Format.CSV).read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,state,source,translation,comment,what,notes,context,file,exported")
    assert data.count(b"\r\n") == len(ENTRIES) + 1
    rows = table(project / "sent.csv")
    assert [row[1:8] for row in rows[1:]] == [
        ["approved", "Yes", "Ja", "", "summary of Shop 1", "%1: order\nat most 200 characters", "answer"],
        ["needs review", "No ä", "Nein", "", "", "translated from: Nope", ""],
        ["approved", "'=1+1", "'-2", "'@home", "", "", ""],
        ["approved", "two\nlines ", "zwei\nZeilen ", "", "", "", ""],
    ]


def test_no_cell_can_run(project: Path) -> None:
    signs = [PoEntry(f"{sign}cmd|' /C calc'!A0", (f" {sign}x",)) for sign in "=+-@\t\r＝＠"]
    write_entries(project, signs)
    for row in table(sent(project, Format.CSV))[1:]:
        assert all(not cell.strip().startswith(("=", "+", "-", "@", "＝", "＠")) for cell in row)
    with zipfile.ZipFile(sent(project, Format.XLSX)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "quotePrefix" in zipfile.ZipFile(project / "sent.xlsx").read("xl/styles.xml").decode()


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [
        ("utf-8-sig", ";", "\r\n"),
        ("utf-8", ";", "\n"),
        ("utf-16", "\t", "\r\n"),
        ("utf-8", "\t", "\r"),
        ("utf-8", ",", "\n"),
    ],
)
def test_what_spreadsheet_programs_save_is_read(project: Path, encoding: str, delimiter: str, end: str) -> None:
    file = sent(project, Format.CSV)
    rows = table(file)
    rows[1][3] = "Jawohl; ja, \t„ja“"
    assert taken(project, rewritten(file, rows, encoding, delimiter, end)).clean
    assert [entry.msgstr[0] for entry in entries_of(project)] == ["Jawohl; ja, \t„ja“", "Nein", "-2", "zwei\nZeilen "]


def test_columns_may_be_moved_left_out_and_added(project: Path) -> None:
    file = sent(project, Format.CSV)
    rows = [["Remark", row[3], row[0], row[1]] for row in table(file)]
    rows[0] = ["Remark", " Translation ", "ID", "STATE"]
    rows[2][1:4] = ["Nein!", rows[2][2], "Approved"]
    rows += [["only a remark", "", "", ""], [], ["", "", "", ""]]
    report = taken(project, rewritten(file, rows))
    # Without a mark, nothing tells that the first wasn't changed: but it is what the catalog says.
    assert report.clean
    assert (entries_of(project)[1].msgstr, entries_of(project)[1].fuzzy) == (("Nein!",), False)


def test_line_ends_of_windows_in_a_cell_do_no_harm_and_blanks_at_ends_stay(project: Path) -> None:
    file = edited(sent(project, Format.CSV), lambda text: text.replace("zwei\nZeilen ", "zwei\r\nZeilen  "))
    assert taken(project, file).clean
    assert entries_of(project)[3].msgstr == ("zwei\nZeilen  ",)


def test_a_line_that_names_the_delimiter(project: Path) -> None:
    file = sent(project, Format.CSV)
    rows = table(file)
    rows[1][3] = "Jawohl"
    rewritten(file, rows, delimiter=";")
    file.write_bytes(b"sep=;\r\n" + file.read_bytes())
    assert taken(project, file).clean
    assert entries_of(project)[0].msgstr == ("Jawohl",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            "id;source;translation\r\nx;No ä;Nein ä\r\n".encode("cp1252"),
            "isn't UTF-8: the file was saved in an old code page",
        ),
        (b"\xff\xfei", "marked as UTF-16, but isn't"),
        (b"Betreff,Text\nHallo,Welt\n", "the first row names no columns `translation`"),
        (b"", "names no columns `translation` and `id` or `source`, but none"),
        (b"id,translation,Translation\n", "there are 2 columns `translation`"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a spreadsheet of Excel 97"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04garbage", "the spreadsheet is damaged"),
    ],
)
def test_what_is_no_table_is_told(project: Path, data: bytes, words: str) -> None:
    file = project / "back.csv"
    file.write_bytes(data)
    report = taken(project, file)
    assert codes(report) == ["import-unreadable-file"]
    assert words in report.files[0].refusals[0].message


def test_a_word_that_is_no_state_is_refused(project: Path) -> None:
    file = edited(sent(project, Format.CSV), lambda text: text.replace("needs review", "fertig"))
    report = taken(project, file)
    assert codes(report) == ["import-not-a-text"]
    assert "`fertig` is no state" in report.files[0].refusals[0].message


def test_states_come_from_the_sheet(project: Path) -> None:
    file = edited(
        sent(project, Format.CSV),
        lambda text: text.replace("needs review", "approved").replace("approved,Yes", "needs review,Yes"),
    )
    assert taken(project, file).clean
    assert [entry.fuzzy for entry in entries_of(project)[:2]] == [True, False]


def test_a_sheet_for_reviewers(project: Path) -> None:
    with zipfile.ZipFile(sent(project, Format.XLSX)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert 'ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"' in sheet
    assert '<formula1>"untranslated,needs review,approved"</formula1>' in sheet
    assert 'sqref="B2:B5"' in sheet
    assert "<sheetProtection" in sheet
    assert 'wrapText="1"' in styles
    assert '<protection locked="0"/>' in styles
    assert '<autoFilter ref="A1:J5"/>' in sheet


def book(file: Path, sheets: dict[str, str], strings: str = "") -> Path:
    """A spreadsheet as other programs write it: other names of parts, absolute paths, shared strings."""
    names = [*sheets]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="/xl/sheets/{n}.xml"/>' for n in range(len(names))
    )
    relations += f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings" Target="strings.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        root = f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/book.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{root}</Relationships>')
        archive.writestr("xl/_rels/book.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>')
        archive.writestr("xl/book.xml", f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>')
        archive.writestr("xl/strings.xml", f"<sst {MAIN}>{strings}</sst>")
        for number, name in enumerate(names):
            archive.writestr(
                f"xl/sheets/{number}.xml", f"<worksheet {MAIN}><sheetData>{sheets[name]}</sheetData></worksheet>"
            )
    return file


HEADINGS = '<row r="1"><c r="A1" t="inlineStr"><is><t>source</t></is></c><c r="C1" t="str"><v>translation</v></c></row>'
STRINGS = (
    "<si><t>Yes</t></si>"
    '<si><r><rPr><b/></rPr><t xml:space="preserve">Ja</t></r><r><t>_x005F_x0041_!</t></r>'
    '<rPh sb="0" eb="1"><t>x</t></rPh></si>'
)


def test_what_other_programs_write_is_read(tmp_path: Path) -> None:
    write_entries(tmp_path, [PoEntry("Yes", ("",)), PoEntry("No", ("",))])
    rows = (
        f"{HEADINGS}<row><c><v>0</v></c></row>"
        '<row r="7"><c r="C7" t="s"><v>1</v></c><c r="A7" t="s"><v>0</v></c></row>'
        '<row r="8"><c t="inlineStr"><is><t>No</t></is></c><c/><c t="str"><v>Nein</v></c></row>'
    )
    file = book(tmp_path / "x.xlsx", {"About": '<row><c t="str"><v>hello</v></c></row>', "Texts": rows}, STRINGS)
    assert codes(taken(tmp_path, file)) == []
    assert [entry.msgstr[0] for entry in entries_of(tmp_path)] == ["Ja_x0041_!", "Nein"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="C2"><f>1+1</f><v>2</v></c>', "a formula"),
        ('<c r="C2"><v>45321</v></c>', "a number or a date"),
        ('<c r="C2" t="b"><v>1</v></c>', "a truth value"),
        ('<c r="C2" t="e"><v>#NAME?</v></c>', "an error"),
        ('<c r="C2" t="s"><v>99</v></c>', "a text that the spreadsheet has lost"),
    ],
)
def test_a_cell_that_holds_no_text_is_refused(tmp_path: Path, cell: str, words: str) -> None:
    write_entries(tmp_path, [PoEntry("Yes", ("",))])
    row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>Yes</t></is></c>{cell}</row>'
    report = taken(tmp_path, book(tmp_path / "x.xlsx", {"T": HEADINGS + row}))
    (refusal,) = report.files[0].refusals
    assert (refusal.code, refusal.line) == ("import-not-a-text", 2)
    assert words in refusal.message
    assert entries_of(tmp_path)[0].msgstr == ("",)


def test_what_a_cell_can_not_hold_is_left_out_and_told(project: Path) -> None:
    long, odd = "x" * 32_768, "_x005F_x0041_"
    write_entries(project, [*ENTRIES, PoEntry(long, ("y",)), PoEntry("z", (odd,)), PoEntry("fits", ("y" * 32_767,))])
    packed, _ = shipment(project, KnowledgeBase(), "de", Choice())
    file, done = written(project, Format.XLSX, packed)
    assert [unit.source for unit in done.left_out] == [long, "z"]
    assert done.units == len(ENTRIES) + 1
    write_entries(project, [PoEntry("fits", ("",))])
    taken(project, file)
    assert entries_of(project)[0].msgstr == ("y" * 32_767,)


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(ANY.filter(bool), min_size=1, max_size=3))
def test_shared_strings_hold_any_text(texts: list[str]) -> None:
    def point(character: str) -> str:
        return f"_x{ord(character):04X}_"

    strings = "".join(
        f"<si><t>{escaped(text.replace('_', '_x005F_').replace(chr(13), '_x000D_'), point)}</t></si>" for text in texts
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>{n}</v></c><c r="C{n}" t="s"><v>{n - 2}</v></c></row>'
        for n in range(2, len(texts) + 2)
    )
    with tempfile.TemporaryDirectory() as folder:
        file = book(Path(folder) / "x.xlsx", {"T": HEADINGS + rows}, strings)
        with file.open("rb") as stream:
            assert [unit.target for unit in read_xlsx(stream)] == texts

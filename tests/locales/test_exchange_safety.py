"""Files from anywhere: nothing in them reaches the network or another file, or fills the memory."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from exchange_projects import codes, edited, sent, taken, write_entries

from kb_gen.locales.exchange import Format
from kb_gen.locales.po import PoEntry


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_entries(tmp_path, [PoEntry("Yes", ("",))])
    return tmp_path


ENTITIES = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
    "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
}


@pytest.mark.parametrize("name", ENTITIES)
@pytest.mark.parametrize("form", [Format.XLIFF, Format.XLIFF12])
def test_entities_are_refused_before_anything_is_read(project: Path, name: str, form: Format) -> None:
    file = edited(sent(project, form), lambda text: text.replace("?>\n", f"?>{ENTITIES[name]}\n", 1))
    edited(file, lambda text: text.replace("Yes", "&a;", 1))
    report = taken(project, file)
    assert codes(report) == ["import-unreadable-file"]
    assert "entit" in report.files[0].refusals[0].message


def test_a_document_type_elsewhere_is_not_fetched(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("socket.socket", refuse)
    kind = '<!DOCTYPE xliff SYSTEM "http://127.0.0.1:9/x.dtd">'
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace("?>\n", f"?>{kind}\n", 1))
    assert codes(taken(project, file)) == []
    edited(file, lambda text: text.replace("<source>Yes", "<source>&a;"))
    assert "the entity `&a;`" in taken(project, file).files[0].refusals[0].message


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"<xliff", "unclosed token"),
        (b"<xliff></xlif>", "mismatched tag"),
        (b'<?xml version="1.0" encoding="EBCDIC-CP-DK"?><xliff/>', "encoding"),
        (b"<html><body/></html>", "no XLIFF: it begins with `<html>`"),
        (b"<xliff>" + b"<g>" * 101, "more than 100 elements stand inside one another"),
        (b"<xliff>\xff</xliff>", "invalid token"),
    ],
)
def test_what_is_no_xliff_is_told_with_its_line(project: Path, document: bytes, words: str) -> None:
    file = project / "x.xlf"
    file.write_bytes(document)
    (refusal,) = taken(project, file).files[0].refusals
    assert refusal.code == "import-unreadable-file"
    assert words in refusal.message
    assert refusal.line == 1


def test_a_document_that_ends_too_soon_yields_nothing(project: Path) -> None:
    write_entries(project, [PoEntry(f"Text {number}", ("alt",)) for number in range(300)])
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace(">alt<", ">neu<")[:-4000])
    catalog = project / "translations/de/LC_MESSAGES/shop.po"
    before = catalog.read_bytes()
    assert codes(taken(project, file)) == ["import-unreadable-file"]
    assert catalog.read_bytes() == before


def test_an_endless_text_is_refused(project: Path) -> None:
    file = project / "x.xlf"
    text = b"x" * 11_000_000
    file.write_bytes(
        b'<xliff version="2.1"><file><unit id="u"><segment><source>'
        + text
        + b"</source></segment></unit></file></xliff>"
    )
    assert "more than 10 million characters" in taken(project, file).files[0].refusals[0].message


def test_a_spreadsheet_that_unpacks_to_more_than_there_is_room_for(project: Path) -> None:
    file = sent(project, Format.XLSX)
    block = b"\0" * 10_000_000
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/bomb.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(51):
            member.write(block)
    assert file.stat().st_size < 5_000_000
    assert "unpacks to more than 500 MB" in taken(project, file).files[0].refusals[0].message


def test_a_member_that_lies_about_its_size_is_damaged(project: Path) -> None:
    file = sent(project, Format.XLSX)
    data = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    assert data.count(struct.pack("<L", size)) >= 1
    file.write_bytes(data.replace(struct.pack("<L", size), struct.pack("<L", 200)))
    assert codes(taken(project, file)) == ["import-unreadable-file"]


def test_a_member_that_is_nowhere_is_damaged(project: Path) -> None:
    file = sent(project, Format.XLSX)
    data = bytearray(file.read_bytes())
    entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 42 : entry + 46] = b"\xff\xff\xff\x7f"
    file.write_bytes(bytes(data))
    assert codes(taken(project, file)) == ["import-unreadable-file"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"])
def test_entities_in_a_spreadsheet_are_refused(project: Path, part: str) -> None:
    file = sent(project, Format.XLSX)
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part] = members[part].replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert "declares entities" in taken(project, file).files[0].refusals[0].message


@pytest.mark.parametrize("missing", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"])
def test_a_spreadsheet_without_a_part_is_told(project: Path, missing: str) -> None:
    file = sent(project, Format.XLSX)
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != missing}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert codes(taken(project, file)) == ["import-unreadable-file"]


def test_a_number_of_any_length_does_no_harm(project: Path) -> None:
    target = f'</source><target order="{"9" * 5000}">Ja</target>'
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace("</source>", target))
    assert codes(taken(project, file)) == []


def test_every_broken_byte_is_told_and_none_is_a_crash(project: Path) -> None:
    for form in Format:
        whole = sent(project, form).read_bytes()
        file = project / "broken"
        for place in range(0, len(whole), max(1, len(whole) // 60)):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
            taken(project, file, save=False)
            file.write_bytes(whole[:place])
            taken(project, file, save=False)


def test_a_link_out_of_the_project_is_not_written_through(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "shop.po"
    catalog = project / "translations/de/LC_MESSAGES/shop.po"
    outside.write_bytes(catalog.read_bytes())
    file = edited(sent(project, Format.CSV), lambda text: text.replace("untranslated,Yes,", "approved,Yes,Ja"))
    catalog.unlink()
    catalog.symlink_to(outside)
    before = outside.read_bytes()
    assert not taken(project, file).clean
    assert outside.read_bytes() == before

"""Terms from TBX files and other tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_gen.locales.glossary import ImportedTerms, import_terms, load_glossary

MICROSOFT = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc>
</martifHeader><text><body>
<termEntry id="1_1"><langSet xml:lang="en-US"><descripGrp><descrip type="definition">A place
 for mail.</descrip></descripGrp><ntig><termGrp><term id="1">mailbox</term><termNote type="partOfSpeech">Noun</termNote>
</termGrp></ntig></langSet><langSet xml:lang="de-DE"><ntig><termGrp><term id="2">Postfach</term>
<termNote type="partOfSpeech">Noun</termNote></termGrp></ntig></langSet></termEntry>
<termEntry id="1_2"><langSet xml:lang="en-US"><ntig><termGrp><term>mailbox</term>
<termNote type="partOfSpeech">Noun</termNote></termGrp></ntig></langSet>
<langSet xml:lang="de-DE"><ntig><termGrp><term>Briefkasten</term></termGrp></ntig></langSet></termEntry>
<termEntry id="1_3"><langSet xml:lang="en-US"><ntig><termGrp><term>orphan</term></termGrp></ntig></langSet></termEntry>
<termEntry id="1_4"><langSet xml:lang="en-US"><ntig><termGrp><term>a|b</term></termGrp></ntig></langSet>
<langSet xml:lang="de-DE"><ntig><termGrp><term>c</term></termGrp></ntig></langSet></termEntry>
<termEntry id="1_5"><langSet xml:lang="en-US"><ntig><termGrp><term>=1+1</term></termGrp></ntig></langSet>
<langSet xml:lang="de-DE"><ntig><termGrp><term>=1+1</term></termGrp></ntig></langSet></termEntry>
</body></text></martif>
"""

BASIC = """<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="c1">
<langSet xml:lang="de"><tig><term>Schlange</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
<tig><term>Puffer</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
<tig><term>Warteschlange</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>
<langSet xml:lang="en"><tig><term>queue</term><termNote type="partOfSpeech">noun</termNote></tig>
<tig><term>old queue</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""

DCA = """<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>
<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>queue</term><termNote type="partOfSpeech">noun</termNote>
</termSec></langSec><langSec xml:lang="de"><termSec><term>Schlange</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec><termSec><term>Puffer</term></termSec>
<termSec><term>Warteschlange</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
</langSec></conceptEntry></body></text></tbx>"""

DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/><text><body>
<conceptEntry id="c1"><min:subjectField>mail</min:subjectField><langSec xml:lang="en"><termSec><term>queue</term>
<min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec><langSec xml:lang="de"><termSec><term>Schlange</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec><termSec><term>Puffer</term></termSec>
<termSec><term>Warte<hi>schlange</hi></term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec></conceptEntry>
</body></text></tbx>"""

MIN = """<TBX dialect="TBX-Min"><header/><body><entry id="c1"><langGroup xml:lang="en"><termGroup><term>queue</term>
<partOfSpeech>noun</partOfSpeech></termGroup></langGroup><langGroup xml:lang="de"><termGroup><term>Schlange</term>
<termStatus>obsolete</termStatus></termGroup><termGroup><term>Puffer</term></termGroup><termGroup>
<term>Warteschlange</term><termStatus>preferred</termStatus></termGroup></langGroup></entry></body></TBX>"""


def imported(
    root: Path, text: str, name: str = "a.tbx", encoding: str = "utf-8", used_in: list[str] | None = None
) -> ImportedTerms:
    file = root / name
    file.write_bytes(text.encode(encoding))
    return import_terms(root, file, "en", ["de"], used_in=used_in)


def rows(root: Path) -> list[str]:
    return (root / "translations/glossary.csv").read_text("utf-8-sig").splitlines()


def test_microsofts_terms(tmp_path: Path) -> None:
    done = imported(tmp_path, MICROSOFT)
    assert (done.added, done.passed_over) == (1, 1)
    assert [finding.code for finding in done.findings] == ["glossary-entry", "glossary-entry"]
    assert "holds `|`" in done.findings[0].message
    assert "formula" in done.findings[1].message
    assert [finding.place and finding.place.start for finding in done.findings] != [None, None]
    assert rows(tmp_path) == [
        "source,part of speech,note,de",
        "mailbox,noun,A place for mail.,Postfach|Briefkasten",
    ]
    assert not load_glossary(tmp_path, "de")[1]


@pytest.mark.parametrize("text", [BASIC, DCA, DCT, MIN], ids=["version 2", "version 3 DCA", "version 3 DCT", "Min"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_kind_of_tbx_says_the_same(tmp_path: Path, text: str, encoding: str) -> None:
    done = imported(tmp_path, text, encoding=encoding)
    assert not done.findings
    assert rows(tmp_path) == [
        "source,part of speech,note,de,de forbidden",
        "queue,noun,,Warteschlange|Puffer,Schlange",
    ]


def test_what_the_glossary_has_is_kept(tmp_path: Path) -> None:
    (tmp_path / "translations").mkdir()
    file = tmp_path / "translations/glossary.csv"
    before = "source;mine;de;de forbidden\r\nmailbox;x;Postfach;\r\nqueue;y;;\r\nserver;;Server;\r\n"
    file.write_bytes(before.encode())
    table = (
        "source,target,developer_comments\nmailbox,Briefkasten,\nqueue,Warteschlange,Waits.\nserver,Server,\nnew,neu,\n"
    )
    done = imported(tmp_path, table, "weblate.csv")
    assert (done.added, done.completed, done.kept) == (1, 1, 2)
    assert [finding.message for finding in done.findings] == [
        "the glossary has `Postfach` for `mailbox`, and the file `Briefkasten`"
    ]
    assert file.read_bytes().decode() == (
        "source;mine;de;de forbidden;note\r\nmailbox;x;Postfach;;\r\nnew;;neu;;\r\nqueue;y;Warteschlange;;Waits.\r\n"
        "server;;Server;;\r\n"
    )
    now = file.read_bytes()
    again = imported(tmp_path, table, "weblate.csv")
    assert (again.added, again.completed) == (0, 0)
    assert file.read_bytes() == now


def test_rows_in_an_order_of_their_own_stay_there(tmp_path: Path) -> None:
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations/glossary.csv").write_text("source,de\nz,Z\na,A\n", "utf-8")
    imported(tmp_path, "source,de\nm,M\n", "more.csv")
    assert rows(tmp_path) == ["source,de", "z,Z", "a,A", "m,M"]


def test_only_terms_that_are_used(tmp_path: Path) -> None:
    table = "source,de\nmailbox,Postfach\nmailbox server,Postfachserver\nqueue,Warteschlange\n"
    done = imported(tmp_path, table, "a.csv", used_in=["All mailbox servers", "`queue`"])
    assert (done.added, done.passed_over) == (1, 2)
    assert rows(tmp_path)[1:] == ["mailbox server,,,Postfachserver"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BASIC[:-20], "can't be read"),
        ("<xliff/>", "this is no TBX file"),
        ('<!DOCTYPE martif [<!ENTITY a "b">]><martif/>', "declares entities"),
    ],
)
def test_a_broken_file_changes_nothing(tmp_path: Path, text: str, reason: str) -> None:
    done = imported(tmp_path, text)
    assert [finding.code for finding in done.findings] == ["glossary-file"]
    assert reason in done.findings[0].message
    assert not (tmp_path / "translations").exists()


def test_a_broken_glossary_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "translations").mkdir()
    file = tmp_path / "translations/glossary.csv"
    file.write_text('source,de\n"a,b\n')
    assert [finding.code for finding in imported(tmp_path, BASIC).findings] == ["glossary-syntax"]
    assert file.read_text() == 'source,de\n"a,b\n'


def test_a_table_in_one_language_has_to_say_which(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("source,target\na,b\n")
    found = import_terms(tmp_path, file, "en", ["de", "fr"]).findings
    assert [(one.code, "--locale de" in one.help) for one in found] == [("glossary-file", True)]

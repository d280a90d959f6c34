"""TMX as other tools write it, and as we do."""

from __future__ import annotations

import io
import os
import tracemalloc
from pathlib import Path

import pytest
from catalog_projects import write_catalog
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tmx14 import PLAIN_TMX

from kb_gen.locales.memory import (
    RefusedUnit,
    TmxUnit,
    export_memory,
    import_tmx,
    load_memory,
    read_tmx,
    unwritable,
    write_tmx,
)
from kb_gen.locales.po import read_po_file

CORPORA = Path(os.environ.get("KB_GEN_CORPORA", Path(__file__).parents[3] / "shared" / "corpora")) / "po"


def tmx(units: str, header: str = 'srclang="en"', before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<tmx version="1.4"><header {header}/><body>{units}</body></tmx>'
    ).encode()


def unit(source: str, target: str, source_tag: str = "en", tag: str = "de", more: str = "") -> str:
    return (
        f'<tu>{more}<tuv xml:lang="{source_tag}"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="{tag}"><seg>{target}</seg></tuv></tu>'
    )


def read(data: bytes, tags: tuple[str, ...] = ("de",), source: str = "en") -> list[TmxUnit | RefusedUnit]:
    return [found for piece in read_tmx(io.BytesIO(data), source, tags) for found in piece.units]


def texts(data: bytes, tags: tuple[str, ...] = ("de",), source: str = "en") -> list[tuple[str, dict[str, str]]]:
    found = read(data, tags, source)
    return [(one.source, dict(one.targets)) for one in found if isinstance(one, TmxUnit)]


def reasons(data: bytes) -> list[str]:
    return [one.reason for one in read(data) if isinstance(one, RefusedUnit)]


WRITABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r<>&\"' "))
FILLED = WRITABLE.filter(lambda text: bool(text.strip()))


@st.composite
def units(draw: st.DrawFn) -> TmxUnit:
    targets = draw(st.dictionaries(st.sampled_from(["de", "fr", "pt-BR", "zh-Hant"]), FILLED, min_size=1))
    properties = draw(st.dictionaries(st.sampled_from(["x-domain", "x-context"]), WRITABLE))
    return TmxUnit(draw(FILLED), targets, 0, draw(st.sampled_from(["", "a1"])), draw(WRITABLE), properties)


@given(st.lists(units(), max_size=5))
def test_what_is_written_is_read_again(written: list[TmxUnit]) -> None:
    written = [one for one in written if not unwritable(one)]
    data = b"".join(write_tmx(written, "en"))
    found = [one for one in read(data, ("de", "fr", "pt-BR", "zh-Hant")) if isinstance(one, TmxUnit)]
    assert [(one.source, one.targets, one.tuid, one.note, one.properties) for one in found] == [
        (one.source, one.targets, one.tuid, one.note, one.properties) for one in written
    ]


@given(st.lists(units(), max_size=3))
def test_what_is_written_is_valid(written: list[TmxUnit]) -> None:
    data = b"".join(write_tmx([one for one in written if not unwritable(one)], "en-GB"))
    document = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True))
    rules = etree.DTD(io.StringIO(PLAIN_TMX))
    assert rules.validate(document), rules.error_log


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_that_tools_write(encoding: str) -> None:
    names = {"utf-8-sig": "UTF-8", "cp1252": "windows-1252", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}
    name = names.get(encoding, encoding.upper())
    text = tmx(unit("Refused", "Zurückgewiesen")).decode().replace('"UTF-8"', f'"{name}"')
    assert texts(text.encode(encoding)) == [("Refused", {"de": "Zurückgewiesen"})]


@pytest.mark.parametrize("source_tag", ["en", "EN-US", "en_GB", "eng"])
@pytest.mark.parametrize("tag", ["de", "DE-DE", "de-AT", "de_CH", "deu"])
def test_languages_as_tools_name_them(source_tag: str, tag: str) -> None:
    assert texts(tmx(unit("a", "b", source_tag, tag), 'srclang="*all*"')) == [("a", {"de": "b"})]


@pytest.mark.parametrize(
    ("named", "wanted", "fits"),
    [
        ("pt-PT", "pt-BR", False),
        ("pt", "pt-BR", True),
        ("zh-TW", "zh-Hant", True),
        ("zh-CN", "zh-Hant", False),
        ("zh", "zh-Hant", False),
        ("de-CH", "de-AT", False),
        ("nl", "de", False),
        ("x-none", "de", False),
        ("", "de", False),
    ],
)
def test_a_region_or_script_is_not_another(named: str, wanted: str, fits: bool) -> None:
    assert bool(texts(tmx(unit("a", "b", tag=named)), (wanted,))) is fits


def test_of_several_variants_the_nearest_is_taken() -> None:
    variants = "".join(
        f'<tuv xml:lang="{tag}"><seg>{tag}</seg></tuv>' for tag in ("en-US", "en-GB", "de-CH", "de-AT", "de-DE")
    )
    found = texts(tmx(f"<tu>{variants}</tu>", 'srclang="en-gb"'), ("de", "de-AT"))
    assert found == [("en-GB", {"de": "de-CH", "de-AT": "de-AT"})]


def test_the_old_attribute_for_languages() -> None:
    data = tmx('<tu><tuv lang="EN"><seg>a</seg></tuv><tuv lang="DE"><seg>b</seg></tuv></tu>')
    assert texts(data) == [("a", {"de": "b"})]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('Click <bpt i="1">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept>.', "Click OK."),
        ("Click <hi>OK</hi>.", "Click OK."),
        ('<it pos="begin" x="1">\\cf2 </it>Click.', "Click."),
        ("Mail from <ph>%1</ph>.", "Mail from %1."),
        ("Mail from <ph>{count}</ph>.", "Mail from {count}."),
        ("Run <bpt i='1'>`</bpt>dir<ept i='1'>`</ept>.", "Run `dir`."),
        ("<bpt i='1'>**</bpt>Add<ept i='1'>**</ept>", "**Add**"),
        ("a &lt; b &amp; c &#65; <![CDATA[<d>]]>", "a < b & c A <d>"),
    ],
)
def test_inline_elements_become_plain(source: str, expected: str) -> None:
    assert texts(tmx(unit(source, "x"))) == [(expected, {"de": "x"})]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("Line<ph>&lt;br/&gt;</ph>break", "`<ph>` stands for something that isn't text: `<br/>`"),
        ('A <ph x="1"/> b', "`<ph>` stands for something that isn't text"),
        ("A <ut>{\\f1 </ut>", "`<ut>` stands for something that isn't text"),
        ("A <ph>x<sub>note</sub></ph>", "`<sub>` holds what can't be put into a plain text"),
        ("A <x>b</x>", "`<x>` holds what can't be put into a plain text"),
        ("  ", "the source text is empty"),
    ],
)
def test_a_unit_that_would_lose_something_is_refused(source: str, reason: str) -> None:
    data = tmx(unit("before", "vor") + unit(source, "x") + unit("after", "nach"))
    assert [reason in told for told in reasons(data)] == [True]
    assert texts(data) == [("before", {"de": "vor"}), ("after", {"de": "nach"})]


def test_what_is_wrong_in_another_language_is_no_matter() -> None:
    french = '<tuv xml:lang="fr"><seg>x<ph/></seg></tuv>'
    assert texts(tmx(unit("a", "b").replace("</tu>", f"{french}</tu>"))) == [("a", {"de": "b"})]


def test_units_without_languages_are_refused() -> None:
    assert "doesn't say which language" in reasons(tmx("<tu><tuv><seg>a</seg></tuv></tu>"))[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (tmx("", before='<!DOCTYPE tmx [<!ENTITY a "x">]>'), "declares entities"),
        (
            tmx(
                unit("&c;", "x"),
                before='<!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]>',
            ),
            "declares entities",
        ),
        (tmx("", before='<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "declares entities"),
        (tmx("", before='<!DOCTYPE t [<!ENTITY % a SYSTEM "http://a.example/x.dtd"> %a;]>'), "declares entities"),
        (tmx(unit("&nbsp;", "x")), "undefined entity"),
        (tmx(unit("&nbsp;", "x"), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), "`&nbsp;`"),
        (tmx("")[:-10], "no element found|unclosed token"),
        (b"", "the document is empty"),
        (b"PK\x03\x04 no XML", "not well-formed"),
        (b"<xliff/>", "this is no TMX file: it begins with `<xliff>`"),
        (tmx("<p>" * 200), "more than 100 elements"),
        (b'<?xml version="1.0" encoding="nonsense"?><tmx/>', "unknown encoding"),
        (tmx(unit("a", "b")).replace(b">a<", b">\xff<"), "not well-formed"),
    ],
)
def test_what_can_not_be_trusted_or_read_says_why(data: bytes, reason: str) -> None:
    found = [one for one in read(data) if isinstance(one, RefusedUnit)]
    assert [one.fatal for one in found] == [True]
    assert any(part in found[0].reason for part in reason.split("|")), found[0].reason


def test_a_doctype_alone_is_no_obstacle() -> None:
    assert texts(tmx(unit("a", "b"), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')) == [("a", {"de": "b"})]


def test_an_import_writes_what_is_of_use(tmp_path: Path) -> None:
    units = (
        unit("One", "Eins") * 2 + unit("Un", "Eins", "fr") + unit("Two <ph/>", "Zwei") + unit("Three", "Drei", tag="DE")
    )
    file = tmp_path / "Company.TMX"
    file.write_bytes(tmx(units).decode().replace("UTF-8", "UTF-16").encode("utf-16"))
    done = import_tmx(tmp_path, file, "en", ["de"])
    assert (done.path, done.units, done.repeated, done.passed_over) == ("translations/memory/Company.tmx", 2, 1, 1)
    assert [finding.code for finding in done.findings] == ["memory-unit"]
    memory, findings = load_memory(tmp_path, "de")
    assert not findings
    assert [(one.source, one.targets, one.origin) for one in memory] == [
        ("One", ("Eins",), "Company.tmx"),
        ("Three", ("Drei",), "Company.tmx"),
    ]


@pytest.mark.parametrize("data", [tmx(unit("a", "b"))[:-8], tmx(unit("a", "b", tag="fr")), b"", b"<a/>"])
def test_an_import_of_nothing_leaves_what_is_there(tmp_path: Path, data: bytes) -> None:
    before = tmp_path / "translations/memory/a.tmx"
    before.parent.mkdir(parents=True)
    before.write_bytes(b"before")
    file = tmp_path / "a.tmx"
    file.write_bytes(data)
    assert not import_tmx(tmp_path, file, "en", ["de"]).path
    assert before.read_bytes() == b"before"
    assert [path.name for path in before.parent.iterdir()] == ["a.tmx"]


def test_a_damaged_file_of_the_memory_is_used_as_far_as_it_goes(tmp_path: Path) -> None:
    folder = tmp_path / "translations/memory"
    folder.mkdir(parents=True)
    (folder / "a.tmx").write_bytes(tmx(unit("a", "b") + "\n" + unit("c <ph/>", "d") + "\n</broken>"))
    memory, findings = load_memory(tmp_path, "de")
    assert [one.source for one in memory] == ["a"]
    assert [(finding.code, finding.place and finding.place.start is not None) for finding in findings] == [
        ("memory-unit", True),
        ("memory-file", True),
    ]


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.tmx").write_bytes(tmx(unit("a", "b")))
    folder = tmp_path / "project/translations/memory"
    folder.mkdir(parents=True)
    (folder / "a.tmx").symlink_to(tmp_path / "outside.tmx")
    memory, findings = load_memory(tmp_path / "project", "de")
    assert len(memory) == 0
    assert [finding.code for finding in findings] == ["outside-tree"]


def test_places_are_told_in_words_where_the_file_can_not_be_shown(tmp_path: Path) -> None:
    file = tmp_path / "a.tmx"
    file.write_bytes(tmx("\n\n" + unit("c <ph/>", "d")).decode().replace("UTF-8", "UTF-16").encode("utf-16"))
    assert "(line 3)" in import_tmx(tmp_path, file, "en", ["de"]).findings[0].message


def test_memory_stays_bounded_while_a_large_file_is_read() -> None:
    many = b"".join([b"<tu>" + unit(f"Text {n} " * 20, "Wort " * 60)[4:].encode() for n in range(3000)])
    data = io.BytesIO(tmx("").replace(b"</body>", many + b"</body>"))
    tracemalloc.start()
    count = sum(len(piece.units) for piece in read_tmx(data, "en", ["de"]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3000
    assert peak < len(data.getbuffer()) / 2


def test_an_export_has_each_text_once_with_all_its_languages(tmp_path: Path) -> None:
    write_catalog(
        tmp_path, "a", '#. summary of A 1\nmsgid "One"\nmsgstr "Eins"\n\nmsgctxt "c"\nmsgid "One"\nmsgstr "Ein"\n'
    )
    write_catalog(tmp_path, "a", 'msgid "One"\nmsgstr "Un"\n\n#, fuzzy\nmsgid "Two"\nmsgstr "Deux"\n', language="fr")
    exported = export_memory(tmp_path, ["de", "fr"])
    assert [(one.source, one.targets, one.note, one.properties) for one in exported.units] == [
        ("One", {"de": "Eins", "fr": "Un"}, "summary of A 1", {"x-domain": "a"}),
        ("One", {"de": "Ein"}, "", {"x-domain": "a", "x-context": "c"}),
    ]
    assert len({one.tuid for one in exported.units}) == 2


def test_texts_that_are_gone_are_exported_where_that_is_wanted(tmp_path: Path) -> None:
    write_catalog(tmp_path, "a", 'msgid "One"\nmsgstr "Eins"\n\n#~ msgid "Old"\n#~ msgstr "Alt"\n')
    write_catalog(tmp_path, "a", 'msgid "Old"\nmsgstr "Vieux"\n\n#~ msgid "One"\n#~ msgstr "Un"\n', language="fr")
    plain = export_memory(tmp_path, ["de", "fr"])
    assert [(one.source, one.targets) for one in plain.units] == [("One", {"de": "Eins"}), ("Old", {"fr": "Vieux"})]
    assert plain.obsolete == 2
    whole = export_memory(tmp_path, ["de", "fr"], obsolete=True)
    assert whole.units[:2] == plain.units
    assert [(one.source, one.targets, one.properties) for one in whole.units[2:]] == [
        ("Old", {"de": "Alt"}, {"x-domain": "a", "x-standing": "obsolete"}),
        ("One", {"fr": "Un"}, {"x-domain": "a", "x-standing": "obsolete"}),
    ]
    assert len({one.tuid for one in whole.units}) == 4
    assert b'<prop type="x-standing">obsolete</prop>' in b"".join(write_tmx(whole.units, "en"))


def test_plural_forms_are_units_of_their_own(tmp_path: Path) -> None:
    write_catalog(
        tmp_path,
        "a",
        'msgid "{n} event"\nmsgid_plural "{n} events"\nmsgstr[0] "{n} Ereignis"\nmsgstr[1] "{n} Ereignisse"\n',
    )
    units = export_memory(tmp_path, ["de"]).units
    assert [(one.source, one.targets["de"]) for one in units] == [
        ("{n} event", "{n} Ereignis"),
        ("{n} events", "{n} Ereignisse"),
    ]


def test_what_xml_can_not_hold_is_named_and_left_out(tmp_path: Path) -> None:
    write_catalog(tmp_path, "a", 'msgid "bell\\a"\nmsgstr "x"\n\nmsgid "y"\nmsgstr "z"\n')
    exported = export_memory(tmp_path, ["de"])
    assert [one.source for one in exported.units] == ["y"]
    assert [one.source for one in exported.unwritable] == ["bell\a"]


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["cups_de.po", "wine_de.po"])
def test_real_catalogs_pass_through_without_a_lost_byte(tmp_path: Path, name: str) -> None:
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora at {CORPORA}")
    folder = tmp_path / "translations/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / name).write_bytes((CORPORA / name).read_bytes())
    catalog, _ = read_po_file(CORPORA, name)
    assert catalog is not None
    exported = export_memory(tmp_path, ["de"])
    assert not exported.unwritable
    file = tmp_path / "all.tmx"
    file.write_bytes(b"".join(write_tmx(exported.units, "en")))
    done = import_tmx(tmp_path, file, "en", ["de"])
    assert not done.findings
    (folder / name).unlink()
    memory, _ = load_memory(tmp_path, "de")
    kept = {(one.context, one.source, one.targets) for one in memory}
    entries = [entry for entry in catalog.entries if entry.translated and not entry.fuzzy]
    assert {(entry.context, entry.msgid, entry.msgstr) for entry in entries} == kept

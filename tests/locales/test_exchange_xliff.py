"""XLIFF as the specifications have it, and as other tools give it back."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from exchange_projects import codes, entries_of, sent, taken, write_entries
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.exchange import Format
from kb_gen.locales.exchange.codes import CodeKind, Pair, Single, Words, cut, source_of
from kb_gen.locales.exchange.units import ReturnedUnit, UnitState
from kb_gen.locales.exchange.xliff_reading import read_xliff
from kb_gen.locales.po import PoEntry, PreviousText
from kb_gen.markup import parse_inlines
from kb_gen.model import MessageSyntax

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
OLD = "{urn:oasis:names:tc:xliff:document:1.2}"
MDA = "{urn:oasis:names:tc:xliff:metadata:2.0}"
MTC = "{urn:oasis:names:tc:xliff:matches:2.0}"
SLR = "{urn:oasis:names:tc:xliff:sizerestriction:2.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"

RICH = (
    PoEntry(
        "The **%1** lost [its `log`](https://e.org/?a=1&b=2) <b>, see event:Shop/7.",
        ("Siehe event:Shop/7: [das `log`](https://e.org/?a=1&b=2) der **%1** <b> fehlt, *leider*.",),
        extracted=(
            "summary of Shop 1",
            "%1: order, for example O-1",
            "preceded by: Hi",
            "glossary: order = Bestellung",
            "suggested: 80 %",
            "http://127.0.0.1:8650/unit/x",
        ),
        references=("content/a b.yml",),
        comments=(" Stimmt das?",),
    ),
    PoEntry("Open.", ("Öffnen.",), flags=("fuzzy",), previous=PreviousText("Open `a`."), context="button"),
    PoEntry("{count} event", ("{count} Ereignis", "{count} Ereignisse"), msgid_plural="{count} events"),
    PoEntry("odd \x01 `\x02`", ("seltsam \x01 `\x02` \x03",), extracted=("note \x04",)),
    PoEntry("late", ("",)),
)


@dataclass(frozen=True)
class Rule:
    """What the schema of an element says: its children as a pattern of their names, and its attributes."""

    children: str = ""
    required: dict[str, str] = field(default_factory=dict)
    optional: dict[str, str] = field(default_factory=dict)
    text: bool = False


NMTOKEN = r"[\w.:-]+"
YES_NO = "yes|no"
INLINE_2 = "(cp |ph |pc )*"
CODE_2 = {
    "canCopy": YES_NO,
    "canDelete": YES_NO,
    "type": "fmt|ui|quote|link|image|other",
    "subType": r"[^\s:]+:[^\s:]+",
}
# As the schemas and the constraints of https://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html
# have it, for all that we write.
RULES_2 = {
    CORE + "xliff": Rule("(file )+", {"version": "2.1", "srcLang": "[A-Za-z]+.*", "trgLang": "[A-Za-z]+.*"}),
    CORE + "file": Rule(
        "(slr:profiles )?(unit |group )+",
        {"id": NMTOKEN},
        {"original": ".+", "canResegment": YES_NO, "srcDir": "ltr|rtl", "trgDir": "ltr|rtl"},
    ),
    CORE + "group": Rule("(unit )+", {"id": NMTOKEN}, {"name": ".*", "type": "[^:]+:[^:]+"}),
    CORE + "unit": Rule(
        "(mtc:matches |mda:metadata )*(notes )?(originalData )?segment ",
        {"id": NMTOKEN},
        {"name": ".*", XML + "space": "preserve", SLR + "sizeRestriction": "[0-9]+"},
    ),
    CORE + "notes": Rule("(note )+"),
    CORE + "note": Rule("", {}, {"category": NMTOKEN, "appliesTo": "source|target"}, text=True),
    CORE + "originalData": Rule("(data )+"),
    CORE + "data": Rule("(cp )*", {"id": NMTOKEN}, text=True),
    CORE + "segment": Rule(
        "source (target )?", {}, {"id": NMTOKEN, "state": "initial|translated|reviewed|final", "subState": ".+:.+"}
    ),
    CORE + "source": Rule(INLINE_2, {}, {XML + "space": "preserve"}, text=True),
    CORE + "target": Rule(INLINE_2, {}, {XML + "space": "preserve"}, text=True),
    CORE + "cp": Rule("", {"hex": "([0-9A-F]{2})+"}),
    CORE + "ph": Rule("", {"id": NMTOKEN, "dataRef": NMTOKEN}, {"disp": ".*", **CODE_2}),
    CORE + "pc": Rule(
        INLINE_2,
        {"id": NMTOKEN, "dataRefStart": NMTOKEN, "dataRefEnd": NMTOKEN},
        {"dispStart": ".*", "dispEnd": ".*", **CODE_2},
        text=True,
    ),
    MDA + "metadata": Rule("(mda:metaGroup )+"),
    MDA + "metaGroup": Rule("(mda:meta )+", {}, {"category": ".+"}),
    MDA + "meta": Rule("", {"type": ".+"}, text=True),
    MTC + "matches": Rule("(mtc:match )+"),
    MTC + "match": Rule("(originalData )?source target ", {"ref": "#.+"}, {"type": "tm", "origin": ".+"}),
    SLR + "profiles": Rule("", {}, {"generalProfile": "xliff:codepoints"}),
}
INLINE_12 = "(ph |bpt |ept )*"
NATIVE = {"ctype": "bold|italic|link|x-[a-z-]+", "equiv-text": ".*"}
# As xliff-core-1.2-strict.xsd has it.
RULES_12 = {
    OLD + "xliff": Rule("(file )+", {"version": r"1\.2"}),
    OLD + "file": Rule(
        "header body ",
        {"original": ".+", "source-language": "[a-z]+.*", "datatype": "plaintext"},
        {"target-language": "[a-z]+.*", "tool-id": "kb-gen"},
    ),
    OLD + "header": Rule("tool "),
    OLD + "tool": Rule("", {"tool-id": "kb-gen", "tool-name": ".+"}, {"tool-version": ".+"}),
    OLD + "body": Rule("(trans-unit |group )*"),
    OLD + "group": Rule("(trans-unit )+", {}, {"id": ".+", "restype": "x-gettext-plurals", "resname": ".*"}),
    OLD + "trans-unit": Rule(
        "source (target )?(context-group |note |alt-trans )*",
        {"id": ".+"},
        {
            "approved": YES_NO,
            "resname": ".*",
            "extradata": ".+",
            XML + "space": "preserve",
            "size-unit": "char",
            "maxwidth": "[0-9]+",
        },
    ),
    OLD + "source": Rule(INLINE_12, text=True),
    OLD + "target": Rule(INLINE_12, {}, {"state": "needs-review-translation|final"}, text=True),
    OLD + "context-group": Rule("(context )+", {}, {"purpose": "information|location"}),
    OLD + "context": Rule("", {"context-type": "sourcefile|x-po-msgctxt"}, text=True),
    OLD + "note": Rule("", {}, {"from": ".+", "annotates": "source|target|general"}, text=True),
    OLD + "alt-trans": Rule(
        "source target ", {}, {"alttranstype": "previous-version", "origin": ".+", XML + "space": "preserve"}
    ),
    OLD + "ph": Rule("", {"id": ".+"}, NATIVE, text=True),
    OLD + "bpt": Rule("", {"id": ".+"}, {"rid": NMTOKEN, **NATIVE}, text=True),
    OLD + "ept": Rule("", {"id": ".+"}, {"rid": NMTOKEN}, text=True),
}
PREFIXES = {CORE: "", OLD: "", MDA: "mda:", MTC: "mtc:", SLR: "slr:"}


def short(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    return PREFIXES[f"{namespace}}}"] + name


def offences(root: ET.Element, rules: dict[str, Rule]) -> list[str]:
    found = []
    for node in root.iter():
        rule = rules[node.tag]
        children = "".join(f"{short(child.tag)} " for child in node)
        if not re.fullmatch(rule.children, children):
            found.append(f"{short(node.tag)} has {children}")
        known = rule.required | rule.optional
        found += [f"{short(node.tag)} lacks {name}" for name in rule.required if name not in node.attrib]
        for name, value in node.attrib.items():
            if name not in known or not re.fullmatch(known[name], value, re.DOTALL):
                found.append(f"{short(node.tag)}: {name}={value!r}")
        texts = [node.text, *(child.tail for child in node)]
        if not rule.text and any((text or "").strip() for text in texts):
            found.append(f"{short(node.tag)} has a text")
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_entries(tmp_path, RICH[:2], "shop")
    write_entries(tmp_path, RICH[2:3], "ui")
    write_entries(tmp_path, RICH[3:], "other")
    return tmp_path


def test_xliff_21_keeps_the_rules_of_its_schema(project: Path) -> None:
    root = ET.parse(sent(project, Format.XLIFF)).getroot()
    assert offences(root, RULES_2) == []
    for file in root.iter(CORE + "file"):
        names = [unit.get("id") for unit in file.iter(CORE + "unit")]
        assert len(set(names)) == len(names)
    for unit in root.iter(CORE + "unit"):
        known = {data.get("id") for data in unit.findall(f"{CORE}originalData/{CORE}data")}
        segment = unit.find(CORE + "segment")
        assert segment is not None
        used = {
            node.get(name)
            for node in segment.iter()
            for name in ("dataRef", "dataRefStart", "dataRefEnd")
            if node.get(name)
        }
        assert used == known
        source, target = segment.find(CORE + "source"), segment.find(CORE + "target")
        assert source is not None
        for text in filter(lambda text: text is not None, (source, target)):
            ids = [code.get("id") for code in text.iter() if code.tag in {CORE + "ph", CORE + "pc"}]  # type: ignore[union-attr]
            assert len(set(ids)) == len(ids)
        # A state other than the first needs a translation, and a further state a state.
        assert target is not None or segment.get("state") == "initial"
        assert segment.get("state") or not segment.get("subState")


def test_xliff_12_keeps_the_rules_of_its_strict_schema(project: Path) -> None:
    root = ET.parse(sent(project, Format.XLIFF12)).getroot()
    assert offences(root, RULES_12) == []
    for file in root.iter(OLD + "file"):
        names = [unit.get("id") for unit in file.iter(OLD + "trans-unit")]
        assert len(set(names)) == len(names)
    for text in (*root.iter(OLD + "source"), *root.iter(OLD + "target")):
        openings = [node.get("rid") for node in text.iter(OLD + "bpt")]
        assert openings == list(dict.fromkeys(openings))
        assert sorted(openings, key=str) == sorted((node.get("rid") for node in text.iter(OLD + "ept")), key=str)


def test_codes_have_the_ids_of_the_source_in_whatever_order(project: Path) -> None:
    root = ET.parse(sent(project, Format.XLIFF)).getroot()
    unit = next(unit for unit in root.iter(CORE + "unit") if list(unit.iter(CORE + "pc")))
    data = {node.get("id"): node.text for node in unit.iter(CORE + "data")}

    def told(name: str) -> list[tuple[str | None, str | None]]:
        text = unit.find(f"{CORE}segment/{CORE}{name}")
        assert text is not None
        return [
            (node.get("id"), data[node.get("dataRef") or node.get("dataRefStart")])
            for node in text.iter()
            if node.tag in {CORE + "ph", CORE + "pc"}
        ]

    assert told("source") == [("1", "**"), ("2", "%1"), ("3", "["), ("4", "`log`"), ("5", "event:Shop/7")]
    assert told("target") == [
        ("5", "event:Shop/7"),
        ("3", "["),
        ("4", "`log`"),
        ("1", "**"),
        ("2", "%1"),
        ("t1", "*"),
    ]


def test_translators_are_told_what_a_text_is(project: Path) -> None:
    root = ET.parse(sent(project, Format.XLIFF)).getroot()
    notes = {(note.get("category"), note.text) for note in root.iter(CORE + "note")}
    assert {
        ("place", "summary of Shop 1"),
        ("insertion", "%1: order, for example O-1"),
        ("around", "preceded by: Hi"),
        ("term", "glossary: order = Bestellung"),
        ("suggestion", "suggested: 80 %"),
        ("address", "http://127.0.0.1:8650/unit/x"),
        ("file", "content/a b.yml"),
        ("translator", "Stimmt das?"),
        ("plural-form", "form 1 of 2, for 1"),
        ("plural-form", "form 2 of 2, for 0, 2, 3, 4, 5 …"),
        ("place", "note ␄"),
    } <= notes
    match = next(root.iter(MTC + "match"))
    assert "".join(match.itertext()).split() == ["`a`", "Open", ".", "Öffnen."]


def returned(document: str) -> list[ReturnedUnit]:
    return [*read_xliff(BytesIO(document.encode()))]


def unit_2(inside: str, before: str = "", attributes: str = 'version="2.0"') -> str:
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" {attributes} srcLang="en" trgLang="de-DE">'
        f'<file id="f" original="x/shop.po"><unit id="u">{before}{inside}</unit></file></xliff>'
    )


def pair(source: str, target: str, order: int | None = None) -> str:
    place = f' order="{order}"' if order else ""
    return f"<segment><source>{source}</source><target{place}>{target}</target></segment>"


X = "<source>x</source>"
STRONG = '<source><pc id="1" dataRefStart="d2" dataRefEnd="d2">x</pc></source>'
SPANS = '<source><sc id="1" dataRef="d2"/>x<ec startRef="1" dataRef="d2"/></source>'
INSERTION = '<source><ph id="1" dataRef="d1"/></source>'
CROSSED = '<source><bpt id="2" rid="1">[</bpt>x<ept id="3" rid="1">](y)</ept><ph id="1">%1</ph></source>'
CUT = '<seg-source><mrk mtype="seg" mid="1">x</mrk></seg-source><target><mrk mtype="seg" mid="1">y</mrk> </target>'
DATA = '<originalData><data id="d1">%1</data><data id="d2">**</data></originalData>'


@pytest.mark.parametrize(
    ("segments", "target"),
    [
        (f'<segment>{INSERTION}<target>a <ph id="1"/></target></segment>', "a %1"),
        (
            f'<segment>{INSERTION}<target><ph id="2" copyOf="1"/>!</target></segment>',
            "%1!",
        ),
        (
            f'<segment>{STRONG}<target><sc id="1" dataRef="d2"/>y<ec startRef="1" dataRef="d2"/></target></segment>',
            "**y**",
        ),
        (
            f'<segment>{SPANS}<target><pc id="1">y</pc></target></segment>',
            "**y**",
        ),
        (f'<segment>{X}<target><mrk id="m" type="term">y<sm id="s"/></mrk><em startRef="s"/></target></segment>', "y"),
        (
            f"{pair('One. ', 'Eins.')}<ignorable><source> </source></ignorable>{pair('Two.', 'Zwei.')}",
            "Eins. Zwei.",
        ),
        (
            f"{pair('One.', 'Eins.', 2)}{pair('Two.', 'Zwei.', 1)}",
            "Zwei.Eins.",
        ),
        (
            '<segment><source>a</source><target>b<cp hex="0001"/>&#13;<![CDATA[<&]]><!-- no --></target></segment>',
            "b\x01\r<&",
        ),
    ],
)
def test_what_tools_make_of_a_unit_is_understood(segments: str, target: str) -> None:
    (unit,) = returned(unit_2(segments, DATA))
    assert (unit.target, unit.problem) == (target, "")
    assert (unit.id, unit.catalog, unit.locale) == ("u", "shop", "de-DE")


@pytest.mark.parametrize(
    ("segments", "problem"),
    [
        ('<segment><source>x</source><target><ph id="9"/></target></segment>', "doesn't say what it stands for"),
        ('<segment><source>x</source><target><cp hex="110000"/></target></segment>', "no character U+110000"),
        ("<segment><source>x</source><target><b>x</b></target></segment>", "no code of XLIFF"),
        (
            f"{pair('x', 'y')}<segment>{X}</segment>",
            "only 1 of the unit's 2 segments",
        ),
    ],
)
def test_what_can_not_be_understood_is_told(segments: str, problem: str) -> None:
    (unit,) = returned(unit_2(segments, DATA))
    assert problem in unit.problem


@pytest.mark.parametrize(
    ("state", "known"),
    [
        ("", UnitState.FUZZY),
        ('state="initial"', UnitState.FUZZY),
        ('state="translated"', UnitState.APPROVED),
        ('state="reviewed"', UnitState.APPROVED),
        ('state="final"', UnitState.APPROVED),
    ],
)
def test_states_of_xliff_2(state: str, known: UnitState) -> None:
    (unit,) = returned(unit_2(f"<segment {state}><source>x</source><target>y</target></segment>"))
    assert unit.state is known


@pytest.mark.parametrize(
    ("attributes", "target", "known"),
    [
        ("", "", None),
        ('approved="yes"', "", UnitState.APPROVED),
        ('approved="no"', "", UnitState.FUZZY),
        ('approved="no"', 'state="translated"', UnitState.APPROVED),
        ('approved="yes"', 'state="needs-review-translation"', UnitState.FUZZY),
        ("", 'state="new"', UnitState.FUZZY),
        ("", 'state="signed-off"', UnitState.APPROVED),
    ],
)
def test_states_of_xliff_1(attributes: str, target: str, known: UnitState | None) -> None:
    (unit,) = returned(unit_1(f"<source>x</source><target {target}>y</target>", attributes))
    assert unit.state is known


def unit_1(inside: str, attributes: str = "", namespace: str = ' xmlns="urn:oasis:names:tc:xliff:document:1.2"') -> str:
    languages = 'source-language="en" target-language="de" datatype="plaintext"'
    unit = f'<group><trans-unit id="u" {attributes}>{inside}</trans-unit></group>'
    return f'<xliff{namespace} version="1.2"><file original="shop" {languages}><body>{unit}</body></file></xliff>'


@pytest.mark.parametrize(
    ("inside", "target"),
    [
        ('<source><ph id="1">%1</ph></source><target>a <x id="1"/></target>', "a %1"),
        ('<source><x id="1" equiv-text="%1"/></source><target><x id="1" equiv-text="%1"/>!</target>', "%1!"),
        (
            '<source><bpt id="1">[</bpt>x<ept id="1">](y)</ept></source><target><g id="1">z</g></target>',
            "[z](y)",
        ),
        (
            f'{CROSSED}<target><ph id="1"/><bx id="2" rid="1"/>z<ex id="3" rid="1"/></target>',
            "%1[z](y)",
        ),
        (f"{X}{CUT}", "y "),
        ('<source>x</source><target>y<ph id="c" ctype="x-code-point">U+0001</ph></target>', "y\x01"),
        ("<source>x</source><alt-trans><target>no</target></alt-trans>", ""),
    ],
)
def test_what_older_tools_make_of_a_unit_is_understood(inside: str, target: str) -> None:
    for namespace in (' xmlns="urn:oasis:names:tc:xliff:document:1.2"', ""):
        (unit,) = returned(unit_1(inside, namespace=namespace))
        assert (unit.target, unit.problem) == (target, "")


def test_a_document_in_utf_16_and_with_a_byte_order_mark(tmp_path: Path) -> None:
    write_entries(tmp_path, [PoEntry("Yes", ("",))])
    file = sent(tmp_path, Format.XLIFF)
    text = file.read_text("utf-8").replace("<source>Yes</source>", "<source>Yes</source><target>Ja ä</target>")
    for encoding in ("utf-16", "utf-8-sig"):
        write_entries(tmp_path, [PoEntry("Yes", ("",))])
        file.write_bytes(text.replace('encoding="UTF-8"', f'encoding="{encoding[:6].rstrip("-")}"').encode(encoding))
        assert codes(taken(tmp_path, file)) == []
        assert entries_of(tmp_path)[0].msgstr == ("Ja ä",)


CODES = "%1|`a b`|``x`y``|*b*|**c**|[d `e` %2](https://e.org/(x))|event:Shop/7|<https://e.org>|\\*"
PIECES = st.sampled_from([*CODES.split("|"), *"`*[(].) 1%a\\ä", "**", "](", "_u_", "<b>", "&amp;"])


@given(st.lists(PIECES, max_size=10).map("".join), st.sampled_from([*PairKind]), st.sampled_from([*MessageSyntax]))
def test_a_text_is_cut_without_a_loss(text: str, kind: PairKind, syntax: MessageSyntax) -> None:
    pieces = cut(text, kind, syntax)
    assert source_of(pieces) == text
    assert not any(isinstance(piece, Words) and not piece.text for piece in pieces)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_what_a_reader_sees_as_code_is_one_or_nothing_is(text: str) -> None:
    pieces = cut(text, PairKind.TEXT, MessageSyntax.FORMATMESSAGE)
    singles = [piece for piece in pieces if isinstance(piece, Single)]
    shown = "".join(repr(inline) for inline in parse_inlines(text))
    assert shown.count("Code(text=") >= sum(piece.kind is CodeKind.CODE for piece in singles)
    assert shown.count("Insertion(") >= sum(piece.kind is CodeKind.INSERTION for piece in singles)


@pytest.mark.parametrize(
    ("text", "kind", "syntax", "codes_"),
    [
        ("User %1 is %2!d!.%n", PairKind.MESSAGE, MessageSyntax.FORMATMESSAGE, ["%1", "%2!d!", "%n"]),
        ("User %s is %-5d %%", PairKind.MESSAGE, MessageSyntax.PRINTF, ["%s", "%-5d", "%%"]),
        ("{{x}} {count} events", PairKind.INTERFACE, MessageSyntax.FORMATMESSAGE, ["{count}"]),
        ("Use `a` or \\`b\\`, 10 % of %1", PairKind.TEXT, MessageSyntax.FORMATMESSAGE, ["`a`", "%1"]),
    ],
)
def test_each_kind_of_text_has_its_codes(text: str, kind: PairKind, syntax: MessageSyntax, codes_: list[str]) -> None:
    pieces = cut(text, kind, syntax)
    assert [piece.text for piece in pieces if isinstance(piece, Single)] == codes_
    assert not any(isinstance(piece, Pair) for piece in pieces)

"""Windows message files: all of their language, every encoding, and a finding for what is odd."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.diagnostics import LineIndex, Severity
from kb_gen.importers import Imported, Reading
from kb_gen.importers.formats import mc
from kb_gen.model import EventSeverity

HEADER = """\
; A comment
MessageIdTypedef=DWORD
SeverityNames=(Success=0x0:S0 Informational=0x1
    Warning=0x2:S2
    Error=0x3)
FacilityNames=(System=0x0:F0 Mine=0x7:F7)
LanguageNames=(English=0x409:MSG00409)
LanguageNames=(German=0x407:MSG00407:1252)
OutputBase=16
"""


def read(folder: Path, *texts: str | bytes, encoding: str = "") -> Imported:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.mc"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        paths.append(path)
    return mc.read(paths, Reading("product", "Source", encoding=encoding))


def found(imported: Imported) -> list[tuple[str, str, dict[str, str]]]:
    return [(event.record.id, event.record.symbolic_name, dict(event.messages)) for event in imported.events]


def codes(imported: Imported) -> list[str]:
    return [finding.code for finding in imported.diagnostics]


def test_numbers_may_be_missing_relative_or_hexadecimal_and_count_in_their_facility(tmp_path: Path) -> None:
    text = HEADER + "".join(
        f"MessageId={number}\n{more}SymbolicName=S{place}\nLanguage=English\nText {place}\n.\n"
        for place, (number, more) in enumerate(
            [("0x10", ""), ("", ""), ("+5", ""), ("100", "Facility=Mine\n"), ("", ""), ("+ 2", ""), (" 7 ", "")]
        )
    )
    imported = read(tmp_path, text)
    assert [event.record.id for event in imported.events] == ["16", "17", "22", "100", "101", "103", "7"]
    assert codes(imported) == []


@pytest.mark.parametrize("facility_first", [False, True])
def test_numbers_count_from_the_last_one_of_their_own_facility(tmp_path: Path, facility_first: bool) -> None:
    counted = [("1", "A"), ("100", "B"), ("", "A"), ("", "B"), ("+5", "A"), ("", ""), ("", "B"), ("", "Own"), ("", "")]
    text = "FacilityNames=(A=1 B=2)\n"
    for place, (number, facility) in enumerate(counted):
        parts = [f"MessageId={number}\n", f"Facility={facility}\n" if facility else "", f"SymbolicName=S{place}\n"]
        order = (1, 0, 2) if facility_first else (0, 2, 1)
        text += "".join(parts[part] for part in order) + f"Language=English\nText {place}\n.\n"
    imported = read(tmp_path, text)
    assert [event.record.id for event in imported.events] == ["1", "100", "2", "101", "7", "8", "102", "1", "2"]
    assert codes(imported) == ["mc-unknown-facility"]


def test_a_number_that_grows_too_high_in_its_facility_is_told_where_it_stands(tmp_path: Path) -> None:
    text = "FacilityNames=(A=1 B=2)\n" + "".join(
        f"MessageId={number}\nSymbolicName=S{place}\nFacility={facility}\nLanguage=English\nText\n.\n"
        for place, (number, facility) in enumerate([("0xFFFE", "A"), ("", "B"), ("+2", "A"), ("", "A"), ("", "A")])
    )
    imported = read(tmp_path, text)
    assert [(event.record.symbolic_name, event.record.id) for event in imported.events] == [
        ("S0", "65534"),
        ("S1", "1"),
        ("S3", "65535"),
    ]
    told = [
        (finding.code, finding.message, text[finding.place.start : finding.place.end])
        for finding in imported.diagnostics
        if finding.place
    ]
    no = "is no message ID of 16 bits, so the message isn't taken"
    assert told == [
        ("mc-bad-id", f"2 more than the last of its facility {no}", "+2"),
        ("mc-bad-id", f"1 more than the last of its facility {no}", "MessageId"),
    ]


def test_numbers_are_written_as_in_c(tmp_path: Path) -> None:
    numbers = ["010", "0x10", "0X1f", "0", "007", "08", "0x1_0", "1_0", "+010", "\u0663"]
    text = "".join(f"MessageId={number}\nLanguage=English\nText {number}\n.\n" for number in numbers)
    imported = read(tmp_path, text)
    assert {event.record.message: event.record.id for event in imported.events} == {
        "Text 010": "8",
        "Text 0x10": "16",
        "Text 0X1f": "31",
        "Text 0": "0",
        "Text 007": "7",
        "Text +010": "15",
    }
    assert codes(imported) == ["mc-bad-id"] * 4


@pytest.mark.parametrize("symbol", ["A B", "2BAD", "MSG-ONE", "Größe", "a.b", ""])
def test_a_symbol_that_c_cannot_have_is_told_and_left_out(tmp_path: Path, symbol: str) -> None:
    text = f"MessageId=1\nSymbolicName={symbol}\nLanguage=English\nText\n.\n"
    imported = read(tmp_path, text)
    assert found(imported) == [("1", "", {"en": "Text"})]
    (finding,) = imported.diagnostics
    assert finding.code == "mc-bad-symbol"
    assert finding.place is not None
    assert text[finding.place.start : finding.place.end] == (symbol or "SymbolicName")


def test_findings_stand_at_the_value_that_is_wrong(tmp_path: Path) -> None:
    text = HEADER + (
        "MessageId=1 Severity=Odd Facility = Elsewhere SymbolicName=A\nLanguage=Klingon\nQapla\n.\n"
        "MessageId=70000 Severity=Error\nLanguage=English\nText\n.\nMessageId=2 Severity=\nLanguage=English\nText\n.\n"
    )
    told = [
        (finding.code, text[finding.place.start : finding.place.end])
        for finding in read(tmp_path, text).diagnostics
        if finding.place
    ]
    assert told == [
        ("mc-unknown-severity", "Odd"),
        ("mc-unknown-facility", "Elsewhere"),
        ("mc-unknown-language", "Klingon"),
        ("mc-bad-id", "70000"),
        ("mc-unknown-severity", "Severity"),
    ]


def test_statements_before_a_number_belong_to_the_message_behind_it(tmp_path: Path) -> None:
    text = (
        "MessageId=1\nSeverity=Warning\nLanguage=English\n.\n"
        "Severity=Error\nFacility=System\nMessageId=2\nLanguage=English\nText\n.\n"
    )
    imported = read(tmp_path, text)
    assert [(event.record.id, event.record.severity) for event in imported.events] == [
        ("1", EventSeverity.WARNING),
        ("2", EventSeverity.ERROR),
    ]


def test_a_statement_that_a_message_has_twice_is_told(tmp_path: Path) -> None:
    text = (
        "MessageId=1\nSymbolicName=A\nSymbolicName=B\nSeverity=Error Severity=Warning\nOutputBase=10\nOutputBase=16\n"
        "Language=English\nText\n.\nSeverity=Error\nSeverity=Error\n"
    )
    imported = read(tmp_path, text)
    assert found(imported) == [("1", "B", {"en": "Text"})]
    assert imported.events[0].record.severity is EventSeverity.WARNING
    assert codes(imported) == ["mc-second-statement"] * 2


def test_comments_behind_a_text_without_an_end_are_no_part_of_it(tmp_path: Path) -> None:
    text = (
        "MessageId=1\nLanguage=English\nOne\n; inside\none\n\n;// about the next\n  ;\nMessageId=2\n"
        "Language=English\nTwo\nMessageIdTypedef=DWORD\nMessageId=3\nLanguage=English\nThree\n\n;#endif // X\n;\n"
    )
    imported = read(tmp_path, text)
    assert [event.record.message for event in imported.events] == ["One\n; inside\none", "Two", "Three"]
    assert codes(imported) == ["mc-missing-end"] * 3


def test_a_line_may_have_several_statements(tmp_path: Path) -> None:
    text = HEADER + (
        "MessageId=0x0001 Facility=Mine Severity=Warning SymbolicName=ONE\nLanguage=English\nFirst\n.\n"
        "MessageId= Severity = Error SymbolicName=TWO Language=English\nSecond, Severity=none of them\n.\n"
    )
    imported = read(tmp_path, text)
    assert found(imported) == [("1", "ONE", {"en": "First"}), ("2", "TWO", {"en": "Second, Severity=none of them"})]
    assert [event.record.severity for event in imported.events] == [EventSeverity.WARNING, EventSeverity.ERROR]
    assert codes(imported) == []


def test_a_message_whose_number_is_none_is_left_out_and_told(tmp_path: Path) -> None:
    text = HEADER + "".join(
        f"MessageId={number}\nSymbolicName=S{place}\nLanguage=English\nText\n.\n"
        for place, number in enumerate(["5", "five", "70000", ""])
    )
    imported = read(tmp_path, text)
    assert [(event.record.id, event.record.symbolic_name) for event in imported.events] == [("5", "S0"), ("6", "S3")]
    assert codes(imported) == ["mc-bad-id", "mc-bad-id"]
    assert all(finding.severity is Severity.ERROR for finding in imported.diagnostics)


def test_severities_stay_until_another_is_named_and_success_says_nothing(tmp_path: Path) -> None:
    text = HEADER + "".join(
        f"MessageId={place}\n{severity}Language=English\nText\n.\n"
        for place, severity in enumerate(
            ["", "Severity=Warning\n", "", "SEVERITY = error\n", "Severity=Informational\n", "Severity=Success\n"]
        )
    )
    assert [event.record.severity for event in read(tmp_path, text).events] == [
        None,
        EventSeverity.WARNING,
        EventSeverity.WARNING,
        EventSeverity.ERROR,
        EventSeverity.INFORMATION,
        None,
    ]


def test_a_severity_means_what_it_is_called_whatever_its_number_is(tmp_path: Path) -> None:
    header = "SeverityNames=(Informational=0x0 Warning=0x1:W Error=0x2 Fatal=0x3 CoError=2 Grave=3 Light=1)\n"
    names = ["Informational", "Warning", "Error", "Fatal", "CoError", "Grave", "Light"]
    text = header + "".join(
        f"MessageId={number}\nSeverity={name}\nLanguage=English\nText\n.\n" for number, name in enumerate(names)
    )
    assert [event.record.severity for event in read(tmp_path, text).events] == [
        EventSeverity.INFORMATION,
        EventSeverity.WARNING,
        EventSeverity.ERROR,
        EventSeverity.ERROR,
        EventSeverity.ERROR,
        EventSeverity.ERROR,
        EventSeverity.INFORMATION,
    ]


def test_a_list_may_begin_in_the_line_after_its_name_and_have_comments(tmp_path: Path) -> None:
    text = (
        "LanguageNames =\n(\nEnglish=0x0409:MSG00409\n; French=0x40C:MSG0040C )\n"
        "German=0x407:MSG00407 ; also (Italian=0x410:MSG00410)\n)\n"
        " ; with a blank before it\n"
        "MessageId = 501 ; one of them\nSymbolicName = USAGE;that's it\nLanguage = English ; too\n"
        "; no comment\n.\nLanguage = German\nText ; hier\n.\n"
    )
    imported = read(tmp_path, text)
    assert found(imported) == [("501", "USAGE", {"en": "; no comment", "de": "Text ; hier"})]
    assert not imported.diagnostics


def test_a_text_is_all_that_stands_before_the_period(tmp_path: Path) -> None:
    text = (
        HEADER + "MessageId=1\nSymbolicName=NONE\nLanguage=German\n  Über %1!s!\n\n; kein Kommentar%n\n.%0\n"
        "Severity=1 ist kein Befehl\n. \nLanguage=English\n%1.\n.\n"
    )
    imported = read(tmp_path, text)
    german = "  Über %1!s!\n\n; kein Kommentar%n\n.%0\nSeverity=1 ist kein Befehl"
    assert found(imported) == [("1", "", {"de": german, "en": "%1."})]
    assert imported.events[0].record.message == "%1."
    assert imported.sources["Source"].message_language == "en"
    assert codes(imported) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_files_are_read_in_what_they_are_encoded_in(tmp_path: Path, encoding: str, line_end: str) -> None:
    text = HEADER + "MessageId=1\nLanguage=German\nGröße „%1“ – zu groß\nzweite Zeile\n.\n"
    imported = read(tmp_path, text.replace("\n", line_end).encode(encoding))
    assert found(imported) == [("1", "", {"de": "Größe „%1“ – zu groß\nzweite Zeile"})]
    assert imported.events[0].record.message
    assert imported.sources["Source"].message_language == "de"


def test_each_language_has_a_code_page_of_its_own(tmp_path: Path) -> None:
    header = "LanguageNames=(Russian=0x419:R Greek=0x408:G Japanese=0x411:J:932)\n"
    parts = {"Russian": ("cp1251", "Ошибка"), "Greek": ("cp1253", "Σφάλμα"), "Japanese": ("cp932", "エラー")}
    data = header.encode() + b"MessageId=1\n"
    for name, (page, word) in parts.items():
        data += f"Language={name}\n".encode() + word.encode(page) + b"\n.\n"
    assert found(read(tmp_path, data))[0][2] == {"ru": "Ошибка", "el": "Σφάλμα", "ja": "エラー"}


def test_a_code_page_that_does_not_exist_is_told_and_the_languages_own_one_taken(tmp_path: Path) -> None:
    text = "LanguageNames=(German=0x407:M:99999)\nMessageId=1\nLanguage=German\nFür alle\n.\n"
    imported = read(tmp_path, text.encode("cp1252"))
    assert found(imported) == [("1", "", {"de": "Für alle"})]
    assert codes(imported) == ["source-file-encoding"]


def test_what_an_encoding_does_not_know_is_told_where_it_stands(tmp_path: Path) -> None:
    data = HEADER.encode() + b"MessageId=1\nLanguage=German\nGr\x81\xf6\xdfe\n.\n"
    imported = read(tmp_path, data)
    assert codes(imported) == ["source-file-encoding"]
    place = imported.diagnostics[0].place
    assert place is not None
    assert LineIndex(data.decode("latin-1")).position(place.start or 0).column == 3
    assert found(imported)[0][2] == {"de": "Gr\ufffdöße"}
    assert found(read(tmp_path, data, encoding="cp850"))[0][2] == {"de": "Gr" + b"\x81\xf6\xdf".decode("cp850") + "e"}


def test_a_missing_end_is_told_and_swallows_nothing(tmp_path: Path) -> None:
    text = (
        HEADER + "MessageId=1\nLanguage=English\nOne\nLanguage=German\nEins\n.\nMessageId=2\nLanguage=English\nTwo\n"
        "MessageId=3\nLanguage=English\nThree, Language=none\nLanguage=none\n"
    )
    imported = read(tmp_path, text)
    assert found(imported) == [
        ("1", "", {"en": "One", "de": "Eins"}),
        ("2", "", {"en": "Two"}),
        ("3", "", {"en": "Three, Language=none\nLanguage=none"}),
    ]
    assert codes(imported) == ["mc-missing-end"] * 3
    lines = [
        LineIndex(text).position(finding.place.start or 0).line for finding in imported.diagnostics if finding.place
    ]
    assert [text.splitlines()[line - 1] for line in lines] == ["Language=German", "MessageId=3", "Language=English"]


def test_a_missing_end_before_a_language_that_the_header_forgot_swallows_nothing_either(tmp_path: Path) -> None:
    imported = read(tmp_path, HEADER + "MessageId=1\nLanguage=English\nOne\nLanguage=Spanish\nUno\n.\n")
    assert found(imported) == [("1", "", {"en": "One"})]
    assert sorted(codes(imported)) == ["mc-missing-end", "mc-unknown-language"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MessageId=1\nstray\nLanguage=English\nText\n.\n", "mc-stray-text"),
        ("Language=English\nText\n.\n", "mc-stray-text"),
        ("MessageId=1\nSeverity=Odd\nLanguage=English\nText\n.\n", "mc-unknown-severity"),
        ("MessageId=1\nFacility=Odd\nLanguage=English\nText\n.\n", "mc-unknown-facility"),
        ("MessageId=1\nLanguage=French\nTexte\n.\n", "mc-unknown-language"),
        ("LanguageNames=(Odd=0x3fff:X)\n", "mc-unknown-language"),
        ("LanguageNames=(English=0x407:X)\n", "mc-mislabelled-language"),
        ("SeverityNames=(A=1\n", "mc-open-list"),
        ("MessageId=x\nLanguage=English\nText\n.\n", "mc-bad-id"),
        ("MessageId=65536\nLanguage=English\nText\n.\n", "mc-bad-id"),
        ("MessageId=1\nLanguage=English\nText\n.\nLanguage=English\nText\n.\n", "mc-second-text"),
        (
            "".join(f"MessageId={n}\nSymbolicName=SAME\nLanguage=English\nText\n.\n" for n in (1, 2)),
            "mc-duplicate-symbol",
        ),
    ],
)
def test_what_is_odd_is_told(tmp_path: Path, text: str, code: str) -> None:
    imported = read(tmp_path, HEADER + text)
    assert codes(imported) == [code]
    (finding,) = imported.diagnostics
    assert finding.help
    assert finding.place is not None
    assert (finding.place.start or 0) >= len(HEADER)


def test_texts_in_another_language_than_their_label_are_told(tmp_path: Path) -> None:
    texts = "".join(
        f"MessageId={n}\nLanguage=German\nLe fichier {n} est introuvable dans le dossier des sauvegardes.\n.\n"
        for n in range(9)
    )
    imported = read(tmp_path, HEADER + texts)
    assert codes(imported) == ["mc-mislabelled-language"]
    assert "`fr`" in imported.diagnostics[0].message


def test_a_language_may_be_called_by_its_name_with_any_country_or_script(tmp_path: Path) -> None:
    names = "Norwegian_Nynorsk=0x814:N Portuguese_Brazil=0x416:P Chinese-Traditional=0x404:C Serbian=0x241A:S"
    assert codes(read(tmp_path, f"LanguageNames=({names} Klingon=0x40C:K)\n")) == []
    other = read(tmp_path, "LanguageNames=(Estonian=0x407:E)\n")
    assert [finding.message for finding in other.diagnostics] == ["`Estonian` has the locale ID of `de`"]


def test_comments_may_stand_behind_statements_and_in_lists(tmp_path: Path) -> None:
    text = (
        "  ; indented\n;#ifdef X ; // (\nSeverityNames=(Bad=3 ; (worst)\n ; none)\nGood=1:GOOD,Fair=2:FAIR)\n"
        "MessageId=+1 ; first\nSeverity=Fair;SymbolicName=NOT\nSymbolicName=ONE ;\nLanguage=English ; text follows\n"
        "; no comment\n.\n"
    )
    imported = read(tmp_path, text)
    assert found(imported) == [("1", "ONE", {"en": "; no comment"})]
    assert imported.events[0].record.severity is EventSeverity.WARNING
    assert codes(imported) == []


def test_what_is_no_entry_of_a_list_is_told_with_its_place(tmp_path: Path) -> None:
    text = "FacilityNames=(A=0x1:A B=1x junk,\n  =5 Big=0x1001 C=7)\nSeverityNames=(Odd=5)\n"
    imported = read(tmp_path, text)
    told = [
        (finding.code, text[finding.place.start : finding.place.end])
        for finding in imported.diagnostics
        if finding.place
    ]
    assert told == [
        ("mc-stray-text", "B=1x junk"),
        ("mc-stray-text", "=5"),
        ("mc-bad-number", "Big=0x1001"),
        ("mc-bad-number", "Odd=5"),
    ]


def test_each_countrys_texts_are_its_own_and_a_language_by_itself_is_the_one_of_its_home(tmp_path: Path) -> None:
    names = "English=0x409:A Swiss=0x807:B German=0x407:C UK=0x809:D"
    texts = {"UK": "Colour", "English": "Color", "Swiss": "Schliessen", "German": "Schließen"}
    body = "".join(f"Language={name}\n{text}\n.\n" for name, text in texts.items())
    imported = read(tmp_path, f"LanguageNames=({names})\nMessageId=1\n{body}")
    assert found(imported) == [
        ("1", "", {"en-GB": "Colour", "en": "Color", "de-CH": "Schliessen", "de": "Schließen"}),
    ]
    assert imported.events[0].record.message == "Color"
    assert codes(imported) == []


@pytest.mark.parametrize(
    ("names", "tags", "told"),
    [
        ("English=1:MSG00001", ["en"], []),
        ("German=1:MSG1", ["de"], ["1 isn't the locale ID of `German`, as which its texts were read"]),
        ("German=7:MSG00007 Italian=16:MSG00010", ["de", "it"], []),
        ("German=0x409:MSG00409", ["en"], ["`German` has the locale ID of `en`"]),
        ("Elvish=0x407:E", ["de"], []),
    ],
)
def test_languages_that_are_only_counted_go_by_their_names(
    tmp_path: Path, names: str, tags: list[str], told: list[str]
) -> None:
    texts = "".join(f"Language={name.partition('=')[0]}\nText\n.\n" for name in names.split())
    imported = read(tmp_path, f"LanguageNames=({names})\nMessageId=1\n{texts}")
    assert [list(event.messages) for event in imported.events] == [tags]
    assert [finding.message for finding in imported.diagnostics] == told


def test_a_message_without_a_text_is_told_once_and_has_no_message(tmp_path: Path) -> None:
    text = (
        "MessageId=1\nSymbolicName=A\nLanguage=English\n.\nMessageId=2\nSymbolicName=B\n"
        "MessageId=3\nSymbolicName=C\nLanguage=Klingon\nQapla\n.\nMessageId=4\nLanguage=English\n  \n\n.\n"
    )
    imported = read(tmp_path, text)
    assert found(imported) == [("1", "A", {}), ("2", "B", {}), ("3", "C", {}), ("4", "", {})]
    assert sorted(codes(imported)) == ["mc-no-text", "mc-no-text", "mc-no-text", "mc-unknown-language"]


def test_an_end_mark_of_dos_is_no_text(tmp_path: Path) -> None:
    imported = read(tmp_path, "MessageId=1\nLanguage=English\nText\n.\x1a")
    assert (found(imported), codes(imported)) == ([("1", "", {"en": "Text"})], [])


def test_a_message_that_is_there_twice_is_told(tmp_path: Path) -> None:
    imported = read(tmp_path, "MessageId=1\nSymbolicName=A\nLanguage=English\nText\n.\n" * 2)
    assert [finding.message for finding in imported.diagnostics] == [
        "`A` is the symbol of message 1, which is in the file twice"
    ]


def test_a_symbol_behind_a_text_renames_nothing(tmp_path: Path) -> None:
    text = "SymbolicName=A\nMessageId=1\nSymbolicName=B\nLanguage=English\nText\n.\nSymbolicName=C\n"
    imported = read(tmp_path, text)
    assert found(imported) == [("1", "B", {"en": "Text"})]
    assert codes(imported) == ["mc-stray-text", "mc-stray-text"]


def test_lines_that_belong_to_nothing_are_told_once_and_xml_is_recognized(tmp_path: Path) -> None:
    imported = read(tmp_path, "<?xml version='1.0'?>\n<a>\n\n<b/>\n</a>\n")
    (finding,) = imported.diagnostics
    assert finding.message.startswith("4 lines, of which this is the first")
    assert "`manifest`" in finding.help
    imported = read(tmp_path, "one\ntwo\nMessageId=1\nLanguage=English\nText\n.\nthree\n")
    assert found(imported) == [("1", "", {"en": "Text"})]
    assert codes(imported) == ["mc-stray-text", "mc-stray-text"]
    assert not any("manifest" in finding.help for finding in imported.diagnostics)


def test_a_symbol_that_two_files_have_under_different_numbers_is_told(tmp_path: Path) -> None:
    text = "MessageId={}\nSymbolicName=A\nLanguage={}\nText\n.\n"
    imported = read(tmp_path, HEADER + text.format(1, "English"), HEADER + text.format(2, "German"))
    assert found(imported) == [("1", "A", {"en": "Text", "de": "Text"})]
    assert codes(imported) == ["mc-other-number"]
    assert "`A` is message 2 here and 1 in the file before" in imported.diagnostics[0].message


def test_files_are_joined_by_symbol_and_by_number_where_there_is_none(tmp_path: Path) -> None:
    one = HEADER + "".join(
        f"MessageId={n}\n{symbol}Language=English\nText {n}\n.\n"
        for n, symbol in ((1, "SymbolicName=A\n"), (2, ""), (3, "SymbolicName=C\n"))
    )
    two = HEADER + "".join(
        f"MessageId={n}\n{symbol}Language=German\nWort {n}\n.\n"
        for n, symbol in ((1, "SymbolicName=A\n"), (2, ""), (3, "SymbolicName=X\n"), (4, "SymbolicName=D\n"))
    )
    imported = read(tmp_path, one, two)
    assert found(imported) == [
        ("1", "A", {"en": "Text 1", "de": "Wort 1"}),
        ("2", "", {"en": "Text 2", "de": "Wort 2"}),
        ("3", "C", {"en": "Text 3"}),
        ("4", "D", {"de": "Wort 4"}),
    ]
    assert codes(imported) == ["mc-other-symbol"]
    assert imported.events[3].record.message == ""


@given(
    st.text(st.sampled_from("MesagId=+1\n.;Lnu EglihrRT0x(): \r\u00e4\ufeff"), max_size=200) | st.binary(max_size=200)
)
@settings(deadline=None, max_examples=150)
def test_nothing_that_somebody_calls_a_message_file_breaks_it(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    imported = read(tmp_path_factory.getbasetemp(), text)
    assert all(finding.code.startswith(("mc-", "source-file-")) for finding in imported.diagnostics)


def languages(imported: Imported) -> Counter[str]:
    return Counter(tag for event in imported.events for tag in event.messages)


@pytest.mark.corpus
def test_a_products_events_in_three_languages(corpora: Path) -> None:
    imported = mc.read([corpora / "devolutions/devolutions-agent.mc"], Reading("agent", "Agent"))
    assert languages(imported) == {"en": 19, "fr": 19, "de": 19}
    assert codes(imported) == []
    assert imported.events[0].record.id == "1000"
    assert max(int(n) for event in imported.events for n in range(1, 12) if f"%{n}" in event.record.message) == 11


@pytest.mark.corpus
def test_errors_in_two_files_are_joined(corpora: Path) -> None:
    folder = corpora / "reactos"
    english = mc.read([folder / "errcodes.mc"], Reading("windows", "Win32"))
    assert len({event.record.symbolic_name for event in english.events}) == 2188
    assert len({event.record.id for event in english.events}) == 2153
    german = mc.read([folder / "de-DE.mc"], Reading("windows", "Win32"))
    assert languages(german) == {"de": 2182}
    both = mc.read([folder / "errcodes.mc", folder / "de-DE.mc"], Reading("windows", "Win32"))
    assert len(both.events) == 2188
    assert languages(both)["de"] == 2181
    assert codes(both) == ["mc-other-symbol"]
    assert "message 584 " in both.diagnostics[0].message
    texts = [event.messages["de"] for event in both.events if "de" in event.messages]
    assert not any("\ufffd" in text or "Ã" in text for text in texts)
    assert sum("ä" in text for text in texts) == 75


@pytest.mark.corpus
def test_messages_without_a_symbol(corpora: Path) -> None:
    imported = mc.read([corpora / "reactos/evtmsgstr.mc"], Reading("windows", "EventCreate"))
    assert len({event.record.id for event in imported.events}) == 65536
    assert {event.record.message for event in imported.events} == {"%1"}
    assert codes(imported) == []

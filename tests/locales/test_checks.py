from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from catalog_projects import TRANSPORT, knowledge_base, write_catalog

from kb_gen.locales import CatalogFile, CatalogSource, check, read_catalog, read_catalogs
from kb_gen.locales.checks import Pair, PairKind, check_pair
from kb_gen.locales.po.strings import escape
from kb_gen.locales.protection import keeps_message
from kb_gen.model import MessageSyntax


def codes(source: str, text: str, kind: PairKind = PairKind.TEXT, tag: str = "de") -> list[str]:
    return [finding.code for finding in check_pair(Pair(source, text, tag, kind))]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Give %1 to %2.", "Geben Sie %2 den Wert %1."),
        ("Run `a` and `b`.", "Führen Sie `b` und `a` aus."),
        ("See [here](https://a.example/).", "Siehe [dort](https://a.example/)."),
        ("See event:A/1.", "Siehe [das Ereignis](event:A/1)."),
        ("The **OK** button", "Die Schaltfläche **OK**"),
        ("3 * 4", "3 * 4 = 12"),
        ("Exchange Server", "Exchange Server"),
        ("`Get-Mailbox` `-Identity`", "`Get-Mailbox` `-Identity`"),
        ('Write `"x"`.', 'Schreiben Sie `"x"`.'),
        ("Say “yes”.", "Sagen Sie „ja“."),
        ("snake_case", "snake_case-Name"),
        ("May 5: the date", "5. Mai: das Datum"),
        ("- literally", "- wörtlich"),
        ("One line.", "Zwei\nZeilen, C#-Code \u2013 mehr nicht."),
        ("Say “yes, it's ‘fine’”.", "Sagen Sie „ja, es ist ‚gut‘“."),
        ("A file's “name”", "»Name« einer Datei"),
        ("It's Hans' idea.", "Das ist Hans’ Idee, so geht's."),
        ('A 24" display', 'Ein 24"-Bildschirm'),
        ("Servers, clients, etc.", "Server, Clients usw."),
        ("Number", "Nr."),
        ("Maximum number of users", "Anzahl der Benutzer (max.)"),
        ("See below.)", "Siehe unten.“"),
        ("Wait...", "Warten Sie\u00a0…"),
        ("Really?!", "Wirklich!?"),
        ("No.:", "Nr.:"),
        ("It expects ';'", "Es erwartet ein „;“"),
        ("Say “Really?”", "Sagen Sie „Wirklich?“."),
        ("Show the “Other…” entry", "Zeigen Sie den Eintrag „Andere …“"),
        ("Go to ..", "Wechseln Sie in den Ordner darüber"),
        ("S&ync", "S&ync"),
        ("All files", "Alle Dateien (\\*, \\`)"),
        ("All files `\\*`", "`\\*` und \\*"),
        ("prc 32k", "prc 32k"),
        ("kB/s", "kB/s"),
    ],
)
def test_good_translations_have_no_findings(source: str, text: str) -> None:
    assert codes(source, text) == []


@pytest.mark.parametrize(
    ("source", "text", "code"),
    [
        ("Give %1 to %2.", "Geben Sie %1.", "translation-insertions"),
        ("Give %1.", "Geben Sie %1 und %1.", "translation-insertions"),
        ("Give %1.", "Geben Sie %2.", "translation-insertions"),
        ("Run `Get-Mailbox`.", "Führen Sie `Hol-Postfach` aus.", "translation-code"),
        ("Run `a`.", "Führen Sie a aus.", "translation-code"),
        ("See [here](https://a.example/).", "Siehe [hier](https://b.example/).", "translation-link"),
        ("See event:A/1.", "Siehe event:A/2.", "translation-link"),
        ("Press **OK** now.", "Drücken Sie jetzt **OK.", "translation-emphasis"),
        ("Press **OK** now.", "Drücken Sie jetzt OK.", "translation-emphasis"),
        ("All \\*", "Alle *", "translation-emphasis"),
        ("All files `\\*`", "Alle `\\*` *", "translation-emphasis"),
        ("A text", "Ein <b>Text</b>", "translation-html"),
        ("A text", "Ein\u202e Text", "translation-invisible-character"),
        ("A text", "Ein\x07 Text", "translation-invisible-character"),
        ("A text", "Ein \u2067Text", "translation-invisible-character"),
        ("Look at the log.", "Look at the log.", "translation-copied"),
        ("A text", "Ein Text ", "translation-edge-space"),
        ("A text", " Ein Text", "translation-edge-space"),
        ("A text", "Ein  Text", "translation-double-space"),
        ("A text", '"Ein" Text', "translation-quotation-marks"),
        ("A text", "„Ein” Text", "translation-quotation-marks"),
        ("A text", "   ", "translation-blank"),
        ("A text", "- Ein Text", "translation-structure"),
        ("A text", "Zuerst:\n2. Ein Text", "translation-structure"),
        ("A text", "Ein Text\n\nNoch einer", "translation-structure"),
        ("A text", "# Ein Text", "translation-structure"),
        ("A text", "> Ein Text", "translation-structure"),
        ("A text", "~~~\nEin Text", "translation-structure"),
        ("A text", "Ein “Text“", "translation-quotation-marks"),
        ("A text", "Ein „Text„", "translation-quotation-marks"),
        ("A text", "Ein „Text ‘innen’“", "translation-quotation-marks"),
        ("A text", "Ein 'guter Text'", "translation-quotation-marks"),
        ("Some code: `a`", "Ein bisschen ”`a`“", "translation-quotation-marks"),
        ("Here it is", "Hier geht´s weiter", "translation-apostrophe"),
        ("Look at the log.", "Sehen Sie im Protokoll nach", "translation-end-punctuation"),
        ("Look at the log", "Sehen Sie im Protokoll nach.", "translation-end-punctuation"),
        ("Look at this:", "Sehen Sie sich das an.", "translation-end-punctuation"),
        ("Does it work?", "Funktioniert es.", "translation-end-punctuation"),
        ("Please wait...", "Bitte warten Sie.", "translation-end-punctuation"),
    ],
)
def test_each_offence_has_its_code(source: str, text: str, code: str) -> None:
    assert code in codes(source, text)
    assert len(set(codes(source, text))) == 1


@pytest.mark.parametrize(
    ("tag", "source", "text"),
    [
        ("fr", 'The state "Ready".', "L'état «\u00a0Prêt\u00a0» d'une file."),
        ("fr", "Say “no”.", "Dites “non”."),
        ("fr-CH", 'The state "Ready"', "L’état «Prêt»"),
        ("de-CH", 'The state "Ready"', "Der Status «Bereit»"),
        ("sv", 'The state "Ready"', "Läget ”Klart”"),
        ("nl", 'The state "Ready"', "De status ‘Gereed’ van 's avonds"),
        ("pl", 'The state "Ready"', "Stan „Gotowe”"),
        ("ja", 'The state "Ready".', "状態「準備完了」。"),
        ("zh", "Is it ready?", "准备好了吗？"),
        ("zh", "The “name” tag", "指定“ 名称 ”标记"),
        ("sv", "GREP_COLOR='x'", "Läget GREP_COLOR='x y'"),
        ("ar", "Is it ready?", "هل هو جاهز؟"),
        ("ar", 'The state "Ready"', "الحالة ”جاهز“"),
        ("he", "The army", 'צה"ל'),
        ("el", "Is it ready?", "Είναι έτοιμο;"),
        ("hi", "It is ready.", "यह तैयार है।"),
        ("th", "It is ready.", "พร้อมแล้ว"),
        ("hy", "It is ready.", "Պատրաստ է։"),
        ("km", "It is ready.", "រួចរាល់\u200bហើយ"),
        ("en-GB", 'The color "red"', 'The colour "red"'),
        ("eo", 'The state "Ready"', 'La stato "preta"'),
    ],
)
def test_each_language_has_its_own_marks(tag: str, source: str, text: str) -> None:
    assert codes(source, text, tag=tag) == []


@pytest.mark.parametrize(
    ("tag", "source", "text", "code"),
    [
        ("fr", "The state", 'L\'état "Prêt"', "translation-quotation-marks"),
        ("fr", "The state", "L'état „Prêt“", "translation-quotation-marks"),
        ("fr", "It's ready", "C´est prêt", "translation-apostrophe"),
        ("de-CH", "The state", "Der Status ”Bereit”", "translation-quotation-marks"),
        ("pl", "The state", "Stan “Gotowe”", None),
        ("pt-BR", "The state", "O estado „Pronto“", "translation-quotation-marks"),
        ("ru", "The state", 'Состояние "Готово"', "translation-quotation-marks"),
        ("ru", "The state", "Состояние »Готово«", "translation-quotation-marks"),
        ("zh", "It is ready.", "准备好了", "translation-end-punctuation"),
        ("el", "It is ready;", "Είναι έτοιμο;", "translation-end-punctuation"),
        ("el", "Is it ready?", "Είναι έτοιμο.", "translation-end-punctuation"),
        ("ar", "Is it ready?", "هل هو جاهز", "translation-end-punctuation"),
        ("en-GB", "The color “red”", 'The colour "red"', "translation-quotation-marks"),
        ("de", "It is ready", "Es ist\u200b bereit", "translation-invisible-character"),
    ],
)
def test_and_not_those_of_others(tag: str, source: str, text: str, code: str | None) -> None:
    assert codes(source, text, tag=tag) == ([code] if code else [])


@pytest.mark.parametrize(
    ("source", "text", "message"),
    [
        ("Start Exchange.", "Starten Sie die Exchange-Dienste.", None),
        ("Start Exchange.", "Starten Sie Exchanges Dienste.", None),
        ("Exchange and Exchange", "Exchange und der Server", None),
        ("An exchange of values", "Ein Wertetausch", None),
        ("ExchangeTransport", "Der Transport", None),
        ("Active Directory", "Das Active\u00a0Directory", None),
        ("Start Exchange.", "Starten Sie den Austausch.", "the translation doesn't have the name `Exchange`"),
        ("Start Exchange.", "Starten Sie exchange.", "the name `Exchange` has become `exchange`"),
        ("Active Directory", "Das ActiveDirectory", "the name `Active Directory` has become `ActiveDirectory`"),
        ("Active Directory", "Das aktive Verzeichnis", "the translation doesn't have the name `Active Directory`"),
    ],
)
def test_protected_words_stay_as_they_are(source: str, text: str, message: str | None) -> None:
    pair = Pair(source, text, "de", words=("Active Directory", "Exchange"))
    found = list(check_pair(pair))
    assert [finding.message for finding in found] == ([message] if message else [])
    assert all(finding.code == "translation-protected-word" for finding in found)


def test_protected_words_come_from_a_file_beside_the_catalogs(tmp_path: Path) -> None:
    write_catalog(tmp_path, "a", 'msgid "Start Exchange."\nmsgstr "Starten Sie den Austausch."\n')
    assert check(tmp_path, knowledge_base(), ["de"]) == []
    (tmp_path / "translations/protected.txt").write_text("\ufeff# Names\r\n\r\n  Exchange \r\nOutlook\r\n", "utf-8")
    (finding,) = check(tmp_path, knowledge_base(), ["de"])
    assert finding.code == "translation-protected-word"
    (tmp_path / "translations/protected.txt").write_bytes(b"Exchange\nCaf\xe9\n")
    (finding,) = check(tmp_path, knowledge_base(), ["de"])
    assert (finding.code, finding.place and finding.place.start) == ("wrong-encoding", 12)


@pytest.mark.parametrize(
    ("source", "length", "found"),
    [("Yes", 25, 0), ("Yes", 26, 1), ("x" * 20, 40, 0), ("x" * 20, 41, 1), ("x" * 100, 130, 0), ("x" * 100, 131, 1)],
)
def test_table_cells_grow_in_proportion(tmp_path: Path, source: str, length: int, found: int) -> None:
    entry = f'#. explanation, table cell of A 1\nmsgid "{source}"\nmsgstr "{"y" * length}"\n'
    write_catalog(tmp_path, "a", entry)
    assert [finding.code for finding in check(tmp_path, knowledge_base(), ["de"])] == ["translation-too-long"] * found


@pytest.mark.parametrize(
    ("place", "length", "found"),
    [
        ("name of parameter %1 of A 1", 60, 0),
        ("name of parameter %1 of A 1", 61, 1),
        ("summary of A 1", 200, 0),
        ("summary of A 1", 201, 1),
        ("explanation of A 1", 201, 0),
    ],
)
def test_names_and_summaries_are_no_longer_than_their_place(
    tmp_path: Path, place: str, length: int, found: int
) -> None:
    write_catalog(tmp_path, "a", f'#. explanation of B\n#. {place}\nmsgid "A text"\nmsgstr "{"x" * length}"\n')
    findings = check(tmp_path, knowledge_base(), ["de"])
    assert [finding.code for finding in findings] == ["translation-too-long"] * found


def test_a_long_source_leaves_its_translation_more_room() -> None:
    pair = Pair("a" * 58, "b" * 72, "de", room=60)
    assert list(check_pair(pair)) == []
    assert [finding.code for finding in check_pair(replace(pair, text="b" * 73))] == ["translation-too-long"]


def test_an_unsafe_link_is_found() -> None:
    found = codes("A text", "Ein [Text](javascript:alert\\(1\\))")
    assert "translation-unsafe-link" in found
    assert "translation-link" in found


@pytest.mark.parametrize(
    ("source", "text", "codes_found"),
    [
        ("Last change: {date}", "Letzte Änderung: {date}", []),
        ("Last change: {date}", "Letzte Änderung", ["translation-placeholders"]),
        ("Last change", "Letzte Änderung: {date}", ["translation-placeholders"]),
        ("{count} event", "Ein Ereignis", []),
        ("`x` *", "`y", []),
    ],
)
def test_interface_words_keep_their_places(source: str, text: str, codes_found: list[str]) -> None:
    assert codes(source, text, PairKind.INTERFACE) == codes_found


def test_message_templates_keep_their_insertion_strings() -> None:
    assert codes("%1 sent %2!s!%n", '%2!s! gesendet von "%1"', PairKind.MESSAGE) == []
    assert codes("%1 sent %2", "gesendet von %1", PairKind.MESSAGE) == ["translation-insertions"]
    pair = Pair("%s of %s", "%s", "de", PairKind.MESSAGE, MessageSyntax.PRINTF)
    assert [finding.code for finding in check_pair(pair)] == ["translation-insertions"]


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("%d of %s", "%s von %d", "`%1` is a number in the source, `%d`, and a text here"),
        ("%d of %s", "%2$s von %1$d", ""),
        ("%s of %s", "%s und %s", ""),
        ("%-.192s (%M)", "%s (%iE)", ""),
        ("%lu bytes", "%d Bytes", ""),
        ("%sQ: %f", "'%s': %u", "`%2` is a fraction in the source, `%f`, and a number here"),
        ("%.*s", "%s %d", "`%1` is a number in the source, `%.*s`, and a text here"),
        ("%1$s %1$d", "%1$d", ""),
    ],
)
def test_messages_of_c_take_the_values_that_their_source_takes(source: str, text: str, said: str) -> None:
    found = list(check_pair(Pair(source, text, "de", PairKind.MESSAGE, MessageSyntax.PRINTF)))
    assert [finding.message for finding in found] == ([f"the insertion string {said}"] if said else [])
    assert keeps_message(source, text, MessageSyntax.PRINTF) is not bool(said)


def test_the_place_of_a_value_of_another_kind_is_told() -> None:
    pair = Pair("%d%% of %s", "%%1 von %s: %d", "de", PairKind.MESSAGE, MessageSyntax.PRINTF)
    (finding,) = check_pair(pair)
    assert pair.text[finding.start : finding.end] == "%s"
    assert "`%2$s`" in finding.help
    pair = Pair("Code %1!d! of %2", "%2: Code %1!s!", "de", PairKind.MESSAGE)
    (finding,) = check_pair(pair)
    assert pair.text[finding.start : finding.end] == "%1!s!"
    assert codes("Code %1!d!", "Code %1", PairKind.MESSAGE) == []


def test_right_to_left_locales_may_use_direction_marks() -> None:
    assert codes("A text", "نص\u200f و\u2068x\u2069", tag="ar") == []
    assert codes("A text", "نص \u202aGTK+\u202c", tag="fa") == []
    assert codes("A text", "نص \u202aGTK+", tag="fa") == ["translation-invisible-character"]
    assert codes("A text", "نص \u202cGTK+\u202a", tag="fa")[:1] == ["translation-invisible-character"]
    assert codes("A text", "نص \u202eGTK+\u202c", tag="fa")[:1] == ["translation-invisible-character"]
    assert codes("A text", "Ein \u202aText\u202c", tag="de")[:1] == ["translation-invisible-character"]


def test_findings_point_into_the_po_file(tmp_path: Path) -> None:
    text = 'msgid "A `b` \\"text\\"."\nmsgstr ""\n"Ein \\"`c`\\" "\n"Text."\n'
    body = f'#: content/a.yml\n{text}\n#, fuzzy\nmsgid "%1"\nmsgstr "x"\n'
    file = write_catalog(tmp_path, "msexchangetransport", body)
    findings = check(tmp_path, knowledge_base(TRANSPORT), ["de", "fr"])
    text = file.read_text("utf-8")
    marked = {}
    for finding in findings:
        assert finding.place is not None
        marked[finding.code] = text[finding.place.start : finding.place.end]
        assert [place.path for place in finding.related] == ["content/a.yml"]
    assert marked == {"translation-code": "c", "translation-quotation-marks": '\\"'}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("charset=UTF-8", "charset=ISO-8859-1", "catalog-charset"),
        ("Language: de", "Language: fr", "catalog-language"),
        ("nplurals=2; plural=(n != 1);", "nplurals=2; plural=import;", "catalog-plural-forms"),
        ("nplurals=2; plural=(n != 1);", "nplurals=3; plural=n;", "catalog-plural-forms"),
        ('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', "", "catalog-plural-forms"),
    ],
)
def test_headers_are_checked(tmp_path: Path, before: str, after: str, code: str) -> None:
    file = write_catalog(tmp_path, "ui", "")
    assert check(tmp_path, knowledge_base(), ["de"]) == []
    file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    assert [finding.code for finding in check(tmp_path, knowledge_base(), ["de"])] == [code]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("Content-Type: text/plain; charset=UTF-8", "Content-Type: text/plain; charset=CP1252"),
        ("Language: de", "Language: fr"),
        ("Plural-Forms: nplurals=2; plural=(n != 1);", "Plural-Forms: nplurals=2; plural=(n > 1);"),
    ],
)
def test_findings_about_a_header_point_at_its_field(tmp_path: Path, field: str, wrong: str) -> None:
    file = write_catalog(tmp_path, "ui", "")
    file.write_text(file.read_text("utf-8").replace(field, wrong), "utf-8")
    (finding,) = check(tmp_path, knowledge_base(), ["de"])
    assert finding.place is not None
    assert file.read_text("utf-8")[finding.place.start : finding.place.end] == wrong


@pytest.mark.parametrize(
    ("tag", "plural", "found"),
    [
        ("fr", "(n > 1)", 0),
        ("fr", "n>=2 ? 1 : 0", 0),
        ("fr", "(n != 1)", 1),
        ("de", "n==1 ? 0 : 1", 0),
        ("de", "(n > 1)", 1),
    ],
)
def test_plural_forms_are_compared_by_what_they_choose(tmp_path: Path, tag: str, plural: str, found: int) -> None:
    file = write_catalog(tmp_path, "ui", "", tag)
    file.write_text(file.read_text("utf-8").replace("(n != 1)", plural), "utf-8")
    findings = check(tmp_path, knowledge_base(), [tag])
    assert [finding.code for finding in findings] == ["catalog-plural-forms"] * found


def test_plural_forms_are_counted(tmp_path: Path) -> None:
    write_catalog(tmp_path, "ui", 'msgid "{count} a"\nmsgid_plural "{count} as"\nmsgstr[0] "{count} b"\n')
    assert [finding.code for finding in check(tmp_path, knowledge_base(), ["de"])] == ["translation-plural-forms"]


def test_escaped_texts_are_checked_as_they_are_read(tmp_path: Path) -> None:
    source = 'Run `a "b" \\ c`.'
    write_catalog(tmp_path, "x", f'msgid "{escape(source)}"\nmsgstr "{escape(source.replace("Run", "Los:"))}"\n')
    assert check(tmp_path, knowledge_base(), ["de"]) == []


def test_what_a_catalog_says_can_come_from_another_process(tmp_path: Path) -> None:
    write_catalog(tmp_path, "a", '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr " d"\n')
    file = read_catalog(CatalogSource(tmp_path, "translations/de/LC_MESSAGES/a.po", "de"))
    assert [finding.code for finding in file.findings] == ["translation-edge-space"]
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(file), type=CatalogFile) == file


def test_each_catalog_is_read_once(tmp_path: Path) -> None:
    for folder in ("de", "de_AT"):
        write_catalog(tmp_path, "a", 'msgid "a"\nmsgstr " b"\n', folder)
    read: list[CatalogSource] = []

    def read_all(sources: Sequence[CatalogSource]) -> Iterator[CatalogFile]:
        read.extend(sources)
        return map(read_catalog, sources)

    catalogs, findings = read_catalogs(tmp_path, knowledge_base(), ["de", "de-AT"], read_all=read_all)
    paths = [f"translations/{folder}/LC_MESSAGES/a.po" for folder in ("de", "de_AT")]
    assert [source.path for source in read] == paths
    assert [finding.place.path for finding in findings if finding.place] == paths
    assert catalogs.catalog("de-AT", "a").text("a") == " b"


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("Creation-Date: 2026", "Creation-Date: 2027", True),
        ('msgid "a"', '# A remark.\nmsgid "a"', True),
        ('msgstr "b"', 'msgstr "c"', False),
        ('msgid "a"', '#, fuzzy\nmsgid "a"', False),
        ('msgid "a"', 'msgctxt "x"\nmsgid "a"', False),
        ("n != 1", "n > 1", False),
        ("Say `d`", "Say d", False),
    ],
)
def test_the_print_of_a_catalog_tells_what_it_says(tmp_path: Path, before: str, after: str, is_same: bool) -> None:
    header = '"POT-Creation-Date: 2026\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    text = f'msgid ""\nmsgstr ""\n{header}\nmsgid "a"\nmsgstr "b"\n\nmsgid "Say `d`"\nmsgstr "Sag `d`"\n'
    assert before in text
    prints = [_print(tmp_path, each) for each in (text, text.replace(before, after))]
    assert prints[0]
    assert (prints[0] == prints[1]) is is_same


def _print(root: Path, text: str) -> bytes:
    file = root / "translations/de/LC_MESSAGES/a.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return read_catalogs(root, knowledge_base(), ["de"])[0].catalog("de", "a").print

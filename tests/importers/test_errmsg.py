from __future__ import annotations

from pathlib import Path

import pytest

from kb_gen.diagnostics import LineIndex, Severity
from kb_gen.importers import FORMATS, Imported, Reading
from kb_gen.model import EventSource, MessageSyntax

HEAD = """\
languages english=eng latin1, german=ger latin1, norwegian-ny=norwegian-ny latin1;
default-language eng
start-error-number 1000
"""


def _read(folder: Path, *texts: str, names: tuple[str, ...] = ("errmsg.txt",)) -> Imported:
    paths = []
    for name, text in zip(names, texts, strict=True):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8", newline="")
    return FORMATS["errmsg"].read(paths, Reading("db", "Server"))


def _told(imported: Imported, text: str) -> list[str]:
    index = LineIndex(text)
    told = []
    for finding in imported.diagnostics:
        at = index.position(finding.place.start or 0) if finding.place else None
        told.append(f"{finding.severity}[{finding.code}] {at.line}:{at.column}" if at else finding.code)
    return told


def test_numbers_are_positions(tmp_path: Path) -> None:
    text = (
        f'{HEAD}\nER_A\n\teng "a"\nER_B\n\teng "b"\nskip-to-error-number 2000\nWARN_C\n\teng "c"\n'
        'start-error-number 3000\nER_D 42000 S1009\n\teng "d"\n'
    )
    found = _read(tmp_path, text)
    assert [(event.record.id, event.record.symbolic_name) for event in found.events] == [
        ("1000", "ER_A"),
        ("1001", "ER_B"),
        ("2000", "WARN_C"),
        ("3000", "ER_D"),
    ]
    assert found.events[3].notes == ("SQLSTATE 42000, ODBC S1009",)
    assert found.diagnostics == ()
    assert found.sources == {"Server": EventSource(syntax=MessageSyntax.PRINTF)}


def test_texts_are_what_the_product_shows(tmp_path: Path) -> None:
    lines = ['eng "say \\"%s\\" and\\nC:\\\\x \\\'y\\\' \\101"', 'ger "„%s“"', 'norwegian-ny "sei %s"']
    found = _read(tmp_path, f"{HEAD}ER_A\r\n" + "".join(f"   {line}\r\n" for line in lines))
    event = found.events[0]
    assert event.record.message == "say \"%s\" and\nC:\\x 'y' A"
    assert event.messages == {"en": event.record.message, "de": "„%s“", "nn": "sei %s"}
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("line", "message", "told"),
    [
        ('eng "open', "open", "warning[errmsg-quote] 5:6"),
        ('eng "shut",', "shut", "warning[errmsg-quote] 5:12"),
        ('eng "a "b" c"', 'a "b" c', ""),
        ('eng "ends in \\\\"', "ends in \\", ""),
        ('eng ""', "", "warning[errmsg-empty] 5:2"),
        ("eng no quotes", "", "error[errmsg-line] 5:2"),
    ],
)
def test_quotes_are_read_as_meant(tmp_path: Path, line: str, message: str, told: str) -> None:
    text = f"{HEAD}ER_A\n\t{line}\n"
    found = _read(tmp_path, text)
    assert found.events[0].record.message == message
    assert _told(found, text) == ([told] if told else [])


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('ER_A\n\tfin "f"\n\teng "e"\n', ["warning[errmsg-language] 5:2"]),
        ('ER_A\n\tkli "f"\n\teng "e"\n', ["error[errmsg-language] 5:2"]),
        ('ER_A\n\teng "e"\n\teng "f"\n', ["warning[errmsg-duplicate] 6:2"]),
        ('ER_A\n\teng "e"\nER_A\n\teng "f"\n', ["warning[errmsg-duplicate] 6:1"]),
        ('ER_A 4200\n\teng "e"\n', ["warning[errmsg-state] 4:1"]),
        ('\teng "e"\n', ["error[errmsg-line] 4:2"]),
        ('ER_A\n\teng "e"\nstart-error-number 5\n', ["error[errmsg-number] 6:1"]),
        ("start-error-number x\n", ["error[errmsg-number] 4:1"]),
        ("reserved-error-section 5000 5001\nstart-error-number 5001\n", ["error[errmsg-number] 5:1"]),
        ('reserved-error-section 1000 1001\nER_A\n\teng "e"\n', ["warning[errmsg-number] 5:1"]),
        ("?\n", ["error[errmsg-line] 4:1"]),
        ("default-language\n", ["error[errmsg-line] 4:1"]),
        ("default-language kli\n", ["error[errmsg-line] 4:1"]),
        ("languages\tdutch=nla latin1;\n", []),
        ('# ER_B\n   # more\nER_A\n\teng "e"\n', []),
    ],
)
def test_each_oddity_has_its_place(tmp_path: Path, lines: str, told: list[str]) -> None:
    text = HEAD + lines
    assert _told(_read(tmp_path, text), text) == told


@pytest.mark.parametrize(
    ("written", "message", "column", "word"),
    [
        (r"gr\303\266\303\237er \101", "größer A", None, ""),
        (r"it\'s \"x\" \\n", 'it\'s "x" \\n', None, ""),
        (r"a\qb", "aqb", 8, r"`\q`"),
        (r"a\tb", "atb", 8, r"`\t`"),
        (r"a\”b", "a”b", 8, r"`\”`"),
        (r"gr\374n", "grün", 9, "Latin-1"),
        (r"\377", "ÿ", 7, "Latin-1"),
        (r"\777", "ÿ", 7, r"`\377`"),
        (r"ab\0cd\q", "ab", 9, "ends"),
    ],
)
def test_escapes_are_read_as_the_product_reads_them(
    tmp_path: Path, written: str, message: str, column: int | None, word: str
) -> None:
    text = f'{HEAD}ER_A\n\teng "{written}"\n'
    found = _read(tmp_path, text)
    assert found.events[0].record.message == message
    assert _told(found, text) == ([f"warning[errmsg-escape] 5:{column}"] if column else [])
    assert all(word in finding.message for finding in found.diagnostics)


def test_findings_come_in_the_order_of_the_file_and_an_empty_text_is_told_once(tmp_path: Path) -> None:
    text = f'{HEAD}ER_A\n\teng ""\n\tger "nur deutsch"\nER_B\n\tger "a\\qb\nER_C\n\teng "c" d\n'
    assert _told(_read(tmp_path, text), text) == [
        "warning[errmsg-empty] 5:2",
        "warning[errmsg-empty] 7:1",
        "warning[errmsg-quote] 8:6",
        "warning[errmsg-escape] 8:8",
        "warning[errmsg-quote] 10:9",
    ]


def test_what_stands_behind_a_symbol_is_noted_even_if_it_is_odd(tmp_path: Path) -> None:
    found = _read(tmp_path, f'{HEAD}ER_A 4200 oh, well\n\teng "a"\n')
    assert found.events[0].notes == ("Behind the symbol stands: 4200 oh, well",)


def test_an_error_without_the_common_language_is_told(tmp_path: Path) -> None:
    text = f'{HEAD}ER_A\n\tger "nur deutsch"\n'
    found = _read(tmp_path, text)
    assert (found.events[0].record.message, found.events[0].messages) == ("", {"de": "nur deutsch"})
    assert _told(found, text) == ["warning[errmsg-empty] 4:1"]


def test_mysqls_second_file_goes_on_with_its_own_numbers(tmp_path: Path) -> None:
    names = ("messages_to_clients.txt", "messages_to_error_log.txt")
    second = '# no keyword\nOBSOLETE_ER_X\n  eng "x"\n\nER_Y XX999\n eng "y"\n'
    found = _read(tmp_path, f'{HEAD}ER_A\n\teng "a"\n', second, names=names)
    assert [event.record.id for event in found.events] == ["1000", "10000", "10001"]
    assert found.diagnostics == ()


def test_errors_whose_number_is_not_known_are_counted(tmp_path: Path) -> None:
    text = (
        f'{HEAD}ER_A\n\teng "a"\nstart-error-number 5\nER_B\n\teng "b"\nER_C 42000\nER-D\n\teng "d"\n'
        'start-error-number x\nER_E\n\teng "e"\nskip-to-error-number 2000\nER_F\n\teng "f"\nstart-error-number 1\n'
    )
    found = _read(tmp_path, text, text.replace("ER_", "EX_"), names=("one.txt", "two.txt"))
    assert [(event.record.id, event.record.symbolic_name) for event in found.events] == [
        ("1000", "ER_A"),
        ("2000", "ER_F"),
        ("1000", "EX_A"),
        ("2000", "EX_F"),
    ]
    first = [finding for finding in found.diagnostics if finding.place and finding.place.path.endswith("one.txt")]
    assert [finding.message.partition("; ")[2] for finding in first if finding.code == "errmsg-number"] == [
        "up to the next number, 2 errors aren't taken, the first is ER_B",
        "up to the next number, 1 error isn't taken: ER_E",
        "up to the next number, 0 errors aren't taken",
    ]
    assert all(finding.severity is Severity.ERROR for finding in found.diagnostics)


@pytest.mark.corpus
def test_mariadbs_file(corpora: Path) -> None:
    path = corpora / "mariadb/errmsg-utf8.txt"
    found = FORMATS["errmsg"].read([path], Reading("mariadb", "MariaDB"))
    ids = {event.record.symbolic_name: event.record.id for event in found.events}
    assert (len(found.events), len(ids)) == (1218, 1218)
    assert sum("de" in event.messages for event in found.events) == 656
    assert sum(bool(event.notes) for event in found.events) == 254
    assert len({tag for event in found.events for tag in event.messages}) == 28
    known = {
        "ER_DUP_ENTRY": "1062",
        "ER_NO_SUCH_TABLE": "1146",
        "ER_UNUSED_18": "1900",
        "ER_FILE_CORRUPT": "3000",
        "ER_SLAVE_STATEMENT_TIMEOUT": "4192",
    }
    assert {symbol: ids[symbol] for symbol in known} == known
    assert found.events[-1].record.symbolic_name == "ER_SLAVE_STATEMENT_TIMEOUT"
    assert _told(found, path.read_text(encoding="utf-8")) == [
        "warning[errmsg-language] 6922:9",
        "warning[errmsg-quote] 8150:203",
        "warning[errmsg-empty] 9286:9",
        "warning[errmsg-quote] 9586:13",
        "warning[errmsg-escape] 10304:35",
    ]
    assert all(finding.severity is Severity.WARNING for finding in found.diagnostics)


def test_a_text_of_another_kind_gives_no_errors(tmp_path: Path) -> None:
    text = ";\nSeverityNames=(Error=3)\nMessageId=1\nLanguage=English\nBackup of %1 failed.\nSicherung\n.\n"
    found = _read(tmp_path, text)
    assert not found.events
    (finding,) = found.diagnostics
    assert (finding.code, finding.severity) == ("errmsg-line", Severity.ERROR)
    assert finding.message.startswith("the file has no message at all")


def test_what_follows_a_line_that_is_no_symbol_belongs_to_none(tmp_path: Path) -> None:
    text = f'{HEAD}\nER_A\n\teng "a"\nER_X-Y\n\teng "x"\n\tger "falsch"\nER_B\n\teng "b"\n'
    found = _read(tmp_path, text)
    (finding,) = found.diagnostics
    assert (finding.code, finding.severity) == ("errmsg-line", Severity.ERROR)
    assert [(event.record.id, dict(event.messages)) for event in found.events] == [
        ("1000", {"en": "a"}),
        ("1002", {"en": "b"}),
    ]

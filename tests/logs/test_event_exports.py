"""Windows events as XML and as CSV."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from log_samples import UTC, codes, event_xml, read

_DATA = "<Data Name='printer'>LP-1</Data><Data>%%2307</Data><Data/>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("root", [True, False])
def test_exported_events_are_read_with_and_without_a_root(encoding: str, root: bool) -> None:
    events = event_xml("ShopPrint", 7, _DATA, rendered="Printer &lt;LP-1&gt;&#13;&#10;is out") + "\n"
    events += event_xml("Microsoft-Windows-Shop", 8, other="Shop")
    declared = encoding.replace("-sig", "")
    text = (
        f"<?xml version='1.0' encoding='{declared}' standalone='yes'?>\n<Events>{events}</Events>" if root else events
    )
    entries, findings = read(text.encode(encoding))
    assert not findings
    first, second = entries
    assert (first.source, first.id, first.qualifiers, first.level, first.channel, first.host) == (
        "ShopPrint", "7", 49152, "error", "Application", "PC-1",
    )  # fmt: skip
    assert first.message == "Printer <LP-1>\r\nis out"
    assert first.values == (("printer", "LP-1"), ("", "%%2307"), ("", ""))
    assert first.time == dt.datetime(2026, 2, 1, 10, 0, 0, 123456, UTC)
    assert (second.source, second.other, second.values) == ("Microsoft-Windows-Shop", "Shop", ())


def test_a_damaged_event_takes_no_other_with_it() -> None:
    text = event_xml("A", 1) + "<Event xmlns='x'><System><EventID>2" + event_xml("A", 3) + "<Event><oops></Event>"
    text += event_xml("A", 4) + "<Event><System>"
    entries, findings = read(text)
    assert [entry.id for entry in entries] == ["1", "3", "4"]
    assert codes(findings) == ["log-record"] * 3


def test_what_is_broken_is_told_with_the_line_of_the_file() -> None:
    far = "\n" * 300_000
    text = f"{far}<Event>\n<oops>\n</Event>\n{event_xml('A', 1)}\n<Event>\n\n<System>\n<Event>\n<a b='' b=''/></Event>"
    entries, findings = read(f"{text}\n<Event><System>", "xml")
    assert [entry.id for entry in entries] == ["1"]
    assert [finding.message for finding in findings] == [
        "event 1 can't be read: mismatched tag in line 300,003",
        "event 3 can't be read: duplicate attribute in line 300,009",
        "event 4 can't be read: duplicate attribute in line 300,009",
        "event 5 can't be read: its end is missing, from line 300,010 on",
    ]


def test_entities_are_never_read() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    entries, findings = read(f"{bomb}<Events>{event_xml('A', 1, '<Data>&a;&b;</Data>')}{event_xml('A', 2)}</Events>")
    assert [entry.id for entry in entries] == ["2"]
    assert codes(findings) == ["log-record"]


def test_elements_of_user_data_are_values() -> None:
    event = event_xml("A", 1).replace(
        "<EventData></EventData>", "<UserData><Own xmlns='y'><User>u</User><List><Item>1</Item></List></Own></UserData>"
    )
    (entry,), _ = read(event)
    assert entry.values == (("User", "u"), ("Item", "1"))


def test_characters_that_xml_cannot_have_are_replaced() -> None:
    (entry,), findings = read(event_xml("A", 1, "<Data>a\x01b&#x1F;c</Data>"))
    assert not findings
    assert entry.values[0].text == "a\ufffdb\ufffdc"


_GERMAN = "Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie\r\n"
_ENGLISH = "Level,Date and Time,Source,Event ID,Task Category\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_event_viewers_csv_is_read_in_german(encoding: str, delimiter: str) -> None:
    rows = (
        'Fehler,03.02.2026 10:00:00,ShopPrint,7,Keine,"Gerät ""LP-1"":\r\n\r\nkein Papier."\r\n'
        "Informationen,03.02.2026 10:00:01,Shop Dienst,8,(1),Läuft\r\n"
    )
    text = (_GERMAN + rows).replace(",", delimiter)
    entries, findings = read(text.encode(encoding))
    assert not findings
    assert [(entry.source, entry.id, str(entry.level), entry.message) for entry in entries] == [
        ("ShopPrint", "7", "error", 'Gerät "LP-1":\n\nkein Papier.'),
        ("Shop Dienst", "8", "information", "Läuft"),
    ]
    assert entries[0].time == dt.datetime(2026, 2, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("names", "level", "date"),
    [
        ("Niveau,Date et heure,Source,ID de l’événement,Catégorie de la tâche", "Erreur", "03/02/2026 10:00:00"),
        ("Nivel,Fecha y hora,Origen,Id. del evento,Categoría de la tarea", "Error", "13/02/2026 10:00:00 a. m."),
        ("Livello,Data e ora,Origine,ID evento,Categoria attività", "Errore", "03/02/2026 10:00:00"),
        ("Taso,Päivämäärä,Lähde,Tunnus,Luokka", "Virhe", "3.2.2026 10.00.00"),
        ("Szint,Dátum,Forrás,Azonosító,Kategória", "Hiba", "2026. 02. 03. 10:00:00"),
        ("Úroveň,Datum a čas,Zdroj,ID události,Kategorie úlohy", "Chyba", "03. 02. 2026 10:00:00"),
        ("Niveau,Datum en tijd,Bron,Gebeurtenis-id,Taakcategorie", "Fout", "3-2-2026 10:00:00"),
        ("レベル,日付と時刻,ソース,イベント ID,タスクのカテゴリ", "エラー", "2026/02/03 10:00:00"),
    ],
)
def test_event_viewers_csv_is_known_by_its_shape_in_other_languages(names: str, level: str, date: str) -> None:
    entries, findings = read(f'{names}\r\n{level},{date},ShopPrint,7,(1),"Un,\r\ndeux"\r\n{level},{date},A,8,(2),b\r\n')
    assert codes(findings) in ([], ["log-date-order"])
    assert [(entry.source, entry.id, entry.message) for entry in entries] == [
        ("ShopPrint", "7", "Un,\ndeux"),
        ("A", "8", "b"),
    ]
    assert all(entry.time and (entry.time.month, entry.time.hour) == (2, 10) for entry in entries)


def test_another_csv_file_is_no_export_of_events() -> None:
    entries, _ = read("time,user,requests\n2026-02-03 10:00:00,anna,5\n2026-02-03 10:00:01,bert,6\n")
    assert [entry.id for entry in entries] == ["", "", ""]


def test_a_csv_file_whose_lines_end_with_a_carriage_return_alone_is_read() -> None:
    entries, findings = read(
        _ENGLISH.strip() + '\rError,2026-02-03 10:00:00,A,1,None,"m\rn"\rError,2026-02-03 10:00:01,A,2,None,o\r'
    )
    assert not findings
    assert [(entry.id, entry.message) for entry in entries] == [("1", "m\nn"), ("2", "o")]


def test_powershells_csv_is_read() -> None:
    entries, findings = read(
        "#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\n"
        '"Message","Id","Version","Qualifiers","Level","LogName","ProviderName","MachineName","TimeCreated"\n'
        '"Hello, world","7036","0","16384","3","System","Service Control Manager","PC","2/14/2026 10:00:00 PM"\n'
    )
    assert not findings
    (entry,) = entries
    assert (entry.source, entry.id, entry.qualifiers, entry.level) == (
        "Service Control Manager",
        "7036",
        16384,
        "warning",
    )
    assert (entry.channel, entry.host, entry.message) == ("System", "PC", "Hello, world")
    assert entry.time == dt.datetime(2026, 2, 14, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dates", "expected", "told"),
    [
        (["3/2/2026 10:00:00 AM", "3/14/2026 10:00:00 AM"], (3, 2), []),
        (["03/02/2026 10:00:00", "14/02/2026 10:00:00"], (2, 3), []),
        (["3/2/2026 10:00:00 AM"], (3, 2), ["log-date-order"]),
        (["03/02/2026 10:00:00"], (2, 3), ["log-date-order"]),
        (["2026-02-03 10:00:00"], (2, 3), []),
        # Neither order has these dates, so they tell nothing of it, and are told.
        (["3/2/2026 10:00:00 AM", "13/45/2026 10:00:00 AM"], (3, 2), ["log-date-order", "log-time"]),
        (["3/2/2026 10:00:00 AM", "30/02/2026 10:00:00 AM", "3/14/2026 10:00:00 AM"], (3, 2), ["log-time"]),
        (["03/02/2026 10:00:00", "45/13/2026 10:00:00"], (2, 3), ["log-date-order", "log-time"]),
        (["3/2/2026 10:00:00 AM", *["3/14/2026 10:00:00 AM"] * 2, "14/3/2026 10:00:00 AM"], (3, 2), ["log-date-order"]),
    ],
)
def test_the_order_of_days_and_months_is_found_out(
    dates: list[str], expected: tuple[int, int], told: list[str]
) -> None:
    rows = "".join(f"Error,{date},A,1,None,m\r\n" for date in dates)
    entries, findings = read(_ENGLISH + rows)
    time = entries[0].time
    assert time is not None
    assert (time.month, time.day) == expected
    assert codes(findings) == told


def test_a_date_that_there_is_not_is_told_with_its_line() -> None:
    rows = "".join(f"Error,{date} 10:00:00,A,1,None,m\r\n" for date in ("14/02/2026", "30/02/2026"))
    entries, (finding,) = read(_ENGLISH + rows)
    assert [entry.time is None for entry in entries] == [False, True]
    assert finding.message == "1 entry has a time that can't be right (first: line 3)"


def test_a_missing_quotation_mark_costs_one_row() -> None:
    row = 'Error,2026-02-03 10:00:00,A,{},None,"text {}"\r\n'
    rows = [row.format(number, number) for number in range(1, 1200)]
    rows[9] = rows[9].replace('"\r', "\r")
    entries, findings = read(_ENGLISH + "".join(rows))
    assert codes(findings) == ["log-record"]
    assert [entry.id for entry in entries] == [str(number) for number in range(1, 1200) if number != 10]


def test_a_quotation_mark_inside_a_cell_that_is_not_quoted_is_a_character() -> None:
    row = "Error,2026-02-03 10:00:00,A,{},None,{}\r\n"
    entries, findings = read(_ENGLISH + row.format(1, 'a 5" disk') + row.format(2, 'a 3" disk') + row.format(3, "m"))
    assert not findings
    assert [entry.message for entry in entries] == ['a 5" disk', 'a 3" disk', "m"]


def test_carriage_returns_inside_a_row_do_no_harm() -> None:
    (entry,), findings = read(_ENGLISH + "Error,2026-02-03 10:00:00,A,1,None,one\rtwo\r\n")
    assert not findings
    assert entry.message == "onetwo"


def test_a_row_that_is_no_event_is_told() -> None:
    entries, findings = read(
        _ENGLISH + "Error,2026-02-03 10:00:00,A,none,None,m\nError,2026-02-03 10:00:00,A,2,None,m\n"
    )
    assert [entry.id for entry in entries] == ["2"]
    assert codes(findings) == ["log-record"]


def test_a_row_that_has_too_few_fields_is_told() -> None:
    row = "Error,2026-02-03 10:00:00,A,{},None,m\n"
    rows = [row.format(1), "Error,2026-02-03 10:00:00,A,2,None\n", row.format(3), "Error,2026-02-03 10:0"]
    entries, findings = read(_ENGLISH + "".join(rows))
    assert [(entry.id, entry.message) for entry in entries] == [("1", "m"), ("2", ""), ("3", "m")]
    assert [finding.message for finding in findings] == [
        "the row at line 3 has 5 of 6 fields",
        "the row at line 5 has 2 of 6 fields",
        "the row at line 5 is no event",
    ]
    # Whoever has chosen columns has left out the message.
    _, findings = read("TimeCreated,Id,ProviderName\n2026-02-03 10:00:00,1,A\n2026-02-03 10:00:00,2,A\n")
    assert findings == []


def test_a_prefix_that_only_the_root_binds_is_read() -> None:
    event = event_xml("ShopPrint", 7, "<Data Name='a'>x y:z</Data>")
    prefixed = re.sub(r"<(/?)(?=[A-Z])", r"<\1evt:", event).replace(" xmlns=", " xmlns:other=")
    entries, findings = read(f'<evt:Events xmlns:evt="urn:x">\n{prefixed}\n{prefixed}</evt:Events>')
    assert not findings
    assert [(entry.source, entry.id, entry.values[0]) for entry in entries] == [("ShopPrint", "7", ("a", "x y:z"))] * 2

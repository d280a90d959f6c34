"""Instrumentation manifests: every event with its names, messages in each culture, and a finding for what is odd."""

from __future__ import annotations

import codecs
import html
import os
import random
from collections import Counter
from pathlib import Path

import pytest

from kb_gen.diagnostics import Severity
from kb_gen.importers import FORMATS, Imported, Reading
from kb_gen.importers.formats.manifest_names import readable_name
from kb_gen.messages import parse
from kb_gen.model import EventSeverity, Parameter

READING = Reading("tool")

MANIFEST = """\
<?xml version="1.0" encoding="{encoding}"?>
<!-- Überschrift -->
<instrumentationManifest xmlns="http://schemas.microsoft.com/win/2004/08/events">
  <instrumentation xmlns:win="http://manifests.microsoft.com/win/2004/08/windows/events">
    <events>
      <provider name="Contoso-Copy" guid="{{0}}" symbol="COPY" message="$(string.Provider)">
        <channels>
          <channel chid="op" name="Contoso-Copy/Operational" type="Operational"/>
          <channel chid="tr" name="Contoso-Copy/Trace" type="Analytic"/>
          <importChannel chid="sec" name="Security"/>
        </channels>
        <levels><level name="Trouble" value="16" message="$(string.Trouble)"/></levels>
        <tasks><task name="Copying" value="1" message="$(string.Copying)"/></tasks>
        <opcodes><opcode name="Begin" value="20"/></opcodes>
        <keywords><keyword name="Disk" mask="0x1" message="$(string.Disk)"/></keywords>
        <maps>
          <valueMap name="Mode">
            <map value="0" message="$(string.Fast)"/><map value="1" message="$(string.Safe)"/>
          </valueMap>
        </maps>
        <templates>
          <template tid="Copied">
            <data name="SourcePath" inType="win:UnicodeString"/>
            <data name="CopyMode" inType="win:UInt32" map="Mode"/>
            <struct name="Details"><data name="Inner" inType="win:UInt32"/></struct>
            <data name="Status" inType="win:UInt32" outType="win:HResult"/>
            <UserData><Elsewhere xmlns="x"><Path>%1</Path></Elsewhere></UserData>
          </template>
        </templates>
        <events>
          <event value="0x10" version="0" symbol="COPIED_OLD" channel="op" level="win:Error" message="$(string.Old)"/>
          <event value="16" version="2" symbol="COPIED" channel="op" level="win:Critical" task="Copying"
                 opcode="Begin" keywords="Disk" template="Copied" message="$(string.Copied)"/>
          <event value="17" channel="sec" keywords="win:AuditFailure" message="$(string.Denied)"/>
          <event value="18" channel="tr" level="Trouble"/>
          <event value="19" channel="op" level="win:Verbose" message="$(string.Lines)"/>
        </events>
      </provider>
      <provider name="Contoso-Other">
        <events><event value="16" level="win:Warning" message="$(string.Denied)"/></events>
      </provider>
    </events>
  </instrumentation>
  <localization xmlns="urn:another">
    <resources culture="de-DE">
      <stringTable>
        <string id="Copied" value="%1 wurde übertragen (%2, %4)."/>
        <string id="Denied" value="Verweigert."/>
      </stringTable>
    </resources>
    <resources culture="en-US">
      <stringTable>
        <string id="Provider" value="What copies files"/>
        <string id="Trouble" value="Trouble!"/>
        <string id="Copying" value="Copying files"/>
        <string id="Disk" value="Disks"/>
        <string id="Fast" value="fast"/>
        <string id="Safe" value="safe"/>
        <string id="Old" value="Copied %1."/>
        <string id="Copied" value="%1 was copied (%2, %4)."/>
        <string id="Denied" value="Denied."/>
        <string id="Lines" value="One
two&#10;three%n four  five"/>
      </stringTable>
    </resources>
  </localization>
</instrumentationManifest>
"""


def imported(tmp_path: Path, text: str = MANIFEST, encoding: str = "utf-8", reading: Reading = READING) -> Imported:
    file = tmp_path / "events.man"
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    file.write_bytes(mark + text.replace("{encoding}", encoding).replace("{{0}}", "{0}").encode(encoding))
    return FORMATS["manifest"].read([file], reading)


def codes(found: Imported) -> list[str]:
    return [finding.code for finding in found.diagnostics]


def test_an_event_has_all_that_the_manifest_says_of_it(tmp_path: Path) -> None:
    event = imported(tmp_path).events[0]
    record = event.record
    assert (record.source, record.id, record.symbolic_name, record.product) == ("Contoso-Copy", "16", "COPIED", "tool")
    assert (record.category, record.severity) == ("Copying files", EventSeverity.CRITICAL)
    assert event.messages == {"en": "%1 was copied (%2, %4).", "de": "%1 wurde übertragen (%2, %4)."}
    assert record.message == event.messages["en"]
    assert record.parameters == {
        1: Parameter("source path"),
        2: Parameter("copy mode", "One of `fast`, `safe`."),
        4: Parameter("status", "An error code (HRESULT)."),
    }
    assert event.notes == (
        "Also in the manifest: opcode Begin; keywords Disks.",
        "Data that the message doesn't show: %3 Details.",
        (
            "Version 0 of the event has symbol COPIED_OLD; level Error; no task; no opcode; no keywords; no data; "
            "message: Copied %1."
        ),
    )


def test_what_an_earlier_version_says_otherwise_is_noted(tmp_path: Path) -> None:
    older = (
        '<event value="16" version="1" symbol="COPIED" channel="sec" level="win:Critical" task="Copying"\n'
        '  opcode="win:Start" keywords="Disk win:AuditSuccess" template="Copied" message="$(string.Copied)"/>'
    )
    text = MANIFEST.replace('<event value="0x10" version="0" symbol="COPIED_OLD"', f'{older}<event value="3"')
    found = imported(tmp_path, text)
    assert next(event.notes[2:] for event in found.events if event.record.id == "16") == (
        "Version 1 of the event has opcode Start; keywords Disks, AuditSuccess; log Security",
    )


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ('level="win:Critical"', 'level="Grave"', "level Grave; opcode Begin; keywords Disks"),
        ('level="win:Critical"', 'level="win:ReservedLevel6"', "level ReservedLevel6; opcode Begin; keywords Disks"),
        ('level="win:Critical"', 'level="Trouble"', "level Trouble!; opcode Begin; keywords Disks"),
        ('channel="op" level="win:Critical"', 'channel="away"', "log away; opcode Begin; keywords Disks"),
        ('opcode="Begin"', 'opcode="Other"', "opcode Other; keywords Disks"),
    ],
)
def test_names_that_no_field_holds_are_noted_whether_or_not_they_are_defined(
    tmp_path: Path, old: str, new: str, note: str
) -> None:
    event = imported(
        tmp_path,
        MANIFEST.replace(f"{old} task", f"{new} task").replace(f'{old} keywords="Disk"', f'{new} keywords="Disk"'),
    ).events[0]
    assert event.notes[0] == f"Also in the manifest: {note}."


def test_levels_of_windows_that_a_provider_lists_are_those_of_windows(tmp_path: Path) -> None:
    listed = '<level name="win:Error" symbol="E" value="2" message="$(string.Trouble)"/><level name="Odd" value="0x3"/>'
    text = MANIFEST.replace("<levels>", f"<levels>{listed}").replace('level="Trouble"', 'level="Odd"')
    events = imported(tmp_path, text.replace("win:Critical", "win:Error")).events
    assert [event.record.severity for event in events if event.record.id in {"16", "18"}][:2] == [
        EventSeverity.ERROR,
        EventSeverity.WARNING,
    ]
    assert not any("level" in note for event in events for note in event.notes[:1])


def test_opcodes_may_belong_to_a_task(tmp_path: Path) -> None:
    tasks = (
        '<task name="Reading" value="2"><opcodes>'
        '<opcode name="Go" value="11" message="$(string.Fast)"/></opcodes></task>'
        '<task name="Copying" value="1" message="$(string.Copying)"><opcodes>'
        '<opcode name="Go" value="11" message="$(string.Safe)"/></opcodes></task>'
    )
    text = MANIFEST.replace('<task name="Copying" value="1" message="$(string.Copying)"/>', tasks)
    found = imported(tmp_path, text.replace('opcode="Begin"', 'opcode="Go"'))
    assert found.events[0].notes[0] == "Also in the manifest: opcode safe; keywords Disks."
    assert codes(found) == ["manifest-untranslated"]


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("win:ErrorCode", "A Windows error code."),
        ("win:Win32Error", "A Windows error code."),
        ("win:NTStatus", "An error code (NTSTATUS)."),
        ("w:NTSTATUS", "An error code (NTSTATUS)."),
        ("xs:unsignedInt", ""),
    ],
)
def test_error_codes_are_told_however_they_are_spelt(tmp_path: Path, written: str, holds: str) -> None:
    found = imported(tmp_path, MANIFEST.replace("win:HResult", written))
    assert found.events[0].record.parameters[4].holds == holds


def test_a_map_that_is_not_defined_is_told_once(tmp_path: Path) -> None:
    text = MANIFEST.replace('map="Mode"', 'map="Mood"')
    found = imported(tmp_path, text)
    assert [finding.message for finding in found.diagnostics if finding.code == "manifest-undefined-name"] == [
        "the provider has no map `Mood`"
    ]
    assert found.events[0].record.parameters[2] == Parameter("copy mode")


def test_a_file_without_providers_is_named(tmp_path: Path) -> None:
    found = imported(tmp_path, "<instrumentationManifest/>")
    (finding,) = found.diagnostics
    assert finding.code == "manifest-no-events"
    assert finding.place is not None
    assert finding.place.path == (tmp_path / "events.man").as_posix()


def test_providers_are_sources_with_their_logs(tmp_path: Path) -> None:
    found = imported(tmp_path)
    assert [(event.record.source, event.record.id) for event in found.events] == [
        ("Contoso-Copy", "16"),
        ("Contoso-Copy", "17"),
        ("Contoso-Copy", "18"),
        ("Contoso-Copy", "19"),
        ("Contoso-Other", "16"),
    ]
    assert found.sources["Contoso-Copy"].log == "Contoso-Copy/Operational"
    assert found.sources["Contoso-Copy"].description == "What copies files"
    assert found.sources["Contoso-Copy"].message_language == "en"


def test_levels_and_audits_become_severities(tmp_path: Path) -> None:
    events = imported(tmp_path).events
    assert [event.record.severity for event in events[1:]] == [
        EventSeverity.FAILURE_AUDIT,
        None,
        EventSeverity.VERBOSE,
        EventSeverity.WARNING,
    ]
    assert events[1].notes == ("Also in the manifest: log Security; keywords AuditFailure.",)
    assert events[2].notes == (
        "The manifest has no message for this event.",
        "Also in the manifest: log Contoso-Copy/Trace; level Trouble!.",
    )


def test_line_ends_in_a_message_are_read_as_xml_reads_them(tmp_path: Path) -> None:
    assert imported(tmp_path).events[3].record.message == "One two\nthree%n four  five"


def test_only_missing_translations_are_odd(tmp_path: Path) -> None:
    found = imported(tmp_path)
    assert codes(found) == ["manifest-untranslated"]
    assert found.diagnostics[0].message == "the string table for de lacks 1 message that another has, the first for 19"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_encodings_make_no_difference(tmp_path: Path, encoding: str) -> None:
    expected = imported(tmp_path)
    found = imported(tmp_path, encoding=encoding)
    assert [(event.record, event.messages) for event in found.events] == [
        (event.record, event.messages) for event in expected.events
    ]


def test_places_are_offsets_into_the_decoded_text(tmp_path: Path) -> None:
    for line_end in ("\n", "\r\n"):
        text = MANIFEST.replace("\n", line_end).replace("Überschrift", "Über\U0001f600schrift")
        found = imported(tmp_path, text, "utf-16-le")
        decoded = (tmp_path / "events.man").read_bytes().decode("utf-16")
        places = [event.place for event in found.events]
        assert [decoded[place.start : place.end] for place in places] == [
            'value="16"', 'value="17"', 'value="18"', 'value="19"', 'value="16"',
        ]  # fmt: skip


def test_one_provider_may_be_asked_for(tmp_path: Path) -> None:
    found = imported(tmp_path, reading=Reading("tool", source="contoso-other"))
    assert [event.record.source for event in found.events] == ["contoso-other"]
    none = imported(tmp_path, reading=Reading("tool", source="Elsewhere"))
    assert codes(none) == ["manifest-bad-event"]
    assert not none.events


def test_string_tables_may_stand_in_another_file(tmp_path: Path) -> None:
    head, localization = MANIFEST.split("  <localization")
    tables = tmp_path / "strings.man"
    localization = f"<localization{localization}".replace("</instrumentationManifest>", "")
    tables.write_text(localization, encoding="utf-8")
    events = tmp_path / "alone.man"
    events.write_text(f"{head.format(encoding='utf-8')}</instrumentationManifest>", encoding="utf-8")
    found = FORMATS["manifest"].read([events, tables], READING)
    assert [event.messages for event in found.events] == [event.messages for event in imported(tmp_path).events]
    alone = FORMATS["manifest"].read([events], READING)
    assert codes(alone).count("manifest-missing-string") == 4
    assert {finding.severity for finding in alone.diagnostics} == {Severity.ERROR}


ODD = [
    ('level="win:Verbose"', 'level="Verbose"', "manifest-undefined-name", 'level="Verbose"'),
    ('level="win:Verbose"', 'level="win:verbose"', "manifest-undefined-name", 'level="win:verbose"'),
    ('task="Copying"', 'task="Coping"', "manifest-undefined-name", 'task="Coping"'),
    ('channel="tr"', 'channel="xx"', "manifest-undefined-name", 'channel="xx"'),
    ('template="Copied"', 'template="Lost"', "manifest-undefined-name", 'template="Lost"'),
    ('keywords="Disk"', 'keywords="Disk Tape"', "manifest-undefined-name", 'keywords="Disk Tape"'),
    ('template="Copied"', "", "manifest-missing-data", 'message="$(string.Copied)"'),
    ("(%2, %4)", "(%2, %5)", "manifest-missing-data", 'template="Copied"'),
    ("$(string.Lines)", "$(string.Lost)", "manifest-missing-string", 'message="$(string.Lost)"'),
    ("$(string.Lines)", "Some lines", "manifest-missing-string", 'message="Some lines"'),
    ("$(string.Lines)", "$(mc.100)", "manifest-missing-string", 'message="$(mc.100)"'),
    ('value="18"', 'value="70000"', "manifest-bad-event", 'value="70000"'),
    ('value="18"', 'value="-1"', "manifest-bad-event", 'value="-1"'),
    ('value="18"', 'value="17"', "manifest-duplicate", 'value="17"'),
    ('id="Safe"', 'id="Fast"', "manifest-duplicate", 'value="safe"'),
    ('culture="de-DE"', 'culture="xx-YY"', "manifest-culture", 'culture="xx-YY"'),
    ('name="Contoso-Other"', "", "manifest-bad-event", "<provider >"),
    ("<localization", "<messageTable><message/></messageTable><localization", "manifest-unread-part", "<message/>"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "shown"), ODD)
def test_oddities_are_told_with_their_place(tmp_path: Path, old: str, new: str, code: str, shown: str) -> None:
    found = imported(tmp_path, MANIFEST.replace(old, new))
    text = (tmp_path / "events.man").read_text(encoding="utf-8")
    finding = next(finding for finding in found.diagnostics if finding.code == code)
    assert finding.place is not None
    assert text[finding.place.start : finding.place.end].startswith(shown)


def test_an_unprefixed_level_is_read_as_windows_own(tmp_path: Path) -> None:
    found = imported(tmp_path, MANIFEST.replace('level="win:Verbose"', 'level="Verbose"'))
    assert found.events[3].record.severity is EventSeverity.VERBOSE


def test_events_with_one_value_and_two_symbols_are_both_taken(tmp_path: Path) -> None:
    found = imported(tmp_path, MANIFEST.replace('value="18"', 'value="17" symbol="OTHER"'))
    taken = [event.record.symbolic_name for event in found.events if event.record.id == "17"]
    assert taken == ["", "OTHER"]


def test_what_stands_before_broken_xml_is_read(tmp_path: Path) -> None:
    found = imported(tmp_path, MANIFEST.replace('<provider name="Contoso-Other">', "<provider <"))
    assert [event.record.id for event in found.events] == ["16", "17", "18", "19"]
    assert "source-file-unreadable" in codes(found)


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>'
    found = imported(tmp_path, bomb)
    assert codes(found) == ["source-file-unreadable"]
    assert not found.events


def test_files_that_are_no_manifests(tmp_path: Path) -> None:
    assert codes(imported(tmp_path, "<html/>")) == ["manifest-no-events"]
    assert codes(FORMATS["manifest"].read([tmp_path / "none.man"], READING)) == ["source-file-unreadable"]


def nested(tmp_path: Path, **strings: str) -> tuple[dict[str, str], Imported]:
    """The text of the string `Lines`, by language, where the English table has more strings."""
    more = "".join(f'<string id="{name}" value="{value}"/>' for name, value in strings.items() if name != "Lines")
    text = MANIFEST.replace('<string id="Old"', f'{more}<string id="Old"')
    start = text.index('value="One\ntwo')
    end = text.index("/>", start)
    found = imported(tmp_path, f'{text[:start]}value="{strings["Lines"]}"{text[end:]}')
    return dict(found.events[3].messages), found


def test_strings_may_name_other_strings(tmp_path: Path) -> None:
    messages, found = nested(tmp_path, Lines="$(string.A): $(String. B ), $(string.A)", A="x $(string.B)", B="y %1")
    assert messages == {"en": "x y %1: y %1, x y %1"}
    assert "manifest-missing-string" not in codes(found)


@pytest.mark.parametrize(
    ("strings", "message", "told"),
    [
        ({"Lines": "a $(string.No) b"}, "a $(string.No) b", "the string `Lines` names `No`, which the table for en"),
        ({"Lines": "a $(string.Lines)"}, "a $(string.Lines)", "the string `Lines` names itself by way of `Lines`"),
        (
            {"Lines": "a $(string.A)", "A": "b $(string.Lines)"},
            "a $(string.A)",
            "the string `Lines` names itself by way of `A`",
        ),
        ({"Lines": "$(string.A)$(string.A)", "A": "x" * 40_000}, "$(string.A)$(string.A)", "is longer than 65,535"),
    ],
)
def test_strings_that_can_not_be_put_together_stay_as_they_are(
    tmp_path: Path, strings: dict[str, str], message: str, told: str
) -> None:
    messages, found = nested(tmp_path, **strings)
    assert messages == {"en": message}
    finding = next(finding for finding in found.diagnostics if finding.code == "manifest-missing-string")
    assert told in finding.message
    text = (tmp_path / "events.man").read_text(encoding="utf-8")
    assert finding.place is not None
    assert text[finding.place.start : finding.place.end].startswith('value="')


def test_strings_that_double_each_other_end(tmp_path: Path) -> None:
    strings = {f"S{number}": f"$(string.S{number + 1})" * 50 for number in range(7)}
    messages, found = nested(tmp_path, Lines="$(string.S0)", S7="x" * 50, **strings)
    assert len(messages["en"]) < 100_000
    assert "manifest-missing-string" in codes(found)


def test_a_provider_whose_name_is_a_path_is_told_with_the_name_that_it_gets(tmp_path: Path) -> None:
    found = imported(tmp_path, MANIFEST.replace('name="Contoso-Copy"', 'name="Prov/../../etc"'))
    assert found.events[0].record.source == "Prov/../../etc"
    finding = next(finding for finding in found.diagnostics if finding.code == "odd-source-name")
    assert finding.message == (
        "`Prov/../../etc` can't be the name of a folder; the source's folder and address are `prov-.-.-etc`"
    )
    text = (tmp_path / "events.man").read_text(encoding="utf-8")
    assert finding.place is not None
    assert text[finding.place.start : finding.place.end] == 'name="Prov/../../etc"'


@pytest.mark.parametrize("seed", range(60))
def test_damaged_manifests_raise_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(MANIFEST.encode())
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(30)] = chance.randbytes(chance.randrange(6))
    file = tmp_path / "damaged.man"
    file.write_bytes(data)
    FORMATS["manifest"].read([file], READING)


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("SourcePath", "source path"),
        ("workflowId", "workflow ID"),
        ("HTTPStatus", "HTTP status"),
        ("param1", "param 1"),
        ("user_name", "user name"),
        ("URL", "URL"),
        ("Größe", "größe"),
        ("__", "__"),
    ],
)
def test_names_of_data_become_words(identifier: str, words: str) -> None:
    assert readable_name(identifier) == words


@pytest.mark.corpus
def test_powershells_manifest() -> None:
    named = os.environ.get("KB_GEN_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "corpora"
    file = folder / "powershell" / "PowerShell.Core.Instrumentation.man"
    if not file.is_file():
        pytest.skip(f"no corpora at {folder}; KB_GEN_CORPORA names their folder")
    found = FORMATS["manifest"].read([file], READING)
    records = [event.record for event in found.events]
    assert len(records) == len({record.id for record in records}) == len({r.symbolic_name for r in records}) == 191
    assert Counter(record.severity for record in records) == {
        EventSeverity.VERBOSE: 89,
        EventSeverity.INFORMATION: 86,
        EventSeverity.ERROR: 10,
        EventSeverity.WARNING: 6,
    }
    assert not found.diagnostics
    assert all(
        record.message and set(record.parameters) == set(parse(record.message, "formatmessage").numbers)
        for record in records
    )
    assert found.sources["PowerShellCore"].log == "PowerShellCore/Operational"
    raw = html.unescape(file.read_text(encoding="utf-8"))
    assert all(f'value="{record.message}"' in raw for record in records)


def test_the_number_of_a_message_table_is_told_with_the_id_in_it(tmp_path: Path) -> None:
    found = imported(tmp_path, MANIFEST.replace('value="18"', 'value="0xB0000012"'))
    (finding,) = [each for each in found.diagnostics if each.code == "manifest-bad-event"]
    assert finding.message == "`0xB0000012` is no event ID"
    assert finding.help.startswith("write `18` ")
    assert "18" not in [event.record.id for event in found.events]


def test_a_string_that_is_empty_is_told_from_one_that_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "empty.man"
    file.write_text(
        '<instrumentationManifest><instrumentation><events><provider name="P"><events>'
        '<event value="1" message="$(string.m1)"/><event value="2" message="$(string.m2)"/>'
        "</events></provider></events></instrumentation><localization><resources culture='en-US'><stringTable>"
        '<string id="m1" value=""/></stringTable></resources></localization></instrumentationManifest>'
    )
    told = [finding.message for finding in FORMATS["manifest"].read([file], READING).diagnostics]
    assert told == [
        "the string `m1` is empty, so that the event has no message",
        "no string table has `m2`, so that the event has no message",
    ]

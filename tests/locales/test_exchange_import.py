"""What comes back is compared with the catalog entry by entry: what fits is taken, all else is told with its reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from catalog_projects import MsgfmtCheck
from exchange_projects import codes, edited, entries_of, sent, taken, write_entries

from kb_gen.locales.exchange import Choice, Format, Policy, ReportSources, UnitState, refusal_findings, report_data
from kb_gen.locales.po import PoEntry, PreviousText

TEXTS = (
    PoEntry("The %1 was refused.", ("Die %1 wurde abgelehnt.",), extracted=("summary of Shop 1", "%1: order")),
    PoEntry("Look at the `log`.", ("",), extracted=("user action 1 of Shop 1",)),
    PoEntry("Open the log.", ("Öffnen Sie das Log.",), flags=("fuzzy",), previous=PreviousText("Open a log.")),
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_entries(tmp_path, TEXTS)
    return tmp_path


def states(root: Path) -> list[tuple[str, bool]]:
    return [(entry.msgstr[0], entry.fuzzy) for entry in entries_of(root)]


def test_an_edit_in_xliff_is_taken_and_nothing_else(project: Path) -> None:
    before = (project / "translations/de/LC_MESSAGES/shop.po").read_text("utf-8")
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace(" wurde abgelehnt.", " ist abgelehnt."))
    report = taken(project, file)
    assert report.clean
    assert (report.files[0].saved, report.files[0].approved, report.files[0].untranslated) == (1, 1, 1)
    after = (project / "translations/de/LC_MESSAGES/shop.po").read_text("utf-8")
    assert after == before.replace("wurde abgelehnt", "ist abgelehnt")


def test_a_translators_state_approves_and_takes_approval_back(project: Path) -> None:
    file = sent(project, Format.XLIFF)
    edited(file, lambda text: text.replace('state="initial" subState="kb-gen:needs-review"', 'state="reviewed"'))
    edited(file, lambda text: text.replace('state="final"', 'state="initial"'))
    assert taken(project, file).clean
    assert states(project) == [("Die %1 wurde abgelehnt.", True), ("", False), ("Öffnen Sie das Log.", False)]
    assert entries_of(project)[2].previous is None


@pytest.mark.parametrize("approve", [True, False])
def test_a_tool_without_states_can_be_trusted(project: Path, approve: bool) -> None:
    end = "`log`</ph>.</source>"
    translated = f"{end}<target>Sehen Sie <x id='1'/> an.</target>"
    file = edited(sent(project, Format.XLIFF12), lambda text: text.replace(end, translated))
    assert taken(project, file, policy=Policy(approve=approve)).clean
    # Only what was changed counts as approved.
    assert states(project)[1:] == [("Sehen Sie `log` an.", not approve), ("Öffnen Sie das Log.", True)]


def test_a_translation_that_somebody_else_changed_meanwhile_is_a_conflict(project: Path) -> None:
    file = edited(sent(project, Format.CSV), lambda text: text.replace("wurde abgelehnt", "ist abgelehnt"))
    meanwhile = [replace(TEXTS[0], msgstr=("Die %1 wurde zurückgewiesen.",)), *TEXTS[1:]]
    write_entries(project, meanwhile)
    report = taken(project, file)
    assert codes(report) == ["import-conflict"]
    assert states(project)[0] == ("Die %1 wurde zurückgewiesen.", False)
    entry = report_data(report)["files"][0]["entries"][0]  # type: ignore[index]
    assert (entry["translation"], entry["now"]) == ("Die %1 ist abgelehnt.", ["Die %1 wurde zurückgewiesen."])
    assert (entry["outcome"], entry["line"]) == ("refused", 2)
    assert taken(project, file, policy=Policy(overwrite=True)).clean
    assert states(project)[0] == ("Die %1 ist abgelehnt.", False)


def test_what_the_file_did_not_change_leaves_later_work_alone(project: Path) -> None:
    file = sent(project, Format.XLSX)
    later = [replace(TEXTS[0], msgstr=("Neu: %1.",)), replace(TEXTS[1], msgstr=("Siehe `log`.",)), TEXTS[2]]
    write_entries(project, later)
    assert taken(project, file).clean
    assert states(project)[:2] == [("Neu: %1.", False), ("Siehe `log`.", False)]


def test_the_same_change_on_both_sides_is_none(project: Path) -> None:
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace("wurde abgelehnt", "ist abgelehnt"))
    write_entries(project, [replace(TEXTS[0], msgstr=("Die %1 ist abgelehnt.",)), *TEXTS[1:]])
    report = taken(project, file)
    assert report.clean
    assert report.files[0].saved == 0


@pytest.mark.parametrize(
    ("now", "code", "words"),
    [
        (
            PoEntry("The %1 is refused.", ("",), flags=("fuzzy",), previous=PreviousText("The %1 was refused.")),
            "import-source-changed",
            "has changed",
        ),
        (PoEntry("Something else.", ("",)), "import-unknown-unit", "no catalog of de has this text"),
    ],
)
def test_a_text_that_is_no_more_is_refused_and_the_rest_taken(
    project: Path, now: PoEntry, code: str, words: str
) -> None:
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace(" das Log.", " das Protokoll."))
    now = replace(now, msgstr=("alt",) if now.fuzzy else ("",))
    write_entries(project, [now, *TEXTS[1:]])
    report = taken(project, file)
    assert codes(report) == [code]
    assert words in report.files[0].refusals[0].message
    assert states(project)[2] == ("Öffnen Sie das Protokoll.", True)


def test_a_text_that_has_become_obsolete_is_told_as_such(project: Path) -> None:
    file = sent(project, Format.CSV)
    write_entries(project, [*TEXTS[1:], replace(TEXTS[0], obsolete=True, extracted=())])
    report = taken(project, file)
    assert [refusal.message for refusal in report.files[0].refusals] == ["no article has this text any more"]


def test_a_source_text_that_was_changed_in_the_file_is_refused(project: Path) -> None:
    file = edited(sent(project, Format.CSV), lambda text: text.replace("Open the log.", "Open the books."))
    report = taken(project, file)
    assert codes(report) == ["import-source-changed"]
    # Tools that close up spaces do no harm.
    file = edited(sent(project, Format.CSV), lambda text: text.replace("Open the log.", " Open  the\tlog."))
    assert taken(project, file).clean


def test_another_language_is_refused_entry_by_entry(project: Path) -> None:
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace('trgLang="de"', 'trgLang="fr"'))
    assert codes(taken(project, file)) == ["import-locale", "import-locale"]
    # Tools that know languages of countries only say it so.
    edited(file, lambda text: text.replace('trgLang="fr"', 'trgLang="de-DE"'))
    assert taken(project, file).clean
    edited(file, lambda text: text.replace('trgLang="de-DE"', 'trgLang="de-AT"'))
    assert codes(taken(project, file)) == ["import-locale", "import-locale"]
    edited(file, lambda text: text.replace('trgLang="de-AT"', 'trgLang="klingon"'))
    assert codes(taken(project, file)) == ["import-locale", "import-locale"]


def test_two_languages_in_one_go_and_only_one_when_asked(tmp_path: Path) -> None:
    write_entries(tmp_path, [PoEntry("Yes", ("",))])
    write_entries(tmp_path, [PoEntry("Yes", ("",))], locale="fr")
    german = edited(sent(tmp_path, Format.CSV), lambda text: text.replace("untranslated,Yes,", "approved,Yes,Ja"))
    german = german.rename(tmp_path / "de.csv")
    french = edited(
        sent(tmp_path, Format.CSV, locale="fr"), lambda text: text.replace("untranslated,Yes,", "approved,Yes,Oui")
    )
    assert codes(taken(tmp_path, german, french, locales=("de", "fr"), locale="fr")) == ["import-locale"]
    assert entries_of(tmp_path, locale="fr")[0].msgstr == ("Oui",)
    assert taken(tmp_path, german, french, locales=("de", "fr")).catalogs == ("translations/de/LC_MESSAGES/shop.po",)
    assert entries_of(tmp_path)[0].msgstr == ("Ja",)


def test_a_translation_with_an_error_is_taken_for_review_but_replaces_nothing_approved(project: Path) -> None:
    file = sent(project, Format.CSV)
    edited(file, lambda text: text.replace("Die %1 wurde abgelehnt.", "Sie wurde abgelehnt."))
    edited(
        file,
        lambda text: text.replace(
            "untranslated,Look at the `log`.,", "approved,Look at the `log`.,Sehen Sie im Log nach."
        ),
    )
    report = taken(project, file)
    assert [(refusal.code, refusal.taken) for refusal in report.files[0].refusals] == [
        ("import-check-failed", False),
        ("import-check-failed", True),
    ]
    assert "loses the insertion string `%1`" in report.files[0].refusals[0].message
    assert states(project)[:2] == [("Die %1 wurde abgelehnt.", False), ("Sehen Sie im Log nach.", True)]


def test_findings_name_both_places(project: Path) -> None:
    file = edited(
        sent(project, Format.XLIFF), lambda text: text.replace(">Die ", ">Diese ").replace(" wurde abgelehnt", " ")
    )
    write_entries(project, [replace(TEXTS[0], msgstr=("Anders: %1.",)), *TEXTS[1:]])
    report = taken(project, file)
    (finding,) = refusal_findings(report, ReportSources(project, report))
    assert finding.place is not None
    assert file.read_text("utf-8")[finding.place.start :].startswith("<target>")
    assert finding.related[0].path == "translations/de/LC_MESSAGES/shop.po"


def test_an_empty_translation_deletes_nothing(project: Path) -> None:
    file = edited(sent(project, Format.CSV), lambda text: text.replace("Die %1 wurde abgelehnt.", ""))
    report = taken(project, file)
    assert report.clean
    assert report.files[0].untranslated == 2
    assert states(project)[0] == ("Die %1 wurde abgelehnt.", False)


def test_comments_are_added_and_none_is_lost(project: Path) -> None:
    write_entries(project, [replace(TEXTS[0], comments=(" Wie in Outlook.",)), *TEXTS[1:]])
    file = sent(project, Format.XLIFF)
    edited(file, lambda text: text.replace("Wie in Outlook.", "Bitte prüfen.\n msgid &quot;x&quot;"))
    assert taken(project, file).clean
    assert entries_of(project)[0].comments == (" Wie in Outlook.", " Bitte prüfen.", ' msgid "x"')


def test_a_text_without_an_id_is_found_by_itself(tmp_path: Path) -> None:
    write_entries(tmp_path, [PoEntry("Yes", ("",)), PoEntry("No", ("",), context="answer"), PoEntry("No", ("",))])
    file = tmp_path / "by-hand.csv"
    file.write_text("source,translation\nYes,Ja\nNo,Nein\nMaybe,Vielleicht\n", "utf-8")
    report = taken(tmp_path, file)
    assert [refusal.line for refusal in report.files[0].refusals] == [3, 4]
    assert "more than once" in report.files[0].refusals[0].message
    assert entries_of(tmp_path)[0].msgstr == ("Ja",)
    file.write_text("source,translation,context\nNo,Nein,answer\n", "utf-8")
    assert taken(tmp_path, file).clean
    assert [entry.msgstr[0] for entry in entries_of(tmp_path)] == ["Ja", "Nein", ""]


def test_without_a_mark_an_approved_translation_is_not_replaced_unasked(project: Path) -> None:
    file = project / "by-hand.csv"
    file.write_text('source,translation\n"The %1 was refused.","Die %1 ist abgelehnt."\n', "utf-8")
    assert codes(taken(project, file)) == ["import-conflict"]
    assert taken(project, file, policy=Policy(overwrite=True)).clean
    assert states(project)[0] == ("Die %1 ist abgelehnt.", False)


def test_a_text_that_is_translated_twice(project: Path) -> None:
    file = sent(project, Format.CSV)
    rows = file.read_bytes().decode().split("\r\n")
    again = [rows[1], rows[1].replace("wurde abgelehnt", "ist abgelehnt"), ""]
    file.write_bytes("\r\n".join([*rows[:-1], *again]).encode())
    report = taken(project, file)
    assert codes(report) == ["import-twice"]
    assert "first in line 2" in report.files[0].refusals[0].message
    other = edited(sent(project, Format.XLIFF), lambda text: text.replace("wurde abgelehnt", "ist abgelehnt"))
    third = other.with_name("third.xlf")
    third.write_bytes(other.read_bytes().replace(b" ist abgelehnt", b" ist zur\xc3\xbcckgewiesen"))
    report = taken(project, other, third)
    assert codes(report) == ["import-twice"]
    assert states(project)[0][0] == "Die %1 ist abgelehnt."


def test_a_dry_run_writes_nothing_and_tells_the_same(project: Path) -> None:
    catalog = project / "translations/de/LC_MESSAGES/shop.po"
    before = catalog.read_bytes()
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace("wurde abgelehnt", "ist abgelehnt"))
    dry = taken(project, file, save=False)
    assert catalog.read_bytes() == before
    assert dry == taken(project, file)


def test_a_broken_catalog_takes_nothing_and_says_so(project: Path) -> None:
    file = edited(sent(project, Format.XLIFF), lambda text: text.replace("wurde abgelehnt", "ist abgelehnt"))
    catalog = project / "translations/de/LC_MESSAGES/shop.po"
    catalog.write_bytes(catalog.read_bytes() + b'msgid "x\n')
    before = catalog.read_bytes()
    report = taken(project, file)
    assert not report.clean
    assert catalog.read_bytes() == before
    assert codes(report) == ["import-not-saved"]


def test_a_file_cannot_name_another_file_to_write(project: Path) -> None:
    outside = project / "victim.po"
    outside.write_bytes((project / "translations/de/LC_MESSAGES/shop.po").read_bytes())
    before = outside.read_bytes()
    file = edited(
        sent(project, Format.XLIFF),
        lambda text: text.replace("translations/de/LC_MESSAGES/shop.po", "victim.po").replace(" wurde ", " ist "),
    )
    assert taken(project, file).clean
    assert outside.read_bytes() == before


@pytest.mark.parametrize("form", [*Format])
def test_only_the_chosen_units_go_out(project: Path, form: Format) -> None:
    write_entries(project, [PoEntry("Hello %1", ("",), context="message template"), PoEntry("Hi", ("",))], "other")
    every = taken(project, sent(project, form, Choice())).files[0]
    assert (every.unchanged, every.untranslated) == (2, 2)
    some = taken(project, sent(project, form, Choice(states=(UnitState.UNTRANSLATED,)))).files[0]
    assert (some.unchanged, some.untranslated) == (0, 2)
    one = taken(project, sent(project, form, Choice(domains=("other",), messages=True))).files[0]
    assert (one.unchanged, one.untranslated) == (0, 2)


def test_the_catalog_says_what_msgfmt_reads(project: Path, msgfmt: MsgfmtCheck) -> None:
    file = edited(sent(project, Format.CSV), lambda text: text.replace("wurde abgelehnt.", 'ist ""zurück"".'))
    assert taken(project, file).clean
    assert "1 translated message, 1 fuzzy translation" in msgfmt(project / "translations/de/LC_MESSAGES/shop.po")


@pytest.mark.parametrize("character", ["0000", "D800"])
def test_what_no_catalog_can_hold_is_refused(project: Path, character: str) -> None:
    file = edited(
        sent(project, Format.XLIFF),
        lambda text: text.replace(" wurde abgelehnt", f'<cp hex="{character}"/>').replace("das Log.", "das Protokoll."),
    )
    assert codes(taken(project, file)) == ["import-not-a-text"]
    assert states(project)[2] == ("Öffnen Sie das Protokoll.", True)


def test_a_second_import_says_the_same_again(project: Path) -> None:
    file = sent(project, Format.CSV)
    row = "untranslated,Look at the `log`.,"
    edited(file, lambda text: text.replace(row, "approved,Look at the `log`.,Sehen Sie nach."))
    assert [(refusal.code, refusal.taken) for refusal in taken(project, file).files[0].refusals] == [
        ("import-check-failed", True)
    ]
    dry = taken(project, file, save=False)
    report = taken(project, file)
    assert dry == report
    assert codes(report) == ["import-check-failed"]
    assert (report.files[0].saved, report.catalogs) == (0, ())
    (finding,) = refusal_findings(report, ReportSources(project, report))
    catalog = (project / "translations/de/LC_MESSAGES/shop.po").read_text("utf-8")
    assert catalog[finding.related[0].start :].startswith('"Sehen Sie nach."')

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest
from catalog_projects import FURTHER, TRANSPORT, knowledge_base, write_catalog

from kb_gen.locales import Localizer, Passage, Share, State, Unit, UnitKind, load_catalogs, read_catalogs
from kb_gen.model import KnowledgeBase, MessageSyntax

BODY = """
msgid "%1 was refused."
msgstr "%1 wurde abgewiesen."

msgid "Run `Get-Mailbox`."
msgstr "Führen Sie aus."

#, fuzzy
#| msgid "Open a log."
msgid "Open the log."
msgstr "Öffnen Sie ein Protokoll."

msgid "user"
msgstr "  "

msgctxt "message template"
msgid "User %1 may not send as %2."
msgstr "Benutzer %1 darf nicht als %2 senden."

msgctxt "message template"
msgid "Value %s of %d"
msgstr "Wert %s"
"""

UI = """
msgid "Last changed: {date}"
msgstr "Zuletzt geändert: {date}"

msgid "Read {title}"
msgstr "Lesen Sie {titel}"

msgid "{count} event"
msgid_plural "{count} events"
msgstr[0] "{count} Ereignis"
msgstr[1] "{count} Ereignisse"

#, fuzzy
msgid "Details"
msgstr "Einzelheiten"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_catalog(tmp_path, "msexchangetransport", BODY)
    write_catalog(tmp_path, "ui", UI)
    return tmp_path


def german(project: Path, kb: KnowledgeBase | None = None) -> Localizer:
    catalogs, findings = load_catalogs(project, ["de"])
    assert not findings
    return Localizer(kb or knowledge_base(TRANSPORT, FURTHER), catalogs, "de")


def unit(msgid: str, kind: UnitKind = UnitKind.TEXT, context: str = "", language: str = "en") -> Unit:
    return Unit("msexchangetransport", msgid, context, "a.yml", "a text", "an event", kind, language)


@pytest.mark.parametrize(
    ("msgid", "passage"),
    [
        ("%1 was refused.", Passage("%1 wurde abgewiesen.", "de", State.TRANSLATED)),
        ("Run `Get-Mailbox`.", Passage("Run `Get-Mailbox`.", "en", State.MISSING)),
        ("Open the log.", Passage("Open the log.", "en", State.OUTDATED)),
        ("user", Passage("user", "en", State.MISSING)),
        ("unknown", Passage("unknown", "en", State.MISSING)),
    ],
)
def test_a_unit_is_shown_translated_or_in_its_own_language(project: Path, msgid: str, passage: Passage) -> None:
    assert german(project).translate(unit(msgid)) == passage


@pytest.mark.parametrize(
    ("msgid", "translated"), [("%1 was refused.", True), ("Run `Get-Mailbox`.", False), ("user", False)]
)
def test_of_a_catalog_with_mistakes_the_other_translations_are_shown(
    project: Path, msgid: str, translated: bool
) -> None:
    kb = knowledge_base(TRANSPORT)
    catalogs, findings = read_catalogs(project, kb, ["de"])
    assert findings
    assert catalogs.catalog("de", "msexchangetransport").sound_for is None
    assert (Localizer(kb, catalogs, "de").translate(unit(msgid)).state is State.TRANSLATED) == translated


def test_of_a_catalog_without_mistakes_all_translations_are_shown(tmp_path: Path) -> None:
    write_catalog(tmp_path, "msexchangetransport", 'msgid "Run `a`."\nmsgstr "Los: `a`."\n')
    kb = knowledge_base(TRANSPORT, syntax=MessageSyntax.PRINTF)
    catalogs, findings = read_catalogs(tmp_path, kb, ["de"])
    assert not findings
    assert catalogs.catalog("de", "msexchangetransport").sound_for is MessageSyntax.PRINTF
    assert Localizer(kb, catalogs, "de").translate(unit("Run `a`.")).text == "Los: `a`."


def test_nothing_is_taken_for_sound_that_was_checked_in_another_way(tmp_path: Path) -> None:
    entry = 'msgctxt "message template"\nmsgid "%1 runs `a` %s"\nmsgstr "%1 startet"\n'
    write_catalog(tmp_path, "msexchangetransport", entry)
    catalogs, findings = read_catalogs(tmp_path, knowledge_base(TRANSPORT), ["de"])
    assert not findings
    text, message = "%1 runs `a` %s", Passage("%1 runs `a` %s", "en")
    printf = Localizer(knowledge_base(TRANSPORT, syntax=MessageSyntax.PRINTF), catalogs, "de")
    assert printf.translate(unit(text, UnitKind.MESSAGE, "message template")) == message
    assert printf.translate(unit(text, UnitKind.TEXT, "message template")).state is State.MISSING


def test_a_fallback_is_only_as_sound_as_each_of_its_catalogs(tmp_path: Path) -> None:
    write_catalog(tmp_path, "msexchangetransport", 'msgid "`a`: one"\nmsgstr "eins"\n')
    write_catalog(tmp_path, "msexchangetransport", 'msgid "two"\nmsgstr "zwei"\n', "de_AT")
    kb = knowledge_base(TRANSPORT)
    catalogs, findings = read_catalogs(tmp_path, kb, ["de-AT"])
    assert not findings
    localizer = Localizer(kb, catalogs, "de-AT")
    assert [localizer.translate(unit(text)).text for text in ("`a`: one", "two")] == ["`a`: one", "zwei"]


def test_the_source_language_needs_no_catalog() -> None:
    catalogs, _ = load_catalogs(Path("nowhere"), ["en"])
    localizer = Localizer(knowledge_base(TRANSPORT), catalogs, "en")
    assert localizer.source
    assert localizer.translate(unit("x")) == Passage("x", "en", State.SOURCE)
    assert localizer.ui("Details") == Passage("Details", "en", State.SOURCE)


def test_a_message_is_quoted_unless_the_product_has_it_in_the_locale(project: Path) -> None:
    localizer = german(project)
    translated = localizer.record(knowledge_base(TRANSPORT).entries[0]).message
    assert translated == Passage("Benutzer %1 darf nicht als %2 senden.", "de", State.TRANSLATED)
    quoted = localizer.translate(unit("Other", UnitKind.MESSAGE, "message template", "fr"))
    assert quoted == Passage("Other", "fr", State.SOURCE)


def test_a_translated_message_that_loses_a_value_is_not_shown(project: Path) -> None:
    kb = knowledge_base(FURTHER, syntax=MessageSyntax.PRINTF)
    message = german(project, kb).record(kb.entries[0]).message
    assert message == Passage("Value %s of %d", "en", State.SOURCE)


def test_coverage_counts_what_there_is_to_translate(project: Path) -> None:
    coverage = german(project).record(knowledge_base(TRANSPORT).entries[0]).coverage
    # Summary; user, its description and sender; the explanation's three; two steps, a shared one; a title.
    assert (coverage.translated, coverage.outdated, coverage.total) == (1, 1, 11)


def test_interface_words_are_filled(project: Path) -> None:
    localizer = german(project)
    assert localizer.text("Last changed: {date}", date=dt.date(2011, 3, 19)) == "Zuletzt geändert: 19. März 2011"
    assert localizer.plural("{count} event", "{count} events", 1) == "1 Ereignis"
    assert localizer.plural("{count} event", "{count} events", 1024) == "1.024 Ereignisse"
    assert localizer.ui_plural("{count} event", "{count} events", 2).lang == "de"


def test_interface_words_that_cannot_be_shown_translated_are_english(project: Path) -> None:
    localizer = german(project)
    assert localizer.ui("Read {title}", title="x") == Passage("Read x", "en", State.MISSING)
    assert localizer.ui("Details") == Passage("Details", "en", State.OUTDATED)
    assert localizer.plural("{count} page", "{count} pages", 2) == "2 pages"
    assert localizer.ui_plural("{count} page", "{count} pages", 2).lang == "en"


def test_values_are_written_in_the_language_of_their_words(project: Path) -> None:
    date = dt.date(2011, 3, 19)
    catalogs, _ = load_catalogs(project, ["de", "ar", "en-GB"])
    arabic = Localizer(knowledge_base(), catalogs, "ar")
    assert arabic.ui("Last changed: {date}", date=date) == Passage("Last changed: March 19, 2011", "en", State.MISSING)
    assert arabic.text("{share} translated", share=Share(0.5)) == "50% translated"
    assert german(project).text("{share} translated", share=Share(0.5)) == "50% translated"
    assert german(project).plural("{count} page", "{count} pages", 1024) == "1,024 pages"
    british = Localizer(knowledge_base(), catalogs, "en-GB")
    assert british.text("Last changed: {date}", date=date) == "Last changed: 19 March 2011"


def test_no_translation_reaches_into_the_values_it_is_given(tmp_path: Path) -> None:
    body = 'msgid "See {title}"\nmsgstr "Siehe {title} {title.__class__} {0} {{title}}"\n'
    write_catalog(tmp_path, "ui", body)
    assert german(tmp_path).text("See {title}", title="x") == "Siehe x {title.__class__} {0} {title}"


def test_a_regional_locale_takes_what_it_lacks_from_its_language(tmp_path: Path) -> None:
    write_catalog(tmp_path, "msexchangetransport", 'msgid "a"\nmsgstr "de"\n\nmsgid "b"\nmsgstr "de"\n')
    write_catalog(tmp_path, "msexchangetransport", 'msgid "a"\nmsgstr "at"\n\nmsgid "b"\nmsgstr ""\n', "de_AT")
    catalogs, _ = load_catalogs(tmp_path, ["de-AT"])
    localizer = Localizer(knowledge_base(), catalogs, "de-AT")
    assert [localizer.translate(unit(text)).text for text in ("a", "b")] == ["at", "de"]
    assert localizer.translate(unit("a")).lang == "de-AT"


def test_catalogs_can_be_sent_to_another_process(project: Path) -> None:
    catalogs, _ = load_catalogs(project, ["de"])
    again = pickle.loads(pickle.dumps(catalogs))
    assert again.catalog("de", "ui") == catalogs.catalog("de", "ui")


def test_a_broken_catalog_is_told_and_the_rest_of_it_used(project: Path) -> None:
    file = project / "translations/de/LC_MESSAGES/msexchangetransport.po"
    file.write_text(f'{file.read_text("utf-8")}\nmsgid "x\n', "utf-8")
    catalogs, findings = load_catalogs(project, ["de"])
    assert [finding.code for finding in findings] == ["catalog-unterminated-string"]
    assert Localizer(knowledge_base(), catalogs, "de").translate(unit("%1 was refused.")).state is State.TRANSLATED


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [("ar", 0, 0), ("ar", 2, 2), ("ar", 5, 3), ("ar", 100, 5), ("pl", 22, 1), ("ja", 7, 0)],
)
def test_plural_forms_are_the_catalogs(tmp_path: Path, language: str, number: int, form: int) -> None:
    forms = "".join(
        f'msgstr[{index}] "{{count}} form {index}"\n' for index in range({"ar": 6, "pl": 3, "ja": 1}[language])
    )
    folder = tmp_path / "translations" / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    # Without a header, the locale's own forms are CLDR's.
    (folder / "ui.po").write_text(f'msgid "{{count}} event"\nmsgid_plural "{{count}} events"\n{forms}', "utf-8")
    catalogs, _ = load_catalogs(tmp_path, [language])
    localizer = Localizer(knowledge_base(), catalogs, language)
    assert localizer.plural("{count} event", "{count} events", number).endswith(f"form {form}")

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from catalog_projects import FURTHER, TRANSPORT, MsgfmtCheck, knowledge_base, write_catalog
from msgspec import structs

from kb_gen.locales import (
    load_catalogs,
    locales_without_catalogs,
    stale_templates,
    status,
    unit_id,
    update,
    write_templates,
)
from kb_gen.locales.merging import Changes, merge
from kb_gen.locales.po import PoEntry, PoFile, read_po_file
from kb_gen.model import KnowledgeBase, MessageSyntax, Parameter, Record, Step

DOMAIN = "msexchangetransport"
CATALOG = f"translations/de/LC_MESSAGES/{DOMAIN}.po"


@pytest.fixture(autouse=True)
def fixed_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def updated(root: Path, *records: Record, locale: str = "de") -> Changes:
    """What an update does to the source's catalog after a new extraction."""
    write_templates(root, knowledge_base(*records))
    done, findings = update(root, locale)
    assert not findings
    return next(work.changes for work in done if work.domain == DOMAIN)


def entries(root: Path, path: str = CATALOG) -> dict[str, PoEntry]:
    catalog, findings = read_po_file(root, path)
    assert not findings
    assert catalog is not None
    return {entry.msgid: entry for entry in (*catalog.entries, *catalog.obsolete)}


def test_templates_say_what_a_translator_needs(tmp_path: Path) -> None:
    write_templates(tmp_path, knowledge_base(TRANSPORT, FURTHER), workbench="http://127.0.0.1:8650/")
    path = f"translations/templates/{DOMAIN}.pot"
    found = entries(tmp_path, path)
    summary = found["%1 was refused."]
    assert summary.extracted == (
        "summary of MSExchangeTransport 1024",
        "%1: user, for example CONTOSO\\anna",
        "followed by: User %1 may not send as %2.",
        f"http://127.0.0.1:8650/unit/{unit_id(DOMAIN, None, '%1 was refused.')}",
    )
    assert summary.references == ("content/exchange/msexchangetransport/1024.yml",)
    assert summary.flags == ("qt-format",)
    shared = found["Open the log."]
    assert shared.extracted[:-1] == (
        "user action 1 of MSExchangeTransport 1024",
        "summary of MSExchangeTransport 1025",
        "preceded by: Run `Get-Mailbox`.",
        "followed by: Find event:MSExchangeTransport/1025.",
    )
    assert len(shared.references) == 2
    message = found["User %1 may not send as %2."]
    assert message.context == "message template"
    assert "product itself" in message.extracted[3]
    assert message.extracted[4:6] == ("preceded by: %1 was refused.", "followed by: user")
    assert b"python-format" not in (tmp_path / path).read_bytes()


def test_printf_templates_say_what_their_parameters_hold_by_position(tmp_path: Path, msgfmt: MsgfmtCheck) -> None:
    parameters = {1: Parameter(name="table", example="orders"), 2: Parameter(name="row")}
    record = structs.replace(FURTHER, message="Table %-.64s, row %lld of %%", parameters=parameters)
    write_templates(tmp_path, knowledge_base(record, syntax=MessageSyntax.PRINTF))
    path = f"translations/templates/{DOMAIN}.pot"
    message = entries(tmp_path, path)["Table %-.64s, row %lld of %%"]
    assert message.extracted[1:3] == ("%1: table, for example orders", "%2: row")
    assert message.flags == ()
    msgfmt(tmp_path / path)


def test_extracting_twice_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kb = knowledge_base(TRANSPORT, FURTHER)
    assert write_templates(tmp_path, kb)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert write_templates(tmp_path, kb) == ()


def test_a_changed_record_changes_its_own_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / f"translations/templates/{DOMAIN}.pot"
    write_templates(tmp_path, knowledge_base(replace_summary("One."), FURTHER))
    before = file.read_text("utf-8").split("\n\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    write_templates(tmp_path, knowledge_base(replace_summary("Other."), FURTHER))
    after = file.read_text("utf-8").split("\n\n")
    # The text itself, the comment of the one that follows it, and the header's date.
    assert len(set(before) - set(after)) == len(set(after) - set(before)) == 3


def replace_summary(summary: str) -> Record:
    """The record with another summary, and without parameters, whose texts are much like it."""
    return structs.replace(TRANSPORT, summary=summary, parameters={})


def test_templates_of_sources_that_are_gone_are_removed(tmp_path: Path) -> None:
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    foreign = tmp_path / "translations/templates/foreign.pot"
    foreign.write_text('msgid "a"\nmsgstr ""\n')
    write_templates(tmp_path, KnowledgeBase())
    assert [file.name for file in foreign.parent.iterdir()] == ["foreign.pot"]


def test_stale_templates_are_told_and_stay(tmp_path: Path) -> None:
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    assert stale_templates(tmp_path, knowledge_base(TRANSPORT)) == []
    before = (tmp_path / f"translations/templates/{DOMAIN}.pot").read_bytes()
    found = stale_templates(tmp_path, knowledge_base(FURTHER))
    assert [(finding.code, DOMAIN in finding.message) for finding in found] == [("stale-templates", True)]
    assert (tmp_path / f"translations/templates/{DOMAIN}.pot").read_bytes() == before
    # A source that is gone leaves a template too many.
    assert stale_templates(tmp_path, KnowledgeBase())


def test_a_locale_has_catalogs_if_one_that_it_descends_from_has(tmp_path: Path) -> None:
    write_catalog(tmp_path, DOMAIN, "")
    found = locales_without_catalogs(tmp_path, ["de", "de-AT", "fr"])
    assert [(finding.code, finding.help) for finding in found] == [
        ("no-catalogs", "run `kb-gen i18n update --locale fr`, which writes them")
    ]


@pytest.mark.parametrize("locale", ["de", "ar", "ja", "pt-BR"])
def test_msgfmt_accepts_everything_that_is_written(tmp_path: Path, locale: str, msgfmt: MsgfmtCheck) -> None:
    updated(tmp_path, TRANSPORT, FURTHER, locale=locale)
    files = [*tmp_path.rglob("*.po"), *tmp_path.rglob("*.pot")]
    assert len(files) == 4
    for file in files:
        said = msgfmt(file)
        assert file.suffix == ".pot" or "warning" not in said


def test_updating_twice_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    updated(tmp_path, TRANSPORT)
    before = (tmp_path / CATALOG).read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    done, _ = update(tmp_path, "de")
    assert not any(work.written for work in done)
    assert (tmp_path / CATALOG).read_bytes() == before


def test_a_changed_text_is_fuzzy_with_what_was_translated(tmp_path: Path, msgfmt: MsgfmtCheck) -> None:
    write_catalog(tmp_path, DOMAIN, '# mind the tone\nmsgid "%1 was refused."\nmsgstr "%1 wurde abgewiesen."\n')
    assert updated(tmp_path, replace_summary("The %1 was refused.")).fuzzy == 1
    entry = entries(tmp_path)["The %1 was refused."]
    assert entry.fuzzy
    assert entry.flags == ("fuzzy", "qt-format")
    assert entry.previous is not None
    assert entry.previous.msgid == "%1 was refused."
    assert (entry.comments, entry.msgstr) == ((" mind the tone",), ("%1 wurde abgewiesen.",))
    # Changed once more, it still remembers the text that was translated.
    updated(tmp_path, replace_summary("The %1 was refused again."))
    again = entries(tmp_path)["The %1 was refused again."]
    assert again.previous == entry.previous
    msgfmt(tmp_path / CATALOG)


def test_a_text_that_goes_becomes_obsolete_and_comes_back(tmp_path: Path, msgfmt: MsgfmtCheck) -> None:
    write_catalog(tmp_path, DOMAIN, '# note\nmsgid "%1 was refused."\nmsgstr "%1 wurde abgewiesen."\n')
    assert updated(tmp_path, replace_summary("")).obsolete == 1
    gone = entries(tmp_path)["%1 was refused."]
    assert gone.obsolete
    assert gone.comments == (" note",)
    msgfmt(tmp_path / CATALOG)
    assert updated(tmp_path, TRANSPORT).revived == 1
    back = entries(tmp_path)["%1 was refused."]
    assert (back.obsolete, back.fuzzy, back.msgstr) == (False, False, ("%1 wurde abgewiesen.",))


@pytest.mark.parametrize("between", ["The %1 was refused.", ""])
def test_a_change_that_is_taken_back_takes_its_fuzzy_mark_back(
    tmp_path: Path, between: str, msgfmt: MsgfmtCheck
) -> None:
    write_catalog(tmp_path, DOMAIN, '# note\nmsgid "%1 was refused."\nmsgstr "%1 wurde abgewiesen."\n')
    updated(tmp_path, replace_summary("The %1 was refused."))
    updated(tmp_path, replace_summary(between))
    assert updated(tmp_path, replace_summary("%1 was refused.")) == Changes(revived=1)
    back = entries(tmp_path)["%1 was refused."]
    assert (back.flags, back.previous, back.obsolete) == (("qt-format",), None, False)
    assert (back.comments, back.msgstr) == ((" note",), ("%1 wurde abgewiesen.",))
    assert "The %1 was refused." not in entries(tmp_path)
    msgfmt(tmp_path / CATALOG)


def test_what_is_fuzzy_with_its_own_text_as_the_previous_one_is_approved(tmp_path: Path) -> None:
    fuzzy = '#, fuzzy\n#| msgid "%1 was refused."\nmsgid "%1 was refused."\nmsgstr "%1 wurde abgewiesen."\n'
    write_catalog(tmp_path, DOMAIN, fuzzy)
    updated(tmp_path, TRANSPORT)
    entry = entries(tmp_path)["%1 was refused."]
    assert (entry.fuzzy, entry.previous) == (False, None)


@pytest.mark.parametrize("previous", ["", '#| msgctxt "menu"\n#| msgid "%1 was refused."\n'])
def test_any_other_fuzzy_mark_stays(tmp_path: Path, previous: str) -> None:
    write_catalog(tmp_path, DOMAIN, f'#, fuzzy\n{previous}msgid "%1 was refused."\nmsgstr "%1 abgewiesen."\n')
    updated(tmp_path, TRANSPORT)
    assert entries(tmp_path)["%1 was refused."].fuzzy


def test_a_plural_that_goes_and_comes_back_has_all_forms(tmp_path: Path) -> None:
    def merged(text: str, plural: str | None, catalog: PoFile) -> PoFile:
        template = PoFile(entries=(PoEntry(text, ("",), msgid_plural=plural),))
        return merge(template, catalog, PoEntry("", ("",))).catalog

    before = PoFile(
        entries=(PoEntry("{count} page", ("{count} Seite", "{count} Seiten"), msgid_plural="{count} pages"),)
    )
    again = merged("{count} page", "{count} pages", merged("{count} page", "{count} sides", before))
    assert again.entries == before.entries
    # A form that was lost on the way stays to be reviewed.
    assert merged("{count} page", "{count} pages", merged("{count} page", None, before)).entries[0].fuzzy


def test_a_text_that_becomes_a_shared_step_keeps_its_translation(tmp_path: Path) -> None:
    updated(tmp_path, TRANSPORT)
    file = tmp_path / CATALOG
    file.write_text(
        file.read_text("utf-8").replace('msgid "Open the log."\nmsgstr ""', 'msgid "Open the log."\nmsgstr "Öffnen"'),
        "utf-8",
    )
    kb = knowledge_base()
    shared = KnowledgeBase(products=kb.products, snippets={"log": Step(text="Open the log.")})
    write_templates(tmp_path, shared)
    update(tmp_path, "de")
    moved = entries(tmp_path, "translations/de/LC_MESSAGES/snippets.po")["Open the log."]
    assert (moved.msgstr, moved.fuzzy) == (("Öffnen",), False)


def test_the_translators_own_layout_stays(tmp_path: Path) -> None:
    write_catalog(tmp_path, DOMAIN, 'msgid ""\n"%1 was "\n"refused."\nmsgstr ""\n"%1 wurde "\n"abgewiesen."\n')
    updated(tmp_path, TRANSPORT)
    assert 'msgstr ""\n"%1 wurde "\n"abgewiesen."\n' in (tmp_path / CATALOG).read_text("utf-8")


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    file = write_catalog(tmp_path, DOMAIN, 'msgid "%1 was refused."\nmsgstr "x %1"\n')
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    updated(tmp_path, TRANSPORT)
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<<<<<<< a\nmsgid "a"\nmsgstr "b"\n=======\n>>>>>>> b\n', "catalog-merge-conflict"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "catalog-duplicate-message"),
        ('msgid "a"\nmsgstr "b\n', "catalog-unterminated-string"),
    ],
)
def test_a_catalog_with_an_error_stays_as_it_is(tmp_path: Path, body: str, code: str) -> None:
    file = write_catalog(tmp_path, DOMAIN, body)
    before = file.read_bytes()
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    done, findings = update(tmp_path, "de")
    assert [finding.code for finding in findings] == [code]
    assert DOMAIN not in {work.domain for work in done}
    assert file.read_bytes() == before


def test_bytes_of_another_charset_stay_as_they_are(tmp_path: Path) -> None:
    file = write_catalog(tmp_path, DOMAIN, "")
    file.write_bytes(file.read_bytes().replace(b"UTF-8", b"cp1252") + b'msgid "a"\nmsgstr "\xe4"\n')
    before = file.read_bytes()
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    assert [finding.code for finding in update(tmp_path, "de")[1]] == ["catalog-not-utf-8"]
    assert file.read_bytes() == before


def test_a_byte_order_mark_goes(tmp_path: Path) -> None:
    file = write_catalog(tmp_path, DOMAIN, 'msgid "%1 was refused."\nmsgstr "%1 wurde abgewiesen."\n')
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    updated(tmp_path, TRANSPORT)
    assert file.read_bytes().startswith(b"msgid")
    assert entries(tmp_path)["%1 was refused."].translated


def test_without_templates_there_is_nothing_to_update_from(tmp_path: Path) -> None:
    done, findings = update(tmp_path, "de")
    assert not done
    assert [finding.code for finding in findings] == ["no-templates"]


def test_a_catalog_without_a_template_is_told_and_kept(tmp_path: Path) -> None:
    file = write_catalog(tmp_path, "former", 'msgid "a"\nmsgstr "b"\n')
    before = file.read_bytes()
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    assert [finding.code for finding in update(tmp_path, "de")[1]] == ["catalog-without-template"]
    assert file.read_bytes() == before


def test_many_changed_texts_each_find_their_own(tmp_path: Path) -> None:
    texts = [f"The {word} number {place} failed to start." for place in range(600) for word in ("service", "driver")]
    catalog = "".join(f'msgid "{text}"\nmsgstr "{text.upper()}"\n\n' for text in texts)
    write_catalog(tmp_path, DOMAIN, catalog)
    record = Record(id="1", source="MSExchangeTransport", product="exchange",
                    explanation="\n\n".join(text.replace("failed", "has failed") for text in texts))  # fmt: skip
    assert updated(tmp_path, record).fuzzy == len(texts)
    found = entries(tmp_path)
    for text in texts:
        assert found[text.replace("failed", "has failed")].msgstr == (text.upper(),)


def test_the_status_counts_each_text_once(tmp_path: Path) -> None:
    updated(tmp_path, TRANSPORT, FURTHER)
    file = tmp_path / CATALOG
    for source, translation in (
        ("Open the log.", "Öffnen Sie das Protokoll."),
        ("%1 was refused.", "%1 wurde abgewiesen."),
    ):
        file.write_text(
            file.read_text("utf-8").replace(
                f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translation}"'
            ),
            "utf-8",
        )
    catalogs, _ = load_catalogs(tmp_path, ["de"])
    found = status(knowledge_base(TRANSPORT, FURTHER), catalogs, "de")
    domain = next(domain for domain in found.domains if domain.domain == DOMAIN)
    assert (domain.coverage.translated, domain.coverage.missing) == (2, 9)
    assert domain.translated_words == 6
    assert found.total.coverage.translated >= 2
    assert replace(found, domains=()).total.coverage.total == 0
    assert [(product.name, [each.domain for each in product.domains]) for product in found.products] == [
        ("Exchange", [DOMAIN]),
        ("", ["snippets", "ui"]),
    ]
    assert found.products[0].total.coverage == domain.coverage
    # 1025 has the same summary as the first action of 1024, which is translated.
    assert found.complete == 1
    (article,) = found.articles
    assert (article.title, article.product, article.gaps) == ("MSExchangeTransport 1024", "Exchange", 9)
    assert article.first == "user"


def test_formats_that_another_tool_has_guessed_go(tmp_path: Path, msgfmt: MsgfmtCheck) -> None:
    """Babel takes “10 % of” for a Python format, and msgfmt would then refuse the translation."""
    write_templates(tmp_path, knowledge_base(structs.replace(FURTHER, summary="10 % of %1 is full.", message="")))
    body = '#, python-format, no-wrap\nmsgid "10 % of %1 is full."\nmsgstr "Von %1 sind 10 % voll."\n'
    file = write_catalog(tmp_path, DOMAIN, body)
    update(tmp_path, "de")
    entry = entries(tmp_path, f"translations/de/LC_MESSAGES/{DOMAIN}.po")["10 % of %1 is full."]
    assert set(entry.flags) == {"qt-format", "no-wrap"}
    assert entry.msgstr == ("Von %1 sind 10 % voll.",)
    msgfmt(file)

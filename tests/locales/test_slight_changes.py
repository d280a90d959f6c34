"""Changes that somebody has declared to be none for translators."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_projects import FURTHER, TRANSPORT, knowledge_base, write_catalog
from msgspec import structs

from kb_gen.locales import UpdateOrder, declared_records, declared_revisions, update, write_templates
from kb_gen.locales.po import Key, PoEntry, PreviousText, read_po_file
from kb_gen.locales.slight_changes import Declared, SlightChange, obstacle
from kb_gen.locales.updating import CatalogUpdate
from kb_gen.model import Action, KnowledgeBase, Record

DOMAIN = "msexchangetransport"
CATALOG = f"translations/de/LC_MESSAGES/{DOMAIN}.po"
BODY = (
    '# mind the tone\nmsgid "%1 was refused."\nmsgstr "%1 wurde abgewiesen."\n\n'
    'msgid "A user lacks a permission."\nmsgstr "Einem Benutzer fehlt eine Berechtigung."\n\n'
    'msgid "Open the log."\nmsgstr "Öffnen Sie das Protokoll."\n'
)


def translated(root: Path, *records: Record) -> KnowledgeBase:
    """A project with these records, whose catalog has the translations of `BODY`."""
    write_catalog(root, DOMAIN, BODY)
    kb = knowledge_base(*records)
    write_templates(root, kb)
    update(root, "de")
    return kb


def updated(root: Path, kb: KnowledgeBase, declared: dict[str, Declared]) -> CatalogUpdate:
    write_templates(root, kb)
    done, findings = update(root, "de", UpdateOrder(declared=declared))
    assert not findings
    return next(one for one in done if one.domain == DOMAIN)


def entry(root: Path, msgid: str) -> PoEntry:
    catalog, _ = read_po_file(root, CATALOG)
    assert catalog is not None
    return next(entry for entry in catalog.entries if entry.msgid == msgid)


def with_summary(summary: str, record: Record = TRANSPORT) -> Record:
    return structs.replace(record, summary=summary)


@pytest.mark.parametrize("updated_before", [False, True])
def test_a_slight_change_of_a_declared_record_keeps_the_approval(tmp_path: Path, updated_before: bool) -> None:
    translated(tmp_path, TRANSPORT)
    kb = knowledge_base(with_summary("%1, was refused"))
    if updated_before:
        updated(tmp_path, kb, {})
        assert entry(tmp_path, "%1, was refused").fuzzy
    done = updated(tmp_path, kb, declared_records(kb, kb.entries))
    assert done.slight == (SlightChange("%1 was refused.", "%1, was refused"),)
    assert (done.changes.kept, done.changes.fuzzy) == (1, 0)
    found = entry(tmp_path, "%1, was refused")
    assert (found.flags, found.previous, found.comments) == (("qt-format",), None, (" mind the tone",))
    assert found.msgstr == ("%1 wurde abgewiesen.",)


def test_what_waited_before_the_commit_waits_on_and_is_named(tmp_path: Path) -> None:
    translated(tmp_path, TRANSPORT)
    between = knowledge_base(with_summary("%1 was refused for ever."))
    updated(tmp_path, between, {})
    after = knowledge_base(with_summary("%1 was refused forever."))
    done = updated(tmp_path, after, declared_revisions({}, [(between, after)], after))
    why = "its translation waited for approval before"
    assert done.slight == (SlightChange("%1 was refused for ever.", "%1 was refused forever.", why),)
    found = entry(tmp_path, "%1 was refused forever.")
    assert (found.fuzzy, found.previous) == (True, PreviousText("%1 was refused."))


@pytest.mark.parametrize("updated_before", [False, True])
def test_a_slight_change_of_a_commit_keeps_the_approval(tmp_path: Path, updated_before: bool) -> None:
    before = translated(tmp_path, TRANSPORT)
    kb = knowledge_base(with_summary("%1 was refusd."))
    if updated_before:
        updated(tmp_path, kb, {})
    done = updated(tmp_path, kb, declared_revisions({}, [(before, kb)], kb))
    assert done.changes.kept == 1
    assert not entry(tmp_path, "%1 was refusd.").fuzzy


def test_commits_that_follow_one_another_are_followed(tmp_path: Path) -> None:
    first = translated(tmp_path, TRANSPORT)
    second = knowledge_base(with_summary("%1 was refusd."))
    third = knowledge_base(with_summary("%1 was refusd!"))
    declared = declared_revisions({}, [(second, third), (first, second)], third)
    assert updated(tmp_path, third, declared).changes.kept == 1


def test_what_the_commit_did_not_change_stays_fuzzy(tmp_path: Path) -> None:
    translated(tmp_path, TRANSPORT, FURTHER)
    between = knowledge_base(with_summary("%1 was not refused."), FURTHER)
    after = knowledge_base(with_summary("%1 was not refused!"), FURTHER)
    done = updated(tmp_path, after, declared_revisions({}, [(between, after)], after))
    assert (done.changes.kept, done.changes.fuzzy) == (0, 1)
    assert entry(tmp_path, "%1 was not refused!").fuzzy


def test_a_change_of_another_record_stays_fuzzy(tmp_path: Path) -> None:
    translated(tmp_path, TRANSPORT, FURTHER)
    kb = knowledge_base(with_summary("%1 was refused!"), FURTHER)
    done = updated(tmp_path, kb, declared_records(kb, kb.entries[1:]))
    assert (done.slight, done.changes.fuzzy) == ((), 1)


def test_a_text_that_other_records_still_have_gives_its_translation(tmp_path: Path) -> None:
    translated(tmp_path, TRANSPORT, FURTHER)
    actions = (Action(text="Open the log!"), *TRANSPORT.actions[1:])
    kb = knowledge_base(structs.replace(TRANSPORT, actions=actions), FURTHER)
    done = updated(tmp_path, kb, declared_records(kb, kb.entries[:1]))
    assert done.changes.kept == 1
    assert entry(tmp_path, "Open the log!").msgstr == entry(tmp_path, "Open the log.").msgstr
    assert not entry(tmp_path, "Open the log.").fuzzy


def test_a_new_text_like_one_that_stays_is_no_slight_change(tmp_path: Path) -> None:
    translated(tmp_path, TRANSPORT)
    kb = knowledge_base(structs.replace(TRANSPORT, explanation=f"{TRANSPORT.explanation}\n\nOpen the logs."))
    done = updated(tmp_path, kb, declared_records(kb, kb.entries))
    assert done.slight == ()
    assert entry(tmp_path, "Open the logs.").msgstr == ("",)


def test_what_nobody_has_approved_stays_to_review(tmp_path: Path) -> None:
    write_catalog(tmp_path, DOMAIN, '#, fuzzy\nmsgid "%1 was refused."\nmsgstr "%1 wurde abgewiesen."\n')
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    update(tmp_path, "de")
    kb = knowledge_base(with_summary("%1 was refused!"))
    updated(tmp_path, kb, declared_records(kb, kb.entries))
    assert entry(tmp_path, "%1 was refused!").fuzzy


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ("%2 was refused.", "insertion string"),
        ("%1 was not refused.", "a negation has come or gone"),
        ("`%1` was refused.", "insertion string"),
        ("%1 was refused 3 times.", "a number has changed"),
    ],
)
def test_what_is_no_slight_change_is_named_and_stays_fuzzy(tmp_path: Path, after: str, why: str) -> None:
    translated(tmp_path, TRANSPORT)
    kb = knowledge_base(with_summary(after))
    done = updated(tmp_path, kb, declared_records(kb, kb.entries))
    assert [(slight.before, slight.after) for slight in done.slight] == [("%1 was refused.", after)]
    assert why in done.slight[0].obstacle
    assert (done.changes.kept, done.changes.fuzzy) == (0, 1)
    found = entry(tmp_path, after)
    assert found.fuzzy
    assert found.previous == PreviousText("%1 was refused.")


@pytest.mark.parametrize(
    ("before", "after", "slight"),
    [
        ("Open teh log.", "Open the log.", True),
        ("Open log", "Open the log.", True),
        ("the the log", "the log", True),
        ("Choose the log file", "Choose the logfile", True),
        ("Lgo", "Log", True),
        ("click OK, then wait", "Click OK, then wait.", True),
        ("The server which sent it", "The server that sent it", True),
        ("It didn't start.", "It did not start.", True),
        ("It can not start.", "It cannot start.", True),
        ("Wait 5 minutes.", "Wait 50 minutes.", False),
        ("Wait 1.5 minutes.", "Wait 15 minutes.", False),
        ("It can start.", "It can not start.", False),
        ("It can start.", "It can’t start.", False),
        ("Start it with the log.", "Start it without the log.", False),
        ("Wait, wait, wait.", "Look for the end of it.", False),
    ],
)
def test_slight_is_what_changes_little_and_nothing_that_counts(before: str, after: str, slight: bool) -> None:
    why = obstacle(PreviousText(before), ("Text",), PoEntry(after), "de", Declared())
    assert (not why) == slight


def test_a_text_of_another_kind_is_another_text() -> None:
    message = PoEntry("Open it.", context="message template")
    assert "another kind" in obstacle(PreviousText("Open it"), ("Text",), message, "de", Declared())


def test_texts_that_come_and_go_are_not_taken_for_one_another() -> None:
    before = knowledge_base(structs.replace(TRANSPORT, explanation="One.\n\nTwo.\n\nThree."))
    after = knowledge_base(structs.replace(TRANSPORT, explanation="One!\n\nTwo.\n\nFour.\n\nFive."))
    pairs = declared_revisions({}, [(before, after)], after)[DOMAIN].pairs
    assert pairs == {Key(None, "One!"): Key(None, "One.")}

"""Parts of the workbench by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_gen.load.open_files import is_being_written
from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.po import Key
from kb_gen.model import MessageSyntax
from kb_gen.preview.workbench.details import entry_text, text_of
from kb_gen.preview.workbench.inserts import inserts
from kb_gen.preview.workbench.journal import Journal, Text
from kb_gen.preview.workbench.tongues import chosen_language

KEY = Key(None, "Call.")
BEFORE, FIRST, SECOND = Text(("",)), Text(("Eins",)), Text(("Zwei",), fuzzy=True)


def test_a_journal_knows_after_a_crash_what_was_promised_and_what_stood_there_before(tmp_path: Path) -> None:
    file = tmp_path / "kept/de.jsonl"
    journal = Journal(file)
    journal.promise("shop", KEY, FIRST, BEFORE)
    journal.promise("shop", KEY, SECOND, FIRST)
    journal.promise("shop", Key("a", "Call."), FIRST, BEFORE)
    journal.restore(None, "shop", Key("a", "Call."))
    journal.close()
    # The machine went down in the middle of a line.
    file.write_bytes(file.read_bytes() + b'["shop",null,"Ha')
    again = Journal(file).promises
    assert list(again) == [("shop", KEY)]
    assert again["shop", KEY].ours == SECOND
    assert again["shop", KEY].pasts == (BEFORE, FIRST)


def test_a_journal_without_promises_leaves_no_file(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "de.jsonl")
    journal.promise("shop", KEY, FIRST, BEFORE)
    journal.keep_only([])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/fdinfo").is_dir(), reason="only Linux tells")
def test_a_file_that_somebody_has_open_for_writing_is_known(tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    file.write_text("x", encoding="utf-8")
    with file.open(encoding="utf-8"):
        assert not is_being_written(file)
    with file.open("a", encoding="utf-8"):
        assert is_being_written(file)
    assert not is_being_written(file)
    assert not is_being_written(tmp_path / "none")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])), max_size=4))
def test_comments_survive_the_way_to_the_browser_and_back(lines: list[str]) -> None:
    comments = tuple(f" {line.strip()}" if line.strip() else "" for line in lines)
    while comments and not comments[-1]:
        comments = comments[:-1]
    assert text_of(entry_text(Text(("x",), comments=comments))).comments == comments


@pytest.mark.parametrize(
    ("source", "kind", "wanted"),
    [
        (
            "Run `a b` on %2, see [the manual](https://example.com/) and event:Shop/1.",
            PairKind.TEXT,
            ["`a b`", "%2", "[the manual](https://example.com/)", "event:Shop/1"],
        ),
        ("%1 and %1 again", PairKind.TEXT, ["%1"]),
        ("Order %1!08lx! of %2", PairKind.MESSAGE, ["%1!08lx!", "%2"]),
        ("{count} of {total}", PairKind.INTERFACE, ["{count}", "{total}"]),
        ("Nothing of the kind", PairKind.TEXT, []),
    ],
)
def test_what_a_translation_keeps_can_be_put_in(source: str, kind: PairKind, wanted: list[str]) -> None:
    assert inserts(source, kind, MessageSyntax.FORMATMESSAGE) == wanted


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("fr, de;q=0.5", "de"),
        ("en-GB, de;q=0.9", "en"),
        ("de;q=0", "en"),
        ("de;q=nonsense, *", "en"),
        ("", "en"),
    ],
)
def test_the_interface_speaks_the_browsers_language_where_it_can(header: str, language: str) -> None:
    assert chosen_language(header) == language

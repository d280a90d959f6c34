from __future__ import annotations

import multiprocessing as mp
import threading
import time
from pathlib import Path

import pytest
from catalog_projects import MsgfmtCheck

from kb_gen.locales import Before, Edit, Outcome, save_edits
from kb_gen.locales.po import Key, read_po_file

PATH = "translations/de/LC_MESSAGES/shop.po"
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
ODD = """
# said by somebody
#. summary of Shop 1
#: content/a.yml
#, fuzzy, qt-format
#| msgid "The old one."
msgid "The "
"new one."
msgstr ""
"Das "
"alte."


#  spaced   oddly
msgid   "Second"
msgstr "Zweites"

msgid "one event"
msgid_plural "{count} events"
msgstr[0] ""
msgstr[1] ""

#~ msgid "gone"
#~ msgstr "weg"
"""


def catalog(root: Path, text: str = HEADER + ODD) -> Path:
    file = root / PATH
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode())
    return file


def test_an_edit_changes_its_own_entry_and_no_other_byte(tmp_path: Path, msgfmt: MsgfmtCheck) -> None:
    file = catalog(tmp_path)
    seen = Before(("Das alte.",), fuzzy=True)
    done, findings = save_edits(tmp_path, PATH, [Edit(Key(None, "The new one."), ("Das „neue“\n.",), before=seen)])
    assert not findings
    assert [one.outcome for one in done] == [Outcome.SAVED]
    expected = ODD.replace('#, fuzzy, qt-format\n#| msgid "The old one."\n', "#, qt-format\n").replace(
        'msgstr ""\n"Das "\n"alte."', 'msgstr ""\n"Das „neue“\\n"\n"."'
    )
    assert file.read_text(encoding="utf-8") == HEADER + expected
    msgfmt(file)


def test_approving_changes_the_mark_alone(tmp_path: Path) -> None:
    file = catalog(tmp_path)
    save_edits(tmp_path, PATH, [Edit(Key(None, "The new one."), ("Das alte.",))])
    expected = ODD.replace('#, fuzzy, qt-format\n#| msgid "The old one."\n', "#, qt-format\n")
    assert file.read_text(encoding="utf-8") == HEADER + expected


def test_windows_line_ends_and_plural_forms_and_comments(tmp_path: Path) -> None:
    file = catalog(tmp_path, (HEADER + ODD).replace("\n", "\r\n"))
    edit = Edit(Key(None, "one event"), ("ein Ereignis", "{count} Ereignisse"), comments=(" geprüft",))
    done, _ = save_edits(tmp_path, PATH, [edit])
    assert done[0].outcome is Outcome.SAVED
    text = file.read_bytes().decode()
    assert "\n" not in text.replace("\r\n", "")
    assert '# geprüft\r\nmsgid "one event"\r\nmsgid_plural "{count} events"\r\nmsgstr[0] "ein Ereignis"\r\n' in text


@pytest.mark.parametrize(
    ("edit", "outcome"),
    [
        (Edit(Key(None, "Second"), ("Zweites",)), Outcome.UNCHANGED),
        (Edit(Key(None, "Second"), ("Anderes",), before=Before(("Vorher",), fuzzy=False)), Outcome.CONFLICT),
        (Edit(Key(None, "Second"), ("Anderes",), before=Before(("Zweites",), fuzzy=True)), Outcome.CONFLICT),
        (Edit(Key("menu", "Second"), ("Zweites",)), Outcome.UNKNOWN),
        (Edit(Key(None, "gone"), ("weg",)), Outcome.UNKNOWN),
        (Edit(Key(None, "one event"), ("ein Ereignis",)), Outcome.UNFITTING),
    ],
)
def test_what_is_not_saved_leaves_the_file_alone(tmp_path: Path, edit: Edit, outcome: Outcome) -> None:
    file = catalog(tmp_path)
    before = file.read_bytes()
    done, findings = save_edits(tmp_path, PATH, [edit])
    assert ([one.outcome for one in done], findings) == ([outcome], [])
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "damage", ["\n<<<<<<< HEAD\n", '\nmsgid "Second"\nmsgstr "x"\n', '\nmsgid "no end\nmsgstr ""\n']
)
def test_a_damaged_catalog_is_told_and_not_touched(tmp_path: Path, damage: str) -> None:
    file = catalog(tmp_path, HEADER + ODD + damage)
    before = file.read_bytes()
    done, findings = save_edits(tmp_path, PATH, [Edit(Key(None, "Second"), ("Anderes",))])
    assert [one.outcome for one in done] == [Outcome.NOT_WRITTEN]
    assert findings[0].code.startswith("catalog-")
    assert findings[0].place is not None
    assert file.read_bytes() == before


def test_half_a_surrogate_pair_is_refused(tmp_path: Path) -> None:
    file = catalog(tmp_path)
    before = file.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        save_edits(tmp_path, PATH, [Edit(Key(None, "Second"), ("\ud800",))])
    assert file.read_bytes() == before


COUNT = 40


def _many(count: int) -> str:
    return HEADER + "".join(f'\nmsgid "text {number}"\nmsgstr ""\n' for number in range(count))


def _save(root: Path, numbers: range) -> None:
    for number in numbers:
        done, findings = save_edits(root, PATH, [Edit(Key(None, f"text {number}"), (f"Text {number}",))])
        assert not findings
        assert done[0].outcome is Outcome.SAVED


def test_several_programs_lose_nothing(tmp_path: Path) -> None:
    catalog(tmp_path, _many(2 * COUNT))
    context = mp.get_context("spawn")
    programs = [
        context.Process(target=_save, args=(tmp_path, range(half * COUNT, (half + 1) * COUNT))) for half in range(2)
    ]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
        assert program.exitcode == 0
    found, findings = read_po_file(tmp_path, PATH)
    assert found is not None
    assert not findings
    assert all(entry.msgstr == (entry.msgid.replace("text", "Text"),) for entry in found.entries)


def _editors_text(root: Path) -> str:
    held, _ = read_po_file(root, PATH)
    assert held is not None
    return next(entry.msgstr[0] for entry in held.entries if entry.msgid == "editor")


@pytest.mark.parametrize("renames", [True, False], ids=["renames", "writes-in-place"])
def test_an_editor_that_knows_of_no_lock_loses_nothing(tmp_path: Path, renames: bool) -> None:
    """What the editor writes is never lost; it may overwrite ours, as it can't know better."""
    file = catalog(tmp_path, _many(COUNT) + '\nmsgid "editor"\nmsgstr "0"\n')
    stop, written = threading.Event(), [0]

    def edit() -> None:
        while not stop.is_set():
            text = file.read_text(encoding="utf-8")
            before, _, _ = text.partition('msgid "editor"')
            assert before != text, "the catalog was half there"
            fresh = f'{before}msgid "editor"\nmsgstr "{written[0] + 1}"\n'
            if renames:
                beside = file.with_suffix(".editor")
                beside.write_text(fresh, encoding="utf-8")
                beside.replace(file)
            else:
                file.write_text(fresh, encoding="utf-8")
            written[0] += 1
            time.sleep(0.003)
            # For some microseconds, a save may stand there that is about to be taken back.
            assert any(_editors_text(tmp_path) == str(written[0]) for _ in range(100))

    failure: list[BaseException] = []

    def run() -> None:
        try:
            edit()
        except BaseException as reason:  # told by the test
            failure.append(reason)

    editor = threading.Thread(target=run)
    editor.start()
    try:
        for number in range(COUNT):
            done, findings = save_edits(tmp_path, PATH, [Edit(Key(None, f"text {number}"), ("Text",))])
            assert not findings
            assert done[0].outcome is Outcome.SAVED
    finally:
        stop.set()
        editor.join()
    assert not failure
    assert written[0] > 1

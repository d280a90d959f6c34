"""Catalogs that something has happened to: named with the place, and left as they are."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from catalog_projects import FURTHER, TRANSPORT, MsgfmtCheck, header, knowledge_base

from kb_gen.diagnostics import LineIndex, Severity
from kb_gen.locales import Edit, save_edits, update, write_templates
from kb_gen.locales.po import Key, read_po_file
from kb_gen.locales.updating import planned_update

DOMAIN = "msexchangetransport"
PATH = f"translations/de/LC_MESSAGES/{DOMAIN}.po"
HEAD = header()
FIRST = '\n# first\nmsgid "%1 was refused."\nmsgstr "%1 wurde abgewiesen."\n'
SECOND = '\nmsgid "Open the log."\nmsgstr "Öffnen Sie das Protokoll."\n'
SOUND = HEAD + FIRST + SECOND
LINES = HEAD.count("\n")
CONFLICT = '<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\nmsgid "a"\nmsgstr "c"\n>>>>>>> other\n'


def catalog(root: Path, content: bytes) -> Path:
    file = root / PATH
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    write_templates(root, knowledge_base(TRANSPORT, FURTHER))
    return file


DAMAGED: dict[str, tuple[bytes, str, int | None]] = {
    "conflict": ((HEAD + "\n" + CONFLICT + SECOND).encode(), "catalog-merge-conflict", LINES + 2),
    "conflict inside an entry": (
        (SOUND + '\nmsgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> x\n').encode(),
        "catalog-merge-conflict",
        LINES + 10,
    ),
    "conflict of three": (
        (HEAD + "\n" + CONFLICT.replace("=======", '||||||| base\nmsgid "a"\n=======') + SECOND).encode(),
        "catalog-merge-conflict",
        LINES + 2,
    ),
    "another charset named": (SOUND.replace("UTF-8", "ISO-8859-1").encode(), "catalog-charset", 9),
    "no charset yet": (SOUND.replace("UTF-8", "CHARSET").encode(), "catalog-charset", 9),
    "another charset": (SOUND.replace("UTF-8", "cp1252").encode("cp1252"), "catalog-not-utf-8", LINES + 7),
    "the same twice": ((SOUND + SECOND).encode(), "catalog-duplicate-message", LINES + 9),
    "the same obsolete": (
        (SOUND + '\n#~ msgid "Open the log."\n#~ msgstr "Log öffnen."\n').encode(),
        "catalog-duplicate-message",
        LINES + 9,
    ),
    "two headers": ((SOUND + "\n" + HEAD).encode(), "catalog-duplicate-message", LINES + 9),
    "cut off in a translation": (SOUND.encode()[:-6], "catalog-unterminated-string", LINES + 7),
    "cut off before one": ((SOUND + '\nmsgid "Find').encode(), "catalog-unterminated-string", LINES + 9),
    "cut off behind a text": ((SOUND + '\nmsgid "Find"\n').encode(), "catalog-syntax", LINES + 9),
    "cut off in comments": ((SOUND + "\n#. summary of Shop 1\n#: content/a").encode(), "catalog-syntax", LINES + 9),
    "UTF-16": (SOUND.encode("utf-16"), "catalog-not-utf-8", 1),
    "UTF-16 without a mark": (SOUND.encode("utf-16-be"), "catalog-not-utf-8", 1),
    "null characters behind it": (SOUND.encode() + b"\0" * 512, "catalog-null-character", LINES + 8),
    "null characters alone": (b"\0" * 512, "catalog-null-character", 1),
    "a null character inside": (SOUND.replace("wurde", "w\0rde").encode(), "catalog-null-character", LINES + 4),
    "a text without a translation": ((HEAD + '\nmsgid "a"\n' + SECOND).encode(), "catalog-syntax", LINES + 2),
    "a gap in the plural forms": (
        (SOUND + '\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[2] "y"\n').encode(),
        "catalog-syntax",
        LINES + 12,
    ),
    "nothing": (b"", "catalog-empty", 1),
    "blank lines": (b"\n\n  \n", "catalog-empty", 1),
    "something else": (b"<!DOCTYPE html>\n<p>Not found\n<p>404\n", "catalog-syntax", 1),
    "old Macintosh line ends": (SOUND.replace("\n", "\r").encode(), "catalog-unterminated-string", 1),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_catalog_is_named_with_its_place_and_stays(tmp_path: Path, name: str) -> None:
    content, code, line = DAMAGED[name]
    file = catalog(tmp_path, content)
    done, findings = update(tmp_path, "de")
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    first = errors[0]
    assert first.code == code
    assert first.help
    assert first.place is not None
    assert first.place.path == PATH
    text = content.decode("utf-8", "replace")
    assert LineIndex(text).position(first.place.start or 0).line == line
    # One mistake, one finding: null characters are lines that can't be read, besides.
    assert {finding.code for finding in errors} <= {code, "catalog-syntax"}
    assert len(errors) <= 2
    assert DOMAIN not in {one.domain for one in done}
    assert file.read_bytes() == content


def test_a_folder_with_the_name_of_a_catalog_is_named(tmp_path: Path) -> None:
    write_templates(tmp_path, knowledge_base(TRANSPORT))
    (tmp_path / PATH).mkdir(parents=True)
    done, findings = update(tmp_path, "de")
    assert [(finding.code, "folder" in finding.help) for finding in findings] == [("unreadable-file", True)]
    assert DOMAIN not in {one.domain for one in done}
    assert done, "the other catalogs are brought up to date"


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_catalog_that_cannot_be_written_is_named_and_the_others_are(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = catalog(tmp_path, SOUND.encode())

    def refused(path: Path, *_: bytes) -> bool:
        raise OSError(number, "refused by the disk", str(path))

    monkeypatch.setattr("kb_gen.locales.updating.replace_atomically", refused)
    done, findings = update(tmp_path, "de")
    assert [finding.code for finding in findings] == ["catalog-not-written"]
    assert "refused by the disk" in findings[0].message
    assert file.read_bytes() == SOUND.encode()
    assert [one.domain for one in done] == ["snippets"]


def test_a_catalog_that_is_read_only_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = catalog(tmp_path, SOUND.encode())
    monkeypatch.setattr("kb_gen.locales.updating.os.access", lambda *_: False)
    assert [finding.code for finding in update(tmp_path, "de")[1]] == ["catalog-not-written"]
    assert file.read_bytes() == SOUND.encode()


def test_a_missing_header_is_told_and_written(tmp_path: Path, msgfmt: MsgfmtCheck) -> None:
    file = catalog(tmp_path, (FIRST + SECOND).encode())
    findings = update(tmp_path, "de")[1]
    assert [(finding.code, finding.severity) for finding in findings] == [("catalog-header", Severity.WARNING)]
    found, _ = read_po_file(tmp_path, PATH)
    assert found is not None
    assert found.fields["Language"] == "de"
    assert {entry.msgstr[0] for entry in found.entries} >= {"%1 wurde abgewiesen.", "Öffnen Sie das Protokoll."}
    assert "warning" not in msgfmt(file)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_stay_as_most_of_them_are(tmp_path: Path, line_end: str) -> None:
    other = "\r\n" if line_end == "\n" else "\n"
    file = catalog(tmp_path, (HEAD + FIRST).replace("\n", line_end).encode() + SECOND.replace("\n", other).encode())
    assert not update(tmp_path, "de")[1]
    data = file.read_bytes()
    assert data.count(b"\r\n") == (data.count(b"\n") if line_end == "\r\n" else 0)


def saved_meanwhile(root: Path, monkeypatch: pytest.MonkeyPatch, save: Callable[[], object], times: int) -> None:
    """Let somebody save the catalog so many times just before an update would write it."""
    from kb_gen.load import replace_atomically  # noqa: PLC0415 - the real one

    left = [times]

    def replaced(path: Path, expected: bytes, data: bytes) -> bool:
        if left[0] and path == root / PATH:
            left[0] -= 1
            save()
        return replace_atomically(path, expected, data)

    monkeypatch.setattr("kb_gen.locales.updating.replace_atomically", replaced)


def test_what_another_program_saves_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = catalog(tmp_path, SOUND.encode())
    text = SOUND.replace("Öffnen Sie das Protokoll.", "Sehen Sie im Protokoll nach.")
    saved_meanwhile(tmp_path, monkeypatch, lambda: file.write_text(text, "utf-8"), times=1)
    assert not update(tmp_path, "de")[1]
    found, _ = read_po_file(tmp_path, PATH)
    assert found is not None
    translations = {entry.msgid: entry.msgstr[0] for entry in found.entries}
    assert translations["Open the log."] == "Sehen Sie im Protokoll nach."
    assert "A user lacks a permission." in translations


def test_a_catalog_that_is_broken_meanwhile_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = catalog(tmp_path, SOUND.encode())
    saved_meanwhile(tmp_path, monkeypatch, lambda: file.write_bytes(CONFLICT.encode()), times=1)
    assert "catalog-merge-conflict" in [finding.code for finding in update(tmp_path, "de")[1]]
    assert file.read_bytes() == CONFLICT.encode()


def test_a_program_that_never_stops_saving_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = catalog(tmp_path, SOUND.encode())
    saved_meanwhile(tmp_path, monkeypatch, lambda: file.write_bytes(file.read_bytes() + b"\n"), times=1000)
    assert [finding.code for finding in update(tmp_path, "de")[1]] == ["catalog-busy"]


def test_edits_saved_between_plan_and_writing_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbench waits for the lock while a catalog is written; what it saved before isn't overwritten."""
    catalog(tmp_path, SOUND.encode())
    from kb_gen.locales import updating  # noqa: PLC0415

    merge = updating.merge
    edits = iter([Edit(Key(None, "Open the log."), ("Vom Arbeitsplatz.",))])

    def slow_merge(*arguments: object) -> object:
        for edit in edits:
            save_edits(tmp_path, PATH, [edit])
        return merge(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(updating, "merge", slow_merge)
    assert not update(tmp_path, "de")[1]
    found, _ = read_po_file(tmp_path, PATH)
    assert found is not None
    assert {entry.msgid: entry.msgstr[0] for entry in found.entries}["Open the log."] == "Vom Arbeitsplatz."


def test_a_plan_writes_nothing_and_is_what_is_written(tmp_path: Path) -> None:
    file = catalog(tmp_path, SOUND.encode())
    planned, findings = planned_update(tmp_path, "de")
    assert file.read_bytes() == SOUND.encode()
    assert not list(tmp_path.rglob("snippets.po"))
    done, again = update(tmp_path, "de")
    assert findings == again
    assert [(one.path, one.changes) for one in planned] == [(one.path, one.changes) for one in done]
    assert file.read_bytes() == next(one.content for one in planned if one.domain == DOMAIN)

"""Translations saved into a catalog, entry by entry, while other programs may write the same file.

A catalog belongs to whoever has it open: an editor, a version control, a second translator. So an edit changes its own
entry and no other byte, says what its author saw before, and is told apart from what somebody else has made of the
entry meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, Severity, error
from kb_gen.load import replace_atomically
from kb_gen.load.open_files import is_being_written
from kb_gen.locales.locks import locked_catalog
from kb_gen.locales.plural_forms import form_count
from kb_gen.locales.po import Key, PoEntry, PoFile, po_text, read_po, read_po_bytes, translation_lines, write_entry

__all__ = ["Before", "Edit", "Edited", "Outcome", "edited_text", "save_edits"]

_ATTEMPTS = 100
"""How often the file may be another one when it is to be written; each time somebody has saved it meanwhile."""

_UNFINISHED = 1.0
"""Seconds in which a program that writes into a file, instead of replacing it, may still be at it."""

_PAUSE = 0.02
"""Seconds until a file that isn't finished is looked at again."""


@dataclass(frozen=True, slots=True)
class Before:
    """What an edit's author saw: the texts of an entry, and whether they waited for approval."""

    msgstr: tuple[str, ...]
    fuzzy: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """A translation to save.

    Attributes:
        key: the entry.
        msgstr: its translation: one text, or one for each plural form.
        fuzzy: whether it waits for approval.
        before: what its author saw; None if the edit is meant whatever stands there.
        comments: the translator's comments, each as it stands behind the `#`; None leaves those that are there.
    """

    key: Key
    msgstr: tuple[str, ...]
    fuzzy: bool = False
    before: Before | None = None
    comments: tuple[str, ...] | None = None


class Outcome(StrEnum):
    """What became of an edit.

    `SAVED`: the file holds it. `UNCHANGED`: the file held the same already. `CONFLICT`: the file holds neither that nor
    what the author saw, and stays as it is. `UNKNOWN`: the file has no such entry in use. `UNFITTING`: the entry wants
    another number of plural forms. `NOT_WRITTEN`: the file stays as it is, for a reason that a diagnostic gives.
    """

    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"
    UNFITTING = "unfitting"
    NOT_WRITTEN = "not written"


@dataclass(frozen=True, slots=True)
class Edited:
    """An edit, what became of it, and the entry as the file holds it now, if it has one."""

    edit: Edit
    outcome: Outcome
    entry: PoEntry | None = None


def save_edits(root: Path, path: str, edits: Sequence[Edit]) -> tuple[tuple[Edited, ...], list[Diagnostic]]:
    """Save translations into a catalog. Whoever writes the file meanwhile loses nothing, nor do these edits.

    Args:
        root: the project's root.
        path: the catalog, relative to `root`, with `/`.
        edits: what to save, at most one for an entry.

    Returns:
        What became of each edit, in their order, and why the file couldn't be written, if so.

    Raises:
        CatalogBusy: another program doesn't let go of the catalog.
        OSError: the file can't be written, or not be locked; it is then as it was.
        UnicodeEncodeError: a translation holds half of a surrogate pair, which no file can.
    """
    with locked_catalog(root, path):
        for _ in range(_ATTEMPTS):
            if is_being_written(root / path):
                # What is there of it now may look whole, and not be.
                time.sleep(_PAUSE)
                continue
            data = read_po_bytes(root, path)
            if isinstance(data, Diagnostic):
                return _not_written(edits), [data]
            text, unreadable = po_text(data, path)
            catalog, odd = (None, []) if text is None else read_po(text, path)
            # A byte order mark is gone as soon as the catalog is written.
            findings = [finding for finding in (*unreadable, *odd) if finding.code != "catalog-byte-order-mark"]
            broken = text is None or catalog is None or any(found.severity is Severity.ERROR for found in findings)
            if broken or text is None or catalog is None:
                if _is_unfinished(root / path):
                    time.sleep(_PAUSE)
                    continue
                return _not_written(edits), findings
            fresh, done = edited_text(text, catalog, edits)
            if any(one.outcome is Outcome.UNKNOWN for one in done) and _is_unfinished(root / path):
                time.sleep(_PAUSE)
                continue
            if fresh == text or replace_atomically(root / path, data, fresh.encode()):
                return done, []
    message = "the catalog is written again and again by another program"
    return _not_written(edits), [error("catalog-busy", message, Place(path), "close it in the other program, and try")]


def _is_unfinished(file: Path) -> bool:
    """Whether somebody may still be writing into a file."""
    try:
        return time.time() - file.stat().st_mtime < _UNFINISHED
    except FileNotFoundError:
        return False


def edited_text(text: str, catalog: PoFile, edits: Sequence[Edit]) -> tuple[str, tuple[Edited, ...]]:
    """The text of a catalog with translations put into it, and what becomes of each.

    Args:
        text: what the file holds.
        catalog: the same, as it was read.
        edits: what to put into it, at most one for an entry.
    """
    entries = {entry.key: entry for entry in catalog.entries}
    count = form_count(catalog.fields.get("Plural-Forms", ""))
    done = tuple([_edited(edit, entries, count) for edit in edits])
    changed = [(entries[one.edit.key].span, one.entry) for one in done if one.entry and one.outcome is Outcome.SAVED]
    for (start, end), entry in sorted(changed, key=lambda change: change[0], reverse=True):
        lines = write_entry(entry).removesuffix("\n")
        text = text[:start] + lines.replace("\n", catalog.line_end) + text[end:]
    return text, done


def _not_written(edits: Sequence[Edit]) -> tuple[Edited, ...]:
    return tuple(Edited(edit, Outcome.NOT_WRITTEN) for edit in edits)


def _edited(edit: Edit, entries: Mapping[Key, PoEntry], forms: int) -> Edited:
    entry = entries.get(edit.key)
    if entry is None:
        return Edited(edit, Outcome.UNKNOWN)
    if len(edit.msgstr) != (1 if entry.msgid_plural is None else forms):
        return Edited(edit, Outcome.UNFITTING, entry)
    same_comments = edit.comments is None or edit.comments == entry.comments
    if (entry.msgstr, entry.fuzzy) == (edit.msgstr, edit.fuzzy):
        if same_comments:
            return Edited(edit, Outcome.UNCHANGED, entry)
    elif edit.before is not None and (entry.msgstr, entry.fuzzy) != (edit.before.msgstr, edit.before.fuzzy):
        return Edited(edit, Outcome.CONFLICT, entry)
    return Edited(edit, Outcome.SAVED, _with_translation(entry, edit))


def _with_translation(entry: PoEntry, edit: Edit) -> PoEntry:
    """An entry with another translation, and everything else of it as it stands in the file."""
    own = tuple(flag for flag in entry.flags if flag != "fuzzy")
    fresh = replace(
        entry,
        msgstr=edit.msgstr,
        flags=("fuzzy", *own) if edit.fuzzy else own,
        # What the text was before is of use as long as somebody has to look at what has changed.
        previous=entry.previous if edit.fuzzy else None,
        comments=entry.comments if edit.comments is None else edit.comments,
        raw="",
    )
    if edit.msgstr == entry.msgstr:
        return fresh
    source = entry.body[: entry.body.index("\nmsgstr") + 1]
    return replace(fresh, body=source + translation_lines(fresh))

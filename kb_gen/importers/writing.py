"""What an import is to write is written: all of it, or nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.importers.reports import FileChange
from kb_gen.load import replace_atomically, write_atomically

__all__ = ["write_files"]


def write_files(
    root: Path, changes: Mapping[str, FileChange], told: Callable[[int], None] = lambda _: None
) -> list[Diagnostic]:
    """Write files; where one can't be written, those before it are put back as they were.

    Args:
        root: the project's root.
        changes: the files, by path relative to `root`.
        told: is called with the number of files that are done since the last time.

    Returns:
        Why nothing was written, if so.
    """
    moved = [path for path, change in changes.items() if _content(root / path) != change.before]
    if moved:
        return [_changed_meanwhile(path) for path in moved]
    done: list[str] = []
    try:
        for path, change in changes.items():
            if change.before is None:
                write_atomically(root / path, change.after)
            elif not replace_atomically(root / path, change.before, change.after):
                _put_back(root, changes, done)
                return [_changed_meanwhile(path)]
            done.append(path)
            told(1)
    except OSError as reason:
        _put_back(root, changes, done)
        words = (reason.strerror or type(reason).__name__).lower()
        help_text = "see that there is room, and that you may write there; nothing was written"
        return [error("import-not-written", f"the file can't be written: {words}", Place(path), help_text)]
    return []


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _put_back(root: Path, changes: Mapping[str, FileChange], done: list[str]) -> None:
    for path in done:
        change = changes[path]
        # What can't be put back now was written a moment ago: the first reason says what is wrong.
        with contextlib.suppress(OSError):
            if change.before is None:
                (root / path).unlink()
            else:
                replace_atomically(root / path, change.after, change.before)


def _changed_meanwhile(path: str) -> Diagnostic:
    message = "somebody has changed the file meanwhile; nothing was written"
    return error("import-not-written", message, Place(path), "import again")

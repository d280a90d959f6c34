"""What an import is to write is written: all of it, or nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.importers.reports import FileChange
from kb_gen.load import replace_atomically, written_aside

__all__ = ["write_files"]


def write_files(
    root: Path,
    changes: Mapping[str, FileChange],
    told: Callable[[int], None] = lambda _: None,
    then: Callable[[], None] = lambda: None,
) -> list[Diagnostic]:
    """Write files; where one can't be written, those before it are put back as they were.

    Args:
        root: the project's root.
        changes: the files, by path relative to `root`.
        told: is called with the number of files that are done since the last time.
        then: what else there is to write. Where it raises `OSError`, all files are put back, too.

    Returns:
        Why nothing was written, if so.
    """
    moved = [path for path, change in changes.items() if _content(root / path) != change.before]
    if moved:
        return [_changed_meanwhile(path) for path in moved]
    writing = _Writing(root, changes, told)
    try:
        path = writing.all()
        if not path:
            writing.path = ""
            then()
            return []
    except OSError as reason:
        writing.take_back()
        words = (reason.strerror or type(reason).__name__).lower()
        help_text = "see that there is room, and that you may write there; nothing was written"
        place = writing.path or _within(root, str(reason.filename or ""))
        return [error("import-not-written", f"the file can't be written: {words}", Place(place), help_text)]
    writing.take_back()
    return [_changed_meanwhile(path)]


class _Writing:
    """Files that are being written.

    Attributes:
        path: the file that is at hand.
    """

    def __init__(self, root: Path, changes: Mapping[str, FileChange], told: Callable[[int], None]) -> None:
        self._root = root
        self._changes = changes
        self._told = told
        self._done: list[str] = []
        folders = {folder for path in changes for folder in PurePath(path).parents}
        self._made = sorted((root / folder for folder in folders if not (root / folder).is_dir()), reverse=True)
        self.path = ""

    def all(self) -> str:
        """Write all of them; gives the one that somebody has changed meanwhile, if so.

        Raises:
            OSError: one can't be written.
        """
        # What is new is on the disk, out of sight, before anything else changes.
        with written_aside(self._new()) as aside:
            waiting = {target: beside for beside, target in aside}
            for path, change in self._changes.items():
                self.path = path
                target = self._root / path
                if change.before is not None:
                    written = replace_atomically(target, change.before, change.after)
                    self._told(1)
                elif written := not target.exists():
                    waiting[target].replace(target)
                if not written:
                    return path
                self._done.append(path)
        return ""

    def _new(self) -> Iterator[tuple[Path, bytes]]:
        for path, change in self._changes.items():
            if change.before is None:
                self.path = path
                yield self._root / path, change.after
                self._told(1)

    def take_back(self) -> None:
        """Let everything be as it was."""
        # What can't be put back now was written a moment ago: the first reason says what is wrong.
        for path in self._done:
            change = self._changes[path]
            with contextlib.suppress(OSError):
                if change.before is None:
                    (self._root / path).unlink()
                else:
                    replace_atomically(self._root / path, change.after, change.before)
        for folder in self._made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _within(root: Path, path: str) -> str:
    """A path relative to the project's root, where it lies there."""
    return PurePath(os.path.relpath(path, root)).as_posix() if path.startswith(str(root)) else path


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _changed_meanwhile(path: str) -> Diagnostic:
    message = "somebody has changed the file meanwhile; nothing was written"
    return error("import-not-written", message, Place(path), "import again")

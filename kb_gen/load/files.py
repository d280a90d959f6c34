"""Files of the content folder: which there are, and their text. Nothing outside the folder is ever opened."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error

__all__ = ["MAX_BYTES", "Sources", "find_files", "read_text"]

MAX_BYTES = 5_000_000
"""The largest file that is read: some thousand records. More belongs into several files."""

_SUFFIXES = (".yml", ".yaml")
_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def find_files(root: Path, folder: str, skip: frozenset[str] = frozenset()) -> Iterator[str | Diagnostic]:
    """The YAML files below `root / folder`, as paths relative to `root`, in a fixed order.

    Hidden files and editors' backups are passed over. Links are followed as long as they stay inside the folder.
    Whatever can't be visited comes as a diagnostic in its place.

    Args:
        root: the project's root.
        folder: where to look, relative to `root`.
        skip: names of folders directly below `folder` that hold something else.
    """
    top = os.path.realpath(root / folder)
    yield from _walk(root, folder, top, (top,), skip)


def _walk(
    root: Path, folder: str, top: str, above: tuple[str, ...], skip: frozenset[str]
) -> Iterator[str | Diagnostic]:
    try:
        names = sorted(os.listdir(root / folder))  # noqa: PTH208 - names are all that is needed here
    except OSError as reason:
        yield error("unreadable-file", f"the folder can't be read: {_words(reason)}", Place(_shown(folder)))
        return
    for name in names:
        if name.startswith((".", "#")) or name.endswith("~") or name in skip:
            continue
        path = f"{folder}/{name}"
        yield from _visit(root, path, top, above)


def _visit(root: Path, path: str, top: str, above: tuple[str, ...]) -> Iterator[str | Diagnostic]:
    wanted = path.casefold().endswith(_SUFFIXES)
    try:
        status = (root / path).lstat()
        linked = stat.S_ISLNK(status.st_mode)
        if linked:
            target = os.path.realpath(root / path, strict=True)
            if os.path.commonpath((target, top)) != top:
                yield error(
                    "outside-tree",
                    "the link leads out of the content folder",
                    Place(_shown(path)),
                    help="copy the file into the folder, or remove the link",
                )
                return
            status = (root / path).stat()
    except OSError as reason:
        yield _broken_link(path, reason)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _visit_folder(root, path, top, above)
    elif wanted and not path.isprintable():
        yield error(
            "odd-file-name",
            "the file name holds characters that can't be printed",
            Place(_shown(path)),
            help="rename the file; letters, digits, `-`, `_` and `.` are safe everywhere",
        )
    elif wanted and not stat.S_ISREG(status.st_mode):
        yield error("not-a-file", "this is a device or pipe, not a file", Place(_shown(path)), help="remove it")
    elif wanted:
        yield path


def _visit_folder(root: Path, path: str, top: str, above: tuple[str, ...]) -> Iterator[str | Diagnostic]:
    if path.casefold().endswith(_SUFFIXES):
        yield error(
            "not-a-file",
            "this is a folder, though it is named like a record's file",
            Place(_shown(path)),
            help="rename the folder",
        )
        return
    real = os.path.realpath(root / path)
    if real in above:
        yield error(
            "outside-tree",
            "the link leads back to a folder that holds it",
            Place(_shown(path)),
            help="remove the link",
        )
        return
    yield from _walk(root, path, top, (*above, real), frozenset())


def _broken_link(path: str, reason: OSError) -> Diagnostic:
    return error(
        "unreadable-file",
        f"the file can't be read: {_words(reason)}",
        Place(_shown(path)),
        help="mend or remove the link, or give yourself the right to read it",
    )


def _shown(path: str) -> str:
    """`path` without bytes that aren't text, as it may be printed."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _words(reason: OSError) -> str:
    return (reason.strerror or type(reason).__name__).lower()


def read_text(root: Path, path: str) -> str | Diagnostic:
    """The decoded text of a file, without a byte order mark, or why there is none.

    A UTF-8 byte order mark is accepted in silence, as are Windows' line ends: both are what editors there write.

    Args:
        root: the project's root.
        path: the file, relative to `root`.
    """
    try:
        # Without O_NONBLOCK, a pipe that took the file's place would be waited for.
        descriptor = os.open(root / path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:  # noqa: PTH123 - opened by descriptor
            data = file.read(MAX_BYTES + 1)
    except OSError as reason:
        return _broken_link(path, reason)
    if len(data) > MAX_BYTES:
        return error(
            "file-too-large",
            f"the file is larger than {MAX_BYTES // 1_000_000} MB",
            Place(_shown(path)),
            help="split it: a file may hold one record or a list of them",
        )
    return _decode(data, path)


def _decode(data: bytes, path: str) -> str | Diagnostic:
    for mark, name in _WIDE:
        if data.startswith(mark):
            return error(
                "wrong-encoding",
                f"the file is encoded in {name}, not in UTF-8",
                Place(_shown(path)),
                help="save it as UTF-8",
            )
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as reason:
        before = len(reason.object[: reason.start].decode("utf-8", "replace"))
        byte = reason.object[reason.start]
        guess = bytes([byte]).decode("cp1252", "replace")
        read_as = f"; in Windows-1252 it is `{guess}`" if guess.isprintable() and guess != "\ufffd" else ""
        return error(
            "wrong-encoding",
            f"byte 0x{byte:02X} at this place isn't UTF-8",
            Place(_shown(path), before, before + 1),
            help=f"save the file as UTF-8{read_as}",
        )


class Sources:
    """The text of the project's files, for showing diagnostics: `sources(path)`.

    Undecodable bytes appear as U+FFFD; a file that can't be read has no text.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts: dict[str, str | None] = {}

    def __call__(self, path: str) -> str | None:
        """The decoded text of the file at `path`, relative to the project's root, after a byte order mark."""
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def _read(self, path: str) -> str | None:
        try:
            file = self._root / path
            if not file.is_file() or file.stat().st_size > MAX_BYTES:
                return None
            return file.read_bytes().removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
        except (OSError, ValueError):
            return None

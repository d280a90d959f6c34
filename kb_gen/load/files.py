"""Files of the content folder: which there are, and their text. Nothing outside the folder is ever opened."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error, warning

__all__ = ["MAX_BYTES", "Sources", "find_bad_links", "find_files", "read_text"]

MAX_BYTES = 5_000_000
"""The largest file that is read: some thousand records. More belongs into several files."""

_SUFFIXES = (".yml", ".yaml")
# What file managers leave.
_PASSED_OVER = frozenset({"thumbs.db", "desktop.ini"})
_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\0", "an SQLite database"),
)
"""How other kinds of files begin."""


def find_files(root: Path, folder: str, skip: frozenset[str] = frozenset()) -> Iterator[str | Diagnostic]:
    """The YAML files below `root / folder`, as paths relative to `root`, in a fixed order.

    Hidden files and editors' backups are passed over. Links are followed as long as they stay inside the folder.
    Whatever can't be visited comes as a diagnostic in its place.

    Args:
        root: the project's root.
        folder: where to look, relative to `root`.
        skip: names of folders directly below `folder` that hold something else.
    """
    walk = _Walk(root, os.path.realpath(root / folder), _is_hidden, _record_file)
    yield from walk.folder(folder, (walk.top,), skip)


def find_bad_links(root: Path, folder: str, inside: str) -> Iterator[Diagnostic]:
    """The links at or below `root / folder`, whatever they lead to, that leave the folder `root / inside`.

    Args:
        root: the project's root.
        folder: where to look, relative to `root`.
        inside: the folder that no link may leave, relative to `root`.
    """
    if os.path.lexists(root / folder):
        walk = _Walk(root, os.path.realpath(root / inside), lambda _: False, lambda _path, _status: iter(()))
        for found in walk.visit(folder, (walk.top,)):
            if isinstance(found, Diagnostic):
                yield found


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith("~") or name.casefold() in _PASSED_OVER


def _is_record(path: str) -> bool:
    return path.casefold().endswith(_SUFFIXES)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A way through folders.

    Attributes:
        root: the project's root.
        top: the real path of the folder that no link may leave.
        is_hidden: tells by its name what is passed over.
        of_file: what comes of a file or folder, by its path and status.
    """

    root: Path
    top: str
    is_hidden: Callable[[str], bool]
    of_file: Callable[[str, os.stat_result], Iterator[str | Diagnostic]]

    def folder(self, folder: str, above: tuple[str, ...], skip: frozenset[str]) -> Iterator[str | Diagnostic]:
        """What a folder holds. `above` are the real paths of the folders on the way, it included."""
        try:
            names = sorted(os.listdir(self.root / folder))  # noqa: PTH208 - names are all that is needed here
        except OSError as reason:
            yield error("unreadable-file", f"the folder can't be read: {_words(reason)}", Place(_shown(folder)))
            return
        for name in names:
            if name not in skip and not self.is_hidden(name):
                yield from self.visit(f"{folder}/{name}", above)

    def visit(self, path: str, above: tuple[str, ...]) -> Iterator[str | Diagnostic]:
        """What comes of a file, link or folder."""
        status = self._status(path)
        if isinstance(status, Diagnostic):
            yield status
            return
        found = list(self.of_file(path, status))
        yield from found
        if found or not stat.S_ISDIR(status.st_mode):
            return
        real = os.path.realpath(self.root / path)
        if real in above:
            yield error(
                "outside-tree",
                "the link leads back to a folder that holds it",
                Place(_shown(path)),
                help="remove the link",
            )
            return
        yield from self.folder(path, (*above, real), frozenset())

    def _status(self, path: str) -> os.stat_result | Diagnostic:
        """The status of what is there, followed if it is a link that may be followed."""
        try:
            status = (self.root / path).lstat()
            if stat.S_ISLNK(status.st_mode):
                target = os.path.realpath(self.root / path, strict=True)
                if os.path.commonpath((target, self.top)) != self.top:
                    return error(
                        "outside-tree",
                        "the link leads out of the content folder",
                        Place(_shown(path)),
                        help="copy the file into the folder, or remove the link",
                    )
                status = (self.root / path).stat()
        except OSError as reason:
            return _broken_link(path, reason)
        return status


def _record_file(path: str, status: os.stat_result) -> Iterator[str | Diagnostic]:
    """The path of a record's file, or what is wrong with it; nothing for a folder."""
    place = Place(_shown(path))
    folder = stat.S_ISDIR(status.st_mode)
    if not _is_record(path):
        if not folder and not path.casefold().rpartition("/")[2].startswith("readme"):
            yield warning(
                "stray-file",
                "nothing reads this file",
                place,
                "give a record's file the ending `.yml`; keep other files outside the content folder",
            )
    elif folder:
        yield error(
            "not-a-file",
            "this is a folder, though it is named like a record's file",
            place,
            help="rename the folder",
        )
    elif not path.isprintable():
        yield error(
            "odd-file-name",
            "the file name holds characters that can't be printed",
            place,
            help="rename the file; letters, digits, `-`, `_` and `.` are safe everywhere",
        )
    elif not stat.S_ISREG(status.st_mode):
        yield error("not-a-file", "this is a device or pipe, not a file", place, help="remove it")
    else:
        yield path


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
    for start, name in _KINDS:
        if data.startswith(start):
            return _not_text(f"this is {name}, not a text file", path)
    if wide := _unmarked_wide(data):
        return error(
            "wrong-encoding",
            f"the file is encoded in {wide} without a byte order mark, not in UTF-8",
            Place(_shown(path)),
            help="save it as UTF-8",
        )
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as reason:
        if b"\0" in data:
            return _not_text("this is a binary file, not a text file", path)
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


def _not_text(message: str, path: str) -> Diagnostic:
    return error("wrong-encoding", message, Place(_shown(path)), help="remove it, or write the record as UTF-8 text")


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 of one byte order or the other, if every second byte of most is zero, as Western texts have it."""
    start = data[:1000]
    half = len(start) // 2
    if half > 1 and start[1::2].count(0) > half * 0.7 and start[::2].count(0) < half * 0.1:
        return "UTF-16"
    if half > 1 and start[::2].count(0) > half * 0.7 and start[1::2].count(0) < half * 0.1:
        return "UTF-16 (big-endian)"
    return ""


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

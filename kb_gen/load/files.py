"""Files of the content folder: which there are, and their text. Nothing outside the folder is ever opened."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error, warning

__all__ = [
    "MAX_BYTES",
    "FileState",
    "Sources",
    "decode",
    "find_bad_links",
    "find_files",
    "find_pages",
    "page_problem",
    "read_bytes",
]

MAX_BYTES = 5_000_000
"""The largest file that is read: some thousand records. More belongs into several files."""

_SUFFIXES = (".yml", ".yaml")
_PAGE_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
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


class FileState(Struct, frozen=True, array_like=True, gc=False):
    """What the file system says of a file: where nothing of it differs, the file most likely holds what it did.

    Attributes:
        path: the file, relative to the project's root, with `/`.
        size: its length in bytes.
        modified: when its content was last written, in nanoseconds since 1970; anybody can set it.
        changed: when its status last changed, in the same unit, which nobody can set (on Windows: when it was made).
        inode: the number that the file system knows it by.
    """

    path: str
    size: int
    modified: int
    changed: int
    inode: int


def find_files(root: Path, folder: str, skip: frozenset[str] = frozenset()) -> list[FileState | Diagnostic]:
    """The YAML files below `root / folder`, in a fixed order.

    Hidden files and editors' backups are passed over. Links are followed as long as they stay inside the folder.
    Whatever can't be visited comes as a diagnostic in its place.

    Args:
        root: the project's root.
        folder: where to look, relative to `root`.
        skip: names of folders directly below `folder` that hold something else.
    """
    walk = _Walk(os.fspath(root), os.path.realpath(root / folder), _is_hidden, _record_file)
    walk.folder(folder, (walk.top,), skip)
    return walk.found


def find_bad_links(root: Path, folder: str, inside: str) -> list[Diagnostic]:
    """The links at or below `root / folder`, whatever they lead to, that leave the folder `root / inside`.

    Args:
        root: the project's root.
        folder: where to look, relative to `root`.
        inside: the folder that no link may leave, relative to `root`.
    """
    walk = _Walk(os.fspath(root), os.path.realpath(root / inside), lambda _: False, lambda _path, _status: None)
    if os.path.lexists(root / folder):
        walk.visit(folder, (walk.top,))
    return [found for found in walk.found if isinstance(found, Diagnostic)]


def find_pages(root: Path, folder: str, inside: str) -> list[str]:
    """The Markdown files below `root / folder`, in a fixed order, by their paths relative to `root`.

    Whatever can't be visited is left out: `find_bad_links`, with the same arguments, tells of it.
    """
    walk = _Walk(os.fspath(root), os.path.realpath(root / inside), lambda name: name.startswith("."), _page_file)
    walk.folder(folder, (os.path.realpath(root / folder),), frozenset())
    return [found.path for found in walk.found if isinstance(found, FileState)]


def page_problem(root: Path, path: str) -> Diagnostic | None:
    """Why the text of a hand-written page can't be read, if so.

    Args:
        root: the project's root.
        path: the page, relative to `root`.
    """
    data = read_bytes(root, path)
    text = data if isinstance(data, Diagnostic) else decode(data, path)
    return text if isinstance(text, Diagnostic) else None


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
        of_file: what comes of a file or folder, by its path and status; None for nothing.
        found: what came of all that was visited.
    """

    root: str
    top: str
    is_hidden: Callable[[str], bool]
    of_file: Callable[[str, os.stat_result], FileState | Diagnostic | None]
    found: list[FileState | Diagnostic] = field(default_factory=list)

    def folder(self, folder: str, above: tuple[str, ...], skip: frozenset[str]) -> None:
        """What a folder holds. `above` are the real paths of the folders on the way, it included."""
        try:
            names = sorted(os.listdir(os.path.join(self.root, folder)))  # noqa: PTH118, PTH208 - a name in microseconds
        except OSError as reason:
            words = f"the folder can't be read: {_words(reason)}"
            help = "give yourself the right to read it"  # noqa: A001
            self.found.append(error("unreadable-file", words, Place(_shown(folder)), help))
            return
        for name in names:
            if name not in skip and not self.is_hidden(name):
                self.visit(f"{folder}/{name}", above)

    def visit(self, path: str, above: tuple[str, ...]) -> None:
        """What comes of a file, link or folder."""
        status = self._status(path)
        if isinstance(status, Diagnostic):
            self.found.append(status)
            return
        found = self.of_file(path, status)
        if found is not None:
            self.found.append(found)
            return
        if not stat.S_ISDIR(status.st_mode):
            return
        real = os.path.realpath(os.path.join(self.root, path))  # noqa: PTH118
        if real in above:
            looped = error(
                "outside-tree",
                "the link leads back to a folder that holds it",
                Place(_shown(path)),
                help="remove the link",
            )
            self.found.append(looped)
            return
        self.folder(path, (*above, real), frozenset())

    def _status(self, path: str) -> os.stat_result | Diagnostic:
        """The status of what is there, followed if it is a link that may be followed."""
        full = os.path.join(self.root, path)  # noqa: PTH118
        try:
            status = os.lstat(full)
            if stat.S_ISLNK(status.st_mode):
                target = os.path.realpath(full, strict=True)
                if os.path.commonpath((target, self.top)) != self.top:
                    return error(
                        "outside-tree",
                        "the link leads out of the content folder",
                        Place(_shown(path)),
                        help="copy the file into the folder, or remove the link",
                    )
                status = os.stat(full)  # noqa: PTH116
        except OSError as reason:
            return _broken_link(path, reason)
        return status


def _record_file(path: str, status: os.stat_result) -> FileState | Diagnostic | None:
    """The state of a record's file, or what is wrong with it; nothing for a folder."""
    if not _is_record(path):
        if stat.S_ISDIR(status.st_mode) or path.casefold().rpartition("/")[2].startswith("readme"):
            return None
        return warning(
            "stray-file",
            "nothing reads this file",
            Place(_shown(path)),
            "give a record's file the ending `.yml`; keep other files outside the content folder",
        )
    if stat.S_ISREG(status.st_mode) and path.isprintable():
        return _state(path, status)
    place = Place(_shown(path))
    if stat.S_ISDIR(status.st_mode):
        return error(
            "not-a-file",
            "this is a folder, though it is named like a record's file",
            place,
            help="rename the folder",
        )
    if not path.isprintable():
        return error(
            "odd-file-name",
            "the file name holds characters that can't be printed",
            place,
            help="rename the file; letters, digits, `-`, `_` and `.` are safe everywhere",
        )
    return error("not-a-file", "this is a device or pipe, not a file", place, help="remove it")


def _page_file(path: str, status: os.stat_result) -> FileState | None:
    """The state of a hand-written page; nothing for whatever else lies beside pages."""
    if not path.endswith(_PAGE_SUFFIXES) or not stat.S_ISREG(status.st_mode):
        return None
    return _state(path, status)


def _state(path: str, status: os.stat_result) -> FileState:
    return FileState(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


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


def read_bytes(root: Path, path: str) -> bytes | Diagnostic:
    """What a file holds, or why it can't be read.

    Args:
        root: the project's root.
        path: the file, relative to `root`.
    """
    try:
        # Without O_NONBLOCK, a pipe that took the file's place would be waited for.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(os.path.join(root, path), flags)  # noqa: PTH118 - thousands of them in a row
        try:
            # Asked for one byte more than it has, a file is read at once; the second call only finds its end.
            wanted = min(os.fstat(descriptor).st_size, MAX_BYTES) + 1
            data = os.read(descriptor, wanted)
            while len(data) <= MAX_BYTES and (more := os.read(descriptor, wanted)):
                data += more
        finally:
            os.close(descriptor)
    except OSError as reason:
        return _broken_link(path, reason)
    if len(data) > MAX_BYTES:
        return error(
            "file-too-large",
            f"the file is larger than {MAX_BYTES // 1_000_000} MB",
            Place(_shown(path)),
            help="split it: a file may hold one record or a list of them",
        )
    return data


def decode(data: bytes, path: str) -> str | Diagnostic:
    """The text of a file that holds `data`, without a byte order mark, or why it is none.

    A UTF-8 byte order mark is accepted in silence, as are Windows' line ends: both are what editors there write.

    Args:
        data: what the file holds.
        path: the file, relative to the project's root.
    """
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
    return error("wrong-encoding", message, Place(_shown(path)), help="remove it, or write it anew as UTF-8 text")


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 of one byte order or the other, if every second byte of most is zero, as Western texts have it."""
    start = data[:1000]
    if 0 not in start:
        return ""
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

"""Evidence that something made from files, environment and installed programs would come out the same again.

What is kept from one build to the next is kept together with its evidence, which is looked at before anything is used.
Wherever something differs, or can't be told, what is kept counts for nothing.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from kb_gen.load import FileState, digest, is_settled

__all__ = [
    "Installation",
    "ProjectEvidence",
    "Sources",
    "confirm",
    "evidence_of",
    "file_state",
    "files_below",
    "installation",
    "is_installed",
]

_STARTED = time.time_ns()
"""When this process began, nearly: code that changed later, or shortly before, may not be the code that runs."""

_DISTRIBUTIONS = (".dist-info", ".egg-info", ".egg-link", ".pth")

ALL = ("",)
"""Suffixes that every name has."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What something is made from, of what may change from one build to the next.

    Attributes:
        files: files whose content matters.
        trees: folders and all that is in them. The names of all files matter, and the content of those whose names end
            in one of the suffixes.
        places: paths of which it matters what they lead to, if to anything.
        variables: names of environment variables.
    """

    files: tuple[Path, ...] = ()
    trees: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[Path, ...] = ()
    variables: tuple[str, ...] = ()


class _File(Struct, frozen=True, array_like=True):
    """A file: its state, whether it surely holds the same as long as it is in that state, and what it held."""

    state: FileState
    settled: bool
    digest: bytes


class _Tree(Struct, frozen=True, array_like=True):
    """A folder, suffixes of the names of files whose content matters, and a digest of all names."""

    path: str
    suffixes: tuple[str, ...]
    names: bytes


class ProjectEvidence(Struct, frozen=True, array_like=True):
    """What sources were."""

    files: tuple[_File, ...]
    trees: tuple[_Tree, ...]
    places: tuple[tuple[str, str | None], ...]
    variables: tuple[tuple[str, str | None], ...]

    def summary(self) -> bytes:
        """The same for sources that are the same, whatever the state of their files."""
        held = [(file.state.path, file.digest) for file in self.files]
        return digest(_ENCODER.encode((held, self.trees, self.places, self.variables)))


class Installation(Struct, frozen=True, array_like=True):
    """Which programs were installed, and which files the running code came from.

    Attributes:
        distributions: a digest of the names and versions of all that is installed.
        code: the files of all modules that were loaded.
        folders: further folders of installed programs, with a digest of the states of their files.
    """

    distributions: bytes
    code: tuple[FileState, ...]
    folders: tuple[tuple[str, bytes], ...]


_ENCODER = msgspec.msgpack.Encoder()


def evidence_of(sources: Sources) -> ProjectEvidence | None:
    """What `sources` are now; None where that can't be told."""
    taken = time.time_ns()
    trees: list[_Tree] = []
    inside: list[str] = []
    for folder, suffixes in sources.trees.items():
        names, files = _tree(folder, suffixes)
        trees.append(_Tree(os.fspath(folder), suffixes, names))
        inside += files
    read = [_read(path, taken) for path in (*map(os.fspath, sources.files), *inside)]
    files_read = tuple(file for file in read if file is not None)
    if len(files_read) < len(read):
        return None
    return ProjectEvidence(
        files_read,
        tuple(trees),
        tuple((os.fspath(path), _real(path)) for path in sources.places),
        tuple((name, os.environ.get(name)) for name in sources.variables),
    )


def confirm(evidence: ProjectEvidence) -> ProjectEvidence | None:
    """The evidence of sources that are what they were, as it is now; None if anything differs."""
    taken = time.time_ns()
    if any(os.environ.get(name) != value for name, value in evidence.variables):
        return None
    if any(_real(Path(path)) != real for path, real in evidence.places):
        return None
    if any(_tree(Path(tree.path), tree.suffixes)[0] != tree.names for tree in evidence.trees):
        return None
    files = tuple(file for file in (_again(file, taken) for file in evidence.files) if file is not None)
    return msgspec.structs.replace(evidence, files=files) if len(files) == len(evidence.files) else None


def installation(folders: Sequence[Path]) -> Installation | None:
    """The programs that run now, with further folders that belong to them; None where that can't be told.

    It can't if a file changed after this process began: what runs may be what the file held before.
    """
    files = {
        os.path.abspath(file)  # noqa: PTH100 - a thousand of them
        for module in list(sys.modules.values())
        # `<stdin>`, where the program itself was typed in, is no file.
        if isinstance(file := getattr(module, "__dict__", {}).get("__file__"), str) and not file.startswith("<")
    }
    code = tuple(file_state(file) for file in sorted(files))
    digests = tuple((os.fspath(folder), _states(folder)) for folder in folders)
    if not all(state is not None and is_settled(state, _STARTED) for state in code):
        return None
    if not all(is_settled(state, _STARTED) for folder in folders for state in files_below(folder)):
        return None
    return Installation(_distributions(), tuple(state for state in code if state is not None), digests)


def is_installed(known: Installation) -> bool:
    """Whether the same programs are installed."""
    return (
        known.distributions == _distributions()
        and all(file_state(state.path) == state for state in known.code)
        and all(_states(Path(folder)) == states for folder, states in known.folders)
    )


def _again(file: _File, taken: int) -> _File | None:
    """The same file in its present state, if it holds what it held."""
    if file.settled and file_state(file.state.path) == file.state:
        return file
    now = _read(file.state.path, taken)
    return now if now is not None and now.digest == file.digest else None


def _read(path: str, taken: int) -> _File | None:
    state = file_state(path)
    if state is None:
        return None
    try:
        return _File(state, is_settled(state, taken), digest(Path(path).read_bytes()))
    except OSError:
        return None


def file_state(path: str) -> FileState | None:
    """The state of a file; None for anything else."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a thousand of them
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return FileState(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _real(path: Path) -> str | None:
    return os.path.realpath(path) if path.exists() else None


def _tree(folder: Path, suffixes: tuple[str, ...]) -> tuple[bytes, list[str]]:
    """A digest of all names in a folder, and the files that have one of the suffixes."""
    names: list[str] = []
    files: list[str] = []
    seen: set[str] = set()
    for place, inner, own in os.walk(folder, followlinks=True):
        inner.sort()
        own.sort()
        names += (place, *inner, "/", *own, "//")
        files += [os.path.join(place, name) for name in own if name.endswith(suffixes)]  # noqa: PTH118
        real = os.path.realpath(place)
        if real in seen:  # a link that leads back
            inner.clear()
        seen.add(real)
    return digest(b"\0".join(map(os.fsencode, names))), files


def files_below(folder: Path) -> Iterator[FileState]:
    """The files in a folder and all below it, but for hidden folders, of which the theme's hold thousands of icons."""
    for place, inner, own in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith((".", "__")))
        for name in sorted(own):
            state = file_state(os.path.join(place, name))  # noqa: PTH118
            if state is not None:
                yield state


def _states(folder: Path) -> bytes:
    return digest(_ENCODER.encode(list(files_below(folder))))


@cache
def _distributions() -> bytes:
    """A digest of what is installed. Asked once: what this process has loaded doesn't change with it."""
    found: list[str] = [sys.version]
    for folder in dict.fromkeys(sys.path):
        try:
            with os.scandir(folder or ".") as entries:
                own = sorted((entry.name, entry.stat().st_mtime_ns) for entry in entries if _is_distribution(entry))
        except OSError:
            continue
        found += (f"{name}:{changed}" for name, changed in own)
    return digest("\n".join(found).encode("utf-8", "surrogateescape"))


def _is_distribution(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(_DISTRIBUTIONS)

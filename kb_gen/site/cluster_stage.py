"""What the tasks of a stage share, on its way to a cluster's workers, and there."""

from __future__ import annotations

import hashlib
import pickle
import platform
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

from kb_gen import __version__
from kb_gen.load import collection_paused
from kb_gen.site.workers import ClusterError, hold

__all__ = ["Needs", "Stage", "do", "packed", "unmet", "versions"]

_LIBRARIES = (
    "Babel",
    "distributed",
    "Jinja2",
    "markdown-it-py",
    "MarkupSafe",
    "mkdocs",
    "mkdocs-material",
    "msgspec",
    "Pygments",
    "PyYAML",
    "rapidfuzz",
)
"""What, besides our own code, a page's bytes may depend on, or whether two processes understand each other."""

_PACKAGE = Path(__file__).parents[1]
_NOT_CODE = frozenset({"__pycache__", "translations"})

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Needs:
    """What a process needs so that it may do a build's tasks.

    Attributes:
        versions: the versions of what a page's bytes depend on, by name.
        files: files that it has to see, with the SHA-256 digests of what they hold.
    """

    versions: tuple[tuple[str, str], ...]
    files: tuple[tuple[Path, bytes], ...] = ()


class Stage:
    """What the tasks of a stage share: pickled once for all workers, and unpickled once by each.

    Dask keeps a stage in a worker's memory as long as there are tasks that ask for it. What it was unpickled to is kept
    with it, and goes with it.

    Args:
        needs: what the workers need.
        data: the pickled value.
    """

    def __init__(self, needs: Needs, data: bytes) -> None:
        self.needs = needs
        self._data = data

    @cached_property
    def value(self) -> Any:  # noqa: ANN401 - whatever the stage hands over
        """What the tasks share.

        Raises:
            ClusterError: if it can't be made in this process.
        """
        try:
            return pickle.loads(self._data)  # noqa: S301 - it comes from the build that this worker works for
        except Exception as reason:
            message = f"can't begin with the build's work: {type(reason).__name__}: {reason}"
            raise ClusterError(_named(message)) from reason

    def __reduce__(self) -> tuple[type[Stage], tuple[Needs, bytes]]:
        return Stage, (self.needs, self._data)

    def __sizeof__(self) -> int:
        # Dask asks, to know how much memory is in use.
        return super().__sizeof__() + len(self._data)


def packed(value: object) -> bytes:
    """A value as it is sent to workers."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def do(stage: Stage, call: bytes) -> Any:  # noqa: ANN401 - whatever the task gives
    """Task of the cluster: a task of the build, packed with its arguments.

    Tasks are written for processes that do one at a time; a worker with several threads does, too.

    Raises:
        ClusterError: if this process lacks what the build needs.
    """
    with _ONE_AT_A_TIME, collection_paused():
        # Each time: of a build that has ended, no worker that was cut off may write anything.
        lacking = unmet(stage.needs)
        if lacking:
            raise ClusterError(_named(lacking))
        task, args, kwargs = pickle.loads(call)  # noqa: S301 - as above
        hold(stage.value)
        try:
            return task(*args, **kwargs)
        finally:
            hold(None)


def unmet(needs: Needs) -> str:
    """What this process lacks, in words that go on from its name; nothing if it lacks nothing."""
    for name, version in needs.versions:
        own = _version(name)
        if own != version:
            return f"has {f'{name} {own}' if own else f'no {name}'}, and this machine {version or 'has none'}"
    for file, digest in needs.files:
        try:
            same = hashlib.sha256(file.read_bytes()).digest() == digest
        except OSError:
            same = False
        if not same:
            return (
                f"doesn't see {file.parent} as this machine does: the project and the site have to be in a file system "
                "that all share, under the same paths"
            )
    return ""


def versions(further: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """The versions of what a page's bytes depend on, in this process.

    Args:
        further: more packages that matter.
    """
    return tuple([(name, _version(name)) for name in ("kb-gen", "Python", *_LIBRARIES, *further)])


@cache
def _version(name: str) -> str:
    """The version of a package, of Python or of this program with a digest of its code; empty if it isn't there."""
    if name == "kb-gen":
        return f"{__version__}+{_code()}"
    if name == "Python":
        return ".".join(platform.python_version_tuple()[:2])
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _code() -> str:
    """A digest of this program's code, templates, styles and scripts."""
    summary = hashlib.sha256()
    for file in sorted(_PACKAGE.rglob("*")):
        inside = file.relative_to(_PACKAGE)
        if _NOT_CODE.isdisjoint(inside.parts) and file.is_file():
            content = file.read_bytes()
            summary.update(f"{inside.as_posix()}\0{len(content)}\0".encode())
            summary.update(content)
    return summary.hexdigest()[:8]


def _named(message: str) -> str:
    """A sentence about the worker that this is."""
    from distributed import get_worker  # noqa: PLC0415 - an extra, and only workers come here

    return f"worker {get_worker().address} {message}"

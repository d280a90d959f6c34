"""What a commit has changed in the content folder: the knowledge base before and after it, as git has them.

Only the files that the commit touches are read, and what all records share.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kb_gen.load.files import MAX_BYTES
from kb_gen.load.project import load_project
from kb_gen.load.states import SHARED
from kb_gen.model import KnowledgeBase

__all__ = ["RevisionError", "commit_contents"]


class RevisionError(Exception):
    """A commit can't be looked at; the message says why."""


def commit_contents(root: Path, content: str, revision: str) -> tuple[KnowledgeBase, KnowledgeBase]:
    """The records that a commit touches and what they share, before and after it; of a merge, what it brings.

    Args:
        root: the project's root, in a git repository.
        content: the content folder, relative to `root`, with `/`.
        revision: the commit, in any way in which git names one.

    Raises:
        RevisionError: there is no such commit, or none before it, or no git.
    """
    commit = _commit(root, revision)
    try:
        parent = _commit(root, f"{commit}^")
    except RevisionError:
        raise RevisionError(f"`{revision}` is the first commit: it has changed nothing that was there before") from None
    listed = _git(root, "diff", "--name-only", "-z", "--no-renames", "--relative", parent, commit, "--", content)
    touched = [path for path in listed.decode("utf-8", "surrogateescape").split("\0") if path]
    paths = sorted({*touched, *(f"{content}/{stem}.yml" for stem in SHARED)})
    return _knowledge_base(root, content, parent, paths), _knowledge_base(root, content, commit, paths)


def _commit(root: Path, revision: str) -> str:
    if not revision or revision.startswith("-"):
        raise RevisionError(f"`{revision}` is no commit")
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except RevisionError as reason:
        raise RevisionError(str(reason) or f"there is no commit `{revision}`") from None


def _git(root: Path, *arguments: str, told: bytes | None = None) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, input=told)
    except FileNotFoundError:
        raise RevisionError("git isn't installed, and it alone knows what a commit has changed") from None
    except subprocess.CalledProcessError as reason:
        said = reason.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RevisionError(said[-1].removeprefix("fatal: ") if said else "") from None
    return done.stdout


def _knowledge_base(root: Path, content: str, commit: str, paths: Sequence[str]) -> KnowledgeBase:
    with tempfile.TemporaryDirectory(prefix="kb-gen-") as name:
        folder = Path(name)
        for path, data in _contents(root, commit, paths):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return load_project(folder, content).knowledge_base


def _contents(root: Path, commit: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """What the files of a commit hold; those that it doesn't have are left out."""
    # Git takes one name a line; no record that anybody reads has a line feed in its name.
    wanted = [path for path in paths if "\n" not in path]
    names = "".join(f"{commit}:./{path}\n" for path in wanted).encode("utf-8", "surrogateescape")
    told = _git(root, "cat-file", "--batch", told=names)
    at = 0
    for path in wanted:
        end = told.index(b"\n", at)
        head, at = told[at:end].split(b" "), end + 1
        if head[-1] == b"missing":
            continue
        size = int(head[-1])
        if head[-2] == b"blob" and size <= MAX_BYTES:
            yield path, told[at : at + size]
        at += size + 1

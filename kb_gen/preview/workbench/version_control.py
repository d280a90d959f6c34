"""Whether it was git that wrote a file: what git takes back, somebody wanted to be taken back."""

from __future__ import annotations

from pathlib import Path

__all__ = ["written_by_git"]

_MOMENT_NS = 2_000_000_000
"""Nanoseconds within which git writes files and its index, which it does in one go."""

_UNDER_WAY = ("index.lock", "rebase-merge", "rebase-apply", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
"""What is in git's folder as long as it is at work, or has asked somebody to decide something."""


def written_by_git(file: Path) -> bool:
    """Whether git has probably written a file: it has written its index at the same time, or is still at work."""
    folder = _git_folder(file)
    if folder is None:
        return False
    if any((folder / name).exists() for name in _UNDER_WAY):
        return True
    try:
        return abs((folder / "index").stat().st_mtime_ns - file.stat().st_mtime_ns) < _MOMENT_NS
    except OSError:
        return False


def _git_folder(file: Path) -> Path | None:
    """The folder in which git keeps what belongs to a file's working tree; None where there is none."""
    for parent in file.absolute().parents:
        git = parent / ".git"
        if git.is_dir():
            return git
        if git.is_file():
            # https://git-scm.com/docs/gitrepository-layout: a working tree of several, or a submodule.
            try:
                return parent / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            except (OSError, UnicodeDecodeError):
                return None
    return None

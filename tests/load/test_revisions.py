"""What a commit has changed, as git tells it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kb_gen.load import RevisionError, commit_contents
from kb_gen.model import KnowledgeBase

RECORD = 'id: {id}\nsource: Shop\nproduct: shop\nsummary: "{summary}"\n'
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in a new repository."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name, value in (("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")):
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> str:
        own = ("-c", "user.name=Eve", "-c", "user.email=eve@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ["git", "-C", str(tmp_path), *own, *arguments], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    run("init", "-q", "-b", "trunk")
    return run


def write(root: Path, identifier: str, summary: str, name: str = "") -> None:
    file = root / f"content/shop/shop/{name or identifier}.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(RECORD.format(id=identifier, summary=summary), "utf-8")


def commit(git: Git, message: str = "Change") -> None:
    git("add", "-A")
    git("commit", "-q", "-m", message)


def summaries(kb: KnowledgeBase) -> dict[str, str]:
    return {entry.record.id: entry.record.summary for entry in kb.entries}


@pytest.mark.parametrize("inner", ["", "docs/kb"])
def test_the_records_of_a_commit_before_and_after(tmp_path: Path, git: Git, inner: str) -> None:
    root = tmp_path / inner
    for identifier in ("1", "2"):
        write(root, identifier, "The ordr was refused.")
    (root / "content/products.yml").write_text("shop: {name: Shop}\n", "utf-8")
    commit(git)
    write(root, "1", "The order was refused.")
    commit(git)
    write(root, "1", "Something later.")
    commit(git)
    before, after = commit_contents(root, "content", "HEAD~1")
    assert summaries(before) == {"1": "The ordr was refused."}
    assert summaries(after) == {"1": "The order was refused."}
    assert before.products["shop"].name == after.products["shop"].name == "Shop"


def test_added_removed_renamed_and_unusual_files(tmp_path: Path, git: Git) -> None:
    write(tmp_path, "1", "One.")
    write(tmp_path, "2", "Two.")
    write(tmp_path, "3", "Three.", name="3-Öl und Gas")
    commit(git)
    (tmp_path / "content/shop/shop/1.yml").unlink()
    write(tmp_path, "3", "Three!", name="3-Öl und Gas")
    (tmp_path / "content/shop/shop/2.yml").rename(tmp_path / "content/shop/shop/2-two.yml")
    write(tmp_path, "4", "Four.")
    commit(git)
    before, after = commit_contents(tmp_path, "content", "HEAD")
    assert summaries(before) == {"1": "One.", "2": "Two.", "3": "Three."}
    assert summaries(after) == {"2": "Two.", "3": "Three!", "4": "Four."}


def test_a_merge_is_what_it_brings_to_its_first_parent(tmp_path: Path, git: Git) -> None:
    write(tmp_path, "1", "One.")
    commit(git)
    git("checkout", "-q", "-b", "side")
    write(tmp_path, "2", "Two.")
    commit(git)
    git("checkout", "-q", "trunk")
    write(tmp_path, "3", "Three.")
    commit(git)
    git("merge", "-q", "--no-edit", "side")
    before, after = commit_contents(tmp_path, "content", "HEAD")
    assert (summaries(before), summaries(after)) == ({}, {"2": "Two."})


@pytest.mark.parametrize(
    ("revision", "why"),
    [
        ("nope", "there is no commit `nope`"),
        ("", "is no commit"),
        ("--output=stolen", "is no commit"),
        ("HEAD", "is the first commit"),
        ("HEAD:content", "there is no commit"),
    ],
)
def test_what_is_no_commit_is_told(tmp_path: Path, git: Git, revision: str, why: str) -> None:
    write(tmp_path, "1", "One.")
    commit(git)
    with pytest.raises(RevisionError, match=why):
        commit_contents(tmp_path, "content", revision)
    assert not list(tmp_path.glob("stolen"))


def test_a_folder_without_git_and_a_machine_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError, match=r"not a git repository|isn't installed"):
        commit_contents(tmp_path, "content", "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match="git isn't installed"):
        commit_contents(tmp_path, "content", "HEAD")

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb_gen.load.writing import write_atomically


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.po"
    write_atomically(file, b"one")
    write_atomically(file, b"two")
    assert file.read_bytes() == b"two"
    assert [found.name for found in file.parent.iterdir()] == ["b.po"]


def test_a_failure_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.po"
    file.write_bytes(b"old")

    def refuse(*arguments: object) -> None:
        message = "disk full"
        raise OSError(message)

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.po"]


def test_rights_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.po", tmp_path / "link.po"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640

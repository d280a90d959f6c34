"""An import's files are written all together, or not at all."""

from __future__ import annotations

from pathlib import Path

from kb_gen.importers import FileChange, write_files


def tree(folder: Path) -> dict[str, bytes | None]:
    """All files, hidden ones too, and folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def test_new_files_and_changed_ones_are_written(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"old")
    told: list[int] = []
    many = {f"new/{number}.yml": FileChange(None, b"%d" % number) for number in range(150)}
    assert write_files(tmp_path, {"a.yml": FileChange(b"old", b"fresh"), **many}, told.append) == []
    assert tree(tmp_path) == {
        "a.yml": b"fresh", "new": None, **{path: change.after for path, change in many.items()}
    }  # fmt: skip
    assert sum(told) == 151


def test_a_file_that_can_not_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"no folder")
    before = tree(tmp_path)
    changes = {
        "a.yml": FileChange(b"old", b"fresh"),
        "new/deep/b.yml": FileChange(None, b"b"),
        "file/c.yml": FileChange(None, b"c"),
    }
    (found,) = write_files(tmp_path, changes)
    assert (found.code, found.place and found.place.path) == ("import-not-written", "file/c.yml")
    assert tree(tmp_path) == before


def test_what_somebody_writes_meanwhile_is_kept_and_nothing_else_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"old")
    (tmp_path / "z.yml").write_bytes(b"old")
    changes = {
        "a.yml": FileChange(b"old", b"fresh"),
        "new/b.yml": FileChange(None, b"b"),
        "new/c.yml": FileChange(None, b"c"),
    }

    def somebody(_: int) -> None:
        (tmp_path / "new" / "c.yml").write_bytes(b"theirs")

    (found,) = write_files(tmp_path, changes, somebody)
    assert found.message == "somebody has changed the file meanwhile; nothing was written"
    assert found.place is not None
    assert found.place.path == "new/c.yml"
    assert tree(tmp_path) == {"a.yml": b"old", "z.yml": b"old", "new": None, "new/c.yml": b"theirs"}

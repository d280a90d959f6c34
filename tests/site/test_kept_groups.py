"""Groups of files are written when they are made from something else, and then only those files that differ."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kb_gen.site.kept_groups import KeptGroups, WrittenGroup
from kb_gen.site.outputs import Disk

VERSION = b"v" * 16


class _Site:
    """A folder with groups of files, built again and again; notes which files were looked at or written."""

    def __init__(self, folder: Path) -> None:
        self.cache = folder / "cache"
        self.folder = folder / "site"
        self.published: list[str] = []

    def build(self, made_from: bytes, files: Mapping[str, bytes], version: bytes | None = VERSION) -> WrittenGroup:
        disk = Disk(self.folder)
        disk.claim(replace=False)
        self.published.clear()
        publish = disk.publish

        def noted(url: str, content: bytes | Path) -> object:
            self.published.append(url)
            return publish(url, content)

        disk.publish = noted  # type: ignore[method-assign, assignment]
        kept = KeptGroups(self.cache, "lists", version, disk)
        group = kept.written(
            "group", made_from, lambda: WrittenGroup(tuple([kept.publish(url, data) for url, data in files.items()]))
        )
        kept.keep()
        return group


@pytest.fixture
def site(tmp_path: Path) -> _Site:
    return _Site(tmp_path)


FILES = {"a/one.html": b"one", "a/two.js": b"two"}


def test_a_group_that_is_made_from_the_same_is_left_alone(site: _Site) -> None:
    first = site.build(b"1", FILES)
    assert [file.changed for file in first.files] == [True, True]
    again = site.build(b"1", {})
    assert site.published == []
    assert [(file.url, file.changed) for file in again.files] == [("a/one.html", False), ("a/two.js", False)]


def test_of_a_group_that_is_made_again_only_what_differs_is_looked_at(site: _Site) -> None:
    site.build(b"1", FILES)
    again = site.build(b"2", {**FILES, "a/two.js": b"other"})
    assert site.published == ["a/two.js"]
    assert [file.changed for file in again.files] == [False, True]
    assert (site.folder / "a/two.js").read_bytes() == b"other"


def test_a_file_that_somebody_has_changed_is_put_right(site: _Site) -> None:
    site.build(b"1", FILES)
    (site.folder / "a/one.html").write_bytes(b"something else")
    site.build(b"1", FILES)
    assert site.published == ["a/one.html"]
    assert (site.folder / "a/one.html").read_bytes() == b"one"


@pytest.mark.parametrize("version", [None, b"w" * 16])
def test_nothing_is_believed_of_another_version(site: _Site, version: bytes | None) -> None:
    site.build(b"1", FILES)
    site.build(b"1", FILES, version)
    assert site.published == [*FILES]


def test_a_damaged_pack_costs_time_only(site: _Site) -> None:
    site.build(b"1", FILES)
    pack = site.cache / "lists"
    pack.write_bytes(pack.read_bytes()[:-3])
    site.build(b"1", FILES)
    assert site.published == [*FILES]

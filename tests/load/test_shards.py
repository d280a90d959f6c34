"""Portions of files that any process may read, and states of the content folder that tell what changed."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.load import (
    ContentState,
    FileState,
    Shard,
    changed_paths,
    content_state,
    decode_shard,
    encode_shard,
    load_project,
    read_file,
    read_shard,
    shards,
)

SAMPLE = Path(__file__).parents[1] / "sample"
HEAD = "id: 1024\nsource: MSExchangeTransport\nproduct: exchange\n"
PATH = "content/exchange/msexchangetransport/1024.yml"


def _read(root: Path, shard: Shard) -> bytes:
    return encode_shard(read_shard(root, shard))


def _state(paths: list[str], size: int = 1000) -> ContentState:
    return ContentState("content", tuple(FileState(path, size, 0, 0, 0) for path in sorted(paths)), (), (), 0)


def _write(root: Path, text: str = HEAD, path: str = PATH) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all files be old."""
    now = time.time_ns
    monkeypatch.setattr("kb_gen.load.states.time.time_ns", lambda: now() + 60_000_000_000)


def test_shards_that_other_processes_read_give_what_the_files_give(tmp_path: Path) -> None:
    _write(tmp_path, "- {id: 1, source: A, product: b, severity: bad}\n- {id: 2, source: A, product: b}\n")
    _write(tmp_path, "id: [", "content/exchange/msexchangetransport/1025.yml")
    for root in (SAMPLE, tmp_path):
        state = content_state(root)
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            found = [decode_shard(data) for data in pool.map(partial(_read, root), shards(state))]
        results = [result for shard in found for result in shard.results]
        assert results == [read_file(root, file.path) for file in state.files]


def test_what_no_shard_encodes_to_is_refused() -> None:
    for data in (b"", b"\x93\x90\x00", b"\x91\x01"):
        with pytest.raises(msgspec.DecodeError):
            decode_shard(data)


def test_an_empty_project_has_no_shards(tmp_path: Path) -> None:
    assert shards(content_state(tmp_path)) == ()
    (tmp_path / "content").mkdir()
    assert shards(content_state(tmp_path)) == ()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 10_000))
def test_shards_hold_all_files_in_order_and_none_too_many(count: int, offset: int) -> None:
    state = _state([f"content/a/b/{number}.yml" for number in range(offset, offset + count)])
    found = shards(state)
    assert tuple(file for shard in found for file in shard.files) == state.files
    assert all(64 <= len(shard.files) <= 250 for shard in found[:-1])
    assert all(shard.files for shard in found)
    assert len({shard.name for shard in found}) == len(found)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2999))
def test_a_file_that_goes_moves_only_the_borders_beside_it(gone: int) -> None:
    paths = [f"content/a/b/{number:04}.yml" for number in range(3000)]
    before = {shard.files for shard in shards(_state(paths))}
    after = {shard.files for shard in shards(_state(paths[:gone] + paths[gone + 1 :]))}
    assert len(before - after) <= 6


def test_large_files_stand_alone() -> None:
    found = shards(_state([f"content/a/b/{number}.yml" for number in range(10)], 3_000_000))
    assert [len(shard.files) for shard in found] == [1] * 10


@pytest.mark.usefixtures("later")
def test_nothing_changed(tmp_path: Path) -> None:
    _write(tmp_path)
    _write(tmp_path, "exchange: {name: Exchange}\n", "content/products.yml")
    _write(tmp_path, "x", "content/exchange/notes.txt")
    assert changed_paths(content_state(tmp_path), content_state(tmp_path)) == frozenset()


def test_a_state_can_be_kept(tmp_path: Path) -> None:
    _write(tmp_path)
    _write(tmp_path, "x", "content/exchange/notes.txt")
    state = content_state(tmp_path)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=ContentState) == state


def test_a_young_file_may_have_changed(tmp_path: Path) -> None:
    _write(tmp_path)
    assert changed_paths(content_state(tmp_path), content_state(tmp_path)) == {PATH}


@pytest.mark.usefixtures("later")
def test_what_changed_is_named(tmp_path: Path) -> None:
    folder = "content/exchange/msexchangetransport"
    for name in ("1.yml", "2.yml", "3.yml", "4.yml", "5.yml"):
        _write(tmp_path, HEAD, f"{folder}/{name}")
    _write(tmp_path, "a: {name: A}\n", "content/products.yml")
    before = content_state(tmp_path)
    _write(tmp_path, HEAD + "summary: x\n", f"{folder}/1.yml")
    (tmp_path / folder / "2.yml").unlink()
    (tmp_path / folder / "3.yml").rename(tmp_path / folder / "6.yml")
    os.utime(tmp_path / folder / "4.yml", ns=(0, 0))
    _write(tmp_path, "a: {name: Another}\n", "content/products.yml")
    _write(tmp_path, "x", f"{folder}/notes.txt")
    names = ("1.yml", "2.yml", "3.yml", "4.yml", "6.yml", "notes.txt")
    assert changed_paths(before, content_state(tmp_path)) == {
        "content/products.yml",
        *(f"{folder}/{name}" for name in names),
    }


@pytest.mark.usefixtures("later")
def test_a_content_folder_that_went_is_named(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    before = content_state(tmp_path)
    (tmp_path / "content").rmdir()
    assert changed_paths(before, content_state(tmp_path)) == {"content"}
    assert changed_paths(before, content_state(tmp_path, "other")) == {"content", "other"}


def test_other_callers_may_stand_in_for_reading(tmp_path: Path) -> None:
    _write(tmp_path)
    asked = []

    def read(root: Path, path: str) -> object:
        asked.append(path)
        return read_file(root, path)

    loaded = load_project(tmp_path, read=read)
    assert asked == [PATH]
    assert loaded.knowledge_base == load_project(tmp_path).knowledge_base

"""What is kept from one run to the next: never anything but what reading again would give, whatever lies there."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validate import broken_records

from kb_gen.diagnostics import Place, warning
from kb_gen.load import FileResult, Loaded, Shard, content_state, load_project, read_shard, shards
from kb_gen.load import cache as cache_module
from kb_gen.load.cache import MAGIC, Known, recall, remember
from kb_gen.model import Action, Entry, Parameter, Record, Step

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests/sample"
HEAD = "id: 1024\nsource: MSExchangeTransport\nproduct: exchange\n"
PATH = "content/exchange/msexchangetransport/1024.yml"


def _shown(loaded: Loaded) -> tuple[object, ...]:
    return (
        loaded.knowledge_base,
        loaded.diagnostics,
        loaded.broken,
        loaded.readable,
        loaded.gaps,
        loaded.content,
    )


def _write(root: Path, text: str, path: str = PATH) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def _only_shard(root: Path) -> Shard:
    """The project's one shard, as it would be found a minute later."""
    (shard,) = shards(content_state(root))
    return msgspec.structs.replace(shard, taken=shard.taken + 60_000_000_000)


def _pack(cache: Path) -> Path:
    (pack,) = cache.glob("*.records")
    return pack


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all files be old."""
    now = time.time_ns
    monkeypatch.setattr("kb_gen.load.states.time.time_ns", lambda: now() + 60_000_000_000)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "project"
    command = [sys.executable, str(ROOT / "benchmarks/generate.py"), "--records", "200", "--out", str(folder)]
    subprocess.run(command, check=True)
    return folder


def _equal_with_a_cache(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = _shown(load_project(root))
    now = time.time_ns
    # Young files are read again; old ones are trusted from the second time on.
    for ahead in (0, 0, 60_000_000_000, 60_000_000_000):
        monkeypatch.setattr("kb_gen.load.states.time.time_ns", lambda ahead=ahead: now() + ahead)
        assert _shown(load_project(root, cache=cache)) == fresh
    assert all(not read_shard(root, shard, cache).parsed for shard in shards(content_state(root)))


@pytest.mark.parametrize("project", [ROOT, SAMPLE], ids=["repository", "sample"])
def test_with_and_without_a_cache_the_same_is_loaded(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _equal_with_a_cache(project, tmp_path / "cache", monkeypatch)


def test_with_and_without_a_cache_the_same_is_loaded_of_many_records(
    generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _equal_with_a_cache(generated, tmp_path / "cache", monkeypatch)


@pytest.mark.parametrize("fixture", sorted(broken_records.FOLDER.glob("*.yml")), ids=lambda fixture: fixture.stem)
def test_with_and_without_a_cache_the_same_is_found_wrong(
    fixture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_records.write(broken_records.read(fixture), tmp_path / "project")
    _equal_with_a_cache(tmp_path / "project", tmp_path / "cache", monkeypatch)


def test_what_cannot_be_read_is_told_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "project"
    _write(root, HEAD)
    (root / PATH).with_name("1025.yml").write_bytes(b"id: \xff\n")
    (root / PATH).with_name("1026.yml").write_bytes(HEAD.encode("utf-16"))
    _write(root, "", "content/exchange/msexchangetransport/1027.yml")
    _write(root, "#" * 5_000_001, "content/exchange/msexchangetransport/1028.yml")
    _write(root, HEAD, "content/exchange/msexchangetransport/notes.txt")
    (root / PATH).with_name("1029.yml").symlink_to(tmp_path / "nowhere")
    fresh = load_project(root)
    assert len(fresh.diagnostics) == 6
    for _ in range(3):
        assert _shown(load_project(root, cache=tmp_path / "cache")) == _shown(fresh)


@pytest.mark.usefixtures("later")
def test_an_unchanged_file_is_not_opened(tmp_path: Path) -> None:
    _write(tmp_path, HEAD)
    before = load_project(tmp_path, cache=tmp_path / "cache")
    shutil.copytree(tmp_path / "cache", tmp_path / "kept")
    (shard,) = shards(content_state(tmp_path))
    (tmp_path / PATH).unlink()
    assert read_shard(tmp_path, shard, tmp_path / "kept").results[0].entries == before.knowledge_base.entries


@pytest.mark.usefixtures("later")
def test_a_file_that_holds_the_same_is_not_parsed(generated: Path, tmp_path: Path) -> None:
    load_project(generated, cache=tmp_path / "cache")
    root = tmp_path / "project"
    shutil.copytree(generated, root)
    for expected in (200, 0):
        found = [read_shard(root, shard, tmp_path / "cache") for shard in shards(content_state(root))]
        assert sum(result.read for result in found) == expected
        assert sum(result.parsed for result in found) == 0


@pytest.mark.usefixtures("later")
def test_an_edit_rewrites_one_pack(generated: Path, tmp_path: Path) -> None:
    root, cache = tmp_path / "project", tmp_path / "cache"
    shutil.copytree(generated, root)
    load_project(root, cache=cache)
    packs = {pack.name: pack.stat().st_ino for pack in cache.glob("*.records")}
    assert len(packs) > 1
    entry = load_project(root, cache=cache).knowledge_base.entries[100]
    assert {pack.name: pack.stat().st_ino for pack in cache.glob("*.records")} == packs
    file = root / entry.path
    file.write_text(file.read_text(encoding="utf-8") + "context: edited\n", encoding="utf-8")
    assert sum(read_shard(root, shard, cache).parsed for shard in shards(content_state(root))) == 1
    after = {pack.name: pack.stat().st_ino for pack in cache.glob("*.records")}
    assert after.keys() == packs.keys()
    assert sum(after[name] != inode for name, inode in packs.items()) == 1


@pytest.mark.usefixtures("later")
def test_packs_of_files_that_went_are_removed(generated: Path, tmp_path: Path) -> None:
    root, cache = tmp_path / "project", tmp_path / "cache"
    shutil.copytree(generated, root)
    load_project(root, cache=cache)
    killed = cache / f".{_first(cache).name}.0123abcd.new"
    running = cache / f".{_first(cache).name}.4567abcd.new"
    foreign = cache / "notes.records"
    for file in (killed, running, foreign):
        file.write_bytes(b"half")
    os.utime(killed, (0, 0))
    shutil.rmtree(root / "content")
    _write(root, HEAD)
    load_project(root, cache=cache)
    assert sorted(path.name for path in cache.iterdir()) == sorted(
        [".gitignore", running.name, foreign.name, _only_shard(root).name]
    )


def _first(cache: Path) -> Path:
    return min(cache.glob("*.records"))


def test_version_control_passes_the_cache_over(tmp_path: Path) -> None:
    _write(tmp_path, HEAD)
    load_project(tmp_path, cache=tmp_path / "deep/cache")
    assert "*" in (tmp_path / "deep/cache/.gitignore").read_text().splitlines()


# Times that lie


def test_an_edit_of_the_same_length_within_a_moment_is_seen(tmp_path: Path) -> None:
    file = _write(tmp_path, f"{HEAD}summary: 000\n")
    for number in range(200):
        file.write_text(f"{HEAD}summary: {number:03}\n")
        os.utime(file, ns=(0, 0))
        (entry,) = load_project(tmp_path, cache=tmp_path / "cache").knowledge_base.entries
        assert entry.record.summary == f"{number:03}"


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("replaced", [False, True])
def test_an_edit_that_keeps_length_and_time_is_seen(tmp_path: Path, replaced: bool) -> None:
    file = _write(tmp_path, f"{HEAD}summary: abc\n")
    status = file.stat()
    load_project(tmp_path, cache=tmp_path / "cache")
    # The kernel's clock advances in steps of some milliseconds.
    time.sleep(0.05)
    target = file.with_name("other") if replaced else file
    target.write_text(f"{HEAD}summary: xyz\n")
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    target.replace(file)
    (entry,) = load_project(tmp_path, cache=tmp_path / "cache").knowledge_base.entries
    assert entry.record.summary == "xyz"


def test_a_young_file_is_trusted_only_once_it_has_been_read_again(tmp_path: Path) -> None:
    _write(tmp_path, HEAD)
    young = shards(content_state(tmp_path))[0]
    old = _only_shard(tmp_path)
    cache = tmp_path / "cache"
    results = [read_shard(tmp_path, shard, cache) for shard in (young, young, old, old)]
    counts = [(found.read, found.parsed) for found in results]
    assert counts == [(1, 1), (1, 0), (1, 0), (0, 0)]


def test_a_time_in_the_future_is_never_trusted(tmp_path: Path) -> None:
    file = _write(tmp_path, HEAD)
    os.utime(file, ns=(2**62, 2**62))
    counts = [read_shard(tmp_path, _only_shard(tmp_path), tmp_path / "cache").read for _ in range(3)]
    assert counts == [1, 1, 1]


# What else may lie there


def _signed(payload: bytes, version: bytes | None = None) -> bytes:
    version = version or cache_module.format_version() or b""
    return MAGIC + version + zlib.crc32(payload).to_bytes(4, "little") + payload


@pytest.fixture
def packed(tmp_path: Path, later: None) -> tuple[Path, Path, object]:
    """A project with a few records and a warning, its cache, and what it loads."""
    root = tmp_path / "project"
    shutil.copytree(SAMPLE, root)
    _write(root, f"{HEAD}summery: x\nexplanation: |\n  Some text.\n", "content/exchange/msexchangetransport/9999.yml")
    fresh = _shown(load_project(root))
    load_project(root, cache=tmp_path / "cache")
    return root, tmp_path / "cache", fresh


def test_a_pack_that_is_cut_off_counts_for_nothing(packed: tuple[Path, Path, object]) -> None:
    root, cache, fresh = packed
    whole = _pack(cache).read_bytes()
    for length in range(0, len(whole), 50):
        _pack(cache).write_bytes(whole[:length])
        assert _shown(load_project(root, cache=cache)) == fresh
        assert _pack(cache).read_bytes() == whole


def test_a_damaged_pack_counts_for_nothing(packed: tuple[Path, Path, object]) -> None:
    root, cache, fresh = packed
    whole = _pack(cache).read_bytes()
    chance = random.Random(1)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 2, 50))):
            damaged[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
        _pack(cache).write_bytes(damaged)
        assert _shown(load_project(root, cache=cache)) == fresh


@pytest.mark.parametrize(
    "data",
    [
        b"",
        MAGIC,
        b"\0" * 100,
        random.Random(2).randbytes(1000),
        b"\x80\x04\x95\x1f\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x8c\x06system\x93.",
        _signed(b""),
        _signed(b"\xdd\xff\xff\xff\xff"),
        _signed(b"\x91" * 100_000),
        _signed(msgspec.msgpack.encode([["a", 1, 2]])),
        _signed(msgspec.msgpack.encode({"a": 1})),
    ],
    ids=range(10),
)
def test_any_other_file_counts_for_nothing(packed: tuple[Path, Path, object], data: bytes) -> None:
    root, cache, fresh = packed
    _pack(cache).write_bytes(data)
    assert _shown(load_project(root, cache=cache)) == fresh


@pytest.mark.parametrize(
    "make",
    [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path.parent / "elsewhere")],
    ids=["folder", "pipe", "link"],
)
def test_what_is_no_file_counts_for_nothing(packed: tuple[Path, Path, object], make: Callable[[Path], None]) -> None:
    root, cache, fresh = packed
    pack = _pack(cache)
    pack.unlink()
    make(pack)
    assert _shown(load_project(root, cache=cache)) == fresh
    assert not (cache / "elsewhere").exists()


def test_another_version_counts_for_nothing(packed: tuple[Path, Path, object], monkeypatch: pytest.MonkeyPatch) -> None:
    root, cache, _ = packed
    monkeypatch.setattr(cache_module, "format_version", lambda: b"another version!")
    (shard,) = shards(content_state(root))
    assert read_shard(root, shard, cache).parsed == len(shard.files)
    assert read_shard(root, shard, cache).parsed == 0


def test_without_a_version_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, HEAD)
    monkeypatch.setattr(cache_module, "format_version", lambda: None)
    for _ in range(2):
        assert read_shard(tmp_path, _only_shard(tmp_path), tmp_path / "cache").parsed == 1
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("later")
def test_the_cache_of_another_project_counts_for_nothing(tmp_path: Path) -> None:
    one, other, cache = tmp_path / "one", tmp_path / "other", tmp_path / "cache"
    _write(one, f"{HEAD}summary: one\n")
    _write(other, f"{HEAD}summary: two\n")
    for _ in range(3):
        for root, summary in ((one, "one"), (other, "two")):
            (entry,) = load_project(root, cache=cache).knowledge_base.entries
            assert entry.record.summary == summary


@pytest.mark.parametrize("path", ["file", "file/below"])
def test_without_a_place_for_the_cache_all_is_read(tmp_path: Path, path: str) -> None:
    _write(tmp_path, HEAD)
    (tmp_path / "file").write_text("kept")
    for _ in range(2):
        assert len(load_project(tmp_path, cache=tmp_path / path).knowledge_base.entries) == 1
    assert (tmp_path / "file").read_text() == "kept"


def test_several_builds_at_once_disturb_no_other(generated: Path, tmp_path: Path) -> None:
    fresh = _shown(load_project(generated))
    for _ in range(3):
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        with ThreadPoolExecutor(4) as threads:
            found = threads.map(lambda _: _shown(load_project(generated, cache=tmp_path / "cache")), range(8))
            assert all(each == fresh for each in found)
    assert not [file for file in (tmp_path / "cache").iterdir() if file.suffix == ".new"]


# What somebody may have made up

RECORD = Record("1024", "MSExchangeTransport", "exchange")


def _deep(levels: int) -> Step:
    step = Step(text="x")
    for _ in range(levels):
        step = Step(text="x", steps=(step,))
    return step


def _known(result: FileResult) -> Known:
    raw = remember(result)
    assert raw is not None
    return Known(_state(), True, b"", raw)


def _state() -> cache_module.FileState:
    return cache_module.FileState(PATH, 1, 1, 1, 1)


@pytest.mark.parametrize(
    "result",
    [
        FileResult((Entry(RECORD, "content/../../secret"),)),
        FileResult((Entry(RECORD, PATH, -1),)),
        FileResult((Entry(Record("9" * 5000, "a", "b"), PATH),)),
        FileResult((Entry(Record("../1", "a", "b"), PATH),)),
        FileResult((Entry(Record("1", "a", "b", parameters={0: Parameter("x")}), PATH),)),
        FileResult((Entry(Record("1", "a", "b", actions=(Action(steps=(_deep(60),)),)), PATH),)),
        FileResult(partial=(Entry(RECORD, PATH),)),
        FileResult(diagnostics=(warning("a", "b", Place("/etc/passwd", 0, 1)),)),
        FileResult(diagnostics=(warning("a", "b", Place(PATH, -4, 1)),)),
        FileResult(diagnostics=(warning("a", "b", Place(PATH, 4, 1)),)),
        FileResult(diagnostics=(warning("a", "b"),)),
        FileResult(diagnostics=(warning("a", "b", Place(PATH), related=(Place("other"),)),)),
        FileResult(gaps=(("other", ()),)),
    ],
)
def test_what_no_file_can_give_is_not_believed(result: FileResult) -> None:
    assert recall(_known(result)) is None


def test_steps_may_be_as_deep_as_a_file_can_nest_them(tmp_path: Path) -> None:
    inner = "{text: x}"
    for _ in range(17):
        inner = f"{{text: x, steps: [{inner}]}}"
    _write(tmp_path, f"{HEAD}actions: [{inner}]\n")
    for _ in range(2):
        found = read_shard(tmp_path, _only_shard(tmp_path), tmp_path / "cache")
        assert found.results[0].diagnostics == ()
    assert found.parsed == 0


def test_steps_beyond_all_depth_are_not_believed() -> None:
    nested = msgspec.msgpack.encode({"text": "x", "steps": []})
    payload = nested.replace(b"\x90", b"\x91") * 50_000 + nested
    raw = msgspec.msgpack.encode([[{"record": {"id": "1", "source": "a", "product": "b"}, "path": PATH}]])
    assert recall(Known(_state(), True, b"", msgspec.Raw(raw))) is not None
    forged = raw.replace(b"\x83\xa2id", b"\x84\xa7actions\x91" + payload + b"\xa2id")
    assert recall(Known(_state(), True, b"", msgspec.Raw(forged))) is None


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_forged_pack_never_breaks_a_build(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.getbasetemp() / "forged"
    root, cache = folder / "project", folder / "cache"
    if not root.exists():
        _write(root, f"{HEAD}summery: x\nactions:\n- text: Do it.\n  steps: [{{text: First.}}]\n")
    shard = _only_shard(root)
    read_shard(root, shard, cache)
    payload = bytearray(_pack(cache).read_bytes()[len(MAGIC) + 20 :])
    for _ in range(data.draw(st.integers(1, 4))):
        payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    _pack(cache).write_bytes(_signed(bytes(payload)))
    (result,) = read_shard(root, shard, cache).results
    assert all(entry.path == PATH for entry in (*result.entries, *result.partial))
    assert all(finding.place is not None and finding.place.path == PATH for finding in result.diagnostics)
    (cache / _pack(cache).name).unlink()

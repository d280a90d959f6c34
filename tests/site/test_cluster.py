"""Builds on a real Dask cluster, of processes of this machine, and on clusters that can't do the work."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from buckets import Bucket
from click.testing import CliRunner, Result
from site_trees import copy_sample, site_files

import kb_gen
from kb_gen.cli.build import command
from kb_gen.load import content_state
from kb_gen.site import cluster as on_cluster
from kb_gen.site import worker
from kb_gen.site.build import build_site
from kb_gen.site.cluster import dask_workers
from kb_gen.site.outputs import MARKER, Disk
from kb_gen.site.plugin import read_settings
from kb_gen.site.worker import PageMaker
from kb_gen.site.workers import ClusterError, shared

pytest.importorskip("distributed", reason="needs Dask: install kb_gen[cluster]")

_RECORDS = 300
"""Enough for several tasks in each stage."""

_PATIENCE = 30
"""Seconds after which a process that should be there won't come."""

_LOCAL = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--no-dashboard")


class _Cluster:
    """A scheduler and its workers, processes of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._logs: list[Path] = []
        self._processes: list[subprocess.Popen[bytes]] = []
        self._file = folder / "scheduler.json"
        # Should this process be killed, the scheduler ends some time later by itself, and the workers with it.
        self._start("scheduler", "--port", "0", "--idle-timeout", "300", "--scheduler-file", str(self._file))
        _until(lambda: self._file.exists() and self._file.read_bytes().endswith(b"}"))

    @property
    def scheduler(self) -> str:
        address: str = json.loads(self._file.read_bytes())["address"]
        return address

    def add_worker(self) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--no-nanny", "--death-timeout", "60", "--local-directory", str(self._folder))
        return self._start("worker", self.scheduler, *options)

    def wait_for_workers(self) -> None:
        _until(lambda: all(b"Registered to:" in log.read_bytes() for log in self._logs[1:]))

    def lose_scheduler(self) -> None:
        self._processes[0].kill()

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = self._folder / f"{len(self._logs)}.log"
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(kb_gen.__file__).parents[1]),
            # So long a dead worker is asked for what it has done, before another does it again.
            "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s",
        }
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{program}", *_LOCAL, *arguments],
                cwd=self._folder,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._logs.append(log)
        self._processes.append(process)
        return process


@contextmanager
def _cluster(folder: Path) -> Iterator[_Cluster]:
    made = None
    try:
        made = _Cluster(folder)
        yield made
    finally:
        if made:
            made.stop()


def _until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, "a process of the cluster didn't start"
        time.sleep(0.02)


def _project(folder: Path, records: int) -> Path:
    root = copy_sample(folder)
    for number in range(9000, 9000 + records):
        text = f"id: {number}\nsource: ShopService\nproduct: shop\nversion: '2.0'\nsummary: One of many.\n"
        (root / "content/shop/shopservice" / f"{number}.yml").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _project(tmp_path_factory.mktemp("cluster"), _RECORDS)


@pytest.fixture(scope="module")
def expected(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as one process builds it."""
    site = tmp_path_factory.mktemp("expected")
    assert not build_site(read_settings(project / "mkdocs.yml", site), jobs=1).failed
    return site_files(site)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Cluster]:
    """A cluster with one worker."""
    with _cluster(tmp_path_factory.mktemp("dask")) as made:
        made.add_worker()
        made.wait_for_workers()
        yield made


class _InTheMiddle:
    """Does something once, when the first pages of a build are on disk and most are yet to be made."""

    def __init__(self, what: Callable[[], object]) -> None:
        self._what: Callable[[], object] | None = what
        self._total = 0
        self.done = 0

    def stage(self, name: str, total: int) -> None:
        self._total = total

    def advance(self, count: int) -> None:
        self.done += count
        if self._what:
            assert self.done < self._total / 2
            what, self._what = self._what, None
            what()


def _build(project: Path, site: Path, cluster: _Cluster, progress: _InTheMiddle) -> dict[str, bytes]:
    settings = read_settings(project / "mkdocs.yml", site)
    with dask_workers(cluster.scheduler, settings, Disk(settings.site_dir)) as workers:
        assert not build_site(settings, workers=workers, progress=progress).failed
    return site_files(site)


@pytest.fixture
def _pages_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages come in small portions, and this process can't make any."""

    def make(*_: object) -> None:
        pytest.fail("a page was made outside the cluster")

    monkeypatch.setattr(PageMaker, "make", make)
    monkeypatch.setattr(worker, "_CHUNK", 20)


@pytest.mark.usefixtures("_pages_elsewhere")
def test_a_worker_that_dies_in_mid_build_changes_no_byte(
    project: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    with _cluster(tmp_path) as cluster:
        victim, _ = cluster.add_worker(), cluster.add_worker()
        cluster.wait_for_workers()
        progress = _InTheMiddle(victim.kill)
        assert _build(project, tmp_path / "site", cluster, progress) == expected
        assert victim.wait() != 0
    assert progress.done == 2 * (_RECORDS + 3)


@pytest.mark.usefixtures("_pages_elsewhere")
def test_a_cluster_that_loses_all_workers_goes_on_with_the_next(
    project: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    with _cluster(tmp_path) as cluster:
        first = cluster.add_worker()
        cluster.wait_for_workers()

        def replace() -> None:
            first.kill()
            cluster.add_worker()

        assert _build(project, tmp_path / "site", cluster, _InTheMiddle(replace)) == expected


def test_tasks_share_a_value_and_raise_here_what_they_raise_there(
    project: Path, cluster: _Cluster, tmp_path: Path
) -> None:
    settings = read_settings(project / "mkdocs.yml", tmp_path)
    with dask_workers(cluster.scheduler, settings, Disk(settings.site_dir)) as workers:
        with workers.executor({"answer": 42}) as executor:
            assert [executor.submit(shared).result(_PATIENCE) for _ in range(2)] == [{"answer": 42}] * 2
            with pytest.raises(ValueError, match="invalid literal"):
                executor.submit(int, "x").result(_PATIENCE)
            with pytest.raises(FileNotFoundError) as failure:
                executor.submit(os.stat, "/there/is/no/such").result(_PATIENCE)
            assert failure.value.filename == "/there/is/no/such"
        with workers.executor("next") as executor:
            assert executor.submit(shared).result(_PATIENCE) == "next"
    assert not [*tmp_path.iterdir()], "what workers looked for is still there"


def test_a_build_may_be_called_where_an_event_loop_runs(project: Path, cluster: _Cluster, tmp_path: Path) -> None:
    async def build() -> None:
        settings = read_settings(project / "mkdocs.yml", tmp_path)
        with (
            dask_workers(cluster.scheduler, settings, Disk(settings.site_dir)) as workers,
            workers.executor("here") as executor,
        ):
            assert executor.submit(shared).result(_PATIENCE) == "here"

    # In a thread of its own, because this one's may be running a browser's loop.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, build()).result(_PATIENCE)


def _command(project: Path, site: Path, *arguments: str) -> Result:
    options = ["--config-file", str(project / "mkdocs.yml"), "--site-dir", str(site), *arguments]
    return CliRunner().invoke(command, options, standalone_mode=False)


def test_the_command_builds_on_a_cluster(
    project: Path, expected: dict[str, bytes], cluster: _Cluster, tmp_path: Path
) -> None:
    result = _command(project, tmp_path, "--executor", "dask", "--scheduler", cluster.scheduler)
    assert result.return_value == 0, result.output
    assert site_files(tmp_path) == expected


def test_a_cluster_writes_into_a_bucket(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Few records, in small portions: the S3 server takes far longer for a file than a disk does.
    project = _project(tmp_path / "few", 30)
    monkeypatch.setattr(worker, "_CHUNK", 10)
    assert not build_site(read_settings(project / "mkdocs.yml", tmp_path / "site"), jobs=1).failed
    expected = site_files(tmp_path / "site")
    options = ["--config-file", str(project / "mkdocs.yml"), "--output", bucket.address]
    # A cluster of its own: its processes have to know where the bucket is.
    with _cluster(tmp_path) as own:
        own.add_worker()
        own.wait_for_workers()
        for changed in (True, False):
            bucket.asked()
            result = CliRunner().invoke(
                command, [*options, "--executor", "dask", "--scheduler", own.scheduler], standalone_mode=False
            )
            assert result.return_value == 0, result.exception
            assert (", 0 changed" in result.output) != changed
            assert {MARKER: expected[MARKER], **bucket.files()} == expected
    assert bucket.asked()["PUT"] == 0


def _refusal(project: Path, scheduler: str, site: Path) -> str:
    """Why a cluster can't be used: one line, and nothing is built."""
    result = _command(project, site, "--executor", "dask", "--scheduler", scheduler)
    assert type(result.exception).__name__ == "ClickException"
    assert not (site / "index.html").exists()
    message = str(result.exception)
    assert "\n" not in message
    return message


def test_dask_has_to_be_installed(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "install kb-gen[cluster]" in _refusal(project, "tcp://127.0.0.1:1", tmp_path)


def test_the_scheduler_has_to_answer(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_cluster, "_PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        assert "said nothing" in _refusal(project, address, tmp_path)
    assert f"no Dask scheduler answers at {address}" in _refusal(project, address, tmp_path)
    assert "unknown address scheme" in _refusal(project, "carrier-pigeon://roof", tmp_path)


def test_there_have_to_be_workers(project: Path, tmp_path: Path) -> None:
    with _cluster(tmp_path) as cluster:
        assert "has no workers" in _refusal(project, cluster.scheduler, tmp_path / "site")


def test_all_have_to_run_the_same_program(
    project: Path, cluster: _Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_cluster, "versions", lambda _: (("kb-gen", "0.0.1"),))
    assert _refusal(project, cluster.scheduler, tmp_path).endswith(", and this machine 0.0.1")


def test_workers_have_to_see_the_project_and_the_site(
    project: Path, cluster: _Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def elsewhere(folder: Path) -> Iterator[tuple[Path, bytes]]:
        yield folder / "on another machine", b""

    with dask_workers(cluster.scheduler, read_settings(project / "mkdocs.yml"), Disk(tmp_path)) as workers:
        monkeypatch.setattr(on_cluster, "_probe", elsewhere)
        # As a worker would find that came later.
        with (
            workers.executor(None) as executor,
            pytest.raises(ClusterError, match=r"worker tcp://.* doesn't see .* as this machine does"),
        ):
            executor.submit(shared).result(_PATIENCE)
    assert f"doesn't see {project}" in _refusal(project, cluster.scheduler, tmp_path)


def test_workers_have_to_see_the_same_records(
    project: Path, cluster: _Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = max(project.glob("content/*/*/*.yml"), key=lambda file: file.stat().st_mtime)
    content = record.read_bytes()

    @contextmanager
    def changing(folder: Path) -> Iterator[tuple[Path, bytes]]:
        # Workers are asked after this: they see a record that is another one here.
        record.write_bytes(content + b"# changed\n")
        yield project / "mkdocs.yml", hashlib.sha256((project / "mkdocs.yml").read_bytes()).digest()

    monkeypatch.setattr(on_cluster, "_probe", changing)
    try:
        assert f"doesn't see {record.parent} as this machine does" in _refusal(project, cluster.scheduler, tmp_path)
    finally:
        record.write_bytes(content)


def test_the_newest_files_are_in_a_sample(tmp_path: Path) -> None:
    files = [tmp_path / f"content/shop/{number}.yml" for number in range(1000)]
    files[0].parent.mkdir(parents=True)
    for number, file in enumerate(files):
        file.touch()
        os.utime(file, (number, number))
    (tmp_path / "content/shop/other.txt").touch()
    found = [tmp_path / state.path for state in on_cluster._sample(content_state(tmp_path).files)]
    assert found[:100] == files[:-101:-1]
    assert 80 < len(set(found[100:])) < 120
    assert on_cluster._sample(content_state(tmp_path, "missing").files) == []


class _Slow:
    """A task that is done and whose result doesn't come."""

    def __init__(self, status: str, told: Callable[[], None]) -> None:
        self.status = status
        self.told = told

    def result(self, timeout: float) -> object:
        self.told()
        raise TimeoutError(timeout)


def test_nobody_waits_for_results_of_a_build_that_was_interrupted(
    project: Path, cluster: _Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_cluster, "_LOOK", 0.01)
    with (
        dask_workers(cluster.scheduler, read_settings(project / "mkdocs.yml"), Disk(tmp_path)) as workers,
        workers.executor(None) as executor,
    ):
        assert isinstance(executor, on_cluster._OnCluster)
        failed: Any = _Slow("error", lambda: None)
        with pytest.raises(TimeoutError):
            executor._fetched(failed)
        slow: Any = _Slow("finished", lambda: setattr(executor, "_open", False))
        with pytest.raises(CancelledError):
            executor._fetched(slow)


def test_a_build_without_its_scheduler_ends(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_CHUNK", 20)
    # For so long, the client hopes that it comes back.
    monkeypatch.setattr(on_cluster, "_PATIENCE", 3.0)
    with _cluster(tmp_path) as cluster:
        cluster.add_worker()
        cluster.wait_for_workers()
        with pytest.raises(ClusterError, match=r"the connection to the Dask scheduler at .* is lost"):
            _build(project, tmp_path / "site", cluster, _InTheMiddle(cluster.lose_scheduler))

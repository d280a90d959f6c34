"""A part of a build in a process of its own: what it gives and raises, and what becomes of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from site_trees import copy_sample, replaced, site_files

from kb_gen.site import build
from kb_gen.site.apart import apart
from kb_gen.site.build import build_site
from kb_gen.site.engines import ConfigurationError
from kb_gen.site.engines.mkdocs.shells import ShellError
from kb_gen.site.engines.zensical.slots import UnfilledSlotError
from kb_gen.site.fulltext import IndexRecord, MissingPagefindError, PagefindError, Shelf
from kb_gen.site.outcome import Outcome
from kb_gen.site.outputs import Disk, ForeignFolderError, OutputError
from kb_gen.site.plugin import read_settings
from kb_gen.site.processes import can_fork
from kb_gen.site.progress import Progress
from kb_gen.site.workers import ClusterError

pytestmark = pytest.mark.skipif(not can_fork(), reason="the system can't fork")


class _Seen:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def stage(self, name: str, total: int) -> None:
        self.told.append((name, total))

    def advance(self, count: int) -> None:
        self.told.append(count)


def test_a_task_apart_gives_its_value_and_tells_how_far_it_is() -> None:
    def task(number: int, progress: Progress) -> tuple[int, int]:
        progress.stage("Counting", number)
        progress.advance(2)
        return os.getpid(), number + 1

    seen = _Seen()
    pid, value = apart(task, 5, seen)
    assert pid != os.getpid()
    assert value == 6
    assert seen.told == [("Counting", 5), 2]
    assert apart(task, 5, None)[1] == 6


@pytest.mark.parametrize(
    "failure",
    [
        ConfigurationError(Path("mkdocs.yml"), "it can't be so"),
        PagefindError("it doesn't start"),
        MissingPagefindError(),
        ForeignFolderError("somebody's"),
        OutputError("out of reach"),
        ClusterError("nobody there"),
        OSError(28, "No space left on device", "site/index.html"),
        ShellError("it has no body"),
        UnfilledSlotError("title"),
        SystemExit(3),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_what_a_task_apart_raises_is_raised_here(failure: BaseException) -> None:
    def task(_: None, __: Progress) -> None:
        raise failure

    with pytest.raises(type(failure)) as caught:
        apart(task, None, None)
    assert type(caught.value) is type(failure)
    assert str(caught.value) == str(failure)
    assert vars(caught.value) == vars(failure)
    # Where it was raised.
    assert "in task" in str(caught.value.__cause__)


def test_of_a_failure_that_cannot_travel_the_text_does() -> None:
    class OddError(Exception):
        def __init__(self, first: int, second: int) -> None:
            super().__init__(f"{first} and {second}")

    def task(_: None, __: Progress) -> None:
        raise OddError(1, 2)

    with pytest.raises(RuntimeError, match=r"OddError: 1 and 2"):
        apart(task, None, None)


def test_a_task_apart_that_is_killed_is_told() -> None:
    def task(_: None, __: Progress) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(BrokenProcessPool):
        apart(task, None, None)


def test_whoever_is_interrupted_ends_the_task_apart(tmp_path: Path) -> None:
    def task(_: None, progress: Progress) -> None:
        (tmp_path / "pid").write_text(str(os.getpid()), encoding="utf-8")
        progress.stage("Waiting", 0)
        time.sleep(600)

    class Interrupted(_Seen):
        def stage(self, name: str, total: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart(task, None, Interrupted())
    pid = int((tmp_path / "pid").read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_task_apart_finishes_what_it_has_begun_when_it_is_to_end(tmp_path: Path) -> None:
    def task(_: None, progress: Progress) -> None:
        with tempfile.TemporaryDirectory(dir=tmp_path):
            progress.stage("Waiting", 0)
            # More than a pipe holds, to somebody who doesn't listen any more.
            for _number in range(100_000):
                progress.advance(1)
            time.sleep(600)

    class Interrupted(_Seen):
        def stage(self, name: str, total: int) -> None:
            time.sleep(0.3)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart(task, None, Interrupted())
    assert list(tmp_path.iterdir()) == []


def test_what_a_task_apart_has_begun_ends_as_everywhere() -> None:
    def task(_: None, __: Progress) -> set[int | None]:
        return {ended_at_once() for _ in range(100)}

    def ended_at_once() -> int | None:
        process = multiprocessing.get_context("fork").Process(target=time.sleep, args=(600,))
        process.start()
        process.terminate()
        process.join(10)
        process.kill()
        process.join()
        return process.exitcode

    assert apart(task, None, None) == {-signal.SIGTERM}


_ENDED_WHILE_IT_FORKS = """
import os, signal, time
from kb_gen.site.apart import apart

forking = []

def end():
    if forking == [os.getpid()]:
        forking.clear()
        os.kill(os.getpid(), signal.SIGTERM)

os.register_at_fork(before=end)

def task(_, progress):
    forking.append(os.getpid())
    if os.fork() == 0:
        os._exit(0)
    time.sleep(60)

try:
    apart(task, None, None)
except BaseException as reason:
    print(type(reason).__name__)
"""


def test_a_task_apart_that_is_to_end_while_it_forks_ends() -> None:
    command = [sys.executable, "-c", _ENDED_WHILE_IT_FORKS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert (done.stdout, done.stderr) == ("BrokenProcessPool\n", "")


_ALONE = """
import os, sys, time
from kb_gen.site.apart import apart

def task(_, progress):
    print(os.getpid(), flush=True)
    while True:
        progress.advance(1)
        time.sleep(0.01)

apart(task, None, None)
"""


def test_a_task_apart_ends_when_whoever_waits_for_it_is_killed() -> None:
    waiting = subprocess.Popen(
        [sys.executable, "-c", _ALONE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert waiting.stdout
    assert int(waiting.stdout.readline()) != waiting.pid
    waiting.kill()
    # The task's ends of these files are closed only when it has ended, too.
    _, said = waiting.communicate(timeout=60)
    assert said == ""


def test_what_search_is_told_is_shelved_in_the_cache_folder_of_a_project_that_has_none_yet(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / ".kb-gen")
    shelf.open()
    assert (tmp_path / ".kb-gen/.gitignore").exists()
    assert [one.data for one in shelf.put([IndexRecord(7, b"told", b"")])] == [b"told"]


def _built(folder: Path, change: Callable[[Path], None] = lambda _: None) -> tuple[Outcome, list[str]]:
    folder.mkdir()
    project = copy_sample(folder)
    config = project / "mkdocs.yml"
    replaced("mkdocs.yml", "kb-gen:\n", "kb-gen:\n      search: pagefind\n")(project)
    change(project)
    seen = _Seen()
    outcome = build_site(read_settings(config, folder / "site"), jobs=2, progress=seen)
    return outcome, [name for name, _ in (told for told in seen.told if isinstance(told, tuple))]


@pytest.mark.parametrize("few", [pytest.param(0, id="index afterwards"), pytest.param(60, id="index beside lists")])
def test_a_large_site_whose_pages_are_made_apart_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    here, stages = _built(tmp_path / "here")
    monkeypatch.setattr(build, "_LARGE", 0)
    monkeypatch.setattr(build, "_FEW", few)
    threads = threading.active_count()
    other, apart_stages = _built(tmp_path / "apart")
    assert site_files(tmp_path / "apart/site") == site_files(tmp_path / "here/site")
    assert any(url.endswith(".pf_index") for url in site_files(tmp_path / "apart/site"))
    assert apart_stages == stages
    assert [timing.stage for timing in other.timings] == [timing.stage for timing in here.timings]
    assert other.coverage == here.coverage
    assert (other.pages, len(other.publication.files)) == (here.pages, len(here.publication.files))
    assert threading.active_count() == threads
    # The next build has nothing to do there, and removes what is nobody's.
    (tmp_path / "apart/site/stray.html").write_text("", encoding="utf-8")
    again = build_site(other.settings, jobs=2)
    assert (again.publication.changed, again.publication.removed) == (0, 1)


def test_who_has_begun_to_look_through_the_output_tells_the_process_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = _built(tmp_path / "site")
    (tmp_path / "site/site/stray.html").write_text("", encoding="utf-8")
    monkeypatch.setattr(build, "_LARGE", 0)
    output = Disk(tmp_path / "site/site")
    output.look_ahead()
    again = build_site(first.settings, output, jobs=2)
    assert (again.publication.changed, again.publication.removed) == (0, 1)
    # Nor does it wait for somebody where nobody has asked.
    output = Disk(tmp_path / "site/site")
    output.look_ahead()
    replaced("content/shop/shopservice/100.yml", "source:", "sauce:")(tmp_path / "site/project")
    assert build_site(first.settings, output, jobs=2).failed
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("long_ago")
def test_an_edit_of_a_large_site_is_not_made_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = _built(tmp_path / "site")
    monkeypatch.setattr(build, "_LARGE", 0)
    monkeypatch.setattr(build, "apart", lambda *_: pytest.fail("a process of its own"))
    change = replaced("content/shop/shopservice/100.yml", "severity: error", "severity: warning")
    change(tmp_path / "site/project")
    edited = build_site(first.settings, jobs=2)
    assert edited.publication.changed
    monkeypatch.undo()
    _built(tmp_path / "other", change)
    assert site_files(tmp_path / "site/site") == site_files(tmp_path / "other/site")


def test_findings_of_a_large_site_keep_it_from_being_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "_LARGE", 0)
    wrong = replaced("content/shop/shopservice/100.yml", "source:", "sauce:")
    outcome, stages = _built(tmp_path / "wrong", wrong)
    assert outcome.failed
    assert stages == ["Reading records and catalogs"]
    assert [timing.stage for timing in outcome.timings] == stages
    assert not (tmp_path / "wrong/site").exists()

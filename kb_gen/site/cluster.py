"""A build's tasks are done on a Dask cluster.

Its workers see the project, and the site where that is a folder, under the same paths as this process does, and run
the same program: both are looked at before anything begins, and again with each task. What gets lost with a worker is
done again by another, and gives the same bytes, because files are written whole.

Pickles go between this process and the cluster that the user has named, and nowhere else.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from kb_gen.load import CACHE_FOLDER, FileState, content_state
from kb_gen.site.cluster_stage import Needs, Stage, do, packed, unmet, versions
from kb_gen.site.evidence import files_below
from kb_gen.site.outputs import MARKER, Disk, Output
from kb_gen.site.settings import Settings
from kb_gen.site.workers import ClusterError, Workers

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as DaskFuture

__all__ = ["dask_workers"]

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE = 10.0
"""Seconds to wait for the scheduler's answer."""

_WORKER_PATIENCE = 60.0
"""Seconds to wait, in the middle of a build, for another worker when all are lost."""

_MOST_LOSSES = 5
"""How often all workers may be lost before something else must be wrong."""

_SAMPLE = 100
"""As many of a project's newest files are compared with what workers see, and about as many of the others."""

_LOOK = 2.0
"""Seconds after which it is looked first whether anybody still waits for a result that is being fetched."""

_WHY = "their logs say why, and often it is memory"

_LOGGERS = ("distributed", "distributed.client")
"""Those that Dask gives a level of their own; all others of its loggers are below the first."""


async def _knock(scheduler: str) -> None:
    """Connect and go again. Dask's client would wait for ever for a server that listens and says nothing."""
    connect: Any = import_module("distributed.comm").connect
    security: Any = import_module("distributed.security").Security()
    try:
        async with asyncio.timeout(2 * _PATIENCE):
            connection = await connect(scheduler, timeout=_PATIENCE, **security.get_connection_args("client"))
    except TimeoutError as reason:
        message = f"something takes connections there, but said nothing for {_PATIENCE:.0f} seconds"
        raise TimeoutError(message) from reason
    connection.abort()


@contextmanager
def _quiet_loggers() -> Iterator[None]:
    """Dask tells of each lost connection with a traceback; what comes of it is said by exceptions."""
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _one_line(reason: BaseException) -> str:
    return " ".join(str(reason).split()) or type(reason).__name__


@contextmanager
def dask_workers(scheduler: str, settings: Settings, output: Output) -> Iterator[Workers]:
    """Connect with a Dask cluster that does the tasks of a site's build.

    Args:
        scheduler: the address of its scheduler, such as `tcp://10.0.0.5:8786`.
        settings: what is to be built.
        output: where to.

    Raises:
        ClusterError: if Dask isn't installed here, or the cluster can't do the work.
    """
    try:
        distributed: Any = import_module("distributed")  # an extra, and slow to import
    except ImportError as reason:
        message = "to build on a cluster takes Dask: install kb-gen[cluster]"
        raise ClusterError(message) from reason
    with _quiet_loggers(), ExitStack() as stack:
        try:
            # In a thread of its own: the caller's may run an event loop already, as one in a notebook does.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, _knock(scheduler)).result()
            # Dask warns of unequal versions in a table; the first difference that matters is told below.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                client = stack.enter_context(distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False))
        except Exception as reason:  # whatever a server of another kind makes of Dask's words, or Dask of its
            message = f"no Dask scheduler answers at {scheduler}: {_one_line(reason)}"
            raise ClusterError(message) from reason
        workers = _DaskWorkers(client, scheduler, settings, output)
        workers.check()
        yield workers


class _DaskWorkers:
    """The workers of a Dask cluster."""

    def __init__(self, client: Client, scheduler: str, settings: Settings, output: Output) -> None:
        self._client = client
        self._scheduler = scheduler
        self._settings = settings
        self._folder = output.folder if isinstance(output, Disk) else None
        self._versions = versions(("zensical",) if settings.engine == "zensical" else ())

    def check(self) -> None:
        """Make sure that scheduler and workers run this program, and that the workers see what this process sees.

        Raises:
            ClusterError: if they don't, or if there are none.
        """
        seen = self._read()
        with self._probes() as probes:
            needs = Needs(self._versions, (*seen, *probes))
            run: Any = self._client.run
            answers = dict(run(unmet, needs, on_error="return"))
            if not answers:
                message = f"the Dask cluster at {self._scheduler} has no workers; start some with `dask worker`"
                raise ClusterError(message)
            try:
                on_scheduler: Any = self._client.run_on_scheduler
                own = on_scheduler(unmet, Needs(self._versions))
            except Exception as reason:  # whatever the scheduler's process has to say
                own = reason
        for name, answer in (("the scheduler", own), *((f"worker {name}", answers[name]) for name in sorted(answers))):
            if isinstance(answer, Exception):
                message = f"{name} can't run kb-gen; install the same version there: {_one_line(answer)}"
                raise ClusterError(message) from answer
            if answer:
                message = f"{name} {answer}"
                raise ClusterError(message)

    def _read(self) -> list[tuple[Path, bytes]]:
        """The configuration, some records and catalogs, with the digests of what they hold."""
        settings = self._settings
        content = content_state(settings.root, settings.content)
        catalogs = [file for file in files_below(settings.root / settings.translations) if file.path.endswith(".po")]
        found = [(settings.config_file, hashlib.sha256(settings.config_file.read_bytes()).digest())]
        for state in (*_sample((*content.files, *content.shared)), *_sample(catalogs)):
            file = settings.root / state.path
            # What can't be read is told of by whoever has to.
            with suppress(OSError):
                found.append((file, hashlib.sha256(file.read_bytes()).digest()))
        return found

    @contextmanager
    def executor(self, shared: object) -> Iterator[Executor]:
        """An executor whose tasks share a value, of which each worker process gets a copy."""
        with (
            self._probes() as probes,
            _OnCluster(self._client, self._scheduler, Stage(Needs(self._versions, probes), packed(shared))) as executor,
        ):
            yield executor

    @contextmanager
    def _probes(self) -> Iterator[tuple[tuple[Path, bytes], ...]]:
        """Files that only those see who see the same project and the same site as this process."""
        with ExitStack() as stack:
            files = []
            # A project that can't be written to is known by its configuration alone.
            with suppress(OSError):
                files.append(stack.enter_context(_probe(self._settings.root / CACHE_FOLDER)))
            # A folder is the site's only once it is claimed.
            if self._folder and (self._folder / MARKER).exists():
                files.append(stack.enter_context(_probe(self._folder)))
            yield tuple(files)


def _sample(files: Iterable[FileState]) -> list[FileState]:
    """Some files: the newest ones, which a copy that is out of date has otherwise, and others."""
    newest = sorted(files, key=attrgetter("modified"), reverse=True)
    return newest[:_SAMPLE] + newest[_SAMPLE :: max(1, len(newest) // _SAMPLE)]


@contextmanager
def _probe(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """A file that is there for the time of a `with` statement, and the digest of what it holds."""
    content = secrets.token_bytes(16)
    # The site's host leaves what begins with a dot alone, and so do we.
    file = folder / f".kb-gen-{secrets.token_hex(8)}"
    try:
        file.write_bytes(content)
        yield file, hashlib.sha256(content).digest()
    finally:
        file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Call:
    """A task of the build: whom it is promised to, and what is sent for it."""

    promised: Future[Any]
    sent: bytes


class _OnCluster(Executor):
    """Has tasks done by a cluster's workers, and again where they get lost.

    Dask itself repeats what a worker that is gone was doing or had done. What it can't bring back is what all tasks
    share, when every worker that had it is gone: then it gives up the tasks, and here it is all sent again.
    """

    def __init__(self, client: Client, scheduler: str, stage: Stage) -> None:
        self._client: Any = client
        self._scheduler = scheduler
        self._stage = stage
        self._lock = threading.Lock()
        self._open = True
        self._losses = 0
        self._waiting: set[DaskFuture[Any]] = set()
        self._there = self._scattered()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a task done."""
        future: Future[T] = Future()
        self._send(_Call(future, packed((fn, args, kwargs))))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - see below
        """Give up the tasks whose results haven't come: whoever leaves before they have has no use for them."""
        with self._lock:
            self._open = False
            waiting = list(self._waiting)
        # The cluster may be gone, and with it what was to be given up.
        with suppress(OSError, CancelledError):
            self._client.cancel(waiting)
        del self._there

    def _scattered(self) -> DaskFuture[Stage]:
        """What the tasks share, with all workers there are now; later ones get it from those."""
        for attempt in range(_MOST_LOSSES):
            try:
                there: DaskFuture[Stage] = self._client.scatter(
                    self._stage, broadcast=True, hash=False, timeout=_WORKER_PATIENCE
                )
            except TimeoutError as reason:
                message = f"the Dask cluster at {self._scheduler} has lost all of its workers, and no others came"
                raise ClusterError(message) from reason
            except (OSError, RuntimeError, CancelledError) as reason:
                # A worker may be lost while it is being told.
                if self._client.status != "running" or attempt + 1 == _MOST_LOSSES:
                    raise self._gone() from reason
            else:
                return there
        raise self._gone()

    def _gone(self) -> ClusterError:
        return ClusterError(f"the connection to the Dask scheduler at {self._scheduler} is lost")

    def _send(self, call: _Call) -> None:
        there = self._there
        with self._lock:
            if not self._open:
                return
            try:
                task = self._client.submit(do, there, call.sent, pure=False)
            except (OSError, RuntimeError) as reason:
                raise self._gone() from reason
            self._waiting.add(task)
        task.add_done_callback(partial(self._arrived, call, there))

    def _arrived(self, call: _Call, there: DaskFuture[Stage], task: DaskFuture[Any]) -> None:
        """The result of a task has come, or never will. Dask calls this in a thread of its own, once at a time."""
        with self._lock:
            self._waiting.discard(task)
        try:
            call.promised.set_result(self._result(task))
        except CancelledError:
            self._send_again(call, there)
        except BaseException as failure:  # of whatever kind: it is raised where the result is asked for
            call.promised.set_exception(failure)

    def _result(self, task: DaskFuture[Any]) -> Any:  # noqa: ANN401 - whatever the task gives
        from distributed import KilledWorker  # noqa: PLC0415 - see above
        from distributed.comm.core import CommClosedError  # noqa: PLC0415

        try:
            return self._fetched(task)
        except CommClosedError as reason:
            # Not the task's own: the result was to be fetched when the scheduler went.
            raise self._gone() from reason
        except KilledWorker as reason:
            message = (
                f"{reason.allowed_failures + 1} workers of the Dask cluster died one after the other while they did "
                f"the same work; {_WHY}"
            )
            raise ClusterError(message) from reason

    def _fetched(self, task: DaskFuture[Any]) -> Any:  # noqa: ANN401 - as above
        """The result of a task that is done.

        Raises:
            CancelledError: the executor was shut down meanwhile. Whoever fetches would wait for ever then.
        """
        patience = _LOOK
        while self._open:
            try:
                return task.result(timeout=patience)
            except TimeoutError:
                if task.status != "finished":
                    raise
                # What takes long to come is fetched from its beginning again.
                patience *= 2
        raise CancelledError

    def _send_again(self, call: _Call, lost: DaskFuture[Stage]) -> None:
        try:
            if self._open and self._there is lost:
                self._losses += 1
                if self._losses > _MOST_LOSSES:
                    message = f"the Dask cluster at {self._scheduler} lost all workers {self._losses} times; {_WHY}"
                    raise ClusterError(message)
                self._there = self._scattered()
            self._send(call)
        except BaseException as failure:  # in this thread, nobody else would hear of it
            call.promised.set_exception(failure)

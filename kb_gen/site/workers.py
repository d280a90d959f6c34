"""Where a build's tasks are done: in this process, in forked ones, or wherever another executor has them done.

A task is a function of one argument at the top level of a module. What all tasks of a stage share (the records, the
shells) is handed over once a stage and process; a task asks for it with `shared`. Both, and what tasks give, can be
pickled, for they may go to another machine (see `kb_gen.site.cluster`).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager
from typing import Any, ParamSpec, Protocol, TypeVar

from kb_gen.site.processes import can_fork, forked_pool

__all__ = ["ClusterError", "Processes", "Workers", "hold", "shared"]

P = ParamSpec("P")
T = TypeVar("T")


class ClusterError(Exception):
    """A cluster can't do a build's tasks; the message says why in one line."""


class Workers(Protocol):
    """Whoever does a build's tasks."""

    def executor(self, shared: object) -> AbstractContextManager[Executor]:
        """An executor whose tasks share a value."""
        ...


class _Held:
    """What this process's tasks share."""

    value: Any = None


def hold(value: object) -> None:
    """Give this process's tasks what they share."""
    _Held.value = value


def shared() -> Any:  # noqa: ANN401 - whatever the stage has handed over
    """What the tasks of this stage share."""
    return _Held.value


class Processes:
    """Tasks are done in forked processes; with one job, or where the system can't fork, in this one.

    Args:
        jobs: how many processes.
    """

    def __init__(self, jobs: int) -> None:
        self.count = jobs if can_fork() else 1

    def executor(self, shared: object) -> AbstractContextManager[Executor]:
        """An executor whose tasks share a value, which isn't copied."""
        return _Here(shared) if self.count <= 1 else forked_pool(self.count, hold, shared)


class _Here(Executor):
    """Does each task at once, in this process."""

    def __init__(self, value: object) -> None:
        hold(value)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do a task."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as failure:
            future.set_exception(failure)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - nothing waits
        """Let go of what the tasks shared."""
        hold(None)

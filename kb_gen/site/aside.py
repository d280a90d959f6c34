"""Something to find out while this process goes on with something else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from kb_gen.site.processes import can_fork, forked_pool

__all__ = ["aside"]

T = TypeVar("T")


class _Process:
    """What a process is to find out, set when it starts."""

    make: Callable[[], Any]


def _start(make: Callable[[], Any]) -> None:
    _Process.make = make


def _run() -> Any:  # noqa: ANN401 - whatever `make` makes
    return _Process.make()


def aside(make: Callable[[], T]) -> Callable[[], T]:
    """Begin `make` in a forked process. The function that comes back waits for its value, or raises what it raised.

    Where the system can't fork, that function makes the value itself.
    """
    if not can_fork():
        return make
    executor = forked_pool(1, _start, make)
    future: Future[T] = executor.submit(_run)
    executor.shutdown(wait=False)
    return future.result

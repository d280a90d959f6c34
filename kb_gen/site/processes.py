"""Forked processes that share what this one holds, and that don't outlive it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from types import TracebackType
from typing import Any

from kb_gen.interrupts import ignore_interrupts

__all__ = ["can_fork", "forked_pool"]

_SECONDS_BETWEEN_LOOKS = 1.0


def can_fork() -> bool:
    """Whether processes can be made that share what this one holds."""
    return "fork" in get_all_start_methods()


def forked_pool(processes: int, start: Callable[[Any], None], argument: object) -> ProcessPoolExecutor:
    """A pool of forked processes, each of which first calls `start` with `argument` (shared, not copied).

    A process of a pool waits for work for ever. If this process is killed, there will be none: each looks for its
    parent from time to time, and ends without it.
    """
    return _Pool(processes, mp_context=get_context("fork"), initializer=_begin, initargs=(os.getpid(), start, argument))


class _Pool(ProcessPoolExecutor):
    """A pool that doesn't begin with what is waiting once its user is interrupted or has failed."""

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.shutdown(wait=True, cancel_futures=kind is not None)


def _begin(parent: int, start: Callable[[Any], None], argument: object) -> None:
    ignore_interrupts()
    threading.Thread(target=_end_without, args=(parent,), daemon=True).start()
    start(argument)


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os._exit(1)

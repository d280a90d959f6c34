"""A part of a build in a forked process of its own, whose memory goes with it.

What a process has let go of mostly stays its own: Python gives memory back only where nothing around it is needed any
more.
"""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

from kb_gen.interrupts import interrupts_held
from kb_gen.site.processes import begin
from kb_gen.site.progress import Progress

__all__ = ["apart"]

_STAGE, _ADVANCE, _GIVEN, _RAISED = range(4)
"""Kinds of messages."""

A = TypeVar("A")
R = TypeVar("R")


class _Told:
    """Tells the process that waits how far this one is.

    Args:
        sending: where to.
    """

    def __init__(self, sending: Connection) -> None:
        self._sending = sending

    def stage(self, name: str, total: int) -> None:
        self._sending.send((_STAGE, name, total))

    def advance(self, count: int) -> None:
        self._sending.send((_ADVANCE, count))


def apart(task: Callable[[A, Progress], R], argument: A, progress: Progress | None) -> R:
    """What a task gives, done by a forked process that ends with it.

    Args:
        task: is given the argument, which isn't copied, and whom to tell how far it is.
        argument: what it works on.
        progress: is told how far it is.

    Raises:
        Exception: what the task has raised.
        BrokenProcessPool: the process was killed.
    """
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(os.getpid(), sending, task, argument))
    # The terminal tells all of its processes of Ctrl-C; this one ends the other.
    with interrupts_held():
        process.start()
    sending.close()
    try:
        given: R = _received(receiving, progress)
        return given
    except BaseException:
        # Its own processes end without it.
        process.terminate()
        raise
    finally:
        process.join()
        receiving.close()


def _received(receiving: Connection, progress: Progress | None) -> Any:  # noqa: ANN401 - what the task gives
    while True:
        try:
            message = receiving.recv()
        except EOFError:
            raise BrokenProcessPool from None
        kind, *values = message
        if kind == _GIVEN:
            return values[0]
        if kind == _RAISED:
            raise _arrived(*values)
        if progress is None:
            continue
        if kind == _STAGE:
            progress.stage(*values)
        else:
            progress.advance(*values)


def _do(parent: int, sending: Connection, task: Callable[[A, Progress], R], argument: A) -> None:
    """Do the task, and send what it gives, or what it raises."""
    begin(parent)
    try:
        sending.send((_GIVEN, task(argument, _Told(sending))))
    except Exception as failure:
        sending.send((_RAISED, *_travelling(failure)))
    sending.close()


def _travelling(failure: Exception) -> tuple[object, ...]:
    """A failure as another process can have it, for `_arrived`."""
    for way in ((failure,), (type(failure), failure.args, vars(failure))):
        try:
            _arrived(*pickle.loads(pickle.dumps(way)))  # noqa: S301 - it is our own
        except Exception:  # noqa: S112 - whatever a class of somebody else's does then
            continue
        return way
    # What would have been read of it.
    return (RuntimeError("".join(traceback.format_exception(failure))),)


def _arrived(first: Any, args: tuple[object, ...] = (), own: Mapping[str, object] | None = None) -> Exception:  # noqa: ANN401
    """A failure from another process: itself, or made anew without what its class asks for when one is made."""
    if own is None:
        return cast("Exception", first)
    failure: Exception = first.__new__(first, *args)
    vars(failure).update(own)
    return failure

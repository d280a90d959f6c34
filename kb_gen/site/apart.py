"""A part of a build in a forked process of its own, whose memory goes with it.

What a process has let go of mostly stays its own: Python gives memory back only where nothing around it is needed any
more.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import Any, TypeVar

from kb_gen.interrupts import ignore_interrupts, interrupts_held
from kb_gen.site.progress import Progress

__all__ = ["apart"]

_STAGE, _ADVANCE, _GIVEN, _RAISED = range(4)
"""Kinds of messages."""

_ENDING = frozenset({signal.SIGTERM, signal.SIGALRM})
"""What ends a task; the second one comes in place of the first where that can't be heard."""

_SOON = 0.001
"""Seconds until it comes."""

_PATIENCE = 20.0
"""Seconds for which a process that is to end may finish what it is doing."""

A = TypeVar("A")
R = TypeVar("R")


class _Ended(BaseException):
    """This process is to end."""


class _Told:
    """Tells the process that waits how far this one is. Where that is gone, telling it anything fails.

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
        BaseException: what the task has raised.
        BrokenProcessPool: the process was killed.
    """
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(receiving, sending, task, argument))
    with receiving, sending:
        try:
            # The terminal tells all of its processes of Ctrl-C; this one ends the other.
            with interrupts_held():
                process.start()
            sending.close()
            given: R = _received(receiving, progress)
        except BaseException:
            # Whatever the other one still has to say, it mustn't wait for somebody to listen.
            receiving.close()
            if process.pid is not None:
                _end(process)
            raise
    process.join()
    return given


def _end(process: ForkProcess) -> None:
    process.terminate()
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()


def _received(receiving: Connection, progress: Progress | None) -> Any:  # noqa: ANN401 - what the task gives
    while True:
        try:
            kind, *values = receiving.recv()
        except EOFError:
            raise BrokenProcessPool("the process that makes the pages was killed") from None
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


def _do(receiving: Connection, sending: Connection, task: Callable[[A, Progress], R], argument: A) -> None:
    """Do the task, and send what it gives, or what it raises."""
    ignore_interrupts()
    # What is begun is finished, and what is temporary removed, also if this one is to end.
    for number in _ENDING:
        signal.signal(number, _leave)
    os.register_at_fork(before=_hold_back, after_in_parent=_let_through, after_in_child=_end_as_everywhere)
    # If it had a reader here, this would wait for one for ever if the other process is killed.
    receiving.close()
    # Nobody may be there to be told.
    with suppress(_Ended, BrokenPipeError), sending:
        try:
            message: tuple[object, ...] = (_GIVEN, task(argument, _Told(sending)))
        except _Ended:
            raise
        except BaseException as failure:
            message = (_RAISED, *_travelling(failure))
        sending.send(message)


def _leave(_: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code in {_hold_back.__code__, _let_through.__code__}:
            # What is raised while a process is forked, nobody hears of.
            signal.setitimer(signal.ITIMER_REAL, _SOON)
            return
        frame = frame.f_back
    raise _Ended


def _hold_back() -> None:
    """Keep SIGTERM waiting while a process is forked: Python forgets what a new one gets before it has begun."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)


def _let_through() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _end_as_everywhere() -> None:
    """In what is forked from a task, SIGTERM does what it does to others."""
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL)
    _let_through()


def _travelling(failure: BaseException) -> tuple[list[bytes], str, str]:
    """A failure on its way, for `_arrived`: as it may be made again, what it says, and where it was raised."""
    ways: list[bytes] = []
    for way in ((failure,), (type(failure), failure.args, vars(failure))):
        with suppress(Exception):
            ways.append(pickle.dumps(way))
    return ways, str(failure), "".join(traceback.format_exception(failure))


def _arrived(ways: list[bytes], said: str, text: str) -> BaseException:
    """A failure from another process; if it can't be made again here, what would have been read of it."""
    for failure in _made_again(ways):
        # A class may put more around what it is given each time.
        if str(failure) == said:
            failure.__cause__ = failure.__cause__ or RuntimeError(text)
            return failure
    return RuntimeError(text)


def _made_again(ways: list[bytes]) -> Iterator[BaseException]:
    for way in ways:
        # Whatever a class of somebody else's does then.
        with suppress(Exception):
            first, *others = pickle.loads(way)  # noqa: S301 - it is our own
            if others:
                args, own = others
                first = _without_making(first, args, own)
            yield first


def _without_making(kind: type[BaseException], args: tuple[object, ...], own: Mapping[str, object]) -> BaseException:
    """A failure without what its class asks for when one is made."""
    failure = kind.__new__(kind, *args)
    vars(failure).update(own)
    return failure

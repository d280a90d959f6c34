"""How far a build is, and where its time goes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct

__all__ = ["Clock", "Progress", "Timing"]


class Progress(Protocol):
    """Told how far a build is."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins that counts to `total`; 0 if that isn't known."""
        ...

    def advance(self, count: int) -> None:
        """So much more of the stage is done."""
        ...


class Timing(Struct, frozen=True):
    """What one stage took.

    Attributes:
        stage: its name.
        seconds: on the clock.
        cpu_seconds: of processors, in this process and in those that have ended.
        count: how many things it made, 0 where that wasn't counted.
    """

    stage: str
    seconds: float
    cpu_seconds: float
    count: int = 0


class Clock:
    """Takes the time of stages, and hands on how far they are.

    Args:
        progress: is told of stages and their progress.
    """

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self._done: list[Timing] = []
        self._name = ""
        self._count = 0
        self._began = (0.0, 0.0)

    def stage(self, name: str, total: int = 0) -> None:
        """A stage begins, and the one before ends."""
        self._end()
        self._name, self._count, self._began = name, 0, (time.perf_counter(), _cpu())
        if self._progress:
            self._progress.stage(name, total)

    def advance(self, count: int) -> None:
        """So much more of the stage is done."""
        self._count += count
        if self._progress:
            self._progress.advance(count)

    def include(self, timings: Iterable[Timing]) -> None:
        """Take in what stages took that another clock has measured."""
        self._done += timings

    def timings(self) -> tuple[Timing, ...]:
        """What the stages took, of which the last ends now."""
        self._end()
        self._name = ""
        return tuple(self._done)

    def _end(self) -> None:
        if self._name:
            wall, cpu = self._began
            self._done.append(Timing(self._name, time.perf_counter() - wall, _cpu() - cpu, self._count))


def _cpu() -> float:
    return sum(os.times()[:4])

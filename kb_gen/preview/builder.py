"""Builds in a process of their own: serving never waits for them, and a new process forgets everything.

The process keeps what the next build can use again. It is replaced where what it keeps could be outdated in a way
that nobody can see from inside: when the program's own files change.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

from kb_gen.interrupts import ignore_interrupts, interrupts_held
from kb_gen.preview.extents import Extent
from kb_gen.preview.plan import Plan
from kb_gen.preview.reports import Report

__all__ = ["Builder"]

_PATIENCE = 5.0
"""Seconds that a process is given to end by itself."""


@dataclass(frozen=True, slots=True)
class _Running:
    process: BaseProcess
    connection: Connection


class Builder:
    """Builds a project's site into a folder, again and again, each time in the same process if that is possible."""

    def __init__(self, plan: Plan, site_dir: Path) -> None:
        self._plan = plan
        self._site_dir = site_dir
        self._running: _Running | None = None
        self._closed = False
        # Guards the two above: a build is begun in one thread and ended from another.
        self._lock = Lock()

    async def build(self, extent: Extent) -> Report:
        """Build the site. Whatever goes wrong is told in the report."""
        if extent is Extent.PROGRAM:
            self._discard()
        return await asyncio.to_thread(self._build, extent)

    def close(self) -> None:
        """End the process, in the middle of a build if need be. The site stays whole: each of its files is."""
        with self._lock:
            self._closed = True
        self._discard()

    def _discard(self) -> None:
        with self._lock:
            running, self._running = self._running, None
        if running is not None:
            _end(running.process)

    def _build(self, extent: Extent) -> Report:
        with self._lock:
            if self._closed:
                return Report(built=False)
            running = self._running = self._running or self._start()
        try:
            running.connection.send(extent)
            report = running.connection.recv()
        except (EOFError, OSError):
            self._discard()
            return Report(built=False, breakdown=f"the build was ended from outside ({_ending(running.process)})")
        assert isinstance(report, Report)
        return report

    def _start(self) -> _Running:
        # Spawned, not forked: this process has threads, and the other is to fork page makers of its own.
        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve_builds, args=(there, self._plan, self._site_dir))
        with interrupts_held():
            process.start()
        there.close()
        return _Running(process, here)


def _ending(process: BaseProcess) -> str:
    code = process.exitcode
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


def _end(process: BaseProcess) -> None:
    """End a builder and the page makers that it may have started."""
    if process.pid is not None and hasattr(os, "killpg"):
        # Before it has a group of its own, it has no page makers either.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join(_PATIENCE)


def _serve_builds(connection: Connection, plan: Plan, site_dir: Path) -> None:
    """The builder's process: build whenever asked to, until nobody is there any more."""
    # Ctrl-C in the terminal is for the server, which ends this process and its page makers as a group.
    ignore_interrupts()
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    from kb_gen.preview.workshop import Workshop  # noqa: PLC0415 - the serving process doesn't need what this imports

    workshop = Workshop(plan, site_dir)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            connection.send(workshop.build(connection.recv()))
            workshop.tidy()

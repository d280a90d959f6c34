"""A command run as users run it, and what it cost: time and memory, all its processes included."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cost", "run"]

_INTERVAL = 0.1
_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost.

    Attributes:
        wall: seconds on the clock.
        user: seconds of processors in the program and its child processes.
        system: seconds of processors in the operating system on their behalf.
        memory: the most that all processes held at one moment, in bytes; what they share counts once.
    """

    wall: float
    user: float
    system: float
    memory: int


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, limit: float | None = None
) -> Cost:
    """Run a command to its end.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        environment: its environment variables; this process's own if there are none. Python may keep what it has
            compiled in any case, as whoever installs a program has it compiled.
        limit: how many seconds it may take.

    Raises:
        subprocess.CalledProcessError: it failed; with what it wrote.
        subprocess.TimeoutExpired: it took longer, and was ended with all its child processes.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        # In a session of its own, so that its child processes can be ended with it.
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_compiling(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status, usage, peak = _wait(process.pid, command, limit)
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, output.read().decode("utf-8", "replace"))
    # Where /proc is missing, the largest single process has to do; Linux counts it in kilobytes.
    return Cost(wall, usage.ru_utime, usage.ru_stime, peak or usage.ru_maxrss * 1024)


def _compiling(environment: Mapping[str, str] | None) -> dict[str, str]:
    own = os.environ if environment is None else environment
    return {name: value for name, value in own.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _wait(pid: int, command: Sequence[str], limit: float | None) -> tuple[int, resource.struct_rusage, int]:
    """Wait for a process: how it ended, what it used, and the most memory that was seen."""
    started = time.perf_counter()
    peak = 0
    while True:
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            return status, usage, peak
        looked = time.perf_counter()
        if limit is not None and looked - started > limit:
            raise subprocess.TimeoutExpired(command, limit)
        family = _family(pid)
        peak = max(peak, sum(_shared_memory(each) for each in family) if len(family) > 1 else _memory_peak(pid))
        # The kernel walks through all of the memory to count what is shared. That must not slow down what is measured.
        time.sleep(max(_INTERVAL, _PATIENCE * (time.perf_counter() - looked)))


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def _shared_memory(pid: int) -> int:
    """A process's memory, with its share of what several processes use."""
    return _figure(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def _memory_peak(pid: int) -> int:
    """The most memory that a process has had, up to now."""
    return _figure(Path(f"/proc/{pid}/status"), "VmHWM:")


def _figure(file: Path, name: str) -> int:
    """A number of kilobytes that the kernel tells, in bytes."""
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)

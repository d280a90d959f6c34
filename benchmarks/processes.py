"""A command run as users run it, and what it cost: time and memory, all its processes included."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cost", "run"]

_INTERVAL = 0.1


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


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: it failed; with what it wrote.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        peak = 0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, sum(_memory(each) for each in _family(process.pid)))
            time.sleep(_INTERVAL)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, output.read().decode("utf-8", "replace"))
    # Where /proc is missing, the largest single process has to do; Linux counts it in kilobytes.
    return Cost(wall, usage.ru_utime, usage.ru_stime, peak or usage.ru_maxrss * 1024)


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


def _memory(pid: int) -> int:
    """A process's memory, with its share of what several processes use."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)

"""Whether some program has a file open for writing, where the system tells."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

__all__ = ["is_being_written"]

_PROCESSES = Path("/proc")


def is_being_written(file: Path) -> bool:
    """Whether a process of this user has a file open for writing. Only Linux tells; elsewhere, nobody is known to.

    https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html
    """
    try:
        state = file.stat()
    except OSError:
        return False
    for process in _PROCESSES.glob("[0-9]*"):
        # Processes end while one looks at them, and those of other users can't be looked at.
        with contextlib.suppress(OSError, ValueError):
            for handle in (process / "fd").iterdir():
                with contextlib.suppress(FileNotFoundError):
                    found = handle.stat()
                    if (found.st_dev, found.st_ino) == (state.st_dev, state.st_ino) and _writes(process, handle.name):
                        return True
    return False


def _writes(process: Path, handle: str) -> bool:
    lines = (process / "fdinfo" / handle).read_text(encoding="ascii").splitlines()
    flags = next((int(line.split()[1], 8) for line in lines if line.startswith("flags:")), 0)
    return bool(flags & (os.O_WRONLY | os.O_RDWR))

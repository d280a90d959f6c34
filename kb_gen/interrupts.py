"""What Ctrl-C means to a command's processes: a terminal sends it to all of them, and one alone is to answer."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["ignore_interrupts", "interrupts_held"]


def ignore_interrupts() -> None:
    """Leave it to this process's parent what Ctrl-C means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while processes are started that ignore it, as they can't do so before they have begun.

    They inherit that, and this one answers at the end of the context.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

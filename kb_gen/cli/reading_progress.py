"""How far a large file has been read: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

__all__ = ["reading_progress"]


@contextmanager
def reading_progress(file: Path) -> Iterator[Callable[[int], None]]:
    """Gives what is told, again and again, how many bytes of `file` have been read."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(f"Reading {file.name}", total=file.stat().st_size)
        yield lambda read: progress.update(task, completed=read)

"""What a terminal shows while logs are read: how far it is, and what was found so far. Nothing elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from kb_gen.cli.explain.table import event_name
from kb_gen.cli.known_events import on_one_line
from kb_gen.logs import LogStream, Tally

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

__all__ = ["LiveTable"]

_ROWS = 12
_EVERY = 500
"""Entries from one look at the clock to the next."""

_SECONDS = 0.25


class LiveTable:
    """A table on standard error, if that is a terminal."""

    def __init__(self, tally: Tally, total: int) -> None:
        """A table.

        Args:
            tally: what is counted.
            total: how many bytes all logs have; 0 if nobody knows.
        """
        self._tally = tally
        self._total = total
        self._done = 0
        self._looks = 0
        self._live: Live | None = _live() if sys.stderr.isatty() else None
        self._shown = self._begun = time.monotonic()

    def __enter__(self) -> LiveTable:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def look(self, stream: LogStream) -> None:
        """Show what there is, if that was long enough ago."""
        self._looks += 1
        if self._live is None or self._looks % _EVERY:
            return
        now = time.monotonic()
        if now - self._shown >= _SECONDS:
            self._shown = now
            self._live.update(self._table(stream, now), refresh=True)

    def done(self, stream: LogStream) -> None:
        """A log has been read."""
        self._done += stream.consumed

    def _table(self, stream: LogStream, now: float) -> RenderableType:
        from rich.table import Table  # noqa: PLC0415 - as below

        rate = self._tally.entries / max(now - self._begun, 0.001)
        read = self._done + stream.consumed
        share = f"{min(99, read * 100 // self._total)} %  " if self._total else ""
        title = f"{share}{self._tally.entries:,} entries, {rate:,.0f} a second  {on_one_line(stream.name)}"
        table = Table(box=None, pad_edge=False, title=title, title_justify="left", title_style="dim")
        table.add_column("count", justify="right", no_wrap=True)
        table.add_column("event", no_wrap=True, overflow="ellipsis")
        table.add_column("what it is", no_wrap=True, overflow="ellipsis", ratio=1)
        for article, count in self._tally.most_frequent(_ROWS):
            table.add_row(f"{count:,}", event_name(article), on_one_line(article.summary or article.symbol))
        return table


def _live() -> Live:
    # Late: only people see it.
    from rich.console import Console  # noqa: PLC0415
    from rich.live import Live  # noqa: PLC0415

    return Live(console=Console(stderr=True, markup=False), auto_refresh=False, transient=True)

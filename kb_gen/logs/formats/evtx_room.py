"""The parts of a Windows event log in which no record is.

Windows makes room before it needs it, and counts in the log's header what it has used. So a chunk without a record is
lost if the header counts it, or if a record stands behind it. Otherwise it is room that nobody has used, whatever it
holds; unless the log wasn't closed, as the header's number is old then, and its last chunk is full.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.logs.formats.evtx_chunks import CHUNK_BYTES

__all__ = ["Room"]

_HELP = "what is readable was read; a copy of the log may have the rest"


class _Run(NamedTuple):
    """Chunks without a record, one behind the other.

    Attributes:
        first: the number of the first one.
        last: that of the last one.
        filled: how many of their bytes aren't zero.
    """

    first: int
    last: int
    filled: int

    @property
    def name(self) -> str:
        """What they are called."""
        return f"chunk {self.first}" if self.first == self.last else f"chunks {self.first} to {self.last}"

    @property
    def size(self) -> int:
        """How many bytes they have."""
        return (self.last - self.first + 1) * CHUNK_BYTES


class Room:
    """Gathers the parts without a record until something tells what they are."""

    def __init__(self, name: str) -> None:
        """None so far.

        Args:
            name: what the log is called in findings.
        """
        self._place = Place(name)
        self._runs: list[_Run] = []

    def add(self, number: int, filled: int) -> None:
        """A chunk more.

        Args:
            number: its number.
            filled: how many of its bytes aren't zero.
        """
        before = self._runs[-1] if self._runs else None
        if before is not None and before.last == number - 1 and bool(before.filled) == bool(filled):
            self._runs[-1] = _Run(before.first, number, before.filled + filled)
        else:
            self._runs.append(_Run(number, number, filled))

    def lost(self, used: int | None = None) -> Iterator[Diagnostic]:
        """What is lost of these chunks, which are forgotten then.

        Args:
            used: how many chunks the log has used; None if all of these, as a record stands behind them.
        """
        runs, self._runs = self._runs, []
        for run in runs:
            if used is None or run.last < used:
                yield self._destroyed(run)
            elif run.first < used:
                # Only where all are zeros, or none: how much of a part's bytes aren't zero isn't told.
                yield self._destroyed(_Run(run.first, used - 1, run.filled))
                self._runs.append(_Run(used, run.last, run.filled))
            else:
                self._runs.append(run)

    def _destroyed(self, run: _Run) -> Diagnostic:
        what = (
            f"{run.size:,} bytes are all zeros" if not run.filled else f"no record can be found in {run.size:,} bytes"
        )
        are = "is" if run.first == run.last else "are"
        return error("log-chunk", f"{run.name} {are} destroyed: {what}", self._place, _HELP)

    def unused(self, *, is_sure: bool) -> Iterator[Diagnostic]:
        """What is odd about the chunks that the log hasn't used, behind its last record.

        Args:
            is_sure: whether that is certain: its header counts all that it has used, or its last chunk has room.
        """
        for run in self._runs:
            if not run.filled:
                continue
            have = "has" if run.first == run.last else "have"
            held = f"{run.name}, behind the last record, {have} bytes that aren't zero, and no record"
            if is_sure:
                message = f"{held}; the log hadn't used that yet, so nothing is lost"
                yield warning("log-stray-bytes", message, self._place, "nothing has to be done: all records were read")
            else:
                message = f"{held}; Windows hadn't closed the log, so nobody can tell whether there was one"
                yield error("log-stray-bytes", message, self._place, _HELP)

    def odd(self, number: int, size: int, *, is_last: bool) -> Diagnostic:
        """That bytes are no chunk, and too few for one.

        Args:
            number: the number of the next chunk.
            size: how many bytes there are.
            is_last: whether no chunk follows.
        """
        bytes_stand = "1 byte stands" if size == 1 else f"{size:,} bytes stand"
        where = f"before chunk {number}" if not is_last else f"behind chunk {number - 1}" if number else "in the log"
        message = f"{bytes_stand} {where} that are part of no chunk, and no record is in them"
        return warning("log-stray-bytes", message, self._place, "the records around them were read")

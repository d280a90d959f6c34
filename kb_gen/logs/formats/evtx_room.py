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
from kb_gen.logs.said import Said, said, said_plural

__all__ = ["Room"]

_HELP = said("what is readable was read; a copy of the log may have the rest")


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
        what = said("{size} bytes are all zeros", size=run.size)
        if run.filled:
            what = said("no record can be found in {size} bytes", size=run.size)
        if run.first == run.last:
            message = said("chunk {number} is destroyed: {what}", number=str(run.first), what=what)
        else:
            first, last = str(run.first), str(run.last)
            message = said("chunks {first} to {last} are destroyed: {what}", first=first, last=last, what=what)
        return error("log-chunk", message, self._place, _HELP)

    def unused(self, *, is_sure: bool) -> Iterator[Diagnostic]:
        """What is odd about the chunks that the log hasn't used, behind its last record.

        Args:
            is_sure: whether that is certain: its header counts all that it has used, or its last chunk has room.
        """
        for run in self._runs:
            if not run.filled:
                continue
            if is_sure:
                message = _held(run, said("the log hadn't used that yet, so nothing is lost"))
                cure = said("nothing has to be done: all records were read")
                yield warning("log-stray-bytes", message, self._place, cure)
            else:
                why = said("Windows hadn't closed the log, so nobody can tell whether there was one")
                yield error("log-stray-bytes", _held(run, why), self._place, _HELP)

    def odd(self, number: int, size: int, *, is_last: bool) -> Diagnostic:
        """That bytes are no chunk, and too few for one.

        Args:
            number: the number of the next chunk.
            size: how many bytes there are.
            is_last: whether no chunk follows.
        """
        where = said("in the log")
        if not is_last:
            where = said("before chunk {number}", number=str(number))
        elif number:
            where = said("behind chunk {number}", number=str(number - 1))
        message = said_plural(
            "{count} byte stands {where} that is part of no chunk, and no record is in it",
            "{count} bytes stand {where} that are part of no chunk, and no record is in them",
            size,
            where=where,
        )
        return warning("log-stray-bytes", message, self._place, said("the records around them were read"))


def _held(run: _Run, why: Said) -> Said:
    """What stands in chunks without a record, and what that means."""
    if run.first == run.last:
        return said(
            "chunk {number}, behind the last record, has bytes that aren't zero, and no record; {why}",
            number=str(run.first),
            why=why,
        )
    return said(
        "chunks {first} to {last}, behind the last record, have bytes that aren't zero, and no record; {why}",
        first=str(run.first),
        last=str(run.last),
        why=why,
    )

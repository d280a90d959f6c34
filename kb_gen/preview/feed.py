"""The preview's present state, and everybody who waits for the next one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace

from kb_gen.preview.reports import Problem, Report

__all__ = ["Feed", "State"]


@dataclass(frozen=True, slots=True)
class State:
    """What browsers need to know.

    Attributes:
        name: tells this state from every other one, of other previews too.
        version: names the site that is being served; another name means other files. Empty before the first.
        problems: what keeps the site from being what the project's files say.
        headers: what is sent with every page.
    """

    name: str
    version: str = ""
    problems: tuple[Problem, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


class Feed:
    """Holds the state. Belongs to one event loop.

    Args:
        session: a name that no other preview has, so that a page that an earlier one served knows itself outdated.
    """

    def __init__(self, session: str) -> None:
        self._session = session
        self._count = 0
        self._closed = False
        self._doubtful = False
        self._next = asyncio.Event()
        self.state = State(f"{session}-0")

    def publish(self, report: Report) -> None:
        """Make the outcome of a build the present state."""
        self._count += 1
        name = f"{self._session}-{self._count}"
        # A build that broke down may have written files that the next one finds as they should be.
        if report.built and (report.changed or report.removed or self._doubtful or not self.state.version):
            self.state = State(name, name, report.problems(), report.headers)
        else:
            self.state = replace(self.state, name=name, problems=report.problems())
        self._doubtful = bool(report.breakdown) or (self._doubtful and not report.built)
        self._wake()

    def close(self) -> None:
        """End every subscription."""
        self._closed = True
        self._wake()

    async def states(self) -> AsyncIterator[State]:
        """The present state and each that follows; one that is replaced before it is asked for is left out."""
        seen: State | None = None
        while not self._closed:
            if self.state is seen:
                await self._next.wait()
            else:
                seen = self.state
                yield seen

    def _wake(self) -> None:
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()

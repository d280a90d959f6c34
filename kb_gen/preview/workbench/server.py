"""Serving a workbench until its translator has done enough."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Protocol

from filelock import FileLock, Timeout

from kb_gen.load import CACHE_FOLDER, make_folder
from kb_gen.preview.server import Address, http_server
from kb_gen.preview.workbench.application import application
from kb_gen.preview.workbench.plan import WorkbenchPlan
from kb_gen.preview.workbench.session import Session
from kb_gen.site.settings import Settings

__all__ = ["AlreadyOpen", "WorkbenchObserver", "is_loopback", "serve_workbench"]


class AlreadyOpen(Exception):  # noqa: N818 - says what is the case
    """Another workbench of the same project and locale is open; the message says so."""


class WorkbenchObserver(Protocol):
    """Told how a workbench does."""

    def serving(self) -> None:
        """Browsers are answered from now on."""
        ...

    def opened(self, returned: int, problem: str) -> None:
        """The project has been read.

        Args:
            returned: how many translations were put back that an earlier session, which was killed, had saved.
            problem: why it couldn't be read, if so; browsers are told as well.
        """
        ...


def is_loopback(address: Address) -> bool:
    """Whether an address can be reached from this machine only."""
    return ipaddress.ip_address(str(address.listener.getsockname()[0]).partition("%")[0]).is_loopback


async def serve_workbench(
    settings: Settings, plan: WorkbenchPlan, address: Address, stop: asyncio.Event, observer: WorkbenchObserver
) -> None:
    """Serve a project's workbench until `stop` is set.

    Args:
        settings: the project.
        plan: what is translated, and for whom.
        address: where it is served; its socket is closed at the end.
        stop: ends it.
        observer: is told how it goes.

    Raises:
        AlreadyOpen: there is another one of this project and locale.
        OSError: the folder for what it keeps can't be written.
    """
    folder = settings.root / CACHE_FOLDER / "workbench"
    make_folder(folder)
    lock = FileLock(folder / f"{plan.tag}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as reason:
        address.listener.close()
        raise AlreadyOpen(f"a workbench for {plan.tag} is open in this project already; use that one") from reason
    session = Session(settings, plan.tag, plan.translator)
    port = address.listener.getsockname()[1]
    server = http_server(application(session, plan, address.host, port))
    try:
        async with asyncio.TaskGroup() as tasks:
            answering = tasks.create_task(server.serve([address.listener]))
            opening = tasks.create_task(_open(session, observer))
            watching = tasks.create_task(session.watch(stop))
            observer.serving()
            await stop.wait()
            session.hang_up()
            server.should_exit = True
            await asyncio.wait((answering, opening, watching))
            await session.close()
    finally:
        address.listener.close()
        lock.release()


async def _open(session: Session, observer: WorkbenchObserver) -> None:
    await session.open()
    observer.opened(session.returned, session.problem)

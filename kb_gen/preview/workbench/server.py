"""Serving a workbench until its translator has done enough."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable

from filelock import FileLock, Timeout

from kb_gen.load import CACHE_FOLDER, make_folder
from kb_gen.preview.server import Address, http_server
from kb_gen.preview.workbench.application import application
from kb_gen.preview.workbench.plan import WorkbenchPlan
from kb_gen.preview.workbench.session import Session
from kb_gen.site.settings import Settings

__all__ = ["AlreadyOpen", "is_loopback", "serve_workbench"]


class AlreadyOpen(Exception):  # noqa: N818 - says what is the case
    """Another workbench of the same project and locale is open; the message says so."""


def is_loopback(address: Address) -> bool:
    """Whether an address can be reached from this machine only."""
    return ipaddress.ip_address(str(address.listener.getsockname()[0]).partition("%")[0]).is_loopback


async def serve_workbench(
    settings: Settings, plan: WorkbenchPlan, address: Address, stop: asyncio.Event, serving: Callable[[], None]
) -> None:
    """Serve a project's workbench until `stop` is set.

    Args:
        settings: the project.
        plan: what is translated, and for whom.
        address: where it is served; its socket is closed at the end.
        stop: ends it.
        serving: is called when browsers are answered.

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
            opening = tasks.create_task(session.open())
            watching = tasks.create_task(session.watch(stop))
            serving()
            await stop.wait()
            session.hang_up()
            server.should_exit = True
            await asyncio.wait((answering, opening, watching))
            await session.close()
    finally:
        address.listener.close()
        lock.release()

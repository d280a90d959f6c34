"""Serving, watching and building at once, until somebody has seen enough."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from kb_gen.preview.application import application
from kb_gen.preview.builder import Builder
from kb_gen.preview.extents import Extent
from kb_gen.preview.feed import Feed
from kb_gen.preview.plan import Plan
from kb_gen.preview.reports import Observer
from kb_gen.preview.watching import Changes, Watched, watch

__all__ = ["Address", "PortError", "http_server", "listen", "serve", "stopped_by_signals"]


class PortError(Exception):
    """The preview can't be served at the wanted address; the message says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a preview is served.

    Attributes:
        listener: the open socket.
        host: the name or address under which it was opened.
        base: the path under which the site is meant to be hosted, with `/` at both ends.
    """

    listener: socket.socket
    host: str
    base: str = "/"

    @property
    def url(self) -> str:
        """What to type into a browser."""
        port = self.listener.getsockname()[1]
        # An address that means all of them is none that a browser can go to.
        name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - only named, not opened
        return f"http://{f'[{name}]' if ':' in name else name}:{port}{self.base}"


def listen(host: str, port: int, site_url: str = "") -> Address:
    """Open the socket of a preview.

    Args:
        host: a name or address of this machine.
        port: 0 for any that is free.
        site_url: where the site is going to be hosted; it is previewed under the same path.

    Raises:
        PortError: if there is no such address here, or another program has the port.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as reason:
        raise PortError(f"there is no address of the name `{host}`") from reason
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            # Otherwise the port stays closed for a minute after the last preview. On Windows it means something else.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen()
    except OSError as reason:
        listener.close()
        why = (reason.strerror or str(reason)).lower()
        raise PortError(f"port {port} of {host} can't be used: {why}; choose another with --port") from reason
    return Address(listener, host, urlsplit(site_url).path or "/")


async def serve(plan: Plan, places: Watched, address: Address, observer: Observer, stop: asyncio.Event) -> None:
    """Serve a project's site and keep it up to date until `stop` is set.

    Args:
        plan: what to build.
        places: what is watched.
        address: where it is served; its socket is closed at the end.
        observer: is told of the address and of every build.
        stop: ends it all.
    """
    feed = Feed(secrets.token_hex(4))
    changes = Changes()
    with tempfile.TemporaryDirectory(prefix="kb-gen-", ignore_cleanup_errors=True) as folder:
        # Not the temporary folder itself: a build may want to find its own empty.
        site_dir = Path(folder, "site")
        site_dir.mkdir()
        server = http_server(application(site_dir, address.base, address.host, feed))
        builder = Builder(plan, site_dir)
        try:
            async with asyncio.TaskGroup() as tasks:
                serving = tasks.create_task(server.serve([address.listener]))
                watching = tasks.create_task(watch(places, changes, stop))
                building = tasks.create_task(_build_forever(builder, places, changes, feed, observer))
                observer.serving(address.url)
                await stop.wait()
                building.cancel()
                builder.close()
                feed.close()
                server.should_exit = True
                await asyncio.wait((serving, watching))
        finally:
            builder.close()
            address.listener.close()


async def _build_forever(builder: Builder, places: Watched, changes: Changes, feed: Feed, observer: Observer) -> None:
    """Build now, and then once for all the changes since the last build began, as often as there are any."""
    extent, shown = Extent.FRAME, list[str]()
    while True:
        report = await builder.build(extent)
        feed.publish(report)
        observer.built(report, shown)
        taken = await changes.take()
        extent = max(taken.values())
        shown = sorted(places.shown(path) for path in taken if path.suffix) or sorted(map(places.shown, taken))


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it: a preview ends without being ended by one."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def http_server(app: Starlette) -> uvicorn.Server:
    """A server of `app` that says nothing, keeps no log and leaves signals to its caller."""
    return _Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
    )


@contextlib.contextmanager
def stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Let Ctrl-C, a closed terminal and a request to end set `stop`. For the main thread only."""
    loop = asyncio.get_running_loop()
    wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set)) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

"""What the preview answers to a browser: the site's files, made live, and news of builds."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import anyio
import msgspec
from jinja2 import Environment, PackageLoader
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kb_gen.preview.feed import Feed, State
from kb_gen.preview.hosts import HostCheck

__all__ = ["RESERVED", "application"]

RESERVED = "/_kb-gen"
"""Everything below this path is the preview's own and never part of a site."""

_SHOWN = 50
"""Problems that a browser is told of; more than that nobody reads there, and the terminal has them all."""


def application(site_dir: Path, base: str, host: str, feed: Feed) -> Starlette:
    """The preview as an ASGI application.

    Args:
        site_dir: the folder into which the site is built.
        base: the path under which the site is meant to be hosted, with `/` at both ends.
        host: the name or address that is served.
        feed: what is known of builds.
    """

    async def events(_request: Request) -> Response:
        return StreamingResponse(
            _event_stream(feed), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def to_base(_request: Request) -> Response:
        return RedirectResponse(base)

    routes = [
        Route(f"{RESERVED}/events", events),
        Mount(RESERVED, _OwnFiles(directory=str(files(__package__) / "files"))),
        *([Route("/", to_base)] if base != "/" else []),
        Mount(base.rstrip("/"), _LiveSite(site_dir, feed)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(HostCheck, names=(host,))])


async def _event_stream(feed: Feed) -> AsyncIterator[bytes]:
    """States as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
    yield b"retry: 1000\n\n"
    async for state in feed.states():
        yield b"event: state\ndata: " + msgspec.json.encode(_news(state)) + b"\n\n"


def _news(state: State) -> dict[str, object]:
    return {
        "name": state.name,
        "version": state.version,
        "problems": [{"severity": one.severity, "text": one.text} for one in state.problems[:_SHOWN]],
        "more": max(0, len(state.problems) - _SHOWN),
    }


class _OwnFiles(StaticFiles):
    """The preview's script and style sheet; another version of them may come with the next start."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response


class _LiveSite(StaticFiles):
    """The site's files. Pages get a script on their way out; what lies on disk stays as `kb-gen build` makes it."""

    def __init__(self, site_dir: Path, feed: Feed) -> None:
        super().__init__(directory=site_dir, html=True)
        self._feed = feed
        self._templates = Environment(loader=PackageLoader("kb_gen.preview"), autoescape=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path`, or a page that says why there is no site yet."""
        # Taken before the file is read: a page may be newer than its version says, but never older.
        state = self._feed.state
        if not state.version:
            return self._not_built(state)
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and response.media_type == "text/html":
            html = await anyio.Path(response.path).read_bytes()
            response = Response(_with_script(html, state.version), response.status_code, media_type="text/html")
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers["Cache-Control"] = "no-cache"
        response.headers.update(state.headers)
        return response

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """As StaticFiles does it, but a page is always sent whole: its file's age says nothing about the script."""
        if os.fspath(full_path).endswith(".html"):
            return FileResponse(full_path, status_code=status_code, stat_result=stat_result)
        return super().file_response(full_path, stat_result, scope, status_code)

    def _not_built(self, state: State) -> Response:
        template = self._templates.get_template("not-built.html")
        page = template.render(reserved=RESERVED, state=state.name, problems=state.problems[:_SHOWN])
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'self'"}
        return Response(page, 503, headers, media_type="text/html")


def _with_script(html: bytes, version: str) -> bytes:
    script = f'<script src="{RESERVED}/live.js" data-version="{version}" defer></script>\n'.encode()
    end = html.rfind(b"</body>")
    return html + script if end < 0 else html[:end] + script + html[end:]

"""What the workbench answers to a browser: its interface, its data, and the pages that are translated."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kb_gen.locales import Localizer, locale_info
from kb_gen.preview.hosts import HostCheck
from kb_gen.preview.workbench.bench import Unknown
from kb_gen.preview.workbench.guard import Guard
from kb_gen.preview.workbench.plan import WorkbenchPlan
from kb_gen.preview.workbench.session import Busy, Session
from kb_gen.preview.workbench.tongues import chosen_language, interface
from kb_gen.preview.workbench.views import EntryText
from kb_gen.preview.workbench.words import words
from kb_gen.site.outputs.media_types import media_type

__all__ = ["application"]

T = TypeVar("T")

_LARGEST = 1_000_000
"""Bytes of a request: many times the longest text that anybody translates."""

_ROWS = 100

_PAGE_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""Nothing in an article runs, and it asks nobody for anything; the interface alone may look into it."""


class _Draft(Struct, frozen=True):
    """A draft of a unit, on the page of an article; either may be empty."""

    article: str = ""
    unit: str = ""
    msgstr: tuple[str, ...] = ()
    drafts: dict[str, str] = {}


class _Save(Struct, frozen=True):
    """A translation to save, and what its translator has seen before."""

    unit: str
    entry: EntryText
    before: EntryText


class _Settle(Struct, frozen=True):
    """A conflict that is left as the catalog has it."""

    unit: str


class _Refused(Exception):  # noqa: N818 - the answer to a request
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def application(session: Session, plan: WorkbenchPlan, host: str, port: int) -> Starlette:
    """The workbench as an ASGI application.

    Args:
        session: the project at work.
        plan: what was asked for.
        host: the name or address that is served.
        port: the port.
    """
    loader = PackageLoader("kb_gen.preview.workbench")
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)

    async def shell(request: Request) -> Response:
        localizer = interface(plan.ui_language or chosen_language(request.headers.get("accept-language", "")))
        html = templates.get_template("workbench.html").render(
            text=localizer.text,
            language=localizer.locale.tag,
            direction=localizer.locale.direction,
            data=_facts(session, localizer),
        )
        return Response(html, media_type="text/html")

    async def page(request: Request) -> Response:
        url = request.path_params["path"]
        prefix = f"{locale_info(session.tag).path}/"
        if url.startswith(prefix) and url.endswith("/index.html"):
            html = await session.page(url.removeprefix(prefix).removesuffix("/index.html"), {})
            return Response(html, media_type="text/html", headers={"Content-Security-Policy": _PAGE_POLICY})
        content = await session.asset(url)
        if isinstance(content, bytes):
            return Response(content, media_type=media_type(url))
        return FileResponse(content, media_type=media_type(url))

    async def events(_request: Request) -> Response:
        return StreamingResponse(_event_stream(session), media_type="text/event-stream")

    async def home(_request: Request) -> object:
        return await session.home()

    async def articles(request: Request) -> object:
        query = request.query_params
        return await session.articles(query.get("q", ""), query.get("state", ""), _start(query), _ROWS)

    async def units(request: Request) -> object:
        query = request.query_params
        state, domain = query.get("state", ""), query.get("domain", "")
        return await session.search(query.get("q", ""), state, domain, _start(query), _ROWS)

    async def article(request: Request) -> object:
        return await session.article(request.path_params["address"])

    async def unit(request: Request) -> object:
        return await session.unit(request.path_params["name"])

    async def suggestions(request: Request) -> object:
        return await session.suggestions(request.path_params["name"])

    async def draft(request: Request) -> object:
        asked = await _body(request, _Draft)
        return await session.draft(asked.article, asked.unit, asked.msgstr, asked.drafts)

    async def save(request: Request) -> object:
        asked = await _body(request, _Save)
        return await session.save(asked.unit, asked.entry, asked.before)

    async def settle(request: Request) -> object:
        await session.settle((await _body(request, _Settle)).unit)
        return {}

    api = [
        Route("/home", _answered(home)),
        Route("/articles", _answered(articles)),
        Route("/units", _answered(units)),
        Route("/articles/{address:path}", _answered(article)),
        Route("/units/{name}", _answered(unit)),
        Route("/units/{name}/suggestions", _answered(suggestions)),
        Route("/draft", _answered(draft), methods=["POST"]),
        Route("/save", _answered(save), methods=["POST"]),
        Route("/settle", _answered(settle), methods=["POST"]),
        Route("/events", events),
    ]
    routes: list[BaseRoute] = [
        Mount("/api", routes=api),
        Mount("/files", StaticFiles(directory=str(files(__package__) / "files"))),
        Route("/page/{path:path}", _answered(page)),
        Route("/", shell),
        Route("/unit/{name}", shell),
        Route("/article/{address:path}", shell),
    ]
    names, origin = _known_as(plan, host, session.settings.workbench_url)
    guard = Middleware(Guard, token=plan.token, port=port, origin=origin)
    return Starlette(routes=routes, middleware=[Middleware(HostCheck, names=names), guard])


def _known_as(plan: WorkbenchPlan, host: str, url: str) -> tuple[tuple[str, ...], str]:
    """The names under which browsers may ask for a workbench, and the origin that its pages may have beside them.

    Where a token is asked for, these are the names of this machine, too, and what a proxy before the workbench is
    called: whoever makes a name of their own lead here still lacks the token.
    """
    if not plan.token:
        return (host,), ""
    parts = urlsplit(url)
    machine = (socket.gethostname(), socket.getfqdn())
    return (host, *machine, parts.hostname or host), f"{parts.scheme}://{parts.netloc}".lower()


def _answered(work: Callable[[Request], Awaitable[object]]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers with data, or with a sentence on why it doesn't."""

    async def endpoint(request: Request) -> Response:
        try:
            found = await work(request)
        except Unknown as reason:
            return _json({"problem": f"there is no {reason} in this project"}, 404)
        except Busy as reason:
            return _json({"problem": str(reason)}, 503)
        except _Refused as reason:
            return _json({"problem": str(reason)}, reason.status)
        return found if isinstance(found, Response) else _json(found)

    return endpoint


def _json(data: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(data), status, media_type="application/json")


async def _body(request: Request, wanted: type[T]) -> T:
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > _LARGEST:
            raise _Refused(413, "the request is too large")
    try:
        return msgspec.json.decode(data, type=wanted)
    except msgspec.DecodeError as reason:
        raise _Refused(400, str(reason)) from reason


def _start(query: Mapping[str, str]) -> int:
    start = query.get("start", "0")
    return int(start) if start.isdecimal() and len(start) < 10 else 0


async def _event_stream(session: Session) -> AsyncIterator[bytes]:
    """Versions as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
    yield b"retry: 1000\n\n"
    async for version in session.versions():
        yield f"event: version\ndata: {version}\n\n".encode()


def _facts(session: Session, localizer: Localizer) -> dict[str, Any]:
    """What the scripts need to know from the beginning."""
    locale = locale_info(session.tag)
    return {
        "words": words(localizer.text),
        "locale": locale.tag,
        "localeName": locale.name,
        "direction": locale.direction,
        "path": locale.path,
        "language": localizer.locale.tag,
        "source": session.settings.source_locale,
        "site": session.settings.site_names.get(locale.tag, session.settings.site_name),
    }

"""Who may use a workbench: the translator's own browser, and no page of anybody else in it.

A workbench writes files, so being on this machine isn't enough: every page that the browser has open could ask it to.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses requests of other origins, and, where there is a token, of whoever doesn't have it."""

    def __init__(self, app: ASGIApp, token: str = "", port: int = 0, origin: str = "") -> None:
        self._app = app
        self._origin = origin
        self._token = token
        # Cookies don't know ports: two workbenches of one machine each have their own.
        self._cookie = f"kb_gen_workbench_{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or has it answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await (self._answer(scope) or self._app)(scope, receive, with_headers)

    def _answer(self, scope: Scope) -> Response | None:
        """What is answered instead of letting a request through."""
        headers = Headers(scope=scope)
        if reason := _foreign(scope["method"], headers, self._origin):
            return PlainTextResponse(f"{reason}\n", 403)
        return self._asked_for_token(scope, headers) if self._token else None

    def _asked_for_token(self, scope: Scope, headers: Headers) -> Response | None:
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        offered = next((value for name, value in query if name == "token"), None)
        if offered is not None and self._is_token(offered):
            # Out of the address, where others would see it, into a cookie.
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            path = "/" + scope["path"].lstrip("/")
            response = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
            # Lax, not strict: a catalog's link to a unit may be followed from another page.
            response.set_cookie(self._cookie, self._token, httponly=True, samesite="lax")
            return response
        if self._is_token(_cookie(headers, self._cookie)) or self._is_token(_bearer(headers)):
            return None
        text = "This workbench asks for a token. Open the address that its terminal shows.\n"
        return PlainTextResponse(text, 401, {"WWW-Authenticate": "Bearer"})

    def _is_token(self, offered: str) -> bool:
        return hmac.compare_digest(offered.encode("utf-8", "replace"), self._token.encode())


def _foreign(method: str, headers: Headers, beside: str) -> str:
    """Why a request isn't one of the workbench's own pages; nothing if it is, or if no browser made it.

    https://www.w3.org/TR/fetch-metadata/ has the headers. `beside` is an origin that is the workbench's own as well:
    that of a proxy, which may name another host to the workbench than the browser has named to it.
    """
    site = headers.get("sec-fetch-site", "none")
    writes = method not in ("GET", "HEAD")
    if site not in ("same-origin", "none"):
        followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if writes or not followed:
            return "The workbench doesn't answer to pages of other origins."
    origin = headers.get("origin")
    own = headers.get("host", "").lower()
    if origin is not None and origin.lower() not in (f"http://{own}", f"https://{own}", beside):
        return "The workbench doesn't answer to pages of other origins."
    if writes and headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return "The workbench takes JSON only."
    return ""


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _bearer(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""

"""Whom a server of this program answers: those who ask for it by its own name."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["HostCheck"]


class HostCheck:
    """Refuses requests for other hosts: a foreign page whose name was made to lead here could read what is served."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = {"localhost", *map(str.lower, names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or has it answered."""
        app = self._app
        if scope["type"] == "http" and not self._is_ours(Headers(scope=scope).get("host", "")):
            app = PlainTextResponse("This server doesn't answer for that host.\n", 421)
        await app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name in self._names:
                return True
            # Only a name can be made to lead here; an address is what it is.
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

"""The media type that a store serves a file with. A web server has its own table; a store has to be told."""

from __future__ import annotations

from functools import cache
from mimetypes import MimeTypes

__all__ = ["media_type"]

_OWN = {
    ".avif": "image/avif",
    ".conf": "text/plain",
    ".js": "text/javascript",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".po": "text/plain",
    ".pot": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""What Python's table lacks in one version or another, or says in an older way."""

_PLAIN_NAMES = frozenset({"_headers", "Caddyfile"})


@cache
def _table() -> MimeTypes:
    """Python's own, without the system's files: the same on every machine."""
    table = MimeTypes(strict=True)
    for suffix, kind in _OWN.items():
        table.add_type(kind, suffix)
    return table


def media_type(url: str) -> str:
    """The media type of a file of the site, with its encoding where it is a text."""
    if url.rpartition("/")[2] in _PLAIN_NAMES:
        return "text/plain; charset=utf-8"
    # As a path: in a URL, what comes before a colon would be a scheme.
    found, packed = _table().guess_type(f"/{url}")
    if packed is not None or found is None:
        # Served as it is: a browser told of its encoding would unpack it on the way.
        return "application/gzip" if packed == "gzip" else "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found

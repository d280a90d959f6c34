"""What a web server has to say with every page of the site: the Content-Security-Policy and two more headers.

The pages carry a few inline scripts of the theme. Each is allowed by its hash, so that no other script runs even if
one found its way into a page.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256

from kb_gen.site.engines import Asset

__all__ = ["WEBASSEMBLY", "content_security_policy", "header_files"]

WEBASSEMBLY = "'wasm-unsafe-eval'"
"""Allows compiled WebAssembly, which is no script and can't become one."""

_FOLDER = "headers"
_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'{allowed}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
)


def content_security_policy(scripts: Iterable[str], sources: Iterable[str] = ()) -> str:
    """The policy under which pages with these inline scripts work, and nothing else does.

    Args:
        scripts: the exact text of each inline script, between its tags.
        sources: what else may run, as `script-src` names it: `WEBASSEMBLY` where the search needs that.
    """
    hashes = sorted({b64encode(sha256(script.encode()).digest()).decode() for script in scripts})
    allowed = "".join(f" {source}" for source in (*sources, *(f"'sha256-{digest}'" for digest in hashes)))
    return "; ".join(_DIRECTIVES).replace("{allowed}", allowed)


def header_files(scripts: Iterable[str], sources: Iterable[str] = ()) -> Iterator[Asset]:
    """Settings that make nginx, Apache, Caddy and static hosts send the headers.

    Args:
        scripts: the exact text of each inline script in any page.
        sources: what else may run, see `content_security_policy`.
    """
    headers = (
        ("Content-Security-Policy", content_security_policy(scripts, sources)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
    )
    # No value has a double quote, a backslash or a dollar sign in it, so each syntax can quote them as they are.
    nginx = [f'add_header {name} "{value}" always;' for name, value in headers]
    yield _file(
        f"{_FOLDER}/nginx.conf",
        "# In the `server` or `location` block of the site: include <path>/headers/nginx.conf;",
        "# A block that has `add_header` lines of its own inherits none: include the file there again.",
        *nginx,
    )
    apache = [f'  Header always set {name} "{value}"' for name, value in headers]
    yield _file(
        f"{_FOLDER}/apache.conf",
        "# In the site's <VirtualHost> or <Directory>: Include <path>/headers/apache.conf",
        "<IfModule mod_headers.c>",
        *apache,
        "</IfModule>",
    )
    caddy = [f'\t\t{name} "{value}"' for name, value in headers]
    yield _file(
        f"{_FOLDER}/Caddyfile",
        "# At the top of the Caddyfile: import <path>/headers/Caddyfile",
        "# In the site's block: import knowledge_base_headers",
        "(knowledge_base_headers) {",
        "\theader {",
        *caddy,
        "\t}",
        "}",
    )
    yield _file("_headers", "/*", *(f"  {name}: {value}" for name, value in headers))


def _file(url: str, *lines: str) -> Asset:
    return Asset(url, "".join(f"{line}\n" for line in lines).encode())

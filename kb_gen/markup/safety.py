"""Which links may leave a page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

__all__ = ["SCHEMES", "is_safe_link"]

SCHEMES = frozenset({"https", "http", "mailto"})
"""The schemes that a link in a record may have."""

_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\\]")


@lru_cache(maxsize=4096)
def is_safe_link(href: str) -> bool:
    """Whether `href` is an absolute link of an allowed scheme, with nothing in it that a browser would read otherwise.

    Relative links are not: a text is shown at several addresses and in several formats.
    """
    if _CONTROL.search(href):
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme.lower() == "mailto":
        return bool(parts.path)
    return parts.scheme.lower() in SCHEMES and bool(parts.netloc)

"""The named places of interface words: `Last changed: {date}`.

Only a name stands between the braces. Python's own `str.format` would let a translation reach into the values it is
given (`{count.__class__}`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

__all__ = ["fill", "placeholders"]

_PLACE = re.compile(r"\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_]*)\}")


@lru_cache(maxsize=4096)
def placeholders(text: str) -> frozenset[str]:
    """The names in braces that `text` has; doubled braces stand for themselves."""
    return frozenset(match[1] for match in _PLACE.finditer(text) if match[1])


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its places filled; one without a value stays as it is written."""
    if "{" not in text and "}" not in text:
        return text
    return _PLACE.sub(lambda match: values.get(match[1], match[0]) if match[1] else match[0][0], text)

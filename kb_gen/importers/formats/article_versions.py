"""The product version that an article names: `14.0`, or `14.0 (Exchange Server 2010)` as TechNet has it."""

from __future__ import annotations

import re

__all__ = ["version_of"]

_SEVERAL = re.compile(r"[,;]|\b(?:and|und|or|oder)\b")
_NAMED = re.compile(r"(?P<version>\d[\w.]*) ?\((?P<name>[^\W\d_]{3,}[^()]*)\)")
_NO_NAME = re.compile(
    r"(?:beta|build|cumulative|english|deutsch|feature|hotfix|kumulatives|patch|preview|release|revision|rollup|rtm"
    r"|service|update|version|vorschau)\b",
    re.IGNORECASE,
)
"""What says more of a version, and names none."""


def version_of(told: str) -> tuple[str, str]:
    """A version and its name, as far as there is one; both are empty where several versions are told.

    Args:
        told: the value of the article's label.
    """
    told = " ".join(told.split())
    if _SEVERAL.search(told):
        return "", ""
    named = _NAMED.fullmatch(told)
    return (named["version"], named["name"]) if named and not _NO_NAME.match(named["name"]) else (told, "")

"""Pages with slots: what the theme printed, cut at markers, and filled with what belongs there.

A marker stands for a slot, or opens or closes a *group*, a stretch of HTML that some pages don't have at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count

__all__ = ["Pieces", "UnfilledSlotError", "between", "fill", "marker", "resolve", "split", "unused_token"]

Pieces = tuple[str, ...]
"""HTML and slot names in turn, beginning and ending with HTML."""

_NAME = "[A-Za-z0-9_-]+"


class UnfilledSlotError(RuntimeError):
    """A page's markers and values don't fit together: the theme's templates aren't what they were."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the theme's pages have the unexpected slot `{name}`")


def unused_token(texts: str) -> str:
    """A word for markers that occurs nowhere in `texts`, which will stand in pages beside them."""
    return next(token for token in map("kbslot{}".format, count()) if token not in texts)


def marker(token: str, name: str) -> str:
    """The text that stands in a page for a slot; as a URL it is a fragment, which no theme makes relative."""
    return f"#{token}:{name}:{token}#"


def split(html: str, token: str) -> Pieces:
    """Cut a page at its markers."""
    return tuple(re.split(f"#{token}:({_NAME}):{token}#", html))


def resolve(pieces: Pieces, values: Mapping[str, str | None]) -> Pieces:
    """Put `values` into the slots of their names; other slots stay. Values are never searched for markers.

    The value of a group is None where the page doesn't have it; any text keeps it.
    """
    result: list[str] = []
    text = [pieces[0]]
    dropped: str | None = None
    for name, following in zip(pieces[1::2], pieces[2::2], strict=True):
        if dropped is not None:
            if name == f"end-{dropped}":
                dropped = None
                text.append(following)
            continue
        kind, _, group = name.partition("-")
        if kind in {"begin", "end"} and group in values:
            if kind == "begin" and values[group] is None:
                dropped = group
                continue
        elif name in values:
            text.append(values[name] or "")
        else:
            result += ("".join(text), name)
            text = []
        text.append(following)
    return (*result, "".join(text))


def fill(pieces: Pieces, values: Mapping[str, str | None]) -> bytes:
    """The finished page.

    Raises:
        UnfilledSlotError: if a slot has no value.
    """
    filled = resolve(pieces, values)
    if len(filled) > 1:
        raise UnfilledSlotError(filled[1])
    return filled[0].encode("utf-8", "xmlcharrefreplace")


def between(pieces: Sequence[str], group: str) -> str | None:
    """The HTML inside the first group of that name, if the page has one and it holds no slot."""
    for index, name in enumerate(pieces):
        if index % 2 and name == f"begin-{group}" and pieces[index + 2] == f"end-{group}":
            return pieces[index + 1]
    return None

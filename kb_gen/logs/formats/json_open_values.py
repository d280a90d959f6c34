"""Whether a JSON value that goes on over several lines can still come to an end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["OpenValue"]

_QUOTED = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_STRING = re.compile(_QUOTED)
# A string without an end takes the rest of its line: looked for again at each quotation mark in it, that would be slow.
_PIECES = re.compile(rf'{_QUOTED}|[{{}}\[\],:]|".*|[^\s"{{}}\[\],:]+')
_TORN = "torn"
_KINDS = '{}[],:"0'


def _may_follow(inside: str, before: str, kind: str) -> bool:
    """Whether a piece of JSON may stand where it does: brackets, `,`, `:`, `"` of a string, `0` of any other value.

    Args:
        inside: which bracket is open; empty if none is.
        before: the piece before it; empty if there is none.
        kind: the piece.
    """
    begins = before == "" or (before in "[," if inside == "[" else before == ":")
    if kind in "{[0":
        return begins
    if kind == '"':
        return begins or (inside == "{" and before in "{,")
    if kind == ":":
        return inside == "{" and before == '"'
    behind_value = before not in {"", ",", ":"}
    if kind == ",":
        return bool(inside) and behind_value and before not in "{["
    return inside == ("{" if kind == "}" else "[") and behind_value


_FOLLOWING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        inside + before: frozenset(kind for kind in _KINDS if _may_follow(inside, before, kind))
        for inside in ("", "{", "[")
        for before in ("", *_KINDS)
        if inside or not before
    }
)
"""What may follow, by the bracket that is open and the piece before."""


class OpenValue:
    """How far the JSON value of some lines has come."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._before = ""

    @property
    def depth(self) -> int:
        """How many objects and lists are open."""
        return len(self._open)

    def goes_on(self, line: str) -> bool | None:
        """Whether the value may have an end behind one more line: None if it has it in that line, False if never."""
        pieces = _PIECES.findall(line)
        if pieces and pieces[-1][0] == '"' and not _STRING.fullmatch(pieces[-1]):
            pieces[-1] = _TORN
        inside, before = self._open[-1] if self._open else "", self._before
        for piece in pieces:
            kind = piece[0] if piece[0] in _KINDS else "0"
            if piece is _TORN or kind not in _FOLLOWING[inside + before]:
                return False
            if kind in "{[":
                self._open.append(kind)
                inside = kind
            elif kind in "}]":
                self._open.pop()
                if not self._open:
                    return None
                inside = self._open[-1]
            before = kind
        self._before = before
        return True

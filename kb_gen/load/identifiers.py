"""Event IDs in the one form they are compared, sorted and addressed in."""

from __future__ import annotations

import re

__all__ = ["canonical_id"]

_PLAIN = re.compile(r"[1-9][0-9]{0,8}|0")
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}")
_HEXADECIMAL = re.compile(r"0[xX][0-9A-Fa-f]{1,16}")
_NAME = re.compile(r"[^\W\d_][^\s/\\%?#\x00-\x1f\x7f]{0,199}")
_LOWEST, _HIGHEST = -(2**31), 2**32 - 1


def canonical_id(written: str) -> str | None:
    """An event ID as an author writes it, in its one form: decimal without leading zeros, or the name as it is.

    Numbers are the 32 bits that Windows and its relatives give to an event, signed or not. None if it is no ID.
    """
    if _PLAIN.fullmatch(written):
        return written
    if _NUMBER.fullmatch(written):
        number = int(written)
    elif _HEXADECIMAL.fullmatch(written):
        number = int(written, 16)
    else:
        return written if _NAME.fullmatch(written) and written.isprintable() else None
    return str(number) if _LOWEST <= number <= _HIGHEST else None

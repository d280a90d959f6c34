"""Two files that take each other's place in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["exchange"]

_HERE = -100
"""Paths are seen from the working folder (`AT_FDCWD`)."""

_EXCHANGE = 2
"""`RENAME_EXCHANGE`, https://man7.org/linux/man-pages/man2/rename.2.html."""


def exchange(first: Path, second: Path) -> bool:
    """Let two files of a folder take each other's name, so that neither name is ever without a file.

    Returns:
        Whether that was done; if not, the system or the file system has no such thing, and nothing has changed.
    """
    rename = _renameat2()
    if rename is None:
        return False
    return bool(rename(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0)


@cache
def _renameat2() -> Any:  # noqa: ANN401 - a function of C
    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        # Windows, macOS, or a C library from before 2018.
        return None
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    function.restype = ctypes.c_int
    return function

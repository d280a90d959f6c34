"""The names that a project wants to find in its translations as they are: `protected.txt` beside the catalogs."""

from __future__ import annotations

import codecs
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error

__all__ = ["PROTECTED_WORDS", "protected_words"]

PROTECTED_WORDS = "protected.txt"
"""The file's name, in the folder of the catalogs."""

_MAX_BYTES = 1_000_000


def protected_words(root: Path, translations: str) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """The words and phrases that no translation changes, sorted; and what is wrong with their file.

    A line has one of them. What begins with `#` is a remark. There needn't be such a file.

    Args:
        root: the project's root.
        translations: the folder of the catalogs, relative to `root`.
    """
    path = f"{translations}/{PROTECTED_WORDS}"
    file = root / path
    try:
        if not file.resolve(strict=True).is_relative_to(root.resolve()):
            help_text = "copy the file into the folder, in the place of the link"
            return (), [error("outside-tree", "the list leads out of the project's folder", Place(path), help_text)]
        if file.stat().st_size > _MAX_BYTES:
            message = f"the list is larger than {_MAX_BYTES // 1_000_000} MB"
            return (), [error("file-too-large", message, Place(path), "list names, a line each, and nothing else")]
        data = file.read_bytes().removeprefix(codecs.BOM_UTF8)
    except FileNotFoundError:
        return (), []
    except OSError as reason:
        words = (reason.strerror or type(reason).__name__).lower()
        help_text = "mend or remove the link, or give yourself the right to read it"
        return (), [error("unreadable-file", f"the list can't be read: {words}", Place(path), help_text)]
    try:
        text = data.decode()
    except UnicodeDecodeError as reason:
        before = len(data[: reason.start].decode("utf-8", "replace"))
        message = f"byte 0x{data[reason.start]:02X} at this place isn't UTF-8"
        return (), [error("wrong-encoding", message, Place(path, before, before + 1), "save the list as UTF-8")]
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(sorted({line for line in lines if line and not line.startswith("#")})), []

r"""A text of an errmsg file: what stands in its quotation marks, with its escapes.

`parse_text_line` in MariaDB's and MySQL's `comp_err` defines it: `\n` ends a line, `\\` and `\"` are the character,
and up to three octal digits are a byte. From anything else, the backslash is dropped without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, warning
from kb_gen.importers.formats.text_files import TextFile

__all__ = ["message_text"]

_ESCAPE = re.compile(r"(?:\\[0-7]{1,3})+|\\(.)", re.DOTALL)
_OCTAL = re.compile(r"[0-7]+")
_KNOWN = {"n": "\n", "\\": "\\", '"': '"', "'": "'"}
r"""`\'` isn't among those that the product knows; without its backslash, it is what everybody means by it."""


def message_text(file: TextFile, rest: str, start: int) -> tuple[str, list[Diagnostic]]:
    """A message as its author meant it, and what the product makes of it otherwise.

    Args:
        file: where it stands.
        rest: its line from behind the first quotation mark on.
        start: where `rest` begins in the file's text.
    """
    end = _last_quote(rest)
    if end < 0:
        written = rest.rstrip()
        message = "the text doesn't end in a quotation mark; it was read up to the end of the line"
        place = file.place(start - 1, start + len(rest))
        help_text = 'write `"` at the end: the product shows next to nothing of it'
        odd = [warning("errmsg-quote", message, place, help_text)]
    else:
        written, behind = rest[:end], rest[end + 1 :].strip()
        message = f"`{behind[:20]}` stands behind the text's last quotation mark, and is no part of it"
        place = file.place(start + end + 1, start + len(rest))
        help_text = "put it before the quotation mark, or delete it"
        odd = [warning("errmsg-quote", message, place, help_text)] if behind else []
    if "\\" not in written:
        return written, odd
    pieces, escapes = _unescaped(file, written, start)
    return pieces, [*escapes, *odd]


def _last_quote(text: str) -> int:
    """Where the last quotation mark stands that no backslash stands before; -1 if there is none."""
    end = text.rfind('"')
    while end > 0:
        before = text[:end]
        if (end - len(before.rstrip("\\"))) % 2 == 0:
            break
        end = text.rfind('"', 0, end)
    return end


def _unescaped(file: TextFile, written: str, start: int) -> tuple[str, list[Diagnostic]]:
    """A text without its escapes, and those that don't say what they seem to."""
    pieces: list[str] = []
    odd: list[Diagnostic] = []
    last = 0
    for found in _ESCAPE.finditer(written):
        pieces.append(written[last : found.start()])
        last = found.end()
        letter = found[1]
        shown, wrong = (_KNOWN.get(letter, letter), "") if letter else _bytes(found[0])
        if letter and letter not in _KNOWN:
            wrong = f"nobody knows the escape `\\{letter}`: the product shows `{letter}`"
        if wrong:
            place = file.place(start + found.start(), start + found.end())
            odd.append(warning("errmsg-escape", wrong, place, "write the character itself, or `\\\\` for a backslash"))
        pieces.append(shown)
        if "\0" in shown:
            return "".join(pieces).partition("\0")[0], odd
    return "".join((*pieces, written[last:])), odd


def _bytes(escapes: str) -> tuple[str, str]:
    """What bytes mean that stand side by side as octal numbers, and what is wrong with them."""
    numbers = list(_numbers(escapes))
    data = bytes(number & 0xFF for number in numbers)
    # A character of Latin-1 is what such a number meant before the files were in UTF-8.
    if 0 in data:
        return data.decode("latin-1"), "the byte 0 ends the text for the product"
    if too_large := [number for number in numbers if number > 0xFF]:
        return data.decode("latin-1"), f"`\\{too_large[0]:o}` is no byte: the highest is `\\377`"
    try:
        return data.decode(), ""
    except UnicodeDecodeError:
        return data.decode("latin-1"), f"`{escapes[:20]}` is no character in UTF-8; it was read as Latin-1"


def _numbers(escapes: str) -> Iterator[int]:
    yield from (int(digits, 8) for digits in _OCTAL.findall(escapes))

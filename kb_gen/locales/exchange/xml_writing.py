"""XML written piece by piece, so that a file of any size takes little memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

__all__ = ["INVALID", "attribute_text", "element", "escaped", "shown", "start_tag"]

INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document may hold, not even as a reference."""

# A carriage return would be read as a line feed, and in attributes all white space as a blank.
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def shown(text: str) -> str:
    """`text` for people to read: in the place of what XML can't hold, a sign for it (`␁`)."""
    return INVALID.sub(lambda match: chr(0x2400 + ord(match[0])) if ord(match[0]) < 0x20 else "\ufffd", text)


def escaped(text: str, invalid: Callable[[str], str]) -> str:
    """`text` as the content of an element.

    Args:
        text: any text.
        invalid: the XML that stands for a character that XML can't hold.
    """
    if INVALID.search(text) is None:
        return text.translate(_TEXT)
    parts: list[str] = []
    end = 0
    for match in INVALID.finditer(text):
        parts += (text[end : match.start()].translate(_TEXT), invalid(match[0]))
        end = match.end()
    parts.append(text[end:].translate(_TEXT))
    return "".join(parts)


def attribute_text(text: str) -> str:
    """`text` as it stands between an attribute's quotes."""
    return shown(text).translate(_ATTRIBUTE)


def start_tag(name: str, attributes: Mapping[str, str | None], end: str = ">") -> str:
    """An element's start; attributes that are None are left out."""
    told = (f' {key}="{attribute_text(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{''.join(told)}{end}"


def element(name: str, attributes: Mapping[str, str | None], text: str) -> str:
    """A whole element that holds a text for people to read."""
    return f"{start_tag(name, attributes)}{escaped(shown(text), str)}</{name}>"

"""Characters that nobody sees and that change what others look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey

__all__ = ["control_character", "screen", "unwanted_character"]


# Line ends and tabs are ordinary. Marks of direction (U+200E, U+200F) are too, in Hebrew and Arabic; embeddings,
# overrides and isolates make a text read otherwise than it is (CVE-2021-42574).
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)

_ESCAPED = "in double quotes a backslash begins an escape sequence: use single quotes, or write `\\\\`"


def unwanted_character(text: str) -> str:
    """The first character of a text that may not stand in one, as U+0000; empty if there is none."""
    found = _UNWANTED.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def control_character(content: Content) -> Iterator[Diagnostic]:
    """Texts hold no control characters and none that turn the direction of reading."""
    for written in content.texts:
        if written.text.isprintable():
            continue
        for match in _UNWANTED.finditer(written.text):
            place = content.place(written.path, written.where, match.span())
            yield error(
                "control-character",
                f"the invisible character U+{ord(match.group()):04X} may not stand in a text",
                place,
                _ESCAPED if (content.loaded.sources(place.path) or "").startswith("\\", place.start) else "remove it",
            )


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return not seen.is_printable and bool(_UNWANTED.search(seen.marked_up) or _UNWANTED.search(seen.plain))

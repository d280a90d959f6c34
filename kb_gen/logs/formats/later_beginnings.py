"""Logs whose beginning is missing, or stands behind lines of something else: what the rest says of their format.

Logs are cut by their size as well as by their entries, and programs that export them say hello first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb_gen.logs.formats.event_xml import is_event_xml
from kb_gen.logs.formats.evtx_chunks import CHUNK, RECORD
from kb_gen.logs.formats.json_texts import ObjectAt, mended, object_at
from kb_gen.logs.lines import decoded_head

__all__ = ["later_format"]

_EVENTS = re.compile(r"(?:^|>)\s*(<Events?[\s>])", re.MULTILINE)
_MOST_LINES = 200
_MOST_OF = 0.8
_FEWEST_RECORDS = 3
_PART_OF_JSON = re.compile(r'\s*(?:[{}\[\]]+,?|"[^"]*"\s*:.*)\s*')
_FIELD = re.compile(r"[A-Z_][A-Z0-9_]*=")
_TIME = re.compile(r"__REALTIME_TIMESTAMP=\d")


def later_format(head: bytes, *, is_text: bool) -> str:
    """The format of a log that doesn't begin as one; empty if there is none, or the log is one of lines.

    Args:
        head: its first bytes.
        is_text: whether it is text at all.
    """
    if not is_text:
        return "evtx" if CHUNK in head or head.count(RECORD) >= _FEWEST_RECORDS else ""
    text = decoded_head(head)
    # The first one may have lost its beginning, the last one its end.
    lines = [line for line in text.split("\n", _MOST_LINES + 1)[1:-1] if line.strip()]
    if _are_mostly(lines, [_is_object(line) for line in lines]) or _are_mostly(
        lines, [_PART_OF_JSON.fullmatch(line) is not None for line in lines]
    ):
        return "json"
    fields = [_FIELD.match(line) is not None for line in lines]
    if _are_mostly(lines, fields) and any(_TIME.match(line) for line in lines):
        return "journal"
    found = _EVENTS.search(text)
    return "xml" if found and is_event_xml(text[found.start(1) :].encode()) else ""


def _are_mostly(lines: Sequence[str], fitting: Sequence[bool]) -> bool:
    return len(lines) > 1 and sum(fitting) >= _MOST_OF * len(lines)


def _is_object(line: str) -> bool:
    text = mended(line.lstrip())
    return text[:1] == "{" and isinstance(object_at(text, 0), ObjectAt)

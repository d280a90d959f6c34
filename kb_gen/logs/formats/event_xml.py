"""Windows events exported as XML: by `wevtutil qe … /f:xml`, by Event Viewer's "Save as XML", or one by one.

Such a file is a list of `Event` elements, in a root element or in none, which is no XML then. So events are cut out of
the text and read one by one; what stands between them doesn't matter, and a damaged one takes no other with it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.logs.entries import Entry, Reading
from kb_gen.logs.lines import decoded_head, encoding_of
from kb_gen.logs.said import said
from kb_gen.logs.streams import LogStream
from kb_gen.logs.windows_events import BrokenEvent, windows_event

__all__ = ["is_event_xml", "read_event_xml"]

_START = re.compile(r"<(?:[A-Za-z]\w*:)?Event(?=[\s>])")
_END = re.compile(r"</(?:[A-Za-z]\w*:)?Event\s*>")
_LONGEST = 1 << 20
"""Characters of an event: Windows itself allows 64 KB of data."""

_LONGEST_TAG = 64
_LONGEST_NAME = 200


def is_event_xml(head: bytes) -> bool:
    """Whether a log begins as XML that has events."""
    text = decoded_head(head).lstrip()
    return text.startswith("<") and _START.search(text) is not None


def read_event_xml(stream: LogStream, reading: Reading) -> Iterator[Entry | Diagnostic]:
    """The events of an export.

    Raises:
        OSError: the log can't be read.
    """
    position = 0
    for line, xml in _events(stream, reading.encoding):
        position += 1
        try:
            yield windows_event(xml, position)
        except BrokenEvent as reason:
            again = [found.start() for found in _START.finditer(xml, 1)][-1:]
            yield _broken(stream, position, line, reason)
            if again:
                # The end of one is missing, and the next one began inside it.
                position += 1
                try:
                    yield windows_event(xml[again[0] :], position)
                except BrokenEvent as other:
                    yield _broken(stream, position, line + xml.count("\n", 0, again[0]), other)
    if position == 0:
        yield error("log-file", said("there is no event in it"), Place(stream.name), said("export the log anew"))


def _broken(stream: LogStream, position: int, line: int, reason: BrokenEvent) -> Diagnostic:
    """That an event can't be read; `line` is where it begins."""
    why = said("{reason}, from line {line} on", reason=reason.why, line=line)
    if reason.line:
        why = said("{reason} in line {line}", reason=reason.why, line=line + reason.line - 1)
    message = said("event {number} can't be read: {reason}", number=position, reason=why)
    return error("log-record", message, Place(stream.name), said("the events around it were read"))


def _events(stream: LogStream, encoding: str) -> Iterator[tuple[int, str]]:
    """The `Event` elements of a text, each with its first line; one without an end last, or where it is too long."""
    decoder = codecs.getincrementaldecoder(encoding or encoding_of(stream.head))("replace")
    pending, begun, searched, line = "", False, 0, 1
    for piece in stream.pieces():
        pending += decoder.decode(piece)
        while True:
            if not begun:
                start = _START.search(pending)
                if start is None:
                    line += pending.count("\n", 0, max(0, len(pending) - _LONGEST_TAG))
                    pending = pending[-_LONGEST_TAG:]
                    break
                line += pending.count("\n", 0, start.start())
                pending, begun, searched = pending[start.start() :], True, 0
            end = _END.search(pending, searched)
            if end is None:
                searched = max(0, len(pending) - _LONGEST_TAG - _LONGEST_NAME)
                if len(pending) <= _LONGEST:
                    break
                yield line, pending[:_LONGEST]
                line += pending.count("\n", 0, _LONGEST)
                pending, begun = pending[_LONGEST:], False
                continue
            yield line, pending[: end.end()]
            line += pending.count("\n", 0, end.end())
            pending, begun = pending[end.end() :], False
    if begun:
        yield line, pending

"""A log becomes a stream of entries and of findings about it."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.logs.entries import Entry, Reading
from kb_gen.logs.formats import FORMATS, format_of
from kb_gen.logs.streams import LogStream

__all__ = ["read_log"]

_FOREIGN = (
    (4, b"LfLe", "an event log of Windows XP or 2003", "open it in Event Viewer and save it as .evtx"),
    (0, b"LPKSHHRH", "a journal of systemd", "pipe it: journalctl -o json --file FILE | kb-gen explain -"),
    (0, b"PK\x03\x04", "a ZIP archive", "unpack it"),
    (0, b"\xfd7zXZ\x00", "packed with xz", "pipe it: xzcat FILE | kb-gen explain -"),
    (0, b"BZh", "packed with bzip2", "pipe it: bzcat FILE | kb-gen explain -"),
    (0, b"\x28\xb5\x2f\xfd", "packed with Zstandard", "pipe it: zstdcat FILE | kb-gen explain -"),
)


def read_log(stream: LogStream, reading: Reading, format_name: str = "") -> Iterator[Entry | Diagnostic]:
    """The entries of a log and what is wrong with it, in the log's order, without ever holding all of it.

    Args:
        stream: the log.
        reading: what the log may leave out.
        format_name: a key of `FORMATS`; empty if its first bytes are to tell.

    Raises:
        EvtxMissing: it is an event log, and the library for these isn't installed.
        OSError: the log can't be read.
    """
    found = FORMATS[format_name] if format_name else format_of(stream.head) if not _foreign(stream.head) else None
    if found is not None:
        yield from found.read(stream, reading)
    elif stream.head:
        what, cure = _foreign(stream.head) or (
            "no text, and no log that is known",
            "name its format with --input-format",
        )
        yield error("log-file", f"the log can't be read: it is {what}", Place(stream.name), cure)
    if stream.damage:
        yield error(
            "log-cut-off",
            f"the packed log ends before its end: {stream.damage.lower()}",
            Place(stream.name),
            "what could be unpacked was read; fetch the file again",
        )


def _foreign(head: bytes) -> tuple[str, str] | None:
    """What a log of another kind is, and what to do with it."""
    for place, mark, what, cure in _FOREIGN:
        if head.startswith(mark, place):
            return what, cure
    return None

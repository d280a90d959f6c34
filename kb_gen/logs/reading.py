"""A log becomes a stream of entries and of findings about it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.logs.entries import Assumed, Entry, Reading
from kb_gen.logs.formats import FORMATS, format_of
from kb_gen.logs.streams import LogStream

__all__ = ["read_log"]

_FOREIGN = (
    (4, b"LfLe", "an event log of Windows XP or 2003", "open it in Event Viewer and save it as .evtx"),
    (0, b"LPKSHHRH", "a journal of systemd", "pipe it: journalctl -o json --file FILE | kb-gen explain -"),
    (0, b"PK\x03\x04", "a ZIP archive", "unpack it"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it"),
    (0, b"Rar!", "a RAR archive", "unpack it"),
    (257, b"ustar", "a TAR archive", "unpack it"),
    (0, b"\xfd7zXZ\x00", "packed with xz", "pipe it: xzcat FILE | kb-gen explain -"),
    (0, b"\x1f\x8b", "packed twice", "unpack it once"),
    (0, b"BZh", "packed with bzip2", "pipe it: bzcat FILE | kb-gen explain -"),
    (0, b"\x28\xb5\x2f\xfd", "packed with Zstandard", "pipe it: zstdcat FILE | kb-gen explain -"),
)

_EARLIEST, _LATEST = 1990, 2100
"""Years of which there are logs. Machines that don't know the time call it 1601, 1970 or 1980."""


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
        times = _Times(found.place)
        for each in found.read(stream, reading):
            yield times.checked(each) if isinstance(each, Entry) else each
        yield from times.findings(stream.name)
    elif stream.head and not any(stream.head):
        cure = "that is what a power failure or a bad copy leaves; look for another copy"
        yield error("log-file", "the log can't be read: it begins with nothing but zeros", Place(stream.name), cure)
    elif stream.head:
        what, cure = _foreign(stream.head) or (
            "no text, and no log that is known",
            "have the program that wrote it export it as text, XML or CSV",
        )
        yield error("log-file", f"the log can't be read: it is {what}", Place(stream.name), cure)
    if stream.damage:
        yield error("log-cut-off", stream.damage, Place(stream.name), "what could be unpacked was read; fetch it again")


class _Times:
    """Sees to it that no entry has a time that can't be right: one alone would make a log thousands of years long."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._count = 0
        self._first = ""

    def checked(self, entry: Entry) -> Entry:
        """An entry, without its time if that is impossible."""
        time = entry.time
        if entry.assumed is not Assumed.WRONG and (time is None or _EARLIEST <= time.year <= _LATEST):
            return entry
        self._count += 1
        written = f": {time.replace(tzinfo=None).isoformat(' ', 'seconds')}" if time else ""
        self._first = self._first or f"{entry.position:,}{written}"
        return replace(entry, time=None, assumed=Assumed.NOTHING)

    def findings(self, name: str) -> Iterator[Diagnostic]:
        """What was found so far."""
        if self._count:
            entries = "1 entry has" if self._count == 1 else f"{self._count:,} entries have"
            yield warning(
                "log-time",
                f"{entries} a time that can't be right (first: {self._place} {self._first})",
                Place(name),
                "they were counted without a time; look at the clock of the machine that wrote the log",
            )


def _foreign(head: bytes) -> tuple[str, str] | None:
    """What a log of another kind is, and what to do with it."""
    for place, mark, what, cure in _FOREIGN:
        if head.startswith(mark, place):
            return what, cure
    return None

"""A log becomes a stream of entries and of findings about it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kb_gen.diagnostics import Diagnostic, Place, error, warning
from kb_gen.logs.entries import Assumed, Entry, Reading
from kb_gen.logs.formats import FORMATS, format_of
from kb_gen.logs.said import Said, said, said_plural
from kb_gen.logs.streams import LogStream

__all__ = ["read_log"]

_UNPACK = said("unpack it")


def _piped(command: str) -> Said:
    return said("pipe it: {command}", command=f"{command} | kb-gen explain -")


_FOREIGN = (
    (4, b"LfLe", said("an event log of Windows XP or 2003"), said("open it in Event Viewer and save it as .evtx")),
    (0, b"LPKSHHRH", said("a journal of systemd"), _piped("journalctl -o json --file FILE")),
    (0, b"PK\x03\x04", said("a {name} archive", name="ZIP"), _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", said("a {name} archive", name="7-Zip"), _UNPACK),
    (0, b"Rar!", said("a {name} archive", name="RAR"), _UNPACK),
    (257, b"ustar", said("a {name} archive", name="TAR"), _UNPACK),
    (0, b"\xfd7zXZ\x00", said("packed with {name}", name="xz"), _piped("xzcat FILE")),
    (0, b"\x1f\x8b", said("packed twice"), said("unpack it once")),
    (0, b"BZh", said("packed with {name}", name="bzip2"), _piped("bzcat FILE")),
    (0, b"\x28\xb5\x2f\xfd", said("packed with {name}", name="Zstandard"), _piped("zstdcat FILE")),
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
        message = said("the log can't be read: it begins with nothing but zeros")
        cure = said("that is what a power failure or a bad copy leaves; look for another copy")
        yield error("log-file", message, Place(stream.name), cure)
    elif stream.head:
        what, cure = _foreign(stream.head) or (
            said("no text, and no log that is known"),
            said("have the program that wrote it export it as text, XML or CSV"),
        )
        yield error("log-file", said("the log can't be read: it is {what}", what=what), Place(stream.name), cure)
    if stream.damage:
        cure = said("what could be unpacked was read; fetch it again")
        yield error("log-cut-off", stream.damage, Place(stream.name), cure)


class _Times:
    """Sees to it that no entry has a time that can't be right: one alone would make a log thousands of years long."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._count = 0
        self._first: Said | None = None

    def checked(self, entry: Entry) -> Entry:
        """An entry, without its time if that is impossible."""
        time = entry.time
        if entry.assumed is not Assumed.WRONG and (time is None or _EARLIEST <= time.year <= _LATEST):
            return entry
        self._count += 1
        if self._first is None:
            self._first = _numbered(self._place, entry.position)
            if time:
                written = time.replace(tzinfo=None).isoformat(" ", "seconds")
                self._first = said("{place}: {time}", place=self._first, time=written)
        return replace(entry, time=None, assumed=Assumed.NOTHING)

    def findings(self, name: str) -> Iterator[Diagnostic]:
        """What was found so far."""
        if self._first is not None:
            yield warning(
                "log-time",
                said_plural(
                    "{count} entry has a time that can't be right (first: {first})",
                    "{count} entries have a time that can't be right (first: {first})",
                    self._count,
                    first=self._first,
                ),
                Place(name),
                said("they were counted without a time; look at the clock of the machine that wrote the log"),
            )


def _numbered(place: str, number: int) -> Said:
    """Which entry it is."""
    match place:
        case "record":
            return said("record {number}", number=number)
        case "event":
            return said("event {number}", number=number)
        case "line":
            return said("line {number}", number=number)
        case _:
            return said("number {number}", number=number)


def _foreign(head: bytes) -> tuple[Said, Said] | None:
    """What a log of another kind is, and what to do with it."""
    for place, mark, what, cure in _FOREIGN:
        if head.startswith(mark, place):
            return what, cure
    return None

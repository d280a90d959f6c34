"""Codes about logs that are explained."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "log-file",
        "a log can't be read at all",
        (
            "It begins like no format that `kb-gen explain` knows, such as an archive or a program's own binary file, "
            "or it isn't of the format that `--input-format` names. Or a disk or a network gave no more of it."
        ),
        (
            "Unpack, export or copy the log, as the finding says. If you named its format with `--input-format`, "
            "leave that out: its content tells."
        ),
    ),
    Code(
        "log-checksum",
        "the checksum of a part of a Windows event log doesn't fit",
        (
            "Each chunk of an `.evtx` file has a checksum of its records. Here it belongs to other bytes: some of them "
            "have changed without destroying a record, so a value may be wrong; or the log was copied while Windows "
            "was writing to it. All records were read."
        ),
        "Copy the log again. `wevtutil epl System copy.evtx` writes a whole one while the log is in use.",
    ),
    Code(
        "log-chunk",
        "a part of a Windows event log is damaged",
        (
            "An `.evtx` file consists of chunks of 64 KB. One of them is destroyed, or some of its bytes are, after a "
            "power failure or a bad copy, for example. The records of all other chunks were read, and of this one "
            "those that can still be found. The finding says how much is lost, as far as the file tells."
        ),
        (
            "If the missing records matter, look for another copy of the log. On the machine that wrote it, "
            "`wevtutil epl System copy.evtx` writes one."
        ),
    ),
    Code(
        "log-stray-bytes",
        "a Windows event log has bytes in which no record is",
        (
            "Windows makes room in an `.evtx` file before it needs it, and that room is zeros. Here something else "
            "stands in it, or between the log's chunks: what was on the disk before, or what another program wrote. "
            "Records are lost by that only if Windows had used that room already. How much it has used, it notes when "
            "it closes the log; in one that wasn't closed, the last chunk tells if it has room left. Where neither "
            "tells, the finding says so, and is an error."
        ),
        (
            "Nothing, if the finding says that nothing is lost. Else look for another copy: "
            "`wevtutil epl System copy.evtx` writes a whole one while the log is in use."
        ),
    ),
    Code(
        "log-record",
        "an entry of a log can't be read",
        (
            "An event's XML isn't well-formed, a row of a CSV file has no event ID, too few fields or a quotation mark "
            "that nothing closes, or what stands among JSON objects is none. The entries around it were read."
        ),
        "Look at the place that the finding names. Exporting the log anew helps if the file was cut or edited.",
    ),
    Code(
        "log-cut-off",
        "a packed log can't be unpacked to its end",
        (
            "A `.gz` file ends before what was packed into it does, because it was cut or is still being written; or "
            "it is damaged; or something that isn't packed was written behind it."
        ),
        "Fetch the file again. What could be unpacked was read.",
    ),
    Code(
        "log-time",
        "an entry of a log has a time that can't be right",
        (
            "The year is before 1990 or after 2100, as with a machine whose clock had stopped, or what stands there is "
            "no time at all, such as February 30. Such entries are counted, but they have no part in the chart, nor in "
            "what `--since` and `--until` ask for."
        ),
        "Nothing in the log. Set the clock of the machine that wrote it.",
    ),
    Code(
        "log-encoding",
        "some lines of a log are in another encoding than the rest",
        (
            "Several programs with different encodings write into one file, or the encoding was taken for another one. "
            "These lines were read as Windows-1252, which never fails; letters such as ä may be wrong in them."
        ),
        "Nothing, if the lines look right. Else name the encoding with `--encoding`.",
    ),
    Code(
        "log-zeros",
        "a log has zeros where text ought to be",
        (
            "Where a machine loses power, a file that was being written may keep its length and lose what stood there. "
            "A program that writes on into a file which another one has emptied leaves zeros, too."
        ),
        "Nothing can be done about lines that are lost. What stands around the zeros was read.",
    ),
    Code(
        "log-long-line",
        "some lines of a log are longer than is read",
        (
            "Of a line, 20,000 characters are read. What is longer is no message, but data that a program has dumped "
            "into the log."
        ),
        "Nothing, unless a message stands at the end of such a line.",
    ),
    Code(
        "log-date-order",
        "the dates of a log can be read in two ways",
        (
            "In a CSV file, dates such as `3/4/2026` are written in the order of the machine that wrote it, and no "
            "date near the file's beginning has a number above 12 to tell days from months by; or some tell one order, "
            "and some the other. A date that neither order has, such as `30/02/2026`, tells nothing."
        ),
        "Compare one date with the log that the file came from. If it is wrong, export the log as XML or `.evtx`.",
    ),
)

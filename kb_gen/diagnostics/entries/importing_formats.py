"""Codes about the files that records are made from: manifests, articles, runbooks."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "source-file-unreadable",
        "a file that records are made from can't be read",
        (
            "The file isn't there, may not be read, is no text, or is larger than 50 MB; or its XML breaks off at this "
            "place, declares entities or has elements nested without end. What stands before the place was read."
        ),
        "See whether it is the right file, mend it, and import it again.",
    ),
    Code(
        "source-file-encoding",
        "the encoding of a file had to be guessed",
        (
            "The file has no byte order mark, and isn't in the encoding that it names, or in UTF-8. Old programs write "
            "Windows-1252 without saying so; in that, every byte is some letter, which needn't be the right one. The "
            "texts of a message file (`.mc`) were read in their language's code page, where this byte is no letter."
        ),
        "Look at the letters outside of ASCII. If they are wrong, name the encoding: `--encoding cp1250`.",
    ),
    Code(
        "odd-source-name",
        "an event source has a name that can't be a folder's",
        (
            "The name has a slash, a backslash, two dots or another character that no folder may have. Records have "
            "the name as it is, because the log shows it; folder and address have another one, which the finding tells."
        ),
        "If the log shows this name, nothing has to be done. Else correct it in the file, or name it with `--source`.",
    ),
    Code(
        "manifest-bad-event",
        "an event of a manifest can't be taken",
        (
            "Its `value` is missing or no number of 16 bits; or the provider has no name, or isn't the one that "
            "`--source` names. Without source and ID, nobody finds the event."
        ),
        "Correct the value or the name in the manifest, or name one of its providers with `--source`.",
    ),
    Code(
        "manifest-duplicate",
        "a manifest has something twice",
        (
            "Two events have the same value and version, or two strings of one table the same ID and not the same "
            "text. Of two events with different symbols both become records; otherwise the first is taken."
        ),
        "Give one of the events another value, or keep the right string.",
    ),
    Code(
        "manifest-missing-string",
        "a message isn't in the string tables",
        (
            "The event names its message with `$(string.…)`, but no string table of the given files has it; or it "
            "has its text in the place of that name. Microsoft's message compiler refuses both. Or a string names in "
            "its text one that isn't in its table, itself, or too many; that reference was left as it is."
        ),
        "Add the string to the manifest; or, where the tables are files of their own, give these as well.",
    ),
    Code(
        "manifest-untranslated",
        "a string table lacks messages that another has",
        "The manifest has some of its messages in one language only. Those records have no message in the other.",
        "Add the strings to the manifest, or translate the messages in the catalog.",
    ),
    Code(
        "manifest-culture",
        "a string table is in an unknown language",
        "The `culture` of the table is no language that there is data of. Its strings were left out.",
        "Write the culture as Windows names it: `de-DE`, `pt-BR`, `zh-Hans`.",
    ),
    Code(
        "manifest-undefined-name",
        "an event names what its provider doesn't define",
        (
            "A level, task, opcode, keyword, channel, template or map of this name isn't among those of the provider. "
            "Windows' own have a prefix: `win:Error`. The record was made without it; its notes have the name."
        ),
        "Correct the name, or define it in the provider.",
    ),
    Code(
        "manifest-missing-data",
        "a message shows more data than the event has",
        (
            "The message has an insertion string for which the event's template has no data, so that Event Viewer "
            "shows `%4` itself. A `struct` counts as one."
        ),
        "Give the event the right template, or mend the message.",
    ),
    Code(
        "manifest-unread-part",
        "a part of the manifest isn't read",
        "A `messageTable` repeats, for the message compiler, the messages of a program's classic events.",
        "Import those events from the message file (`.mc`) that they are kept in.",
    ),
    Code(
        "manifest-no-events",
        "a manifest has no events",
        "No `provider` in `instrumentation` and `events` has an event. It may be a manifest of something else.",
        "Give the manifest of the provider that logs the events.",
    ),
    Code(
        "article-no-event",
        "an article names no event",
        (
            "Without an event ID and an event source, nobody finds the article. They stand in a table or in lines such "
            "as `Event ID: 1024` before the explanation, in an event that the article quotes as it was logged, or in "
            "the title. What stands behind an ID in a title (`Event ID 7036 – Services`) is no source for sure, and "
            "isn't taken for one. A runbook has its alert's name as the file's name or as its title."
        ),
        "Add the line to the article, name the source with `--source`, and import it again.",
    ),
    Code(
        "article-several-events",
        "an article is about several events",
        (
            "An article gives one record, that of the first event that it names. Its title or its facts name further "
            "ones. What it says of them stands in the comments at the beginning of the record."
        ),
        "Import a copy of the article for each of them, or name them under `related` once they have records.",
    ),
    Code(
        "article-empty",
        "a runbook holds nothing",
        "The page has a title and headings at most, but no text below them.",
        "Write it, or leave it out of the import.",
    ),
    Code(
        "article-open-code",
        "code in a Markdown file has no end",
        (
            "A fence opens a block of code, and no fence closes it. For Markdown, everything to the end of the file is "
            "code. It was taken to end before the next heading that is that of a section."
        ),
        "Close the block with a fence of its own, and import the file again.",
    ),
)

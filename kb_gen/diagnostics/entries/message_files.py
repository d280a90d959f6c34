"""Codes about Windows message files."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "mc-stray-text",
        "text outside a message",
        (
            "A line is neither a statement nor a comment and belongs to no message's text, a list has something that "
            "is no entry, or a symbol or text stands where no message has begun. It was passed over."
        ),
        "Put it behind `Language=…`, or a `;` before it if it is a comment.",
    ),
    Code(
        "mc-missing-end",
        "a message's text has no end",
        (
            "A line with a single period ends a text. Here another statement, or the end of the file, came first. "
            "Read strictly, as the message compiler does, everything up to the next period would belong to the text; "
            "it was taken for what it looks like, and comments before it weren't."
        ),
        "Put a line with a single period at the end of each text.",
    ),
    Code(
        "mc-open-list",
        "a list of names isn't closed",
        "`SeverityNames`, `FacilityNames` and `LanguageNames` have their entries in parentheses.",
        "Put `)` behind the last entry.",
    ),
    Code(
        "mc-bad-number",
        "the number of a severity or facility is too high",
        "Of the 32 bits of a message's number, severities have two and facilities twelve. What is more was cut off.",
        "Write a number up to 3 in `SeverityNames`, and up to 0xFFF in `FacilityNames`.",
    ),
    Code(
        "mc-unknown-severity",
        "a severity isn't defined",
        "`Severity=` names one that is neither in `SeverityNames` nor one of the usual four. The record has none.",
        "Define it in `SeverityNames`, or correct the name.",
    ),
    Code(
        "mc-unknown-facility",
        "a facility isn't defined",
        (
            "`Facility=` names one that is neither in `FacilityNames` nor `System` or `Application`. Its messages are "
            "counted by themselves all the same, as those of each facility are."
        ),
        "Define it in `FacilityNames`, or correct the name.",
    ),
    Code(
        "mc-unknown-language",
        "a language isn't defined",
        (
            "`Language=` names one that isn't in `LanguageNames`, or that one has a locale ID which isn't known here. "
            "Its texts weren't taken."
        ),
        "Define it in `LanguageNames`, with a locale ID of Windows: `LanguageNames=(German=0x407:MSG00407)`.",
    ),
    Code(
        "mc-mislabelled-language",
        "texts aren't in the language that they are said to be in",
        (
            "The language's name and its locale ID mean different ones, or its texts are full of another language's "
            "words. They were taken for what the locale ID says; but one below 0x400, where many files just count "
            "their languages, counts less than the name."
        ),
        "Correct the name, the locale ID, or the texts.",
    ),
    Code(
        "mc-bad-id",
        "a message's number isn't one of an event",
        (
            "`MessageId=` is no number, or one with more than 16 bits: the higher ones are severity and facility. The "
            "message wasn't taken, because under another number it would answer for another event."
        ),
        "Write a number up to 65535, `0x…`, `+n`, or nothing for the next one.",
    ),
    Code(
        "mc-bad-symbol",
        "a message's symbol is no name of C",
        (
            "The message compiler writes the symbol into a header file, so that it follows the rules for C's names: "
            "letters of ASCII, digits and underscores, and no digit first. The record has no symbol."
        ),
        "Correct `SymbolicName=`; `NONE` stands for no symbol.",
    ),
    Code(
        "mc-no-text",
        "a message has no text",
        "There is no `Language=` with a text that could be taken, or nothing between it and its period.",
        "Write what the event says. Until then, its record has no message, and nobody finds it by its text.",
    ),
    Code(
        "mc-second-text",
        "a message has two texts in one language",
        "The first was taken. Often a `MessageId=` between them is missing.",
        "Remove one of the texts, or give it a message of its own.",
    ),
    Code(
        "mc-second-statement",
        "a message has a statement twice",
        "A message has one severity, one facility and one symbol. The last one was taken, as message compilers do.",
        "Remove the wrong one. Often a `MessageId=` between them is missing.",
    ),
    Code(
        "mc-duplicate-symbol",
        "two messages have the same symbol",
        "Programs can mean one of them only. Both became records, as far as they have different numbers.",
        "Give each message a symbol of its own; `NONE`, or no `SymbolicName=` at all, stands for no symbol.",
    ),
    Code(
        "mc-other-symbol",
        "two files have different symbols for one number",
        (
            "Files that are imported together are joined by their symbols. This message has the number of another "
            "one, but not its symbol, so that nobody can tell whether it is the same. It wasn't taken."
        ),
        "Give it the same symbol in both files.",
    ),
    Code(
        "mc-other-number",
        "two files have different numbers for one symbol",
        (
            "Files that are imported together are joined by their symbols, which keep their meaning. The event has the "
            "number of the first file, and the texts of all."
        ),
        "Give it the same number in both files, or put the file first whose numbers the product logs.",
    ),
)

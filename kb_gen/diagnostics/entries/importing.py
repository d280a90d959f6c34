"""Codes about message files and articles that become records."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "errmsg-line",
        "a line of an errmsg file makes no sense",
        (
            "A line is a keyword (`languages`, `default-language`, `start-error-number`, `skip-to-error-number`, "
            "`reserved-error-section`), a comment that begins with `#`, a symbol with its SQLSTATE, or, indented, a "
            "language's short name and a text in quotation marks. This line is none of these, and was passed over. Of "
            "a file that has neither keywords nor messages, no line is taken: it is of another kind."
        ),
        "Compare it with the lines around it. The product's own reader refuses such a file.",
    ),
    Code(
        "errmsg-number",
        "a number in an errmsg file can't be right",
        (
            "Errors are counted from the last `start-error-number` or `skip-to-error-number`. Such a line must not go "
            "back, nor into a `reserved-error-section`, and errors must not run into one. The line was passed over. So "
            "were the errors up to the next one, because under other numbers they would answer for others; the finding "
            "says how many they are."
        ),
        "Correct the number in the file.",
    ),
    Code(
        "errmsg-state",
        "something odd stands behind a symbol of an errmsg file",
        "Behind a symbol there may be an SQLSTATE of five capital letters or digits, and an ODBC state, and no more.",
        "See what the product makes of it. It is noted in the record as it stands.",
    ),
    Code(
        "errmsg-duplicate",
        "something is in an errmsg file twice",
        "A symbol occurs twice, or an error has two messages in one language. Of two messages, the first was taken.",
        "Correct the file; the product's own reader refuses it.",
    ),
    Code(
        "errmsg-language",
        "a language of an errmsg file isn't known",
        (
            "The file doesn't declare the language in its line `languages`, so that the product leaves its messages "
            "out. If it has a name by which other files of this kind know it, its messages were taken; else they "
            "weren't, and this is an error."
        ),
        "Declare the language in the file, if the messages are good.",
    ),
    Code(
        "errmsg-quote",
        "a text of an errmsg file doesn't end in its quotation mark",
        (
            "Without a quotation mark at its end, the product shows next to nothing of the text; what stands behind "
            "the last one is lost. Here the text was read as its author meant it."
        ),
        "Tell the product's makers. A log shows something else than the record says.",
    ),
    Code(
        "errmsg-escape",
        "an escape in an errmsg file doesn't say what it seems to",
        (
            "The product's own reader knows `\\n`, `\\\\`, `\\\"` and bytes as octal numbers (`\\303\\244`). It drops "
            "the backslash of anything else, so that `\\t` shows a `t`; bytes must be characters in UTF-8, and zero "
            "ends the text. The text was read as the product shows it, with odd bytes as Latin-1."
        ),
        "Write the character itself in the file, or `\\\\` if a backslash is meant.",
    ),
    Code(
        "errmsg-empty",
        "an error of an errmsg file has no text",
        "The message is empty, or isn't there in the language that all others have. The record has no message then.",
        "Nothing has to be done: most such errors are never raised.",
    ),
    Code(
        "import-source-differs",
        "products.yml or an earlier article says something else of an event source",
        (
            "The messages of the file are in another syntax or language than products.yml says of their source. "
            "products.yml stays as it is, and says how the messages are read."
        ),
        "Compare them. If products.yml is right, name the source that the file belongs to with `--source`.",
    ),
    Code(
        "import-other-language",
        "events have texts, but none in the language of their source's messages",
        (
            "products.yml says which language a source's messages are in, and the file has these events in others. "
            "A record with a message in another language would be shown to readers of the wrong one, so its message "
            "stays empty; and without a message there is nothing to translate."
        ),
        "Import all files of the product together, write the messages, or correct `message_language` in products.yml.",
    ),
    Code(
        "import-not-merged",
        "something can't be added to a file without writing it anew",
        (
            "Files of authors keep every byte that isn't changed. products.yml is written in a way in which it isn't "
            "certain where something more belongs. Nothing was written."
        ),
        "Add what the finding names by hand, and import again.",
    ),
    Code(
        "import-not-written",
        "a file couldn't be written",
        (
            "There is no room, no right to write, or somebody has changed the file while the import was at work. "
            "Whatever was written before was taken back."
        ),
        "See to it, and import again.",
    ),
    Code(
        "import-translation-differs",
        "a catalog has another translation of a message than the file",
        (
            "Somebody has approved another translation than the one that the product ships, or two events have one "
            "message in English and two in another language. What is in the catalog stays."
        ),
        (
            "A message is what the log shows: if the product ships the file's, take it with `--overwrite "
            "translations`. Two events that need different translations get a `context` in their records."
        ),
    ),
    Code(
        "import-translation-refused",
        "the product's own translation of a message can't be shown",
        (
            "It lacks an insertion string that the message has, has one too many, takes them in another order without "
            "numbering them (`%s … %d` for `%d … %s`), or breaks another rule without which a translation isn't shown. "
            "It is in the catalog, marked for review."
        ),
        (
            "Correct it in the catalog if readers should see it; the log shows the faulty one. Otherwise leave it: "
            "the message stands in its own language."
        ),
    ),
)

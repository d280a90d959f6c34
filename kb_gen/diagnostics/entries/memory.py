"""Codes about the translation memory and the glossary."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

_GLOSSARY = "translations/glossary.csv"

ENTRIES: tuple[Code, ...] = (
    Code(
        "memory-file",
        "a translation memory can't be read",
        (
            "A TMX file isn't well-formed XML, isn't TMX, or declares entities, which are never read: they could make "
            "the program fetch other files, or use up its memory. `kb-gen i18n memory import` then writes nothing; of "
            "a file in `translations/memory/`, what stands before that place is used."
        ),
        "Let the program that made the file write it again, as TMX 1.4.",
    ),
    Code(
        "memory-unit",
        "a unit of a translation memory can't be used",
        (
            "A part of the text is hidden in an inline element that only the other tool understands, such as "
            "`<ph>`, or a text doesn't say which language it is in. The translation would lack that part, so the unit "
            "is left out; all others are used. Formatting (`<bpt>`, `<ept>`) is no obstacle, nor are codes that our "
            "texts have themselves, such as `%1`."
        ),
        "Nothing, if these units aren't of use. Else let the other tool export plain texts, without its codes.",
    ),
    Code(
        "glossary-columns",
        "the glossary lacks a column, has one twice, or one that nothing reads",
        (
            "The first row names the columns. There has to be `source`; `part of speech` and `note` say more about a "
            "term; a column named by a locale's tag has its translations, and one such as `de forbidden` those that "
            "aren't to be used."
        ),
        "Correct the name. A column of your own may stay: it is kept, and only named in this warning.",
        wrong="""\
source,german
mailbox,Postfach
""",
        right="""\
source,de
mailbox,Postfach
""",
        file=_GLOSSARY,
        language="csv",
    ),
    Code(
        "glossary-syntax",
        "a row of the glossary can't be read",
        "A quote has no end, the row has more cells than there are columns, or its term is missing.",
        'Put a cell that holds the separator or a quote into quotes, and double the quotes inside it: `"say ""yes"""`.',
        wrong="""\
source,de
"mailbox,Postfach
""",
        right="""\
source,de
mailbox,Postfach
""",
        file=_GLOSSARY,
        language="csv",
    ),
    Code(
        "glossary-duplicate-term",
        "the glossary has a term twice",
        (
            "Two rows have the same term and the same part of speech. Translations of either are accepted, but "
            "translators are shown both."
        ),
        "Join the rows. Several translations stand in one cell, with `|` between them; the first is the usual one.",
        wrong="""\
source,part of speech,de
mailbox,noun,Postfach
mailbox,noun,E-Mail-Postfach
""",
        right="""\
source,part of speech,de
mailbox,noun,Postfach|E-Mail-Postfach
""",
        file=_GLOSSARY,
        language="csv",
    ),
    Code(
        "glossary-file",
        "a file of terms can't be read",
        (
            "A TBX file isn't well-formed XML, isn't TBX, or declares entities, which are never read; or a table in "
            "one language doesn't say which. The glossary stays as it is."
        ),
        "Let the program that made the file write it again; for a table with a column `target`, add `--locale`.",
    ),
    Code(
        "glossary-entry",
        "a term of an imported file isn't taken over",
        (
            "The glossary has another translation for the term, or the term can't stand in the table: it holds `|`, is "
            "very long, or begins with a character that spreadsheet programs take for the beginning of a formula."
        ),
        "What the glossary has is kept. Change it there, if the file is right.",
    ),
    Code(
        "translation-term",
        "a translation doesn't have the glossary's word for a term",
        (
            "The source text has a term of the glossary, and its translation has none of the words that the glossary "
            "gives for it, or one that it forbids. Inflected forms and compounds count (`Postfächern`, "
            "`Standardempfangsconnectors`); words in code, in the addresses of links and in message templates don't."
        ),
        (
            "Use the glossary's word. If another one is right here as well, add it to the cell in "
            "`translations/glossary.csv`, with `|` before it."
        ),
        wrong="""\
msgid "Check the permissions on the mailbox."
msgstr "Prüfen Sie die Berechtigungen für die Mailbox."
""",
        right="""\
msgid "Check the permissions on the mailbox."
msgstr "Prüfen Sie die Berechtigungen für das Postfach."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
)

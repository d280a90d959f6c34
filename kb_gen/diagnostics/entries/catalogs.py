"""Codes about translations."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "catalog-byte-order-mark",
        "a catalog begins with a byte order mark",
        "Gettext's own tools refuse a PO file that begins with a byte order mark.",
        "Save the catalog as UTF-8 without it. Poedit and `kb-gen i18n update` write it so.",
    ),
    Code(
        "catalog-busy",
        "another program writes a catalog again and again",
        "A translation couldn't be saved, because each time another program had written the same catalog meanwhile.",
        "Close the catalog in the other program, or let its automatic saving rest, and save once more.",
    ),
    Code(
        "catalog-not-utf-8",
        "a catalog isn't encoded in UTF-8",
        "A byte isn't UTF-8, or all of the file is UTF-16; nothing in it can be relied on, and none of it is used.",
        "Convert it with `msgconv --to-code=UTF-8`, which also mends the header, or save it as UTF-8 in the editor.",
    ),
    Code(
        "catalog-null-character",
        "a catalog holds a null character",
        (
            "No text has null characters. They are in files that a program or a machine has stopped writing, or that "
            "a disk has damaged; something else may be missing as well."
        ),
        "Take the catalog back from version control. If the rest of it is right, delete the character.",
    ),
    Code(
        "catalog-not-written",
        "a catalog can't be written",
        "The file may be read only, or belong to somebody else, or the disk may be full. It stays as it is.",
        "Do what the finding says, and run the command again.",
    ),
    Code(
        "catalog-empty",
        "a catalog is empty",
        (
            "The file is there and holds nothing, as if it had been cut off when it was written. An update leaves it "
            "as it is, so that nobody takes it for a catalog in which nothing was translated."
        ),
        (
            "Take the catalog back from version control; or delete it and run `kb-gen i18n update`, which writes a new "
            "one."
        ),
    ),
    Code(
        "catalog-duplicate-message",
        "a catalog has a message twice",
        (
            "Two entries have the same `msgid` and `msgctxt`; only one of their translations could be "
            "shown. This happens when two versions of a catalog are joined by hand."
        ),
        "Keep the better translation and remove the other entry.",
        wrong="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll."

msgid "Check the log."
msgstr "Sehen Sie im Protokoll nach."
""",
        right="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "catalog-merge-conflict",
        "a catalog holds the marks of a merge conflict",
        ("Version control has left both versions of some lines in the file, between `<<<<<<<` and `>>>>>>>`."),
        "Choose one version of each entry and remove the marks.",
    ),
    Code(
        "catalog-syntax",
        "a line of a catalog can't be read",
        (
            "The line is no comment, no keyword with its string and no continued string; or an entry "
            "lacks its `msgid` or `msgstr`. The entry is left out, the others are used."
        ),
        (
            "Mend the entry as gettext's manual describes PO files, or delete it and run `kb-gen i18n "
            "update`, which adds it anew."
        ),
        wrong="""\
msgid "Check the log."
msgtsr "Prüfen Sie das Protokoll."
""",
        right="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "catalog-unterminated-string",
        "a string of a catalog has no end",
        "A string lacks its closing quote, or holds a quote without a backslash.",
        'Close the string; write a quote inside it as `\\"`.',
        wrong="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll.
""",
        right="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "catalog-bad-escape",
        "a backslash in a catalog means nothing",
        (
            "In a catalog's strings, a backslash and the character behind it stand for another character; "
            "this pair does not."
        ),
        "Write a backslash itself as `\\\\`.",
        wrong="""\
msgid "See C:\\\\Logs."
msgstr "Siehe C:\\Logs."
""",
        right="""\
msgid "See C:\\\\Logs."
msgstr "Siehe C:\\\\Logs."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "catalog-header",
        "a catalog has no header",
        (
            "The first entry of a catalog, with an empty `msgid`, says its language, encoding and plural "
            "forms. Translation tools need it."
        ),
        "Run `kb-gen i18n update`, which writes it.",
    ),
    Code(
        "catalog-charset",
        "a catalog's header names another encoding",
        ("Catalogs are UTF-8, and the header says otherwise. Tools that believe it would garble the texts."),
        ("Write `Content-Type: text/plain; charset=UTF-8` into the header, and make sure that the file is UTF-8."),
    ),
    Code(
        "catalog-language",
        "a catalog's header names another language",
        "The header's `Language` isn't the locale of the folder the catalog lies in.",
        "Correct the header, or move the file.",
    ),
    Code(
        "catalog-plural-forms",
        "a catalog's plural forms are missing or wrong",
        (
            "The header's `Plural-Forms` says how many forms the language has and which number takes "
            "which. It is missing, can't be understood, or isn't that of the language."
        ),
        "Write the header field that the finding names; a new catalog gets it from `kb-gen i18n update`.",
    ),
    Code(
        "catalog-without-template",
        "a catalog belongs to nothing",
        ("No source, and none of the shared texts, has this catalog's name: the source was renamed or removed."),
        ("Rename the catalog to the source's present address, and run `kb-gen i18n update`; or remove it."),
    ),
    Code(
        "no-templates",
        "there are no catalog templates",
        "`kb-gen i18n update` compares catalogs with templates, and there are none yet.",
        "Run `kb-gen i18n update`, which writes them first.",
    ),
    Code(
        "stale-templates",
        "catalog templates don't match the content",
        (
            "Records or shared texts have changed since the templates were written. Until catalogs are updated "
            "from new ones, a changed text counts as missing, and nobody sees that an old translation is there."
        ),
        "Run `kb-gen i18n update`, which brings templates and catalogs up to date.",
    ),
    Code(
        "no-catalogs",
        "a locale has no catalogs",
        "The project names the locale, but there is no PO file for it. Its pages show the English texts.",
        "Run `kb-gen i18n update --locale TAG` and translate what it writes; or take the locale out of `mkdocs.yml`.",
    ),
    Code(
        "translation-plural-forms",
        "a translation lacks a plural form",
        "An entry with a plural has fewer or more forms than its language needs.",
        "Write one `msgstr[n]` for every form of the language.",
    ),
    Code(
        "translation-insertions",
        "a translation changes an insertion string",
        (
            "`%1` and its like stand for what the log shows. A translation that loses, doubles or invents "
            "one says something else than the source, and isn't shown. So does one that takes a number where the "
            "source takes a text: `%s` and `%d` take the values in their order, and `%2$s` the second one."
        ),
        "Take over each insertion string once; their order may differ, if they have numbers.",
        wrong="""\
msgid "The user %1 may not send."
msgstr "Der Benutzer darf nicht senden."
""",
        right="""\
msgid "The user %1 may not send."
msgstr "Der Benutzer %1 darf nicht senden."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-code",
        "a translation changes code",
        "Text in backticks is code: commands, values, names. It is the same in every language.",
        "Take over the code unchanged, backticks included.",
        wrong="""\
msgid "Run `Get-Mailbox`."
msgstr "Führen Sie Get-Postfach aus."
""",
        right="""\
msgid "Run `Get-Mailbox`."
msgstr "Führen Sie `Get-Mailbox` aus."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-link",
        "a translation changes a link's target",
        (
            "The target of a link, or the event a reference names, is the same in every language; only "
            "the link's text is translated."
        ),
        "Take over what stands in the round brackets, and `event:…`, unchanged.",
        wrong="""\
msgid "See [here](https://example.com/)."
msgstr "Siehe [hier](https://example.com/de)."
""",
        right="""\
msgid "See [here](https://example.com/)."
msgstr "Siehe [hier](https://example.com/)."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-placeholders",
        "a translation changes a place in braces",
        "`{share}` and its like are places for values in the words of the interface.",
        "Take over the names in braces unchanged.",
        wrong="""\
msgid "{share} of the article is translated."
msgstr "Anteil des Artikels ist übersetzt."
""",
        right="""\
msgid "{share} of the article is translated."
msgstr "{share} des Artikels sind übersetzt."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-unsafe-link",
        "a translation holds a link that isn't allowed",
        "Links lead to `https`, `http` or `mailto` addresses, in translations as in records.",
        "Take over the source's link.",
    ),
    Code(
        "translation-html",
        "a translation holds HTML",
        "Texts are Markdown; an HTML tag would be shown as text, and the source has none.",
        "Write Markdown, and a literal `<` as `\\<`.",
        wrong="""\
msgid "The user may **not** send."
msgstr "Der Benutzer darf <b>nicht</b> senden."
""",
        right="""\
msgid "The user may **not** send."
msgstr "Der Benutzer darf **nicht** senden."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-invisible-character",
        "a translation holds an invisible character",
        (
            "Control characters, zero-width spaces and characters that turn the direction of reading "
            "change how a text is read without being seen. Marks and joiners that a script needs are no "
            "offence, nor is the zero-width space where a script has no spaces between words, nor, in languages "
            "that are written from right to left, a pair of characters that embeds the other direction."
        ),
        "Delete the character; it usually came with a paste.",
    ),
    Code(
        "translation-emphasis",
        "a translation emphasises something else",
        ("Marks of emphasis open or close nothing, or there are more or fewer of them than in the source."),
        ("Write `*` and `**` in pairs, without a space inside them, around the same words as in the source."),
        wrong="""\
msgid "Click **Mailbox**."
msgstr "Klicken Sie auf **Postfach."
""",
        right="""\
msgid "Click **Mailbox**."
msgstr "Klicken Sie auf **Postfach**."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-quotation-marks",
        "a translation has other quotation marks than its language",
        (
            "Each language has quotation marks of its own: German texts quote „so“, and ‚so‘ inside a quotation, "
            "French ones « so ». Straight marks are those of no language; others stand at the wrong end, or belong "
            "elsewhere. Marks that a language has besides those of CLDR are fine, such as »so« in German. Message "
            "templates quote as their product does and aren't checked."
        ),
        "Write the marks that the finding names.",
        wrong="""\
msgid "The state \\"Ready\\"."
msgstr "Der Status \\"Bereit\\"."
""",
        right="""\
msgid "The state \\"Ready\\"."
msgstr "Der Status „Bereit“."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-blank",
        "a translation is only white space",
        "The translation is neither there nor visibly missing.",
        "Translate the text, or empty the `msgstr`.",
        wrong="""\
msgid "Check the log."
msgstr " "
""",
        right="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-edge-space",
        "a translation begins or ends in other white space",
        "White space at the beginning or end of a text joins it to what stands beside it.",
        "Begin and end the translation as the source does.",
        wrong="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll. "
""",
        right="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-double-space",
        "a translation has doubled spaces",
        "Two spaces follow one another where the source has one. Mostly that is a slip.",
        "Remove one of them.",
        wrong="""\
msgid "Check the log."
msgstr "Prüfen Sie  das Protokoll."
""",
        right="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-copied",
        "a translation is its source",
        (
            "The translation is the English text itself, although it has words that could be translated. "
            "It counts as translated, and readers see English that isn't marked as such."
        ),
        "Translate it, or empty the `msgstr`: the page then shows the English text and says so.",
        wrong="""\
msgid "Check the log."
msgstr "Check the log."
""",
        right="""\
msgid "Check the log."
msgstr "Prüfen Sie das Protokoll."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-structure",
        "a translation has blocks that its source hasn't",
        (
            "Every entry is one passage: a paragraph, an item of a list, a cell. The mark of a list or a heading, or "
            "a blank line, is shown as it stands there and makes no list, heading or paragraph."
        ),
        "Translate the passage as running text. If it needs a list or another paragraph, change the record.",
        wrong="""\
msgid "Restart the service and wait."
msgstr ""
"- Starten Sie den Dienst neu.\\n"
"- Warten Sie."
""",
        right="""\
msgid "Restart the service and wait."
msgstr "Starten Sie den Dienst neu, und warten Sie."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-end-punctuation",
        "a translation ends in other punctuation",
        (
            "The source ends in a full stop, a colon, a question or exclamation mark, an ellipsis or a semicolon, and "
            "the translation doesn't, or the other way round. The marks of other scripts are taken for what they are; "
            "brackets and quotation marks around them don't matter, nor does the full stop of an abbreviation. "
            "Languages that end sentences in another way, such as Thai, aren't checked."
        ),
        "End the translation as the source ends.",
        wrong="""\
msgid "The service could not be started."
msgstr "Der Dienst konnte nicht gestartet werden"
""",
        right="""\
msgid "The service could not be started."
msgstr "Der Dienst konnte nicht gestartet werden."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-apostrophe",
        "an accent stands in the place of an apostrophe",
        "The key beside the apostrophe writes an acute accent, which looks nearly the same and is another character.",
        "Write an apostrophe, straight or curved.",
        wrong="""\
msgid "Here is how to do it."
msgstr "So geht´s."
""",
        right="""\
msgid "Here is how to do it."
msgstr "So geht’s."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-protected-word",
        "a translation changes a name",
        (
            "The project lists names that no language changes, in the file `protected.txt` of the catalogs' folder, a "
            "line each. The source has one of them, and the translation has it nowhere, or in another spelling. A "
            "longer word that holds the name is fine: Exchange-Server."
        ),
        "Take over the name as the finding writes it. If it may be translated after all, take it off the list.",
    ),
    Code(
        "translation-unknown-ignore",
        "a comment ignores what can't be ignored",
        (
            "A comment `# kb-gen: ignore …` or a flag `ignore-…` of an entry names a code that there isn't, or one "
            "whose findings are errors. Errors can't be ignored: what they name isn't shown, or would harm readers."
        ),
        "Write the code as the finding has it that is to be ignored, or remove the comment.",
        wrong="""\
# kb-gen: ignore translation-copy
msgid "See the readme file."
msgstr "See the readme file."
""",
        right="""\
# kb-gen: ignore translation-copied
msgid "See the readme file."
msgstr "See the readme file."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-needless-ignore",
        "a comment ignores nothing any more",
        (
            "A comment `# kb-gen: ignore …` or a flag `ignore-…` stands at an entry for which the named warning "
            "isn't found: the translation was mended, or its source has changed. Left there, it would hide the next "
            "mistake."
        ),
        "Remove the comment or flag.",
        wrong="""\
# kb-gen: ignore translation-copied
msgid "See the readme file."
msgstr "Siehe die Readme-Datei."
""",
        right="""\
msgid "See the readme file."
msgstr "Siehe die Readme-Datei."
""",
        file="translations/de/LC_MESSAGES/msexchangetransport.po",
        language="po",
    ),
    Code(
        "translation-too-long",
        "a translation is too long for its place",
        (
            "Names of parameters stand inside messages and have room for 60 characters; summaries stand in lists and "
            "have room for 200. A source near that limit leaves its translation a quarter more than its own length. "
            "A table's cell may grow in proportion to its source: a short one to thrice its length, a long one by a "
            "third."
        ),
        "Say it in fewer words; the explanation has room for the rest.",
    ),
)

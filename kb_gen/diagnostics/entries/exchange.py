"""Codes about files that come back from translators."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "import-unreadable-file",
        "a translated file can't be read",
        (
            "The file is damaged, is of a kind that isn't read here, declares entities, or was saved in an old code "
            "page, in which nobody can tell `ä` from `õ` for certain. Nothing of it was taken."
        ),
        (
            "Export it anew from the tool that it comes from. In Excel, choose *CSV UTF-8*, or save it as a "
            "spreadsheet (.xlsx)."
        ),
    ),
    Code(
        "import-unknown-unit",
        "a translated text is in no catalog",
        (
            "No catalog of the language has this text: no article has it any more, it was changed, or the file "
            "belongs to another project. Or it is there more than once, and the file doesn't tell which one is "
            "meant."
        ),
        "Run `kb-gen i18n update`, export the texts anew, and translate what has changed.",
    ),
    Code(
        "import-source-changed",
        "a translation belongs to another source text",
        (
            "The source text has changed since the file was exported, or somebody has changed it in the file. "
            "What was translated isn't what the article says."
        ),
        "Export the texts anew and translate the new one; the old translation helps.",
    ),
    Code(
        "import-locale",
        "a translation is in another language",
        "The file says that it is in a language which isn't one of the project's, or not the one asked for.",
        "Import it where that language is translated, or correct the language in the file.",
    ),
    Code(
        "import-conflict",
        "somebody else has translated the same text meanwhile",
        (
            "Since the file was exported, the catalog's translation was changed, and the file's is another one. "
            "Which of them is better, a person has to decide. Where the file doesn't tell what it was made from, "
            "every approved translation that it would replace is such a case; with `kb-gen import po`, so is every one "
            "that waits for review."
        ),
        (
            "Compare the two and correct the catalog; or import with `--overwrite` (with `kb-gen import po`, "
            "`--overwrite translations`), which takes those of the file."
        ),
    ),
    Code(
        "import-check-failed",
        "a translation that came back has an error in it",
        (
            "It loses a `%1`, a link or code, or breaks another rule of the checks. Nobody may be shown it. It is "
            "in the catalog, marked for review; but where an approved translation was, that stays."
        ),
        "Mend the translation as the finding says, in the catalog or in the file.",
    ),
    Code(
        "import-incomplete",
        "a translation lacks plural forms",
        "The language has several plural forms of this text, and not all of them are translated.",
        "Translate the others; the notes say which numbers each is for.",
    ),
    Code(
        "import-twice",
        "a text is translated twice, and not alike",
        "A file, or two that were imported together, has two translations of one text. The first was taken.",
        "Keep the better one.",
    ),
    Code(
        "import-not-a-text",
        "what came back is no text",
        (
            "A cell holds a number, a date or a formula, which a spreadsheet has made of what was written; the "
            "column for the state holds another word; only a part of the text is translated; or a code says "
            "nowhere what it stands for."
        ),
        "Give the cell the format *Text* and write it again. In other cases, mend the text in the tool it comes from.",
    ),
    Code(
        "import-not-saved",
        "a catalog couldn't be written",
        "Another program keeps the catalog to itself, or it may not be written. What was to be saved in it isn't.",
        "Close it elsewhere, see to its permissions, and import the file again: what was saved already stays so.",
    ),
)

"""Codes about files as such."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "file-too-large",
        "a file is larger than is read",
        (
            "Files beyond 5 MB, or with more than 200,000 values, aren't read: no author edits such a "
            "file, and a program that is handed one by mistake (a log, a database dump) would waste "
            "minutes on it."
        ),
        "Split the file. A file may hold one record or a list of them.",
    ),
    Code(
        "wrong-encoding",
        "a file isn't UTF-8",
        (
            "All files are UTF-8, hand-written pages too. Older editors write Windows-1252, and some write UTF-16. "
            "Or the file is no text at all: a picture or an archive by a record's name. A byte order mark at the "
            "start of a UTF-8 file is accepted, and so are Windows' line ends."
        ),
        (
            "Save the file as UTF-8. The finding names the first byte that is wrong and what it would "
            "mean in Windows-1252."
        ),
    ),
    Code(
        "unreadable-file",
        "a file or folder can't be read",
        (
            "The file may have been removed meanwhile, belong to somebody else, or be a link to something "
            "that isn't there."
        ),
        "Give yourself the right to read it, or mend or remove the link.",
    ),
    Code(
        "outside-tree",
        "a link leads out of the folder",
        (
            "Only files inside the project are read, so that nothing else of the machine can end up on a "
            "page. That holds for the files of hand-written pages, too. Links to files and folders inside are "
            "followed, but not in circles."
        ),
        "Copy the file into the folder, or remove the link.",
    ),
    Code(
        "not-a-file",
        "something that isn't a file is named like one",
        "A folder, pipe or device has a name that ends in `.yml`.",
        "Rename or remove it.",
    ),
    Code(
        "odd-file-name",
        "a file's name can't be printed",
        (
            "The name holds control characters, or bytes that aren't UTF-8. Such a name can neither be "
            "shown nor be written into a catalog."
        ),
        "Rename the file. Letters, digits, `-`, `_` and `.` are safe everywhere.",
    ),
    Code(
        "stray-file",
        "nothing reads a file",
        (
            "In the content folder itself stand only `products.yml`, `categories.yml` and `snippets.yml`, "
            "in this spelling. A record beside them would be left out without a word, and so would one whose "
            "file has another ending than `.yml`, such as `1024.yml.txt`. Hand-written pages are read from the "
            "folders of the site's locales only, such as `pages/en/`."
        ),
        (
            "Move the record into its product's and source's folder, and give its file the ending `.yml`. Keep "
            "other files outside the content folder; only a read-me file may lie there. Move a page into its "
            "locale's folder, whose name is in lower case, or add the locale to `locales` in `mkdocs.yml`."
        ),
        wrong="""\
id: 1024
source: MSExchangeTransport
product: exchange
""",
        file="content/1024.yml",
    ),
    Code(
        "empty-file",
        "a record's file holds no record",
        "The file is empty, or holds nothing but comments.",
        "Write the record, or remove the file.",
        wrong="# id: 1024",
        right="""\
id: 1024
source: MSExchangeTransport
product: exchange
""",
    ),
    Code(
        "missing-content",
        "there is no content folder",
        (
            "The project has no folder with records at the place that its configuration names (`content`, "
            "unless it says otherwise)."
        ),
        "Create the folder, start in the project's own folder, or correct the configuration.",
    ),
)

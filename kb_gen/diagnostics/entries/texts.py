"""Codes about what texts hold."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "unsafe-link",
        "a link leads where no link may",
        (
            "Links lead to `https`, `http` or `mailto` addresses, written out in full, or to events. "
            "Other schemes could run code in a reader's browser; relative addresses mean something else "
            "on each page, in the PDF and in the wiki."
        ),
        "Write the whole address, or `event:Source/ID` for another event.",
        wrong="explanation: See [the manual](javascript:alert(1)).",
        right="explanation: See [the manual](https://example.com/manual).",
    ),
    Code(
        "raw-html",
        "a text holds HTML",
        (
            "Texts are Markdown, which also becomes PDF, wiki pages and catalogs; HTML tags mean nothing "
            "there, and could carry scripts."
        ),
        (
            "Use Markdown: `**bold**`, `*emphasis*`, `code` in backticks, lists and tables. To show a "
            "tag, put it in backticks."
        ),
        wrong="summary: The user <b>may not</b> send.",
        right="summary: The user **may not** send.",
    ),
    Code(
        "unsupported-markup",
        "something looks like markup and isn't",
        (
            "Texts have no headings (`# …`), quotes (`> …`), rules (`---`) and images (`![…](…)`): the characters "
            "would be shown as they are. Cells of a table's row beyond those of its header would be lost, as would "
            "lists in more than 28 others, and `event:Source` without an ID leads nowhere."
        ),
        (
            "Write a paragraph, strong text or a link. Where the characters themselves are meant, write a backslash "
            "before the first, or put them in backticks."
        ),
        wrong="explanation: 'See ![the picture](https://example.com/picture.png).'",
        right="explanation: See [the picture](https://example.com/picture.png).",
    ),
    Code(
        "control-character",
        "a text holds an invisible character",
        (
            "Control characters, and characters that turn the direction of reading, can make a text or a "
            "command read otherwise than it is. They usually come with a paste from a web page, or from a "
            'backslash in double quotes (`"C:\\new"` holds a line end).'
        ),
        "Remove the character. Use single quotes for text with backslashes.",
        wrong='summary: "See C:\\Program Files."',
        right="summary: 'See C:\\Program Files.'",
    ),
    Code(
        "title-too-long",
        "a text is too long for where it is shown",
        (
            "A summary stands in lists and search results, a title in headings and a parameter's name "
            "inside the message: 200, 120 and 60 characters are what fits."
        ),
        "Say it shorter, and the rest in `explanation` or `holds`.",
        wrong="""\
message: Mail from %1
parameters:
  1:
    name: the address of the user who has tried to submit the message to the service
""",
        right="""\
message: Mail from %1
parameters:
  1:
    name: sender
    holds: The address of the user who has tried to submit the message to the service.
""",
    ),
)

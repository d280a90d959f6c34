"""A text without a word."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content

__all__ = ["empty_text"]


def empty_text(content: Content) -> Iterator[Diagnostic]:
    """A field that is there says something."""
    for written in content.texts:
        # Nothing at all is told when the file is read, and is a field's default.
        if written.text and not any(each.isprintable() and not each.isspace() for each in written.text):
            yield error(
                "empty-text",
                f"`{written.field}` holds nothing but white space",
                content.place(written.path, written.where),
                "write the text, or remove the line",
            )

"""A text without a word."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content

__all__ = ["empty_text"]


def empty_text(content: Content) -> Iterator[Diagnostic]:
    """A field that is there says something."""
    for written in content.texts:
        # A field with nothing at all is told when the file is read.
        if not (_is_seen(written.text[0]) or any(map(_is_seen, written.text))):
            yield error(
                "empty-text",
                f"`{written.field}` holds nothing but white space",
                content.place(written.path, written.where),
                "write the text, or remove the line",
            )


def _is_seen(character: str) -> bool:
    return character.isprintable() and not character.isspace()

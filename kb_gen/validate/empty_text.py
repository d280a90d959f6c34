"""A text without a word."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey
from kb_gen.validate.texts import record_texts

__all__ = ["empty_text", "screen"]


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


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    # Where each character can be seen but for blanks, a text that isn't blank shows one.
    return seen.has_blank or (
        not seen.is_printable and not all(any(map(_is_seen, written.text)) for written in record_texts(seen.entry))
    )


def _is_seen(character: str) -> bool:
    return character.isprintable() and not character.isspace()

"""HTML in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.markup import Inline, RawHtml
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey
from kb_gen.validate.texts import stretches

__all__ = ["raw_html", "screen"]

_MAY_BE_TAG = re.compile(r"<[A-Za-z/!?]")
# A tag's name holds no colon.
_MAY_BE_TAG_NOT_LINK = re.compile(r"<(?!(?:https?|event):)[A-Za-z/!?]")


def raw_html(content: Content) -> Iterator[Diagnostic]:
    """Texts hold no HTML tags; Markdown says all that an article may say."""
    for written in content.marked_up:
        if not _MAY_BE_TAG.search(written.text):
            continue
        tags = (each.text for each in written.inlines() if isinstance(each, RawHtml))
        for tag in dict.fromkeys(tags):

            def is_it(inline: Inline, tag: str = tag) -> bool:
                return isinstance(inline, RawHtml) and inline.text == tag

            for within in stretches(written, tag, is_it):
                yield error(
                    "raw-html",
                    "a text may not hold HTML",
                    content.place(written.path, written.where, within),
                    "use Markdown, put the tag in backticks to show it, or write `\\<` for the character itself",
                )


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    return "<" in seen.marked_up and _MAY_BE_TAG_NOT_LINK.search(seen.marked_up) is not None

"""A text that is too long for where it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.markup import parse_inlines, plain_text
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey
from kb_gen.validate.texts import Form

__all__ = ["screen", "title_too_long"]


_LONGEST = {"summary": 200, "title": 120, "name": 60}
"""Characters that fit into a line of a list, a heading, a chip in a message."""
_SHORTEST = min(_LONGEST.values())


def title_too_long(content: Content) -> Iterator[Diagnostic]:
    """Summaries, titles and names are short enough for lists and headings."""
    for written in content.texts:
        if written.form is not Form.INLINES or len(written.text) <= _SHORTEST:
            continue
        longest = _LONGEST.get(written.field)
        if longest is None or len(written.text) <= longest:
            continue
        length = len(plain_text(parse_inlines(" ".join(written.text.split()))))
        if length > longest:
            yield error(
                "title-too-long",
                f"`{written.field}` has {length} characters, more than the {longest} that fit where it is shown",
                content.place(written.path, written.where),
                "say it in one short sentence, and the rest in `explanation`"
                if written.field == "summary"
                else "shorten it",
            )


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    record = seen.record
    return (
        len(record.summary) > _LONGEST["summary"]
        or any(len(each.name) > _LONGEST["name"] for each in record.parameters.values())
        or any(len(each.title) > _LONGEST["title"] for each in record.references)
    )

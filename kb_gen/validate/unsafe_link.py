"""A link to where no link may lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.markup import Inline, Link, is_safe_link
from kb_gen.validate.content import Content
from kb_gen.validate.texts import stretches

__all__ = ["unsafe_link"]


# A link in brackets or in angle brackets; it may match too much, never too little.
_MAY_LINK = re.compile(r"\]\(|<[^\s<>]*[:@]")
_HELP = "write a whole address that begins with `https://`, `http://` or `mailto:`, or `event:Source/ID`"


def unsafe_link(content: Content) -> Iterator[Diagnostic]:
    """Links and references lead to the web, to a mailbox, or to another event."""
    for written in content.marked_up:
        if not _MAY_LINK.search(written.text):
            continue
        links = (each.href for each in written.inlines() if isinstance(each, Link))
        for href in dict.fromkeys(links):
            if is_safe_link(href) or href.startswith("event:"):
                continue

            def is_it(inline: Inline, href: str = href) -> bool:
                return isinstance(inline, Link) and inline.href == href

            for within in stretches(written, href, is_it):
                yield error("unsafe-link", _message(href), content.place(written.path, written.where, within), _HELP)
    for entry in content.kb.entries:
        for number, reference in enumerate(entry.record.references):
            # An address that couldn't be read is empty.
            if reference.url and not is_safe_link(reference.url):
                place = content.field(entry, "references", number, "url")
                yield error("unsafe-link", _message(reference.url), place, _HELP)


def _message(href: str) -> str:
    shown = href if len(href) <= 60 else f"{href[:59]}…"
    return f"a link may not lead to `{shown}`" if shown else "the link leads nowhere"

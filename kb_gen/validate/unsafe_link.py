"""A link to where no link may lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb_gen.diagnostics import Diagnostic, error
from kb_gen.markup import Inline, Link, is_safe_link
from kb_gen.validate.content import Content
from kb_gen.validate.survey import Survey
from kb_gen.validate.texts import stretches

__all__ = ["screen", "unsafe_link"]


# A link in brackets or in angle brackets; it may match too much, never too little.
_MAY_LINK = re.compile(r"\]\(|<[^\s<>]*[:@]")
# Addresses that are safe whatever stands around them, as they hold no character that Markdown or a browser could read
# in more than one way.
_PLAIN = r"(?:https?://|mailto:)[A-Za-z0-9][A-Za-z0-9_.~/?#=%&+,:@!$*'-]*"
_PLAIN_URL = re.compile(_PLAIN)
_ODD_LINK = re.compile(rf"\]\((?!event:|{_PLAIN}[) ])")
_ODD_AUTOLINK = re.compile(rf"<(?!(?:event:[^\s<>&\\]*|{_PLAIN})>)[^\s<>]*[:@]")
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
    for entry in content.entries:
        for number, reference in enumerate(entry.record.references):
            # An address that couldn't be read is empty.
            if reference.url and not is_safe_link(reference.url):
                place = content.field(entry, "references", number, "url")
                yield error("unsafe-link", _message(reference.url), place, _HELP)


def screen(_content: Content, seen: Survey) -> bool:
    """Whether the rule may find something."""
    if "](" in seen.marked_up and _ODD_LINK.search(seen.marked_up):
        return True
    if "<" in seen.marked_up and _ODD_AUTOLINK.search(seen.marked_up):
        return True
    return any(not (_PLAIN_URL.fullmatch(each.url) or is_safe_link(each.url)) for each in seen.record.references)


def _message(href: str) -> str:
    shown = href if len(href) <= 60 else f"{href[:59]}…"
    return f"a link may not lead to `{shown}`" if shown else "the link leads nowhere"

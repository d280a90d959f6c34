"""A translation brings no link that a page may not have."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair
from kb_gen.markup import Link, is_safe_link, walk

__all__ = ["check_unsafe_links"]


def check_unsafe_links(pair: Pair) -> Iterator[Finding]:
    """Finds links of other schemes than those that records may have."""
    if "[" not in pair.text and "<" not in pair.text:
        return
    for inline in walk(pair.inlines(pair.text)):
        if isinstance(inline, Link) and not is_safe_link(inline.href):
            start = pair.text.find(inline.href)
            place = (start, start + len(inline.href)) if start >= 0 else (None, None)
            message = f"the link to `{inline.href}` isn't allowed"
            yield Finding("translation-unsafe-link", Severity.ERROR, message, "use https, http or mailto", *place)

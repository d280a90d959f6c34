"""Interface words keep the places that values are put into."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind, named
from kb_gen.locales.placeholders import placeholders

__all__ = ["check_placeholders"]


def check_placeholders(pair: Pair) -> Iterator[Finding]:
    """Finds places in braces that are lost or unknown. A form for one or two of a thing may leave out the number."""
    if pair.kind is not PairKind.INTERFACE:
        return
    before, after = placeholders(pair.source), placeholders(pair.text)
    lost, added = before - after - {"count"}, after - before
    help_text = "take over the names in braces unchanged"
    if lost:
        message = f"the translation loses {named(tuple(f'{{{name}}}' for name in sorted(lost)))}"
        yield Finding("translation-placeholders", Severity.ERROR, message, help_text)
    for name in sorted(added):
        start = pair.text.find(f"{{{name}}}")
        message = f"the source has no `{{{name}}}`"
        yield Finding("translation-placeholders", Severity.ERROR, message, help_text, start, start + len(name) + 2)

"""Insertion strings, code, links and references to events are as the source has them."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind, named
from kb_gen.locales.protection import Shift, message_shift, protected_parts, shift

__all__ = ["check_protected_parts"]


def check_protected_parts(pair: Pair) -> Iterator[Finding]:
    """Finds protected parts that are lost, doubled, altered or invented."""
    if pair.kind is PairKind.MESSAGE:
        difference = message_shift(pair.source, pair.text, pair.syntax)
        yield from _findings(pair, "translation-insertions", "the insertion string", difference)
    elif pair.kind is PairKind.TEXT:
        before, after = protected_parts(pair.source), protected_parts(pair.text)
        if before == after:
            return
        for code, what, old, new in (
            ("translation-insertions", "the insertion string", before.insertions, after.insertions),
            ("translation-code", "the code", before.code, after.code),
            ("translation-link", "the link to", before.links, after.links),
            ("translation-link", "the reference to event", before.events, after.events),
        ):
            yield from _findings(pair, code, what, shift(old, new))
        yield from _html(pair, shift(before.html, after.html))


def _findings(pair: Pair, code: str, what: str, difference: Shift) -> Iterator[Finding]:
    if difference.lost and difference.added:
        message = f"{what} {named(difference.lost)} has become {named(difference.added)}"
    elif difference.lost:
        doubled = " once" if any(part in pair.text for part in difference.lost) else ""
        message = f"the translation loses {what} {named(difference.lost)}{doubled}"
    elif difference.added:
        message = f"the translation has {what} {named(difference.added)} more often than the source"
    else:
        return
    start = pair.text.find(difference.added[0]) if difference.added else -1
    place = (start, start + len(difference.added[0])) if start >= 0 else (None, None)
    yield Finding(code, Severity.ERROR, message, "take it over from the source unchanged; the order may differ", *place)


def _html(pair: Pair, difference: Shift) -> Iterator[Finding]:
    for tag in dict.fromkeys(difference.added):
        start = pair.text.find(tag)
        yield Finding(
            "translation-html",
            Severity.ERROR,
            f"the translation brings in raw HTML: `{tag}`",
            "texts are Markdown; write a literal `<` as `\\<`",
            start if start >= 0 else None,
            start + len(tag) if start >= 0 else None,
        )

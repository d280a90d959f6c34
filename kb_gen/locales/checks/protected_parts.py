"""Insertion strings, code, links and references to events are as the source has them."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair, PairKind, named
from kb_gen.locales.protection import Shift, message_conflicts, message_shift, protected_parts, shift
from kb_gen.messages import Insertion, parse
from kb_gen.model import MessageSyntax

__all__ = ["check_protected_parts"]


def check_protected_parts(pair: Pair) -> Iterator[Finding]:
    """Finds protected parts that are lost, doubled, altered or invented."""
    if pair.kind is PairKind.MESSAGE:
        difference = message_shift(pair.source, pair.text, pair.syntax)
        yield from _findings(pair, "translation-insertions", "the insertion string", difference)
        if not difference:
            yield from _conflicts(pair)
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


def _conflicts(pair: Pair) -> Iterator[Finding]:
    """Insertion strings that are there, but of which the translation takes another kind of value."""
    conflicts = message_conflicts(pair.source, pair.text, pair.syntax)
    if not conflicts:
        return
    before, after = parse(pair.source, pair.syntax), parse(pair.text, pair.syntax)
    number, (theirs, own) = next(iter(conflicts.items()))
    written = next(one.source for one in before.insertions if number in one.numbers)
    message = f"the insertion string `%{number}` is {theirs.value} in the source, `{written}`, and {own.value} here"
    if pair.syntax is MessageSyntax.PRINTF:
        help_text = "keep the order of the source, or say which value each one takes: `%2$s`"
    else:
        help_text = "take over its format from the source"
    at = 0
    for part in after.parts:
        if isinstance(part, Insertion) and number in part.numbers:
            break
        at += len(part.source)
    yield Finding("translation-insertions", Severity.ERROR, message, help_text, at, at + len(part.source))


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

"""What a translation has to take over from its source, ready to be put in with one key."""

from __future__ import annotations

from collections.abc import Iterator

from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.placeholders import placeholders
from kb_gen.markup import Code, EventLink, Insertion, Link, parse_inlines, plain_text, walk
from kb_gen.messages import parse as parse_message
from kb_gen.model import MessageSyntax

__all__ = ["inserts"]


def inserts(source: str, kind: PairKind, syntax: MessageSyntax) -> list[str]:
    """The parts of a source text that no translation changes, each once, in their order, as they are written."""
    if kind is PairKind.INTERFACE:
        found: Iterator[str] = iter([f"{{{name}}}" for name in sorted(placeholders(source))])
    elif kind is PairKind.MESSAGE:
        found = iter([insertion.source for insertion in parse_message(source, syntax.value).insertions])
    else:
        found = _in_text(source)
    return list(dict.fromkeys(found))


def _in_text(source: str) -> Iterator[str]:
    for inline in walk(parse_inlines(source)):
        if isinstance(inline, Insertion):
            yield f"%{inline.number}"
        elif isinstance(inline, Code):
            yield _code(inline.text)
        elif isinstance(inline, Link):
            yield f"[{plain_text(inline.children)}]({inline.href})"
        elif isinstance(inline, EventLink):
            text = plain_text(inline.children)
            yield f"[{text}](event:{inline.target})" if text else f"event:{inline.target}"


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"

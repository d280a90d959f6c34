r"""Texts cut into words and codes: what a translator writes, and what a translation tool has to keep.

Insertion strings, code, links' targets and references to events must be the same in every translation, so they go out
as protected codes. Nothing is interpreted and nothing lost: the pieces' sources, joined, are the text again, character
for character. What isn't clearly a code stays a word; the checks look at it when it comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.protection import protected_parts
from kb_gen.messages import Control, Insertion
from kb_gen.messages import parse as parse_message
from kb_gen.model import MessageSyntax

__all__ = ["CodeKind", "Pair", "Piece", "Single", "Words", "cut", "source_of"]


class CodeKind(StrEnum):
    """What a code is."""

    INSERTION = "insertion"
    CODE = "code"
    EVENT = "event"
    ADDRESS = "address"
    LINK = "link"
    STRONG = "bold"
    EMPHASIS = "italic"
    CONTROL = "control"

    @property
    def protected(self) -> bool:
        """Whether a translation must have it exactly as often as its source."""
        return self not in {CodeKind.STRONG, CodeKind.EMPHASIS, CodeKind.CONTROL}


@dataclass(frozen=True, slots=True)
class Words:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Single:
    """A code that stands alone."""

    kind: CodeKind
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Codes around other pieces: what opens and what closes."""

    kind: CodeKind
    opening: str
    closing: str
    children: tuple[Piece, ...]


Piece = Words | Single | Pair

_CODE = r"`[^`\n]+`(?!`)"
# A backslash takes the next character's meaning away. Code comes first, as nothing inside it means anything.
_MARKUP = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<runaway>`+)"
    r"|(?P<address><(?:https?|mailto|event):[^\s<>]+>)"
    r"|(?P<event>(?<!\w)event:[\w.%+~-]+/[\w.%+~-]*\w(?:/\w+)?)"
    r"|(?P<insertion>%[1-9][0-9]?(?![0-9]))"
    rf"|\[(?P<label>(?:[^\[\]\\`<>\n]|{_CODE})+)\](?P<href>\([^\s()<>\\`]+(?:\([^\s()<>\\`]*\))?\))"
    rf"|(?<!\*)\*\*(?![\s*])(?P<strong>(?:[^*\\`<>\n]|{_CODE})+)(?<!\s)\*\*(?!\*)"
    rf"|(?<!\*)\*(?![\s*])(?P<emphasis>(?:[^*\\`<>\n]|{_CODE})+)(?<!\s)\*(?!\*)",
    re.DOTALL,
)
_PLACEHOLDER = re.compile(r"\{\{|\}\}|(?P<insertion>\{[A-Za-z_][A-Za-z0-9_]*\})")
_SIGNS = re.compile(r"[`*\[<%:]")


def source_of(pieces: Sequence[Piece]) -> str:
    """The text that was cut into `pieces`."""
    return "".join(
        f"{piece.opening}{source_of(piece.children)}{piece.closing}" if isinstance(piece, Pair) else piece.text
        for piece in pieces
    )


def cut(text: str, kind: PairKind, syntax: MessageSyntax) -> tuple[Piece, ...]:
    """The pieces of a text.

    Args:
        text: a source text, or a translation.
        kind: how it is read.
        syntax: for message templates, how they mark insertion strings.
    """
    match kind:
        case PairKind.MESSAGE:
            return tuple(_joined(_message(text, syntax)))
        case PairKind.INTERFACE:
            return tuple(_joined(_placeholders(text)))
        case _:
            return _marked_up(text) if _SIGNS.search(text) else _plain(text)


def _plain(text: str) -> tuple[Piece, ...]:
    return (Words(text),) if text else ()


def _message(text: str, syntax: MessageSyntax) -> Iterator[Piece]:
    for part in parse_message(text, syntax.value).parts:
        match part:
            case Insertion():
                yield Single(CodeKind.INSERTION, part.source)
            case Control():
                yield Single(CodeKind.CONTROL, part.source)
            case _:
                yield Words(part.source)


def _placeholders(text: str) -> Iterator[Piece]:
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        if match["insertion"]:
            yield Words(text[end : match.start()])
            yield Single(CodeKind.INSERTION, match[0])
            end = match.end()
    yield Words(text[end:])


@lru_cache(maxsize=8192)
def _marked_up(text: str) -> tuple[Piece, ...]:
    pieces = tuple(_joined(_inlines(text)))
    if _agrees(text, pieces):
        return pieces
    # CommonMark reads the text in another way than it looks: protect what is certain.
    return tuple(_joined(_insertions(text)))


def _inlines(text: str) -> Iterator[Piece]:
    end = 0
    for match in _MARKUP.finditer(text):
        piece = _piece(match)
        if piece is not None:
            yield Words(text[end : match.start()])
            yield piece
            end = match.end()
    yield Words(text[end:])


def _piece(match: re.Match[str]) -> Piece | None:
    match match.lastgroup:
        case "code":
            return Single(CodeKind.CODE, match[0])
        case "address":
            return Single(CodeKind.ADDRESS, match[0])
        case "event":
            return Single(CodeKind.EVENT, match[0])
        case "insertion":
            return Single(CodeKind.INSERTION, match[0])
        case "href":
            return Pair(CodeKind.LINK, "[", f"]{match['href']}", tuple(_joined(_inlines(match["label"]))))
        case "strong":
            return Pair(CodeKind.STRONG, "**", "**", tuple(_joined(_inlines(match["strong"]))))
        case "emphasis":
            return Pair(CodeKind.EMPHASIS, "*", "*", tuple(_joined(_inlines(match["emphasis"]))))
        case _:
            return None


def _insertions(text: str) -> Iterator[Piece]:
    matches = list(_INSERTION.finditer(text))
    # One inside code is part of the code.
    end = 0
    for match in matches if len(protected_parts(text).insertions) == len(matches) else ():
        yield Words(text[end : match.start()])
        yield Single(CodeKind.INSERTION, match[0])
        end = match.end()
    yield Words(text[end:])


_INSERTION = re.compile(r"%[1-9][0-9]?(?![0-9])")


def _agrees(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether the codes are as many of each kind as the text's readers are shown."""
    found = dict.fromkeys(CodeKind, 0)
    _count(pieces, found)
    parts = protected_parts(text)
    counted = found[CodeKind.LINK] + found[CodeKind.EVENT] + found[CodeKind.ADDRESS]
    shown = len(parts.links) + len(parts.events)
    return (found[CodeKind.INSERTION], found[CodeKind.CODE], counted) == (len(parts.insertions), len(parts.code), shown)


def _count(pieces: Sequence[Piece], found: dict[CodeKind, int]) -> None:
    for piece in pieces:
        if not isinstance(piece, Words):
            found[piece.kind] += 1
        if isinstance(piece, Pair):
            _count(piece.children, found)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """`pieces` without empty words, and with neighbouring ones in one."""
    pending = ""
    for piece in pieces:
        if isinstance(piece, Words):
            pending += piece.text
            continue
        if pending:
            yield Words(pending)
            pending = ""
        yield piece
    if pending:
        yield Words(pending)

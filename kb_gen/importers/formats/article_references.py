"""Where an article says that there is more to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from kb_gen.importers.formats.article_blocks import Block, Items, markdown_of, plain_of
from kb_gen.markup import EventLink, Link, parse_inlines, plain_text, walk
from kb_gen.model import Reference

__all__ = ["Leading", "announces_references", "further_of", "references_of"]

_ANNOUNCED = re.compile(
    r"(?:for (?:more|further|additional) information|see also|(?:weitere|weiterführende) informationen|siehe auch)\b"
    r".{0,160}[:.]",
    re.IGNORECASE | re.DOTALL,
)
_TOPICS = re.compile(r"following|see also:|folgende|siehe auch:|themen|topics", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|on|regarding|über|zu|zum|zur)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4}")
_TITLED = re.compile(r"(?P<title>[^\s(<][^.!?]{0,150}?)(?: ?[:–—] | - | ?[(<]| )(?P<address>https?://[^\s<>]+?)[)>]?")
_BLANK = re.compile(r"\s+")


def announces_references(plain: str) -> bool:
    """Whether a paragraph only says that topics follow, as "For more information, see the following topics:" does."""
    return _ANNOUNCED.fullmatch(plain.strip()) is not None and _TOPICS.search(plain) is not None


def _is_bare(plain: str) -> bool:
    """Whether an announcement doesn't even say what the topics are about."""
    return announces_references(plain) and _ABOUT.search(plain) is None


class Leading(Struct, frozen=True):
    """What a section leads to.

    Attributes:
        references: its links.
        related: the records that it links to, each as Source/ID.
        passages: a line for each passage of it that has neither.
    """

    references: tuple[Reference, ...]
    related: tuple[str, ...]
    passages: tuple[str, ...]


def references_of(blocks: Iterable[Block]) -> Leading:
    """What a section of references leads to."""
    references: dict[str, Reference] = {}
    related: dict[str, None] = {}
    passages: list[str] = []
    for block in _passages(blocks):
        markdown, plain = markdown_of([block]), _BLANK.sub(" ", plain_of([block])).strip()
        found = list(walk(parse_inlines(markdown)))
        links = [each for each in found if isinstance(each, Link)]
        events = [each for each in found if isinstance(each, EventLink)]
        related |= {f"{event.source}/{event.id}": None for event in events}
        if len(links) == 1 and (titled := _TITLED.fullmatch(plain)) and titled["address"] == links[0].href:
            references.setdefault(links[0].href, Reference(titled["title"], links[0].href))
            continue
        for link in links:
            title = plain_text(link.children).strip() or link.href
            references.setdefault(link.href, Reference(title, link.href))
        beside = plain
        for children in (*(link.children for link in links), *(event.children for event in events)):
            beside = beside.replace(_BLANK.sub(" ", plain_text(children)).strip(), "", 1)
        if not (links or events) or _WORD.search(beside):
            passages.append(plain)
    # What announces links says nothing beside them.
    kept = [passage for passage in passages if not ((references or related) and _is_bare(passage))]
    return Leading(tuple(references.values()), tuple(related), tuple(kept))


def further_of(blocks: Sequence[Block]) -> list[Block]:
    """What explains further in a section of further information: all that leads to nothing, and announces nothing."""
    return [
        block
        for block in blocks
        if not announces_references(plain_of([block]))
        and not any(isinstance(each, Link) for each in walk(parse_inlines(markdown_of([block]))))
    ]


def _passages(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Items):
            for item in block.items:
                yield from _passages(item)
        else:
            yield block

"""Articles made once for all locales: a pattern has the page, its data and its plain text with slots in them.

Most of an article's making is the same in every locale: which sections and blocks there are, what is around their
texts. So it is made once, in no language, by the same functions that would make it in one, and what comes out is cut
at the slots; a locale then fills them with its own words. That the result is what those functions make in that locale
is tested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from kb_gen.locales import (
    LOCALE_PATH,
    SLOT_BYTES,
    LocalParameter,
    Slot,
    SlotKind,
    TooManySlots,
    Unit,
    has_slots,
    in_language,
    is_language,
    language_of,
)
from kb_gen.model import Entry, Record
from kb_gen.render.text import article_text
from kb_gen.site.api import record_json
from kb_gen.site.context import SiteContext
from kb_gen.site.engines import TocEntry
from kb_gen.site.pages import ArticlePage, article_page
from kb_gen.site.search import weight

__all__ = ["BANNER", "EncodedTemplate", "Pattern", "Template", "make_pattern"]

Template = Sequence[str]
"""A text in pieces: by turns one that is the same in all locales, and the character of a slot."""


class EncodedTemplate(NamedTuple):
    """A text in pieces in UTF-8, for a file that holds it as it is.

    Attributes:
        pieces: by turns one that is the same in all locales, and the character of a slot.
        slots: these characters as text, one by one.
    """

    pieces: Sequence[bytes]
    slots: Sequence[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """An article in no language, to be filled by the process that made it: the slots that articles share are its own.

    Attributes:
        page: the article and its page's parts, with the characters of slots in them.
        slots: what these stand for, where they are the article's own.
        texts: those of its own slots that stand for texts of its record, in order, and the units of these.
        wanted: the others of its own slots that are to be filled, with what they stand for.
        parameters: by owner of a slot, the insertion strings that its text may name.
        counted: the slots that count for the article's coverage, its own and others.
        body: the page's body.
        description: the page's description.
        text: the article as plain text; empty where no search asks for it.
        json: the article as data, up to what is said of its translation.
        titles: the slots of the titles in the table of contents, in order.
        weight: the article's weight in search.
    """

    page: ArticlePage
    slots: Mapping[str, Slot]
    texts: tuple[Sequence[str], Sequence[Unit]]
    wanted: Sequence[tuple[str, Slot]]
    parameters: Sequence[Mapping[int, LocalParameter]]
    counted: Sequence[str]
    body: Template
    description: Template
    text: Template
    json: EncodedTemplate
    titles: tuple[str, ...]
    weight: float


BANNER = "\ue7f2"
"""Stands where a banner does."""

_BETWEEN = "\ue7ff".encode()
"""Stands for no slot."""
_SPAN = '<span lang="'
_AUTO = '" dir="auto">'
_END = "</span>"
_LANG = ' lang="'

_ENCODER = msgspec.json.Encoder()
_TRANSLATION = b',"translation":'
_PATH = LOCALE_PATH.encode()
_QUOTED_PATH = quote(LOCALE_PATH).encode()


def make_pattern(entry: Entry, context: SiteContext) -> Pattern | None:
    """The pattern of an article; None where it can't have one.

    That is where its record has too many texts, or something has the characters that slots are written with.
    """
    if not context.has_no_slots or _has_slots(entry.record):
        return None
    localizer = context.slots
    localizer.begin()
    site = context.slot_site
    try:
        page = article_page(entry, None, None, site, context, BANNER)
    except TooManySlots:
        return None
    _, data = record_json(page, site, context)
    known = data[: data.rindex(_TRANSLATION)].replace(_QUOTED_PATH, _PATH)
    body = _in_languages(_cut(page.parts.body.encode()))
    description = _cut(page.parts.description.encode())
    # Only the full-text search asks for it.
    text = _cut(article_text(page.article).encode()) if context.search != "none" else ()
    json = _encoded(known)
    titles = tuple(_titles(page.parts.toc))
    slots = localizer.slots
    # What names a slot's language is found out with the slot.
    used = {*localizer.counted, *body[1::2], *description[1::2], *text[1::2], *json.slots}
    own = [
        (character, slot)
        for character, slot in slots.items()
        if character in used or in_language(language_of(character)) in used
    ]
    texts = {character: slot.unit for character, slot in own if slot.kind is SlotKind.TEXT and slot.owner == 0}
    return Pattern(
        page=page,
        slots=slots,
        texts=(list(texts), [unit for unit in texts.values() if unit]),
        wanted=[named for named in own if named[0] not in texts],
        parameters=localizer.parameters,
        counted=localizer.counted,
        body=body,
        description=description,
        text=text,
        json=json,
        titles=titles,
        weight=weight(page.article),
    )


def _titles(toc: Iterable[TocEntry]) -> Iterator[str]:
    for entry in toc:
        yield entry.title
        yield from _titles(entry.children)


def _has_slots(record: Record) -> bool:
    encoded = _ENCODER.encode(record)
    return not encoded.isascii() and has_slots(encoded.decode())


def _cut(text: bytes) -> list[str]:
    """A text in UTF-8 as a template."""
    # Decoded as one, not piece by piece.
    return _BETWEEN.join(SLOT_BYTES.split(text)).decode().split(_BETWEEN.decode())


def _encoded(text: bytes) -> EncodedTemplate:
    """A text in UTF-8 as a template that stays so."""
    pieces = SLOT_BYTES.split(text)
    return EncodedTemplate(pieces, [*b"".join(pieces[1::2]).decode()])


def _in_languages(html: list[str]) -> Template:
    """The template of HTML. An element or attribute that only names a slot's language goes with the slot."""
    # From the end, so that what is taken out moves nothing that is still to be looked at.
    for place in reversed([place for place in range(1, len(html), 2) if is_language(html[place])]):
        before = html[place - 1]
        if before.endswith(_SPAN):
            html[place - 1] = before.removesuffix(_SPAN)
            html[place] = in_language(html[place])
            html[place + 1 : place + 4] = [html[place + 3].removeprefix(_END)]
        else:
            html[place - 1] = before.removesuffix(_LANG)
            html[place + 1] = html[place + 1].removeprefix('"')
    return html

"""Articles made once for all locales: a pattern has the page, its data and its plain text with slots in them.

Most of an article's making is the same in every locale: which sections and blocks there are, what is around their
texts. So it is made once, in no language, by the same functions that would make it in one, and what comes out is cut
at the slots; a locale then fills them with its own words. That the result is what those functions make in that locale
is tested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from kb_gen.locales import (
    LOCALE_PATH,
    LOCALE_TAG,
    MOST_SLOTS,
    LocalParameter,
    Slot,
    SlotKind,
    SlotLocalizer,
    has_slots,
    slot_of,
)
from kb_gen.model import Entry, Record
from kb_gen.render.text import article_text
from kb_gen.site.api import record_json
from kb_gen.site.context import LocaleSite, SiteContext
from kb_gen.site.engines import TocEntry
from kb_gen.site.pages import ArticlePage, article_page
from kb_gen.site.search import weight

__all__ = ["BARE", "Form", "Pattern", "Template", "make_pattern"]


class Form(IntEnum):
    """How the words of a slot are written where they stand."""

    HTML = 0
    ESCAPED = 1
    TEXT = 2
    JSON = 3
    LANG_ATTRIBUTE = 4
    LANG = 5


class Template(NamedTuple):
    """A text in pieces: fixed ones, with an empty one for each of `places`: where it is, in which form, which slot."""

    pieces: Sequence[str]
    places: Sequence[tuple[int, Form, int]]

    def filled(self, values: Sequence[Sequence[str]]) -> str:
        """The text with `values`, by form and slot, in its places."""
        pieces = list(self.pieces)
        for place, form, slot in self.places:
            pieces[place] = values[form][slot]
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Pattern:
    """An article in no language.

    Attributes:
        page: the article and its page's parts, with the characters of slots in them.
        slots: what these stand for. Two more follow: the locale's tag, and the first segment of its addresses.
        wanted: the numbers of those that are to be filled.
        parameters: by owner of a slot, the insertion strings that its text may name.
        counted: the slots that count for the article's coverage.
        body: the page's body.
        description: the page's description.
        text: the article as plain text.
        json: the article as data, up to what is said of its translation.
        titles: the slots of the titles in the table of contents, in order.
        weight: the article's weight in search.
    """

    page: ArticlePage
    slots: Sequence[Slot]
    wanted: Sequence[int]
    parameters: Sequence[Mapping[int, LocalParameter]]
    counted: frozenset[int]
    body: Template
    description: Template
    text: Template
    json: Template
    titles: tuple[int, ...]
    weight: float


BANNER = "\ue7f2"
"""Stands where a banner does."""

_SLOT = re.compile("[\ue000-\uefff]")
_SPAN = '<span lang="'
_AUTO = '" dir="auto">'
_END = "</span>"
_LANG = ' lang="'
BARE = frozenset({SlotKind.NAME, SlotKind.LABEL, SlotKind.LIST})
"""What is text in HTML, too."""

_ENCODER = msgspec.json.Encoder()
_TRANSLATION = ',"translation":'


def make_pattern(entry: Entry, context: SiteContext) -> Pattern | None:
    """The pattern of an article; None where it can't have one.

    That is where its record has too many texts, or something has the characters that slots are written with.
    """
    if not context.has_no_slots or _has_slots(entry.record):
        return None
    localizer = SlotLocalizer(context.kb)
    site = LocaleSite(context.kb, context.targets, localizer)
    page = article_page(entry, None, None, site, context, BANNER)
    _, data = record_json(page, site, context)
    text = article_text(page.article)
    slots = localizer.slots
    if len(slots) > MOST_SLOTS:
        return None
    body = _cut_html(str(page.parts.body), slots)
    description = _cut(page.parts.description, len(slots))
    plain = _cut(text, len(slots))
    known = data.decode().rpartition(_TRANSLATION)[0].replace(quote(LOCALE_PATH), LOCALE_PATH)
    json = _cut(known, len(slots), Form.JSON)
    counted = frozenset(localizer.counted)
    places = (*body.places, *description.places, *plain.places, *json.places)
    titles = tuple(_titles(page.parts.toc))
    wanted = counted.union(titles, [slot for _, _, slot in places if slot < len(slots)])
    return Pattern(
        page=page,
        slots=tuple(slots),
        wanted=sorted(wanted),
        parameters=tuple(localizer.parameters),
        counted=counted,
        body=body,
        description=description,
        text=plain,
        json=json,
        titles=titles,
        weight=weight(page.article),
    )


def _titles(toc: Iterable[TocEntry]) -> Iterator[int]:
    for entry in toc:
        yield slot_of(entry.title)[0]
        yield from _titles(entry.children)


def _has_slots(record: Record) -> bool:
    encoded = _ENCODER.encode(record)
    return not encoded.isascii() and has_slots(encoded.decode())


def _cut_html(html: str, slots: Sequence[Slot]) -> Template:
    """HTML in pieces. An element or attribute that only names a slot's language goes with the slot."""
    pieces: list[str] = []
    places: list[tuple[int, Form, int]] = []
    end = 0
    for match in _SLOT.finditer(html):
        start, behind = match.span()
        if start < end:
            continue
        number, language = slot_of(match[0])
        form = Form.HTML
        if match[0] == BANNER:
            number = len(slots)
        elif not language:
            form = Form.ESCAPED if slots[number].kind in BARE else Form.HTML
        elif html.endswith(_SPAN, 0, start):
            start -= len(_SPAN)
            behind += len(_AUTO) + 1 + len(_END)
        else:
            form = Form.LANG_ATTRIBUTE
            start -= len(_LANG)
            behind += 1
        pieces += (html[end:start], "")
        places.append((len(pieces) - 1, form, number))
        end = behind
    pieces.append(html[end:])
    return Template(pieces, places)


def _cut(text: str, slots: int, form: Form = Form.TEXT) -> Template:
    """Plain text, or JSON, in pieces."""
    pieces: list[str] = []
    places: list[tuple[int, Form, int]] = []
    end = 0
    for match in _SLOT.finditer(text):
        pieces += (text[end : match.start()], "")
        end = match.end()
        if match[0] == LOCALE_TAG:
            place = (form, slots)
        elif match[0] == LOCALE_PATH:
            place = (form, slots + 1)
        else:
            number, language = slot_of(match[0])
            place = (Form.LANG if language else form, number)
        places.append((len(pieces) - 1, *place))
    pieces.append(text[end:])
    return Template(pieces, places)

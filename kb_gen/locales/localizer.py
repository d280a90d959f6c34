"""Everything that a page asks of its locale: a record's texts, the interface's words, dates, numbers and order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb_gen.locales import formats
from kb_gen.locales.catalogs import Catalog, Catalogs
from kb_gen.locales.collation import SortKey, filing, sort_key
from kb_gen.locales.passages import LocalBlock, LocalizedRecord, LocalParameter, Passage, State
from kb_gen.locales.placeholders import fill, placeholders
from kb_gen.locales.po import lookup_key
from kb_gen.locales.protection import domain_syntaxes, keeps_message, keeps_protected
from kb_gen.locales.tags import locale_info
from kb_gen.locales.units import (
    SHARED_DOMAIN,
    UI_DOMAIN,
    Unit,
    UnitKind,
    is_message_context,
    localize_blocks,
    localize_record,
    localize_summary,
)
from kb_gen.model import Entry, KnowledgeBase, MessageSyntax

__all__ = ["INTERFACE_LANGUAGE", "Language", "Localizer", "Share", "Value", "marked"]

INTERFACE_LANGUAGE = "en"
"""The language that the interface's words are written in."""


_OPEN = 16
"""How many catalogs are kept open: articles are made source by source, and each source has one."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of 1, which interface words write as whole percent."""

    value: float


@dataclass(frozen=True, slots=True)
class Language:
    """A language, by its BCP 47 tag, which interface words call by its name."""

    tag: str


Value = str | int | float | dt.date | Share | Language
"""What interface words take into their places."""


def marked(msgid: str) -> str:
    """`msgid` itself; marks interface words for extraction where they are looked up elsewhere, by a variable."""
    return msgid


class Localizer:
    """A knowledge base and its interface in one locale.

    Attributes:
        locale: the locale.
        source: whether it is the language that the records are written in.
        source_language: the BCP 47 tag of that language.
    """

    def __init__(self, kb: KnowledgeBase, catalogs: Catalogs, locale_tag: str, source_language: str = "en") -> None:
        """A localizer for `locale_tag`.

        Args:
            kb: the knowledge base whose records are localized.
            catalogs: the loaded catalogs.
            locale_tag: the BCP 47 tag of the locale.
            source_language: the BCP 47 tag of the language the records are written in.

        Raises:
            UnknownLocale: there is no such locale.
        """
        self.locale = locale_info(locale_tag)
        self.source = self.locale.tag == locale_info(source_language).tag
        self._kb = kb
        self._catalogs = catalogs
        self.source_language = locale_info(source_language).tag
        self._ui = catalogs.catalog(self.locale.tag, UI_DOMAIN)
        self._syntaxes = domain_syntaxes(kb)
        self._passages: dict[tuple[str, str], Passage] = {}
        self._domains: dict[str, Catalog] = {}

    def record(self, entry: Entry) -> LocalizedRecord:
        """A record in this locale."""
        return localize_record(entry, self._kb, self.translate, self.locale.tag)

    def summary(self, entry: Entry) -> tuple[Passage | None, tuple[LocalParameter, ...]]:
        """A record's summary in this locale, for lists of events, and the insertion strings that it may name."""
        return localize_summary(entry, self._kb, self.translate)

    def blocks(self, text: str, domain: str, path: str, subject: str) -> tuple[LocalBlock, ...]:
        """A text that is no record's, in this locale: a product's or source's description, a notice."""
        return localize_blocks(text, domain, path, subject, self.translate)

    def translate(self, unit: Unit) -> Passage:
        """A unit's passage: its approved translation, or the source text and why.

        A translation that loses or invents a protected part counts as missing.
        """
        if unit.kind is UnitKind.MESSAGE:
            return self._message(unit)
        if unit.domain != SHARED_DOMAIN:
            return self._text(unit)
        # Many articles show these; of a record's own texts, hardly one occurs twice.
        key = (unit.context, unit.msgid)
        passage = self._passages.get(key)
        if passage is None:
            passage = self._passages[key] = self._text(unit)
        return passage

    def texts(self, units: Iterable[Unit]) -> list[Passage]:
        """What `translate` gives for many units, none of which is a message template."""
        if self.source:
            language = self.source_language
            return [Passage(unit.msgid, language) for unit in units]
        passages = []
        domains, tag = self._domains, self.locale.tag
        for unit in units:
            catalog = domains.get(unit.domain) or self._catalog(unit.domain)
            translation = catalog.texts.get(unit.msgid, "") if catalog.sound_for and not unit.context else ""
            # Nearly all are sound and without a context; for others, there is more to look at.
            sound = translation and not translation.isspace()
            passages.append(Passage(translation, tag, State.TRANSLATED) if sound else self._text(unit))
        return passages

    def _text(self, unit: Unit) -> Passage:
        if self.source:
            return Passage(unit.msgid, self.source_language)
        catalog = self._catalog(unit.domain)
        translation = catalog.text(unit.msgid, unit.context)
        # Whatever has the context of message templates was checked as one.
        sound = catalog.sound_for is not None and not is_message_context(unit.context)
        if translation and (sound or keeps_protected(unit.msgid, translation)):
            return Passage(translation, self.locale.tag, State.TRANSLATED)
        outdated = lookup_key(unit.context, unit.msgid) in catalog.outdated
        return Passage(unit.msgid, self.source_language, State.OUTDATED if outdated else State.MISSING)

    def _catalog(self, domain: str) -> Catalog:
        catalog = self._domains.get(domain)
        if catalog is None:
            if len(self._domains) >= _OPEN:
                self._domains.pop(next(iter(self._domains))).close()
            catalog = self._domains[domain] = self._catalogs.catalog(self.locale.tag, domain)
        return catalog

    def _message(self, unit: Unit) -> Passage:
        if self.locale.tag != unit.language:
            catalog = self._catalog(unit.domain)
            translation = catalog.text(unit.msgid, unit.context)
            syntax = self._syntaxes.get(unit.domain, MessageSyntax.FORMATMESSAGE)
            if translation and (catalog.sound_for is syntax or keeps_message(unit.msgid, translation, syntax)):
                return Passage(translation, self.locale.tag, State.TRANSLATED)
        return Passage(unit.msgid, unit.language)

    def ui(self, msgid: str, /, **values: Value) -> Passage:
        """Interface words with their language: plain text, with `{name}` replaced by the value of that name.

        Numbers, dates and shares are written as the language of the words writes them: in a sentence that isn't
        translated they are English, too. Give a year or an ID as text.
        """
        translation = self._ui_translation(msgid)
        if translation:
            return Passage(_filled(translation, values, self.locale.tag), self.locale.tag, State.TRANSLATED)
        state = self._ui_untranslated(msgid)
        return Passage(_filled(msgid, values, self._interface_tag()), INTERFACE_LANGUAGE, state)

    def ui_state(self, msgid: str) -> State:
        """How interface words, with or without a plural, stand to their English text."""
        forms = self._ui.plurals.get(msgid, ())
        if self._ui_translation(msgid) or (forms and all(form.strip() for form in forms)):
            return State.TRANSLATED
        return self._ui_untranslated(msgid)

    def _ui_translation(self, msgid: str) -> str:
        """The approved translation if it has the places for values that its source has, or nothing."""
        translation = self._ui.text(msgid)
        return translation if placeholders(translation) == placeholders(msgid) else ""

    def _ui_untranslated(self, msgid: str) -> State:
        if self.locale.language == INTERFACE_LANGUAGE:
            return State.SOURCE
        return State.OUTDATED if msgid in self._ui.outdated else State.MISSING

    def _interface_tag(self) -> str:
        """The locale of interface words as they are written: this one if it is one of English."""
        return self.locale.tag if self.locale.language == INTERFACE_LANGUAGE else INTERFACE_LANGUAGE

    def text(self, msgid: str, /, **values: Value) -> str:
        """Interface words as text, for places that can't say what language they are in; see `ui`."""
        return self.ui(msgid, **values).text

    def plural(self, singular: str, plural: str, n: int, /, **values: Value) -> str:
        """The same as text, for places that can't say what language they are in; see `ui_plural`."""
        return self.ui_plural(singular, plural, n, **values).text

    def ui_plural(self, singular: str, plural: str, n: int, /, **values: Value) -> Passage:
        """Interface words that depend on a number, which `{count}` stands for, with their language; see `ui`."""
        forms = self._ui.plurals.get(singular, ())
        chosen = forms[self._ui.forms.index(n)] if len(forms) == self._ui.forms.count else ""
        named: Mapping[str, Value] = {"count": n, **values}
        if chosen.strip() and placeholders(chosen) <= placeholders(plural) | {"count"}:
            return Passage(_filled(chosen, named, self.locale.tag), self.locale.tag, State.TRANSLATED)
        chosen = singular if n == 1 else plural
        state = self._ui_untranslated(singular)
        return Passage(_filled(chosen, named, self._interface_tag()), INTERFACE_LANGUAGE, state)

    def date(self, date: dt.date) -> str:
        """A date in words: `19. März 2011`."""
        return formats.long_date(date, self.locale.tag)

    def date_short(self, date: dt.date) -> str:
        """A date for tables: `19.03.2011`."""
        return formats.short_date(date, self.locale.tag)

    def date_time(self, time: dt.datetime) -> str:
        """A date with the time to the second, as the clock of `time` shows it: `19.03.2011, 03:12:44`."""
        return formats.date_time(time, self.locale.tag)

    def clock(self, time: dt.datetime) -> str:
        """A time of day: `03:12`."""
        return formats.clock(time, self.locale.tag)

    def day_of_year(self, date: dt.date) -> str:
        """A date without its year: `19. März`."""
        return formats.day_of_year(date, self.locale.tag)

    def number(self, number: float) -> str:
        """A number with the locale's separators: `1.024`."""
        return formats.number(number, self.locale.tag)

    def percent(self, share: float) -> str:
        """A share of 1 as whole percent: `57 %`; what isn't quite all never becomes 100 %, nor quite nothing 0 %."""
        return formats.percent(share, self.locale.tag)

    def list(self, items: Iterable[str]) -> str:
        """An enumeration: `a, b und c`."""
        return formats.enumeration(items, self.locale.tag)

    def quote(self, text: str) -> str:
        """`text` in the locale's quotation marks."""
        return formats.quote(text, self.locale.tag)

    def sort_key(self, text: str) -> SortKey:
        """What to sort texts by in this locale; numbers inside them count by their value."""
        return sort_key(text, self.locale.tag)

    def filing(self, text: str) -> tuple[str, SortKey]:
        """Under which letter an index in this locale has a text, and what to sort it by there."""
        return filing(text, self.locale.tag)


def _filled(text: str, values: Mapping[str, Value], tag: str) -> str:
    """`text`, whose locale is `tag`, with its places filled."""
    return fill(text, {name: _written(value, tag) for name, value in values.items()})


@lru_cache(maxsize=4096)
def _long_date(date: dt.date, tag: str) -> str:
    """A date in words, of which a site has the same on many pages."""
    return formats.long_date(date, tag)


def _written(value: Value, tag: str) -> str:
    match value:
        case str():
            return value
        case dt.date():
            return _long_date(value, tag)
        case Share(share):
            return formats.percent(share, tag)
        case Language(language):
            return formats.language_name(language, tag)
        case _:
            return formats.number(value, tag)

"""Dates, numbers and lists as a locale writes them, from CLDR through Babel."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from kb_gen.locales.quotation import quotation_marks
from kb_gen.locales.tags import babel_locale, locale_info

__all__ = [
    "clock",
    "date_time",
    "day_of_year",
    "enumeration",
    "language_name",
    "long_date",
    "number",
    "percent",
    "quote",
    "short_date",
]

_SPACED_QUOTATIONS = frozenset({"br", "fr"})
"""Languages whose quotation marks stand apart from what is quoted."""


@lru_cache(maxsize=8192)
def long_date(date: dt.date, tag: str) -> str:
    """`19. März 2011`."""
    return str(format_date(date, "long", locale=babel_locale(tag)))


def short_date(date: dt.date, tag: str) -> str:
    """`19.03.2011`: CLDR's medium form, as its short one has years of two digits."""
    return str(format_date(date, "medium", locale=babel_locale(tag)))


def date_time(time: dt.datetime, tag: str) -> str:
    """`19.03.2011, 03:12:44`, as the clock of `time` shows it."""
    return str(format_datetime(time.replace(tzinfo=None), "medium", locale=babel_locale(tag)))


def clock(time: dt.datetime, tag: str) -> str:
    """`03:12`, as the clock of `time` shows it."""
    return str(format_time(time.replace(tzinfo=None), "short", locale=babel_locale(tag)))


def day_of_year(date: dt.date, tag: str) -> str:
    """`19. März`, short and without the year."""
    day = dt.datetime(date.year, date.month, date.day)  # noqa: DTZ001 - Babel takes no dates here
    return str(format_skeleton("MMMd", day, locale=babel_locale(tag)))


def language_name(language: str, tag: str) -> str:
    """What a language is called in the locale `tag`: `Englisch`; its own name where the locale has none for it."""
    info = locale_info(language)
    return str(babel_locale(tag).languages.get(info.language) or info.name)


def number(value: float, tag: str) -> str:
    """`1.234,5`."""
    return str(format_decimal(value, locale=babel_locale(tag)))


def percent(share: float, tag: str) -> str:
    """`57 %`, in whole percent. Only all is 100 %, and only nothing 0 %: readers take both at their word."""
    whole = round(share * 100)
    if 0 < share < 1:
        whole = min(99, max(1, whole))
    elif share > 1:
        whole = math.floor(share * 100)
    return str(format_percent(whole / 100, locale=babel_locale(tag)))


def enumeration(items: Iterable[str], tag: str) -> str:
    """`a, b und c`; nothing for no items."""
    return str(format_list(list(items), locale=babel_locale(tag)))


def quote(text: str, tag: str) -> str:
    """`text` in the quotation marks of the locale."""
    marks = quotation_marks(tag)
    space = "\u00a0" if marks.opening == "\u00ab" and locale_info(tag).language in _SPACED_QUOTATIONS else ""
    return f"{marks.opening}{space}{text}{space}{marks.closing}"

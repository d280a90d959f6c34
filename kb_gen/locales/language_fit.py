"""Languages as other tools name them, compared with those of a project."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale

__all__ = ["language_fit"]

_TERRITORY = re.compile(r"(?:[a-z]{2}|[0-9]{3})\Z")


@lru_cache(maxsize=4096)
def language_fit(named: str, tag: str) -> int | None:
    """How well a text whose language a tool names `named` serves a locale: 0 is best; None if not at all.

    `de-DE`, `DE`, `de_AT` and `deu` serve `de`; `de` serves `de-AT`, but `de-CH` doesn't, nor does `pt-PT` `pt-BR`.

    Args:
        named: a language tag, in any case, with hyphens or underscores.
        tag: the BCP 47 tag of a locale.
    """
    given, wanted = _locale(named), _locale(tag)
    if given is None or wanted is None or (given.language, _script(given)) != (wanted.language, _script(wanted)):
        return None
    if _tag(named) == _tag(tag):
        return 0
    territory, other = _territory(named), _territory(tag)
    if territory == other:
        return 1
    return 2 if not territory or not other else None


def _tag(named: str) -> str:
    return named.strip().replace("_", "-").casefold()


def _territory(named: str) -> str:
    """The territory that a tag names itself."""
    parts = _tag(named).split("-")[1:]
    return next((part for part in parts if _TERRITORY.match(part)), "")


@lru_cache(maxsize=4096)
def _locale(named: str) -> Locale | None:
    """Babel's data for a tag; where it has none for all of it, for its beginning."""
    parts = _tag(named).split("-")
    while parts and all(part.isalnum() for part in parts):
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (ValueError, UnknownLocaleError):
            parts.pop()
    return None


def _script(locale: Locale) -> str | None:
    """The script that a locale is written in, if that is known."""
    likely = get_global("likely_subtags").get(locale.language)
    return locale.script or (parse_locale(str(likely))[2] if likely else None)

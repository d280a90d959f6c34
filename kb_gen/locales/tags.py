"""Locales by their BCP 47 tags: what a page has to know about the language it is in."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.localedata import locale_identifiers

__all__ = ["LocaleInfo", "UnknownLocale", "babel_locale", "folder_name", "locale_info", "plain_tag", "with_parents"]


@dataclass(frozen=True, slots=True)
class LocaleInfo:
    """A locale as pages show and name it.

    Attributes:
        tag: its BCP 47 tag in the usual case: `de`, `pt-BR`, `zh-Hant`.
        name: what its speakers call it, with a capital: `Deutsch`.
        direction: `ltr` or `rtl`.
        language: the tag's first part.
        path: the first segment of its pages' addresses.
    """

    tag: str
    name: str
    direction: str
    language: str
    path: str


class UnknownLocale(ValueError):  # noqa: N818 - named for what it says, like Babel's own
    """There is no CLDR data for a locale, or its tag isn't well-formed."""


@lru_cache(maxsize=256)
def locale_info(tag: str) -> LocaleInfo:
    """The locale that a BCP 47 tag names; case doesn't matter.

    Raises:
        UnknownLocale: there is none, with a text that names the nearest one.
    """
    locale = babel_locale(tag)
    language, territory, script, variant = parse_locale(tag, sep="-")[:4]
    canonical = "-".join(part for part in (language, script, territory, variant and variant.lower()) if part)
    name = locale.get_display_name(locale) or canonical
    return LocaleInfo(canonical, name[:1].upper() + name[1:], locale.text_direction, language, canonical.lower())


@lru_cache(maxsize=256)
def babel_locale(tag: str) -> Locale:
    """Babel's data for a tag.

    Raises:
        UnknownLocale: there is none, with a text that names the nearest one.
    """
    try:
        locale = Locale.parse(tag, sep="-") if tag.replace("-", "").isalnum() else None
    except (ValueError, UnknownLocaleError):
        locale = None
    # Babel also takes former and three-letter names (`iw`, `deu`), which are no tags for a page.
    if locale is None or parse_locale(tag, sep="-")[0] != locale.language:
        message = f"unknown locale `{tag}`{_suggestion(tag, locale)}"
        raise UnknownLocale(message)
    return locale


def _suggestion(tag: str, meant: Locale | None) -> str:
    if meant is not None:
        return f"; did you mean `{meant.language}`?"
    known = [identifier.replace("_", "-") for identifier in locale_identifiers()]
    wanted = tag.replace("_", "-")
    exact = [name for name in known if name.lower() == wanted.lower()]
    shorter = [name for name in known if wanted.lower().startswith(f"{name.lower()}-")]
    near = exact or shorter or difflib.get_close_matches(wanted, known, 1, 0.5)
    return f"; did you mean `{near[0]}`?" if near else "; use a BCP 47 tag such as `de` or `pt-BR`"


def folder_name(tag: str) -> str:
    """The folder of a locale's catalogs, in gettext's spelling: `pt_BR`."""
    return locale_info(tag).tag.replace("-", "_")


def with_parents(tag: str) -> tuple[str, ...]:
    """`tag` and the locales whose translations stand in where it has none: `de-AT`, `de`.

    CLDR's exceptions hold: no reader of `zh-Hant` is shown `zh`, which is written in the other script.
    """
    chain = [locale_info(tag).tag]
    exceptions: dict[str, str] = {**get_global("parent_exceptions")}
    while True:
        name = chain[-1].replace("-", "_")
        parent = exceptions.get(name) or name.rpartition("_")[0]
        if not parent or parent in {"root", "no"} or _other_script(name, parent):
            return tuple(chain)
        chain.append(parent.replace("_", "-"))


def _other_script(name: str, parent: str) -> bool:
    script = _likely_script(name)
    return script is not None and _likely_script(parent) != script


def _likely_script(name: str) -> str | None:
    likely = get_global("likely_subtags")
    written = parse_locale(name)[2]
    guess = likely.get(name) or likely.get(name.partition("_")[0])
    return written or (parse_locale(str(guess))[2] if guess else None)


_CHINESE = {"CN": "zh-Hans", "SG": "zh-Hans", "TW": "zh-Hant"}


def plain_tag(tag: str) -> str:
    """A locale's tag in the form that projects write: without the country that the language is at home in.

    `de-DE` is `de`, `en-US` is `en`, but `de-AT` stays. Chinese is told by its script (`zh-Hans`), as Windows does; for
    Portuguese the country always counts.

    Raises:
        UnknownLocale: there is no such locale.
    """
    canonical = locale_info(tag).tag
    language, territory, script, _ = parse_locale(canonical, sep="-")[:4]
    if language == "zh":
        return f"zh-{script}" if script else _CHINESE.get(territory or "CN", canonical)
    if language == "pt" or not territory:
        return canonical
    likely = str(get_global("likely_subtags").get(language, ""))
    at_home = parse_locale(likely)[1] if likely else None
    return canonical.replace(f"-{territory}", "", 1) if territory == at_home else canonical

"""The language of the workbench's own words: that of the browser, or the one that was asked for."""

from __future__ import annotations

from functools import lru_cache

from kb_gen.locales import (
    INTERFACE_LANGUAGE,
    UI_DOMAIN,
    Localizer,
    load_catalogs,
    locale_info,
    package_translations,
)
from kb_gen.model import KnowledgeBase

__all__ = ["chosen_language", "interface", "languages"]


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that the interface has words in, as BCP 47 tags."""
    found = sorted(package_translations().glob(f"*/LC_MESSAGES/{UI_DOMAIN}.po"))
    return (INTERFACE_LANGUAGE, *(file.parent.parent.name.replace("_", "-") for file in found))


def chosen_language(wanted: str) -> str:
    """The language that fits best to an Accept-Language header (RFC 9110, section 12.5.4)."""
    known = {tag.lower(): tag for tag in languages()}
    for tag in _preferred(wanted):
        for candidate in (tag, tag.partition("-")[0]):
            if candidate in known:
                return known[candidate]
    return INTERFACE_LANGUAGE


def _preferred(header: str) -> list[str]:
    weighed: list[tuple[float, str]] = []
    for part in header[:1000].split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        if tag and quality > 0:
            weighed.append((-quality, tag))
    return [tag for _, tag in sorted(weighed, key=lambda one: one[0])]


@lru_cache(maxsize=16)
def interface(tag: str) -> Localizer:
    """The interface's words in a language.

    Raises:
        UnknownLocale: there is no such language.
    """
    catalogs, _ = load_catalogs(package_translations().parent, (locale_info(tag).tag,), package_translations().name)
    return Localizer(KnowledgeBase(), catalogs, tag)

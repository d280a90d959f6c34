"""Windows' locale numbers (LCIDs), which Event Viewer's links carry.

The numbers are those of [MS-LCID], https://learn.microsoft.com/openspecs/windows_protocols/ms-lcid: the lower ten bits
name the language, the six above them the country. So a table of languages covers every country; only where the
country decides the script or the language does the whole number count.
"""

from __future__ import annotations

from collections.abc import Sequence
from locale import windows_locale
from types import MappingProxyType

from kb_gen.locales.tags import UnknownLocale, locale_info, plain_tag

__all__ = ["lcid_table", "locale_for_lcid"]

_LANGUAGE_BITS = 0x3FF
_LANGUAGE_WIDTH = 10
_COUNTRY_BITS = 0x3F
_LOCALE_BITS = 0xFFFF
"""Above them is only how words are sorted."""
_NO_COUNTRY = frozenset({0, 1})
"""A language by itself, and in the country that Windows takes for granted."""

_LANGUAGES = MappingProxyType(
    {
        0x01: "ar",
        0x02: "bg",
        0x03: "ca",
        0x04: "zh-Hans",
        0x05: "cs",
        0x06: "da",
        0x07: "de",
        0x08: "el",
        0x09: "en",
        0x0A: "es",
        0x0B: "fi",
        0x0C: "fr",
        0x0D: "he",
        0x0E: "hu",
        0x0F: "is",
        0x10: "it",
        0x11: "ja",
        0x12: "ko",
        0x13: "nl",
        0x14: "nb",
        0x15: "pl",
        0x16: "pt",
        0x17: "rm",
        0x18: "ro",
        0x19: "ru",
        0x1A: "hr",
        0x1B: "sk",
        0x1C: "sq",
        0x1D: "sv",
        0x1E: "th",
        0x1F: "tr",
        0x20: "ur",
        0x21: "id",
        0x22: "uk",
        0x23: "be",
        0x24: "sl",
        0x25: "et",
        0x26: "lv",
        0x27: "lt",
        0x28: "tg",
        0x29: "fa",
        0x2A: "vi",
        0x2B: "hy",
        0x2C: "az",
        0x2D: "eu",
        0x2E: "hsb",
        0x2F: "mk",
        0x30: "st",
        0x31: "ts",
        0x32: "tn",
        0x33: "ve",
        0x34: "xh",
        0x35: "zu",
        0x36: "af",
        0x37: "ka",
        0x38: "fo",
        0x39: "hi",
        0x3A: "mt",
        0x3B: "se",
        0x3C: "ga",
        0x3D: "yi",
        0x3E: "ms",
        0x3F: "kk",
        0x40: "ky",
        0x41: "sw",
        0x42: "tk",
        0x43: "uz",
        0x44: "tt",
        0x45: "bn",
        0x46: "pa",
        0x47: "gu",
        0x48: "or",
        0x49: "ta",
        0x4A: "te",
        0x4B: "kn",
        0x4C: "ml",
        0x4D: "as",
        0x4E: "mr",
        0x4F: "sa",
        0x50: "mn",
        0x51: "bo",
        0x52: "cy",
        0x53: "km",
        0x54: "lo",
        0x55: "my",
        0x56: "gl",
        0x57: "kok",
        0x59: "sd",
        0x5A: "syr",
        0x5B: "si",
        0x5C: "chr",
        0x5D: "iu",
        0x5E: "am",
        0x5F: "tzm",
        0x60: "ks",
        0x61: "ne",
        0x62: "fy",
        0x63: "ps",
        0x64: "fil",
        0x65: "dv",
        0x67: "ff",
        0x68: "ha",
        0x6A: "yo",
        0x6C: "nso",
        0x6D: "ba",
        0x6E: "lb",
        0x6F: "kl",
        0x70: "ig",
        0x72: "om",
        0x73: "ti",
        0x74: "gn",
        0x75: "haw",
        0x77: "so",
        0x78: "ii",
        0x7A: "arn",
        0x7C: "moh",
        0x7E: "br",
        0x80: "ug",
        0x81: "mi",
        0x82: "oc",
        0x83: "co",
        0x84: "gsw",
        0x85: "sah",
        0x87: "rw",
        0x88: "wo",
        0x91: "gd",
        0x92: "ku",
    }
)
"""Languages by an LCID's lower ten bits."""

_WHOLE = MappingProxyType(
    {
        0x0404: "zh-Hant",
        0x0C04: "zh-Hant",
        0x1404: "zh-Hant",
        0x7C04: "zh-Hant",
        0x0416: "pt-BR",
        0x0816: "pt-PT",
        0x0814: "nn",
        0x7814: "nn",
        0x042E: "hsb",
        0x082E: "dsb",
        0x7C2E: "dsb",
        0x083C: "ga",
        0x043C: "gd",
        0x101A: "hr-BA",
        0x141A: "bs",
        0x201A: "bs-Cyrl",
        0x641A: "bs-Cyrl",
        0x681A: "bs",
        0x781A: "bs",
        0x081A: "sr-Latn",
        0x181A: "sr-Latn",
        0x241A: "sr-Latn",
        0x2C1A: "sr-Latn",
        0x701A: "sr-Latn",
        0x0C1A: "sr-Cyrl",
        0x1C1A: "sr-Cyrl",
        0x281A: "sr-Cyrl",
        0x301A: "sr-Cyrl",
        0x6C1A: "sr-Cyrl",
        0x7C1A: "sr-Cyrl",
    }
)


def locale_for_lcid(lcid: int) -> str | None:
    """The BCP 47 tag for a Windows locale number: 1031 is `de`, 3079 is `de-AT`. None if it is no language.

    Windows' own country for a language isn't named, nor is the one that the language is at home in, except where texts
    differ by it: `pt-BR`, `zh-Hant`.
    """
    language = _LANGUAGES.get(lcid & _LANGUAGE_BITS)
    whole = _WHOLE.get(lcid)
    if whole or language is None or (lcid >> _LANGUAGE_WIDTH) & _COUNTRY_BITS in _NO_COUNTRY:
        return whole or language
    known = windows_locale.get(lcid & _LOCALE_BITS, "").replace("_", "-")
    try:
        return plain_tag(known) if known.startswith(f"{language}-") else language
    except UnknownLocale:
        return language


def lcid_table(locales: Sequence[str]) -> dict[int, str]:
    """Which of a site's locales serves which Windows locale number.

    A script looks up the whole number first and then its lower ten bits (`lcid & 0x3ff`); what neither finds is a
    language that the site doesn't have.

    Args:
        locales: the site's locales, by preference.
    """
    tags = [locale_info(tag).tag for tag in locales]
    table: dict[int, str] = {}
    for number, wanted in (*_LANGUAGES.items(), *_WHOLE.items()):
        served = _nearest(wanted, tags)
        if served is not None and (number > _LANGUAGE_BITS or number not in table):
            table[number] = served
    return {number: tag for number, tag in table.items() if number <= _LANGUAGE_BITS or _differs(number, tag, table)}


def _differs(number: int, tag: str, table: dict[int, str]) -> bool:
    return table.get(number & _LANGUAGE_BITS) != tag


def _nearest(wanted: str, tags: Sequence[str]) -> str | None:
    """The same tag, else the plain language, else another country's variety in the same script."""
    language = wanted.partition("-")[0]
    if wanted in tags:
        return wanted
    if language in tags and language not in {"zh", "sr"}:
        return language
    if wanted.startswith("zh-"):
        return _chinese(wanted, tags)
    return next((tag for tag in tags if tag.partition("-")[0] == language), None)


def _chinese(wanted: str, tags: Sequence[str]) -> str | None:
    traditional = {"zh-Hant", "zh-TW", "zh-HK", "zh-MO"}
    same = [
        tag
        for tag in tags
        if tag.partition("-")[0] == "zh" and (wanted == "zh-Hant") == (tag in traditional or tag.startswith("zh-Hant-"))
    ]
    return same[0] if same else None

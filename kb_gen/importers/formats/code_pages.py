"""Windows' ANSI code pages: what texts without Unicode are encoded in, by language.

Source: Microsoft's [MS-LCID] and the code pages of its National Language Support.
"""

from __future__ import annotations

__all__ = ["ansi_code_page"]

_WESTERN = "cp1252"
_PAGES = {
    "cp1250": ("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq", "sr-Latn"),
    "cp1251": ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"),
    "cp1253": ("el",),
    "cp1254": ("az", "tr", "uz"),
    "cp1255": ("he", "yi"),
    "cp1256": ("ar", "fa", "ur"),
    "cp1257": ("et", "lt", "lv"),
    "cp1258": ("vi",),
    "cp874": ("th",),
    "cp932": ("ja",),
    "cp936": ("zh", "zh-Hans"),
    "cp949": ("ko",),
    "cp950": ("zh-Hant",),
}
_BY_LANGUAGE = {language: page for page, languages in _PAGES.items() for language in languages}


def ansi_code_page(tag: str) -> str:
    """The code page of a language, as Python names it.

    Args:
        tag: its BCP 47 tag.
    """
    parts = tag.split("-")
    return next(
        (page for end in range(len(parts), 0, -1) if (page := _BY_LANGUAGE.get("-".join(parts[:end])))), _WESTERN
    )

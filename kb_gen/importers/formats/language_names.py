"""Languages by the English names that message files give them, as BCP 47 tags."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["language_called"]

_TAGS: Mapping[str, str] = MappingProxyType(
    {
        "arabic": "ar",
        "bulgarian": "bg",
        # Simplified characters; errmsg files have no others.
        "chinese": "zh-Hans",
        "croatian": "hr",
        "czech": "cs",
        "danish": "da",
        "dutch": "nl",
        "english": "en",
        "estonian": "et",
        "finnish": "fi",
        "french": "fr",
        "georgian": "ka",
        "german": "de",
        "greek": "el",
        "hebrew": "he",
        "hindi": "hi",
        "hungarian": "hu",
        "italian": "it",
        "japanese": "ja",
        # The same texts for another code page.
        "japanese-sjis": "ja",
        "korean": "ko",
        "latvian": "lv",
        "lithuanian": "lt",
        "norwegian": "nb",
        "norwegian-ny": "nn",
        "polish": "pl",
        "portuguese": "pt",
        "romanian": "ro",
        "russian": "ru",
        # Written in Latin letters.
        "serbian": "sr-Latn",
        "slovak": "sk",
        "slovenian": "sl",
        "spanish": "es",
        "swahili": "sw",
        "swedish": "sv",
        "thai": "th",
        "turkish": "tr",
        "ukrainian": "uk",
        "vietnamese": "vi",
    }
)


def language_called(name: str) -> str:
    """The BCP 47 tag of the language of an English name, in any case; empty where it isn't known."""
    return _TAGS.get(name.lower(), "")

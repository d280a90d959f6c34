"""The languages of MariaDB's and MySQL's message files, which have names of their own, as BCP 47 tags."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["language_tag"]

_LONG: Mapping[str, str] = MappingProxyType(
    {
        "bulgarian": "bg",
        # Simplified characters; the file has no others.
        "chinese": "zh-Hans",
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
        "hindi": "hi",
        "hungarian": "hu",
        "italian": "it",
        "japanese": "ja",
        "japanese-sjis": "ja",
        "korean": "ko",
        "norwegian": "nb",
        "norwegian-ny": "nn",
        "polish": "pl",
        "portuguese": "pt",
        "romanian": "ro",
        "russian": "ru",
        # Written in Latin letters.
        "serbian": "sr-Latn",
        "slovak": "sk",
        "spanish": "es",
        "swahili": "sw",
        "swedish": "sv",
        "turkish": "tr",
        "ukrainian": "uk",
    }
)
_SHORT: Mapping[str, str] = MappingProxyType(
    {
        "bgn": "bulgarian",
        "bul": "bulgarian",
        "chi": "chinese",
        "cze": "czech",
        "dan": "danish",
        "eng": "english",
        "est": "estonian",
        "fin": "finnish",
        "fre": "french",
        "geo": "georgian",
        "ger": "german",
        "greek": "greek",
        "hindi": "hindi",
        "hun": "hungarian",
        "ita": "italian",
        "jpn": "japanese",
        "jps": "japanese-sjis",
        "kor": "korean",
        "nla": "dutch",
        "nor": "norwegian",
        "norwegian-ny": "norwegian-ny",
        "pol": "polish",
        "por": "portuguese",
        "rum": "romanian",
        "rus": "russian",
        "serbian": "serbian",
        "slo": "slovak",
        "spa": "spanish",
        "swa": "swahili",
        "swe": "swedish",
        "tur": "turkish",
        "ukr": "ukrainian",
    }
)


def language_tag(short: str, long: str = "") -> str:
    """The BCP 47 tag of a language of such a file; empty if nobody knows it.

    Args:
        short: its short name, with which messages are marked.
        long: the name that the file's `languages` line gives it; empty where it has none.
    """
    return _LONG.get(long.lower(), "") or _LONG.get(_SHORT.get(short.lower(), ""), "")

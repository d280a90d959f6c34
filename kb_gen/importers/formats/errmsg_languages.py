"""The languages of MariaDB's and MySQL's message files, which have short names of their own, as BCP 47 tags."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kb_gen.importers.formats.language_names import language_called

__all__ = ["language_tag"]

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
    return language_called(long) or language_called(_SHORT.get(short.lower(), ""))

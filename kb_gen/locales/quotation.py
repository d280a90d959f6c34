"""Quotation marks by language: those of CLDR, and others in use."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from kb_gen.locales.tags import with_parents

__all__ = ["QuotationMarks", "marks_in_use", "quotation_marks"]


class QuotationMarks(NamedTuple):
    """What opens and closes a quotation, and one inside it."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str

    @property
    def sample(self) -> str:
        """How they are written, for a message."""
        return f"{self.opening}…{self.closing}"

    @property
    def inner_sample(self) -> str:
        """How those inside a quotation are written."""
        return f"{self.inner_opening}…{self.inner_closing}"


# Babel leaves out CLDR's quotation marks; these are those of CLDR 48 (common/main/*.xml, delimiters).
_BY_MARKS = MappingProxyType(
    {
        "“”‘’": "af az cy da en es fil ga gd gl hi id ko ms mt pt sq sw ta te th tr vi zh",
        "„“‚‘": "cs de dsb et hr hsb is lb mk sk sl",
        "„“„“": "bg lt",
        "«»“”": "br ca el eu it pt-PT",
        "«»«»": "fr hy oc",
        "«»„“": "be ru uk",
        "«»‹›": "de-CH de-LI fa fr-CH rm",
        "«»‘’": "nb nn no",
        "«»”“": "fr-CA",
        "„”«»": "pl ro",
        "„”»«": "hu",
        "„”‘’": "bs",
        "„”’’": "sr",
        "„“«»": "ka",
        "”“’‘": "ar ur",
        "””’’": "fi he sv",
        "‘’“”": "nl",
        "「」『』": "ja zh-Hant zh-HK zh-MO zh-TW",
    }
)
_MARKS = MappingProxyType({tag: QuotationMarks(*marks) for marks, tags in _BY_MARKS.items() for tag in tags.split()})

# Each pair is what opens and what closes. Books and newspapers of these languages have them, style guides allow them.
_ALSO_IN_USE = MappingProxyType(
    {
        "»« ›‹": "bs cs da de dsb et hr hsb lt mk sk sl sr",
        "«» ‹›": "de-CH de-LI bg da el et fr fr-CA hu it lt lv mk nb nn no pl ro sl sr uk",
        "“” ‘’": "ar da el fa fr fr-CA he it ja ka lv nb nn no pl uk",
        "„” ‚’": "fi he hu nl pl sr",
        "„“ ‚‘": "da el ka nb nn no ru sr uk",
        "”” ’’ »» ››": "da fi nb nn no sv",
        "«»": "ar az ca es eu gl pt tr",
        "「」 『』": "ko zh",
        "”“ ’‘ ”” ’’": "ar fa he",
    }
)
_ENGLISH = _MARKS["en"]


class MarksInUse(NamedTuple):
    """The characters that may open and that may close a quotation in a language."""

    opening: frozenset[str]
    closing: frozenset[str]


@lru_cache(maxsize=256)
def quotation_marks(tag: str) -> QuotationMarks:
    """The quotation marks of a locale by its BCP 47 tag; those of English where CLDR's aren't known here."""
    return next((_MARKS[name] for name in with_parents(tag) if name in _MARKS), _ENGLISH)


@lru_cache(maxsize=256)
def marks_in_use(tag: str) -> MarksInUse | None:
    """All quotation marks that a locale's texts may have; None where it isn't known which."""
    names = with_parents(tag)
    if not any(name in _MARKS for name in names):
        return None
    marks = quotation_marks(tag)
    pairs = [f"{marks.opening}{marks.closing}", f"{marks.inner_opening}{marks.inner_closing}"]
    for also, tags in _ALSO_IN_USE.items():
        if not {*names}.isdisjoint(tags.split()):
            pairs += also.split()
    return MarksInUse(frozenset(pair[0] for pair in pairs), frozenset(pair[1] for pair in pairs))

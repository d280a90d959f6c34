"""Which characters no font has. What readers can't see must not be missing in silence.

A character is shown with what joins it, such as an accent: where fonts have the one and the other, but none has both,
nothing is shown. So what is joined is asked for, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from kb_gen.pdf.texts import Data
from kb_gen.pdf.typesetting import Slope, unset_texts

__all__ = ["NOTHING_ABSENT", "STAND_IN", "Absent", "StandIns", "absent_characters", "all_doubtful"]

STAND_IN = "▯"
"""Stands where a character is that no font has; the fonts that come with Typst have it."""

_CERTAIN = re.compile(
    "[\\t\\n\\x20-\\x7e\\xa0-\\xff"  # ASCII and Latin-1
    "\\u0100-\\u017f"  # Latin Extended-A
    "\\u0386-\\u03ce\\u0410-\\u044f"  # Greek and Russian letters
    "\\u2010\\u2013\\u2014\\u2018-\\u201e\\u2020-\\u2022\\u2026\\u202f\\u2030\\u2039\\u203a\\u20ac\\u2122"
    "\\u2190-\\u2193\\u2212\\u2264\\u2265\\u27e8\\u27e9\\u25a0\\u25b2\\u25cf\\u25cb\\u25af]+"
)
"""What the fonts that come with Typst have for certain."""
_JOINER = "\u200d"
_FOLLOWERS = "\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"
"""What joins a character with the next, or chooses its form, and is nothing by itself (Unicode, UTS #51)."""
_ENDS = re.compile(f"[{_FOLLOWERS}]+\\Z")

_ADDRESSED = frozenset({"link", "address", "file", "volume", "see", "found"})
"""Kinds of inlines whose first part is an address, which nobody reads."""


@dataclass(frozen=True)
class StandIns:
    """What stands in the places of texts for which there is no font.

    Attributes:
        places: each text, and what is shown instead of it.
    """

    places: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        joined = [re.escape(text) for text in sorted(self.places, key=len, reverse=True) if len(text) > 1]
        single = "".join([re.escape(text) for text in self.places if len(text) == 1])
        # Nothing is left of what belongs to a character that is gone.
        return re.compile("|".join([*joined, *([f"{_JOINER}*[{single}][{_FOLLOWERS}]*"] if single else [])]))

    def put(self, text: str) -> str:
        """A text with what stands in for each of its parts that can't be shown."""
        if not self.places or text.isascii():
            return text
        return self._pattern.sub(lambda found: self.places.get(found[0], STAND_IN), text)

    def found(self, text: str) -> list[str]:
        """The parts of a text that can't be shown."""
        if not self.places or text.isascii():
            return []
        parts = [found[0] for found in self._pattern.finditer(text)]
        return [part if part in self.places else next(each for each in part if each in self.places) for part in parts]


@dataclass(frozen=True)
class Absent:
    """What fonts don't have.

    Attributes:
        stand_ins: for what can't be shown with any font.
        upright_only: what fonts have in upright letters alone, and so is shown in these among italics, too.
    """

    stand_ins: StandIns = field(default_factory=StandIns)
    upright_only: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stand_ins.places or self.upright_only)

    def replaced(self, data: Data) -> Data:
        """Data for the template in which everything can be shown."""
        return _mapped(data, self.stand_ins.put) if self.stand_ins.places else data

    def found(self, data: Data) -> frozenset[str]:
        """What of some data can't be shown."""
        if not self.stand_ins.places:
            return frozenset()
        parts: set[str] = set()

        def looked(text: str) -> str:
            parts.update(self.stand_ins.found(text))
            return text

        _mapped(data, looked)
        return frozenset(parts)

    @property
    def upright(self) -> str:
        """A regular expression of Typst's that finds what is in upright letters alone; empty where nothing is."""
        longest_first = sorted(self.upright_only, key=len, reverse=True)
        return "|".join(["".join([f"\\x{{{ord(each):x}}}" for each in text]) for text in longest_first])


NOTHING_ABSENT = Absent()
"""Everything can be shown."""


def absent_characters(parts: Iterable[str], fonts: Path | None) -> Absent:
    """What of a book can't be shown with Typst's fonts and those in a folder.

    Typst is asked: only it knows what may be shown, and with which of several fonts.

    Args:
        parts: its data, as JSON.
        fonts: the folder.
    """
    # Decoded only where it has to be.
    doubted = [part for part in parts if not part.isascii() and _CERTAIN.sub("", part)]
    if not doubted:
        return NOTHING_ABSENT
    texts = _doubtful([msgspec.json.decode(part) for part in doubted])
    stand_ins = _stand_ins(texts, fonts)
    there = sorted(texts - stand_ins.places.keys())
    return Absent(stand_ins, tuple(sorted(unset_texts(there, fonts, Slope.ITALIC))) if there else ())


def all_doubtful(data: Data) -> Absent:
    """Everything in some data that a font may lack, as if none had it."""
    return Absent(StandIns(dict.fromkeys(_doubtful(data), STAND_IN)))


def _doubtful(data: Data) -> frozenset[str]:
    """What a font may lack."""
    parts: set[str] = set()

    def looked(text: str) -> str:
        if not text.isascii():
            parts.update(_units(text))
        return text

    _mapped(data, looked)
    return frozenset(parts)


def _units(text: str) -> Iterator[str]:
    """The characters of a text that a font may lack, alone and with what joins them."""
    rest = _CERTAIN.sub("", text)
    yield from rest
    if any(_joins(character) for character in rest):
        yield from [cluster for cluster in _clusters(text) if len(cluster) > 1]


def _clusters(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text)):
        if not _joins(text[place]) and text[place - 1] != _JOINER:
            yield text[start:place]
            start = place
    yield text[start:]


def _joins(character: str) -> bool:
    """Whether a character is drawn as one with that before it."""
    return character == _JOINER or unicodedata.category(character).startswith("M")


def _stand_ins(texts: Iterable[str], fonts: Path | None) -> StandIns:
    wanted = sorted(texts)
    refused = unset_texts(wanted, fonts, Slope.UPRIGHT) if wanted else frozenset()
    # Of what is joined, the longest beginning that can be shown stays.
    beginnings = {text[:end] for text in refused for end in range(1, len(text))}
    unshown = unset_texts(sorted(beginnings), fonts, Slope.UPRIGHT) if beginnings else frozenset()
    return StandIns({text: _in_place_of(text, unshown) for text in sorted(refused)})


def _in_place_of(text: str, unshown: frozenset[str]) -> str:
    beginnings = (text[:end] for end in range(len(text) - 1, 0, -1))
    shown = next((beginning for beginning in beginnings if beginning not in unshown), "")
    return f"{_ENDS.sub('', shown)}{STAND_IN}"


def _mapped(data: Data, function: Callable[[str], str]) -> Data:
    """Data for the template, with each text that is shown as a function makes it."""
    if isinstance(data, str):
        return function(data)
    if isinstance(data, dict):
        return {key: _mapped(value, function) if key != "label" else value for key, value in data.items()}
    if not isinstance(data, (list, tuple)) or not data:
        return data
    kind = data[0] if isinstance(data[0], str) else ""
    if kind in _ADDRESSED and len(data) > 2:
        return [*data[:2], *[_mapped(part, function) for part in data[2:]]]
    if kind == "lines":
        caption, lines = data[1:]
        # A line begins with code, and not with the word for a kind.
        return [kind, _mapped(caption, function), [[_piece(piece, function) for piece in line] for line in lines]]
    return [_mapped(part, function) for part in data]


def _piece(piece: Data, function: Callable[[str], str]) -> Data:
    """A piece of a line of code: a text, or texts and placeholders."""
    if isinstance(piece, str):
        return function(piece)
    return [function(atom) if isinstance(atom, str) else [function(atom[0])] for atom in piece]

"""Under which words a template is found: its rarest ones.

Words are ranked by how many templates have them, in three classes, then by their length. The rank is as rough as that
so that a browser can tell it from a few kilobytes.

A template is found under the rarest word of each of its parts (one to three, so that a message that is cut off still
has one of them), and where there are few words altogether under all that are rare. Where too many templates share a
key, the next rarest word of each is added to it: `queue`, `queue server`. So a list of templates stays short, whatever
templates there are, and a text that has all the words of one leads to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["KEYLESS", "MOST_IN_LIST", "Vocabulary", "keyed"]

KEYLESS = ""
"""The key of templates that have no whole word."""

MOST_IN_LIST = 24
"""Templates under a key, unless they have no further words, or all of `_LONGEST_KEY` words in common."""

_MOST_IN_ANY_LIST = 64
"""Templates under a key in any case; more there are only where they hardly differ."""

_LONGEST_KEY = 5
_CLASSES = (MOST_IN_LIST, 400)
"""How many templates may have a word of each class but the last: one of the first never needs a longer key."""

_FEW_WORDS = 4_000
"""So many different words are few: then a template is found under each that hardly any other has."""

_HARDLY_ANY = 2
_MOST_RARE = 12

_Rank = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all templates.

    Attributes:
        classes: the class of each word, 0 for the rarest.
        rare: the words that hardly any template has.
    """

    classes: Mapping[str, int]
    rare: frozenset[str] = frozenset()

    @classmethod
    def of(cls, templates: Iterable[Sequence[str]]) -> Vocabulary:
        """The vocabulary of some templates, of each of which the different words are given."""
        counts: Counter[str] = Counter()
        for words in templates:
            counts.update(words)
        classes = {word: bisect_left(_CLASSES, count) for word, count in counts.items()}
        return cls(classes, frozenset([word for word, count in counts.items() if count <= _HARDLY_ANY]))

    def used(self, keys: Iterable[str]) -> dict[str, int]:
        """The classes of the words that keys consist of."""
        words = {word for key in keys for word in key.split(" ") if word}
        return {word: self.classes[word] for word in sorted(words)}

    def rank(self, word: str) -> _Rank:
        """What words are sorted by: the rarest first."""
        return self.classes[word], -len(word), word

    def keys(self, words: Sequence[str]) -> list[str]:
        """The words under which a template with these words is found."""
        if not words:
            return [KEYLESS]
        count = len(words)
        parts = 1 if count <= 5 else 2 if count <= 12 else 3
        size = -(-count // parts)
        keys = [min(words[start : start + size], key=self.rank) for start in range(0, count, size)]
        if len(self.classes) <= _FEW_WORDS:
            keys += [word for word in words if word in self.rare][:_MOST_RARE]
        return list(dict.fromkeys(keys))


def keyed(templates: Sequence[Sequence[str]], vocabulary: Vocabulary) -> dict[str, list[int]]:
    """The positions of templates by the keys under which they are found.

    Args:
        templates: the different words of each, in order.
        vocabulary: the words of all of them.
    """
    lists: dict[str, list[int]] = {}
    for position, words in enumerate(templates):
        for key in vocabulary.keys(words):
            lists.setdefault(key, []).append(position)
    found: dict[str, list[int]] = {}
    for key, positions in lists.items():
        _split(key, positions, templates, vocabulary, found)
    return found


def _split(
    key: str,
    positions: list[int],
    templates: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    found: dict[str, list[int]],
) -> None:
    """Put a key's templates into `found`: under the key, or where they are too many under longer ones."""
    own = key.split(" ")
    if len(positions) <= MOST_IN_LIST or len(own) == _LONGEST_KEY or key == KEYLESS:
        found[key] = positions[:_MOST_IN_ANY_LIST]
        return
    longer: dict[str, list[int]] = {}
    for position in positions:
        further = [word for word in templates[position] if word not in own]
        name = f"{key} {min(further, key=vocabulary.rank)}" if further else key
        longer.setdefault(name, []).append(position)
    if key in longer:
        found[key] = longer.pop(key)[:_MOST_IN_ANY_LIST]
    for name, some in longer.items():
        _split(name, some, templates, vocabulary, found)

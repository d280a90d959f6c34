"""The words of articles as numbers: each text is taken apart once, whatever is asked about its words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

__all__ = ["FIELDS", "Article", "Texts", "WordNumbers", "article_of", "texts_of"]

FIELDS = ("terms", "title")
"""The fields of metadata, in the order of their numbers."""


class Article(Struct, frozen=True, gc=False):
    """An entry as Pagefind is told of it, see `IndexRecord.data`."""

    url: str
    content: str
    meta: dict[str, str]


_DECODER = msgspec.json.Decoder(Article)


def article_of(data: bytes) -> Article:
    """An article, from `IndexRecord.data`."""
    return _DECODER.decode(data)


class Texts(NamedTuple):
    """The texts of some articles.

    Attributes:
        words: the numbers of their words, one text behind the other.
        pages: of each text, the place of its article.
        fields: of each text, 0 for the content, and the number of a field of metadata plus 1.
        lengths: of each text, how many words it has.
    """

    words: NDArray[np.int64]
    pages: NDArray[np.int64]
    fields: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def contents(self) -> dict[int, int]:
        """How many words the content of each article has, by the articles' places."""
        own = self.fields == 0
        return dict(zip(self.pages[own].tolist(), self.lengths[own].tolist(), strict=True))


class WordNumbers(dict[str, int]):
    """Numbers that words are given when somebody asks for them, from 0 on."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def texts_of(articles: Iterable[tuple[int, Article]], numbers: Mapping[str, int]) -> Texts:
    """The texts of articles.

    Args:
        articles: each with its place; nobody keeps them.
        numbers: has a number for each word.
    """
    words = array("q")
    facts: list[tuple[int, int, int]] = []
    number = numbers.__getitem__
    for page, article in articles:
        for field, text in enumerate((article.content, *(article.meta[field] for field in FIELDS))):
            known = len(words)
            words.extend(map(number, text.split()))
            facts.append((page, field, len(words) - known))
    pages, fields, lengths = np.array(facts, np.int64).reshape(-1, 3).T
    return Texts(np.frombuffer(words, np.int64) if words else np.zeros(0, np.int64), pages, fields, lengths)

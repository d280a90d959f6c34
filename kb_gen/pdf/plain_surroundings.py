"""A book whose title, notices, contents or indexes can't be set: reduced to what can, so that articles are printed."""

from __future__ import annotations

from typing import Any

import msgspec

from kb_gen.pdf.glyphs import all_doubtful
from kb_gen.pdf.texts import Data

__all__ = ["plain_surroundings"]


def plain_surroundings(book: str) -> str:
    """A book with its articles as they are, and around them the least that finds them, in letters that all fonts have.

    Args:
        book: its data, as JSON.
    """
    data: dict[str, Any] = msgspec.json.decode(book)
    articles = [_article(article) for article in data.pop("articles", [])]
    chapters = [_chapter(chapter) for chapter in data.pop("chapters", [])]
    contents = {label: [number, [""], []] for label, (number, *_) in data.get("contents", {}).items()}
    around = _plain({**data, "about": [], "indexes": [], "contents": contents})
    return msgspec.json.encode({**around, "articles": articles, "chapters": chapters}).decode()


def _chapter(chapter: dict[str, Data]) -> Data:
    articles = [_article(article) for article in chapter["articles"]]
    return {"title": _plain(chapter["title"]), "about": [], "articles": articles}


def _article(article: dict[str, Data]) -> Data:
    return {**article, "title": _plain(article["title"])}


def _plain(data: Data) -> Data:
    return all_doubtful(data).replaced(data)

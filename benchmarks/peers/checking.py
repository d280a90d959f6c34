"""Whether a finished site has all articles in it: a build that silently drops some is no result."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from kb_gen.document import Article, Block, CommandBlock, ItemList, Paragraph, ParameterName, plain
from peers.contender import Contender
from peers.corpus import LOCALES, Corpus

__all__ = ["IncompleteSiteError", "check_site"]

_SAMPLE = 25
_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_WORD = re.compile(r"\w+")


class IncompleteSiteError(Exception):
    """A page is missing, or a text on it."""


def check_site(contender: Contender, corpus: Corpus, site: Path) -> int:
    """See that every article has its page, and that what a sample of them says is there.

    Returns:
        how many articles' pages there are.

    Raises:
        IncompleteSiteError: it is not so.
    """
    pages = [site / contender.page(locale, address) for locale in LOCALES for address in corpus.addresses]
    missing = [page for page in pages if not page.is_file()]
    if missing:
        raise IncompleteSiteError(f"{contender.title} lacks {len(missing)} of {len(pages)} pages: {missing[0]}")
    for locale in LOCALES:
        for article in corpus.sample(locale, _SAMPLE):
            page = site / contender.page(locale, article.address)
            shown = _words(html.unescape(_NO_TEXT.sub("", page.read_text(encoding="utf-8"))))
            for text in _texts(article):
                if _words(text) not in shown:
                    raise IncompleteSiteError(f"{contender.title} lacks a text in {page}: {text}")
    return len(pages)


def _words(text: str) -> str:
    """The letters and digits alone: quotation marks and spaces are each generator's own."""
    return "".join(_WORD.findall(text))


def _texts(article: Article) -> Iterator[str]:
    for section in article.sections:
        for block in section.blocks:
            yield from _texts_of_block(block)


def _texts_of_block(block: Block) -> Iterator[str]:
    """Paragraphs, and those parts of commands that don't depend on the message."""
    match block:
        # The name of an insertion string is shown in a generator's own way.
        case Paragraph(words) if not any(isinstance(inline, ParameterName) for inline in words.inlines):
            yield plain(words.inlines)
        case CommandBlock(parts=parts):
            yield from (part for part in parts if isinstance(part, str))
        case ItemList(items=items):
            for item in items:
                for inner in item:
                    yield from _texts_of_block(inner)

"""What the full-text search knows of an article, taken from its document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb_gen.document import Article, Block, CommandBlock, ItemList
from kb_gen.model import Entry, KnowledgeBase, Record, Step
from kb_gen.site.compounds import joins_words
from kb_gen.site.context import SiteContext
from kb_gen.site.engines import PageParts, SearchEntry
from kb_gen.site.terms import search_terms, terms_beyond_beginnings

__all__ = [
    "needs_vocabulary",
    "records_texts",
    "search_entry",
    "site_texts",
    "snippets_texts",
    "uses_vocabulary",
    "weight",
]

_FULL = 1.5
_WITH_COMMANDS = 2.5


def search_entry(
    record: Record,
    parts: PageParts,
    text: str,
    weight: float,
    vocabulary: frozenset[str],
    *,
    by_beginnings: bool = False,
) -> SearchEntry:
    """The entry of one article.

    Args:
        record: the article's record.
        parts: its page.
        text: its plain text.
        weight: see `weight`.
        vocabulary: the words of the site, see `gather_vocabulary`.
        by_beginnings: whether the search finds words by their beginnings, and needs less.
    """
    found = terms_beyond_beginnings if by_beginnings else search_terms
    terms = found(record, parts.locale, text, vocabulary)
    return SearchEntry(parts.locale, parts.url, parts.title, text, terms, weight)


def weight(article: Article) -> float:
    """More for an article that explains the event, and more again for one with commands to mend it by."""
    anchors = {section.anchor for section in article.sections}
    if not {"explanation", "action"} <= anchors:
        return 1.0
    actions = next(section for section in article.sections if section.anchor == "action")
    return _WITH_COMMANDS if any(map(_has_commands, (actions.blocks, *(s.blocks for s in actions.sections)))) else _FULL


def _has_commands(blocks: tuple[Block, ...]) -> bool:
    return any(
        isinstance(block, CommandBlock) or (isinstance(block, ItemList) and any(map(_has_commands, block.items)))
        for block in blocks
    )


def needs_vocabulary(locales: Iterable[str]) -> bool:
    """Whether any of these locales' languages writes compounds as one word: else nobody looks into a vocabulary."""
    return any(map(uses_vocabulary, locales))


def uses_vocabulary(tag: str) -> bool:
    """Whether the search terms of a locale, which is named by its BCP 47 tag, depend on the site's vocabulary."""
    return joins_words(tag.partition("-")[0])


def site_texts(context: SiteContext) -> Iterator[str]:
    """What a site's vocabulary is gathered from: all its texts, in every locale; nothing where it needs none."""
    if not needs_vocabulary(context.locales):
        return
    for catalogs in context.catalogs.by_locale.values():
        for catalog in catalogs.values():
            yield from catalog.texts.values()
    yield from records_texts(context.kb.entries)
    yield from snippets_texts(context.kb)


def records_texts(entries: Iterable[Entry]) -> Iterator[str]:
    """The texts of records, as far as a vocabulary is gathered from them."""
    for entry in entries:
        yield from _record_texts(entry.record)


def snippets_texts(kb: KnowledgeBase) -> Iterator[str]:
    """The texts of snippets, as far as a vocabulary is gathered from them."""
    for step in kb.snippets.values():
        yield from _step_texts(step)


def _record_texts(record: Record) -> Iterator[str]:
    yield from (record.source, record.symbolic_name, record.summary, record.explanation, record.message)
    for action in record.actions:
        yield from _step_texts(action)


def _step_texts(step: Step) -> Iterator[str]:
    yield from (step.text, step.note)
    for inner in step.steps:
        yield from _step_texts(inner)

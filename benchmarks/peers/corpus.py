"""A project's articles in all of its languages, a source at a time: what every contender is given to build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kb_gen.document import Article, ArticleWriter, Block, find_targets
from kb_gen.load import load_project
from kb_gen.locales import Localizer, load_catalogs, source_domain
from kb_gen.model import Entry

__all__ = ["LOCALES", "Corpus", "Source", "read_corpus"]

LOCALES = {"en": "English", "de": "Deutsch"}
"""The languages of a synthetic project, and what they are called in themselves."""


@dataclass(frozen=True, slots=True)
class Source:
    """An event source in one language.

    Attributes:
        address: its path below the locale's root.
        name: what it is called.
        description: what it is.
        articles: its events, in the order of their IDs.
    """

    address: str
    name: str
    description: tuple[Block, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All articles of a project.

    Attributes:
        project: the project's folder.
        writers: writes the articles of a language.
        entries: the records; each has an article in each of `LOCALES`.
    """

    project: Path
    writers: dict[str, ArticleWriter]
    entries: Sequence[Entry]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every article's address below a locale's root."""
        book = self.writers["en"].targets.book
        return tuple(book[entry.identity] for entry in self.entries)

    def sample(self, locale: str, count: int) -> Iterator[Article]:
        """So many articles of one language, evenly spread, or all if there are fewer; the same every time."""
        step = max(1, len(self.entries) // count)
        return map(self.writers[locale].article, self.entries[::step][:count])

    def sources(self, locale: str) -> Iterator[Source]:
        """The sources of one language; only one's articles are in memory at a time."""
        writer = self.writers[locale]
        for (_, name), entries in groupby(self.entries, key=lambda entry: entry.identity[:2]):
            yield _source(name, tuple(entries), writer)


def read_corpus(project: Path) -> Corpus:
    """The articles of the project in this folder.

    Raises:
        ValueError: something is wrong with its records or catalogs.
    """
    loaded = load_project(project)
    catalogs, findings = load_catalogs(project, list(LOCALES))
    if loaded.diagnostics or findings:
        raise ValueError(f"{project} is broken: {[*loaded.diagnostics, *findings][0]}")
    kb = loaded.knowledge_base
    targets = find_targets(kb)
    writers = {locale: ArticleWriter(kb, Localizer(kb, catalogs, locale), targets) for locale in LOCALES}
    return Corpus(project, writers, kb.entries)


def _source(name: str, entries: tuple[Entry, ...], writer: ArticleWriter) -> Source:
    described = writer.kb.event_source(entries[0].record)
    path = writer.kb.paths["products"]
    domain = source_domain(name, described.address)
    description = writer.localizer.blocks(described.description, domain, path, f"description of {name}")
    articles = tuple(map(writer.article, entries))
    address = articles[0].address.split("/", maxsplit=1)[0]
    return Source(address, name, writer.plain_writer().blocks(description), articles)

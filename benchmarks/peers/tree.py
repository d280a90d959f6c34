"""A language's articles as a folder of Markdown pages, for the generators that build one page from each file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from kb_gen.document import Article, plain
from peers.corpus import Source
from peers.markdown import article_markdown, blocks_markdown, table_markdown, text_markdown

__all__ = ["WORDS", "write_tree"]

WORDS = {
    "en": {
        "site": "Synthetic events",
        "sources": "Event sources",
        "event": "Event",
        "symbol": "Symbolic name",
        "summary": "Summary",
    },
    "de": {
        "site": "Erfundene Ereignisse",
        "sources": "Ereignisquellen",
        "event": "Ereignis",
        "symbol": "Symbolischer Name",
        "summary": "Zusammenfassung",
    },
}
"""What pages say beside the articles' own words, by language."""

Contents = Callable[[Iterable[str]], str]
"""What an index page says of the pages below it to the generator, given their paths from it."""


def write_tree(sources: Iterable[Source], locale: str, folder: Path, contents: Contents) -> None:
    """Write a page for each article, for each source and for the home of the language.

    Args:
        sources: the sources of this language.
        locale: the language.
        folder: where to; made if it doesn't exist.
        contents: what index pages end with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = WORDS[locale]
    links = []
    addresses = []
    for source in sources:
        _write_source(source, locale, folder / source.address, contents)
        links.append(f"-   [{text_markdown(source.name)}]({source.address}/index.md) ({len(source.articles)})")
        addresses.append(f"{source.address}/index")
    home = ("\n".join(links), contents(addresses))
    _write(folder / "index.md", words["site"], words["sources"], home)


def _write_source(source: Source, locale: str, folder: Path, contents: Contents) -> None:
    folder.mkdir()
    names = [article.address.rpartition("/")[2] for article in source.articles]
    for name, article in zip(names, source.articles, strict=True):
        _write_article(article, folder / f"{name}.md")
    words = WORDS[locale]
    header = (words["event"], words["symbol"], words["summary"])
    table = table_markdown(header, map(_row, names, source.articles))
    description = blocks_markdown(source.description, _link)
    _write(folder / "index.md", source.name, source.name, (description, table, contents(names)))


def _row(name: str, article: Article) -> tuple[str, str, str]:
    return (
        f"[{text_markdown(article.title)}]({name}.md)",
        f"`{article.symbolic_name}`",
        text_markdown(article.description),
    )


def _write_article(article: Article, file: Path) -> None:
    modified = text_markdown(plain(article.modified_label.inlines)) if article.modified_label else ""
    _write(file, article.title, article.description, (modified, article_markdown(article, _link)))


def _write(file: Path, title: str, description: str, parts: Iterable[str]) -> None:
    facts = {"title": title, "description": description}
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    body = "\n\n".join(part.rstrip("\n") for part in (f"# {text_markdown(title)}", *parts) if part)
    file.write_text(f"---\n{head}\n---\n\n{body}\n", encoding="utf-8")


def _link(address: str) -> str:
    """From an article's file to another's, as all these generators want it, which make an address of it."""
    return f"../{address}.md"

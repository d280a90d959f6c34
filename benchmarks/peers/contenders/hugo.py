"""Hugo, with content by language and a small theme of its own: no theme is the usual one for a site like this."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from kb_gen.document import Article
from peers.contender import Contender
from peers.corpus import LOCALES, Corpus, Source
from peers.markdown import article_markdown, blocks_markdown

__all__ = ["HUGO"]

_SITE = Path(__file__).parent / "hugo"


def _write(corpus: Corpus, folder: Path) -> None:
    shutil.copytree(_SITE, folder)
    for locale in LOCALES:
        content = folder / "content" / locale
        for source in corpus.sources(locale):
            _write_source(source, content / source.address)


def _write_source(source: Source, folder: Path) -> None:
    folder.mkdir(parents=True)
    text = blocks_markdown(source.description, _link)
    (folder / "_index.md").write_text(f"---\ntitle: {json.dumps(source.name)}\n---\n\n{text}\n", encoding="utf-8")
    for number, article in enumerate(source.articles, 1):
        name = article.address.rpartition("/")[2]
        (folder / f"{name}.md").write_text(_article(article, number), encoding="utf-8")


def _article(article: Article, number: int) -> str:
    facts = {
        "title": article.title,
        "description": article.description,
        "lastmod": str(article.modified),
        "weight": number,
        "symbol": article.symbolic_name,
        "severity": article.severity[0] if article.severity else "",
    }
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    return f"---\n{head}\n---\n\n{article_markdown(article, _link)}"


def _link(address: str) -> str:
    """From an article's page to another's: both are two folders below the language's root."""
    return f"../../{address}/"


def _build(programs: Path) -> tuple[Sequence[str], ...]:
    # The package's command is a Python program that starts this one, which costs it time that Hugo doesn't need.
    program = next(programs.parent.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    return ((str(program),),)


def _page(locale: str, address: str) -> str:
    return f"{locale}/{address}/index.html"


HUGO = Contender(
    key="hugo",
    title="Hugo",
    package="hugo",
    is_peer=True,
    output="public",
    write=_write,
    commands=_build,
    page=_page,
)

"""The files of bundles.

An index is put together from what Pagefind says that words are found by, which takes about half of the time that
Pagefind takes to make it. Whether it is the same is tried with some of the entries each time. If it isn't, because
another version has another form, or a language no spaces between words, Pagefind makes the bundles by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kb_gen.site.engines import Asset
from kb_gen.site.fulltext.bundles import FIRST
from kb_gen.site.fulltext.dcd import UnknownFormError
from kb_gen.site.fulltext.lexicon import Lexicon, ask_for_lexicon, words_of_index
from kb_gen.site.fulltext.postings import Article, index_files
from kb_gen.site.fulltext.service import PagefindService
from kb_gen.site.fulltext.shelf import Indexable

__all__ = ["index_bundles"]

_TRIED = 20
"""Entries with which it is tried whether an index is the one that Pagefind makes."""

_PARTS = ("fragment/", "index/", "pagefind-entry.json", "pagefind.")
_PROGRAM = ("pagefind.js",)
_WASM = "wasm."


def index_bundles(
    locale: str, bundles: Mapping[str, Sequence[Indexable]], program: Path
) -> Iterator[tuple[str, list[Asset]]]:
    """Some bundles, one after the other, each with its files. The same records in the same order give the same bytes.

    Args:
        locale: BCP 47 tag; words are reduced to their stems in its language.
        bundles: the entries of each by its name, which is also that of its folder in `<locale>/search/`.
        program: Pagefind's.

    Raises:
        PagefindError: if the program can't be used or fails.
    """
    language = locale.partition("-")[0].lower()
    lexicon = _proven_lexicon([record for own in bundles.values() for record in own], language, program)
    for name, records in bundles.items():
        if lexicon is None or not records:
            files = _pagefinds_own(records, language, program)
        else:
            files = {**lexicon.program, **index_files([_article(record) for record in records], language, lexicon)}
        folder = f"{locale.lower()}/search/{name}"
        yield name, [Asset(f"{folder}/{path}", files[path]) for path in sorted(_wanted(files, language, name))]


def _proven_lexicon(records: Sequence[Indexable], language: str, program: Path) -> Lexicon | None:
    """What Pagefind finds all words of some entries by; None where an index made from that isn't the one it makes."""
    words: set[str] = set()
    for article in map(_article, records):
        for text in (article.content, *article.meta.values()):
            words.update(text.split())
    if not words:
        return None
    try:
        lexicon = ask_for_lexicon(words, language, program)
        tried = records[:: max(1, len(records) // _TRIED)]
        own = index_files([_article(record) for record in tried], language, lexicon)
        same = _words(own) == _words(_pagefinds_own(tried, language, program))
    except UnknownFormError:
        return None
    return lexicon if same else None


def _article(record: Indexable) -> Article:
    return msgspec.json.decode(record.data, type=Article)


def _words(files: Mapping[str, bytes]) -> dict[str, object]:
    """The words of an index; the order of their spellings, of which nothing depends, is always the same."""
    return {word: (pages, sorted(spellings)) for word, pages, spellings in words_of_index(files)}


def _pagefinds_own(records: Sequence[Indexable], language: str, program: Path) -> dict[str, bytes]:
    """The files that Pagefind makes by itself."""
    with PagefindService(program, language) as service:
        service.add([record.data for record in records])
        return {file.path: file.content for file in service.files()}


def _wanted(paths: Iterable[str], language: str, name: str) -> Iterator[str]:
    """The files that the search box reads; Pagefind also gives interfaces of its own."""
    known = set(paths)
    stems = f"{_WASM}{language}.pagefind"
    wasm = stems if stems in known else f"{_WASM}unknown.pagefind"
    for path in known:
        if path in _PROGRAM or path.startswith(_WASM):
            if name == FIRST and path in (*_PROGRAM, wasm):
                yield path
        elif path.startswith(_PARTS):
            yield path

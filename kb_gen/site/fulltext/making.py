"""The files of bundles.

An index is put together from what Pagefind says that words are found by, which takes about half of the time that
Pagefind takes to make it. Whether it is the same is tried with some entries of each bundle each time. If it isn't,
because another version has another form, or a language no spaces between words, Pagefind makes the bundle by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from kb_gen.load import digest
from kb_gen.site.fulltext.bundles import FIRST
from kb_gen.site.fulltext.dcd import UnknownFormError, packed_file
from kb_gen.site.fulltext.kept_lexicon import keep_lexicon, recall_lexicon
from kb_gen.site.fulltext.lexicon import Lexicon, ask_for_lexicon, joined, words_of_index
from kb_gen.site.fulltext.postings import Article, index_files
from kb_gen.site.fulltext.service import PagefindService
from kb_gen.site.fulltext.shelf import Indexable

__all__ = ["BundleMaker", "MadeFile"]

_TRIED = 10
"""Entries with which it is tried whether an index is the one that Pagefind makes."""

_MOST_KEPT = 2
"""Times as many words as some bundles have, about, may be kept for them: edits leave words behind."""

_PARTS = ("fragment/", "index/", "pagefind-entry.json", "pagefind.")
_PROGRAM = ("pagefind.js",)
_WASM = "wasm."


class MadeFile(NamedTuple):
    """A file of a bundle.

    Attributes:
        url: where it belongs.
        held: a digest of what it says. As long as that is the same, so is the file.
        content: gives the file.
    """

    url: str
    held: bytes
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class BundleMaker:
    """Makes the bundles of a locale. The same records in the same order give the same bytes.

    Attributes:
        locale: BCP 47 tag; words are reduced to their stems in its language.
        program: Pagefind's.
        cache: the folder where what Pagefind says of words is kept.
    """

    locale: str
    program: Path
    cache: Path

    def make(
        self, portion: str, bundles: Mapping[str, Sequence[Indexable]], whole: int
    ) -> Iterator[tuple[str, list[MadeFile]]]:
        """Some bundles, one after the other, each with its files.

        Args:
            portion: a name for these bundles and those whose words are kept together with theirs.
            bundles: the entries of each by its name, which is also that of its folder in `<locale>/search/`.
            whole: how many bundles the portion has, of which these are some.

        Raises:
            PagefindError: if the program can't be used or fails.
        """
        articles = {name: [_article(record) for record in own] for name, own in bundles.items()}
        lexicon = self._lexicon(f"{self.locale}-{portion}", articles, whole)
        for name, records in bundles.items():
            raw = self._put_together(records, articles.pop(name), lexicon) if lexicon and records else None
            files, pack = (self._pagefinds_own(records), _as_it_is) if raw is None else (raw, packed_file)
            folder = f"{self.locale.lower()}/search/{name}"
            wanted = sorted(_wanted(files, self._language, name))
            yield name, [_made_file(f"{folder}/{path}", files[path], partial(pack, path)) for path in wanted]

    @property
    def _language(self) -> str:
        return self.locale.partition("-")[0].lower()

    def _lexicon(self, name: str, articles: Mapping[str, Sequence[Article]], whole: int) -> Lexicon | None:
        """What Pagefind finds all words of some articles by; None if its index isn't of the form that is known here."""
        language, program = self._language, self.program
        words = {word for article in chain(*articles.values()) for text in _texts(article) for word in text.split()}
        if not words:
            return None
        kept = recall_lexicon(self.cache, name, language, program)
        if kept is not None and len(kept.numbers) * len(articles) > _MOST_KEPT * whole * len(words):
            kept = None
        unknown = words - kept.numbers.keys() if kept else words
        if kept is not None and not unknown:
            return kept
        try:
            asked = ask_for_lexicon(unknown, language, program)
        except UnknownFormError:
            return None
        lexicon = joined(kept, asked) if kept else asked
        keep_lexicon(self.cache, name, language, program, lexicon)
        return lexicon

    def _put_together(
        self, records: Sequence[Indexable], articles: Sequence[Article], lexicon: Lexicon
    ) -> dict[str, bytes] | None:
        """The files of an index, not packed yet; None where Pagefind would make another one of some of the entries."""
        step = max(1, len(records) // _TRIED)
        try:
            # Pagefind needs a while for its program alone.
            with ThreadPoolExecutor(1) as beside:
                theirs = beside.submit(self._pagefinds_own, records[::step])
                ours = index_files(articles[::step], self._language, lexicon)
                files = index_files(articles, self._language, lexicon)
                packed = {path: packed_file(path, content) for path, content in ours.items()}
                if _words(packed) != _words(theirs.result()):
                    return None
        except UnknownFormError:
            return None
        return {**lexicon.program, **files}

    def _pagefinds_own(self, records: Sequence[Indexable]) -> dict[str, bytes]:
        """The files that Pagefind makes by itself."""
        with PagefindService(self.program, self._language) as service:
            service.add([record.data for record in records])
            return {file.path: file.content for file in service.files()}


def _made_file(url: str, content: bytes, written: Callable[[bytes], bytes]) -> MadeFile:
    return MadeFile(url, digest(content), partial(written, content))


def _as_it_is(path: str, content: bytes) -> bytes:  # noqa: ARG001 - as `packed_file`
    return content


def _article(record: Indexable) -> Article:
    return msgspec.json.decode(record.data, type=Article)


def _texts(article: Article) -> tuple[str, ...]:
    return article.content, *article.meta.values()


def _words(files: Mapping[str, bytes]) -> dict[str, object]:
    """The words of an index; the order of their spellings, of which nothing depends, is always the same."""
    return {word: (pages, sorted(spellings)) for word, pages, spellings in words_of_index(files)}


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

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
from pathlib import Path
from typing import NamedTuple

import msgspec

from kb_gen.load import digest
from kb_gen.site.fulltext.amending import amended
from kb_gen.site.fulltext.bundles import FIRST
from kb_gen.site.fulltext.dcd import UnknownFormError
from kb_gen.site.fulltext.index_files import (
    IndexedFile,
    fragment_content,
    fragment_of,
    index_files,
    indexed_file,
    whole_index,
)
from kb_gen.site.fulltext.kept_lexicon import keep_lexicon, recall_lexicon
from kb_gen.site.fulltext.kept_postings import KeptIndex, keep_index, recall_index
from kb_gen.site.fulltext.lexicon import Lexicon, ask_for_lexicon, joined, words_of_index
from kb_gen.site.fulltext.postings import Article, postings_of
from kb_gen.site.fulltext.service import PagefindService
from kb_gen.site.fulltext.shelf import Indexable

__all__ = ["BundleMaker", "MadeFile"]

_TRIED = 10
"""Entries with which it is tried whether an index is the one that Pagefind makes."""

_MOST_KEPT = 2
"""Times as many words as some bundles have, about, may be kept for them: edits leave words behind."""

_MOST_CHANGED = 8
"""If more than one of so many entries has changed, an index is made as if all had."""

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
        folder = f"{self.locale}-{portion}"
        kept = recall_lexicon(self.cache, folder, self._language, self.program)
        drafts = {name: self._draft(name, records, kept) for name, records in bundles.items()}
        if kept is not None and _is_outgrown(kept, drafts.values(), whole):
            kept = None
            drafts = {name: self._draft(name, records, None) for name, records in bundles.items()}
        lexicon = self._lexicon(folder, drafts.values(), kept)
        for name, records in bundles.items():
            raw = self._put_together(name, records, drafts.pop(name), lexicon) if lexicon and records else None
            if raw is None:
                own = self._pagefinds_own(records)
                raw = {path: indexed_file(content) for path, content in own.items()}
            folder = f"{self.locale.lower()}/search/{name}"
            yield name, [_made_file(folder, path, raw[path]) for path in sorted(_wanted(raw, self._language, name))]

    @property
    def _language(self) -> str:
        return self.locale.partition("-")[0].lower()

    def _draft(self, name: str, records: Sequence[Indexable], lexicon: Lexicon | None) -> _Draft:
        """What has to be read for a bundle: the articles that have changed since it was kept, or all."""
        states = [digest(record.data) for record in records]
        kept = lexicon and recall_index(self.cache, f"{self.locale}-{name}", self._language, self.program, lexicon)
        if kept and len(kept.articles) == len(states):
            changed = [place for place, own in enumerate(states) if own != kept.articles[place]]
            if len(changed) * _MOST_CHANGED <= len(states):
                return _Draft(states, {place: _article(records[place]) for place in changed}, kept)
        return _Draft(states, {place: _article(record) for place, record in enumerate(records)}, None)

    def _lexicon(self, name: str, drafts: Iterable[_Draft], kept: Lexicon | None) -> Lexicon | None:
        """What Pagefind finds all words of some articles by; None if its index isn't of the form that is known here."""
        language, program = self._language, self.program
        words = _words_of(drafts)
        unknown = words - kept.numbers.keys() if kept else words
        if not unknown:
            return kept
        try:
            asked = ask_for_lexicon(unknown, language, program)
        except UnknownFormError:
            return None
        lexicon = joined(kept, asked) if kept else asked
        keep_lexicon(self.cache, name, language, program, lexicon)
        return lexicon

    def _put_together(
        self, name: str, records: Sequence[Indexable], draft: _Draft, lexicon: Lexicon
    ) -> Mapping[str, IndexedFile] | None:
        """The files of an index; None where Pagefind would make another one of some of the entries."""
        language = self._language
        step = max(1, len(draft.articles) // _TRIED)
        tried = list(draft.articles)[::step]
        try:
            # Pagefind needs a while for its program alone.
            with ThreadPoolExecutor(1) as beside:
                theirs = beside.submit(self._pagefinds_own, [records[place] for place in tried])
                ours = whole_index([draft.articles[place] for place in tried], language, lexicon)
                made = _made(draft, lexicon)
                packed = {path: file.content() for path, file in ours.items()}
                if _words(packed) != _words(theirs.result()):
                    return None
        except UnknownFormError:
            return None
        keep_index(self.cache, f"{self.locale}-{name}", language, self.program, lexicon, made)
        shown = [
            (fragment, partial(_fragment, record)) for fragment, record in zip(made.fragments, records, strict=True)
        ]
        program = {path: indexed_file(own) for path, own in lexicon.program.items()}
        return {**program, **index_files(shown, made.postings.words, language, lexicon)}

    def _pagefinds_own(self, records: Sequence[Indexable]) -> dict[str, bytes]:
        """The files that Pagefind makes by itself."""
        with PagefindService(self.program, self._language) as service:
            service.add([record.data for record in records])
            return {file.path: file.content for file in service.files()}


class _Draft(NamedTuple):
    """A bundle before its new words are known.

    Attributes:
        states: a digest of each of its entries.
        articles: those that something has to be made of, by their places.
        kept: what is known of all others; None if `articles` has all.
    """

    states: list[bytes]
    articles: Mapping[int, Article]
    kept: KeptIndex | None


def _words_of(drafts: Iterable[_Draft]) -> set[str]:
    texts = (text for draft in drafts for article in draft.articles.values() for text in _texts(article))
    return {word for text in texts for word in text.split()}


def _is_outgrown(lexicon: Lexicon, drafts: Iterable[_Draft], whole: int) -> bool:
    """Whether most of the words that are kept were those of texts that are gone."""
    drafts = list(drafts)
    known = [draft.kept.lexicon for draft in drafts if draft.kept]
    if known:
        return len(lexicon.numbers) > _MOST_KEPT * min(known)
    return len(lexicon.numbers) * len(drafts) > _MOST_KEPT * whole * len(_words_of(drafts))


def _made(draft: _Draft, lexicon: Lexicon) -> KeptIndex:
    """What an index says, by what has changed since it was kept, if that is known."""
    changed = {place: fragment_of(article) for place, article in draft.articles.items()}
    if draft.kept is None:
        postings = postings_of(draft.articles, lexicon)
        return KeptIndex(draft.states, list(changed.values()), postings, len(lexicon.numbers))
    kept = draft.kept
    fragments = [changed.get(place, known) for place, known in enumerate(kept.fragments)]
    postings = amended(kept.postings, draft.articles, lexicon) if changed else kept.postings
    return KeptIndex(draft.states, fragments, postings, kept.lexicon)


def _made_file(folder: str, path: str, file: IndexedFile) -> MadeFile:
    return MadeFile(f"{folder}/{path}", file.digest, file.content)


def _fragment(record: Indexable) -> bytes:
    return fragment_content(_article(record))


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

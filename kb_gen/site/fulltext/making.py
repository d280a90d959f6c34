"""The files of bundles.

An index is put together from what Pagefind says that words are found by, which takes about half of the time that
Pagefind takes to make it. Whether it is the same is tried with some entries of each bundle each time. If it isn't,
because another version has another form, or a language no spaces between words, Pagefind makes the bundle by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kb_gen.load import digest, format_version
from kb_gen.site.fulltext.amending import amended
from kb_gen.site.fulltext.bundles import FIRST
from kb_gen.site.fulltext.dcd import UnknownFormError
from kb_gen.site.fulltext.index_files import (
    Fragment,
    IndexedFile,
    fragment_content,
    index_files,
    indexed_file,
    whole_index,
)
from kb_gen.site.fulltext.kept_lexicon import keep_lexicon, recall_lexicon
from kb_gen.site.fulltext.kept_postings import KeptIndex, keep_index, recall_index
from kb_gen.site.fulltext.lexicon import Lexicon, ask_for_lexicon, joined, words_of_index
from kb_gen.site.fulltext.postings import postings_of
from kb_gen.site.fulltext.service import PagefindService
from kb_gen.site.fulltext.shelf import Indexable
from kb_gen.site.fulltext.texts import Texts, WordNumbers, article_of, texts_of

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
        numbers = WordNumbers()
        drafts = {name: self._draft(name, records, kept, numbers) for name, records in bundles.items()}
        if kept is not None and _is_outgrown(kept, drafts.values(), len(numbers), whole):
            kept = None
            numbers = WordNumbers()
            drafts = {name: self._draft(name, records, None, numbers) for name, records in bundles.items()}
        lexicon = self._lexicon(folder, numbers.keys(), kept)
        own = (lexicon.numbers if lexicon else numbers).__getitem__
        known = np.fromiter(map(own, numbers), np.int64, len(numbers))
        for name, records in bundles.items():
            draft = drafts.pop(name)
            draft = draft._replace(texts=draft.texts._replace(words=known[draft.texts.words]))
            raw = self._put_together(name, records, draft, lexicon) if lexicon and records else None
            if raw is None:
                theirs = self._pagefinds_own(records)
                raw = {path: indexed_file(content) for path, content in theirs.items()}
            folder = f"{self.locale.lower()}/search/{name}"
            yield name, [_made_file(folder, path, raw[path]) for path in sorted(_wanted(raw, self._language, name))]

    @property
    def _language(self) -> str:
        return self.locale.partition("-")[0].lower()

    def _draft(self, name: str, records: Sequence[Indexable], lexicon: Lexicon | None, numbers: WordNumbers) -> _Draft:
        """What has to be read for a bundle: the articles that have changed since it was kept, or all."""
        states = [record.state for record in records]
        kept = lexicon and recall_index(self.cache, f"{self.locale}-{name}", self._language, self.program, lexicon)
        places: Sequence[int] = range(len(records))
        known = None
        if kept and len(kept.articles) == len(states):
            changed = [place for place, own in enumerate(states) if own != kept.articles[place]]
            if len(changed) * _MOST_CHANGED <= len(states):
                places, known = changed, kept
        return _Draft(states, texts_of(((place, article_of(records[place].data)) for place in places), numbers), known)

    def _lexicon(self, name: str, words: Set[str], kept: Lexicon | None) -> Lexicon | None:
        """What Pagefind finds all words of some articles by; None if its index isn't of the form that is known here."""
        language, program = self._language, self.program
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
        places = list(draft.texts.contents())
        tried = [records[place] for place in places[:: max(1, len(places) // _TRIED)]]
        try:
            # Pagefind needs a while for its program alone.
            with ThreadPoolExecutor(1) as beside:
                theirs = beside.submit(self._pagefinds_own, tried)
                ours = whole_index([record.data for record in tried], language, lexicon)
                made = _made(draft, lexicon)
                packed = {path: file.content() for path, file in ours.items()}
                if _words(packed) != _words(theirs.result()):
                    return None
        except UnknownFormError:
            return None
        keep_index(self.cache, f"{self.locale}-{name}", language, self.program, lexicon, made)
        shown = [
            (fragment, partial(_fragment, record, fragment.words))
            for fragment, record in zip(made.fragments, records, strict=True)
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
        texts: of those that something has to be made of.
        kept: what is known of all others; None if there are no others.
    """

    states: list[bytes]
    texts: Texts
    kept: KeptIndex | None


def _is_outgrown(lexicon: Lexicon, drafts: Iterable[_Draft], words: int, whole: int) -> bool:
    """Whether most of the words that are kept were those of texts that are gone."""
    drafts = list(drafts)
    known = [draft.kept.lexicon for draft in drafts if draft.kept]
    if known:
        return len(lexicon.numbers) > _MOST_KEPT * min(known)
    return len(lexicon.numbers) * len(drafts) > _MOST_KEPT * whole * words


def _made(draft: _Draft, lexicon: Lexicon) -> KeptIndex:
    """What an index says, by what has changed since it was kept, if that is known."""
    states, texts, kept = draft
    # The digest of what a file is made of, and by which program, stands for it as well as its own, and is known.
    program = format_version(("site",)) or b""
    changed = {place: Fragment(digest(program + states[place]), words) for place, words in texts.contents().items()}
    if kept is None:
        return KeptIndex(states, list(changed.values()), postings_of(texts, lexicon), len(lexicon.numbers))
    fragments = [changed.get(place, known) for place, known in enumerate(kept.fragments)]
    postings = amended(kept.postings, texts, lexicon) if changed else kept.postings
    return KeptIndex(states, fragments, postings, kept.lexicon)


def _made_file(folder: str, path: str, file: IndexedFile) -> MadeFile:
    return MadeFile(f"{folder}/{path}", file.digest, file.content)


def _fragment(record: Indexable, words: int) -> bytes:
    return fragment_content(record.data, words)


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

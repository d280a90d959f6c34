"""The files of an index, in the form of Pagefind's own, from what it says of words and of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from zlib import crc32

import cbor2
import msgspec
from msgspec import Struct

from kb_gen.load import digest
from kb_gen.site.fulltext.dcd import QUICK, list_head, pack
from kb_gen.site.fulltext.lexicon import Lexicon
from kb_gen.site.fulltext.postings import postings_of
from kb_gen.site.fulltext.texts import FIELDS, article_of, texts_of

__all__ = ["Fragment", "IndexedFile", "fragment_content", "index_files", "indexed_file", "whole_index"]

_CHUNK, _LONGEST_CHUNK = 28_000, 48_000
"""Bytes of an unpacked file of words, about: a query loads one for each of its words and each bundle."""

_END = 16
"""One word of so many ends a file of words that is large enough: an edit changes the files around its words only."""

_NAME = 6
"""Letters of a name, without the language."""


class Fragment(Struct, frozen=True, array_like=True, gc=False):
    """What an index knows of the file that shows an article.

    Attributes:
        digest: stands for what the file says: it is another one where that is.
        words: how many words the article has.
    """

    digest: bytes
    words: int


class IndexedFile(NamedTuple):
    """A file of an index.

    Attributes:
        digest: stands for what it says.
        content: gives it as it is written.
    """

    digest: bytes
    content: Callable[[], bytes]


def fragment_content(data: bytes, words: int) -> bytes:
    """The file that shows an article, from its `IndexRecord.data` and how many words its content has."""
    return b'%b,"word_count":%d,"filters":{},"anchors":[]}' % (data[:-1], words)


def index_files(
    fragments: Sequence[tuple[Fragment, Callable[[], bytes]]],
    words: Mapping[str, bytes],
    language: str,
    lexicon: Lexicon,
) -> dict[str, IndexedFile]:
    """The files of an index by path, without the program for the browser.

    Args:
        fragments: of each article in order, what is known of its file, and what gives it.
        words: as `Postings.words`.
        language: as an ISO 639-1 code.
        lexicon: what words are found by.
    """
    files: dict[str, IndexedFile] = {}
    pages: dict[str, int] = {}
    for fragment, content in fragments:
        name = _name(fragment.digest, language, pages)
        files[f"fragment/{name}.pf_fragment"] = IndexedFile(fragment.digest, partial(_packed_text, content))
        pages[name] = fragment.words
    chunks: dict[str, tuple[str, str, str]] = {}
    for first, last, chunk in _chunks(words):
        own = digest(chunk)
        name = _name(own, language, chunks)
        files[f"index/{name}.pf_index"] = IndexedFile(own, partial(pack, chunk))
        chunks[name] = (first, last, name)
    meta = cbor2.dumps([lexicon.version, list(pages.items()), list(chunks.values()), [], [], FIELDS])
    name = _name(digest(meta), language, ())
    files[f"pagefind.{name}.pf_meta"] = IndexedFile(digest(meta), partial(pack, meta))
    wasm = language if f"wasm.{language}.pagefind" in lexicon.program else None
    entry = msgspec.json.encode(
        {
            "version": lexicon.version,
            "languages": {language: {"hash": name, "wasm": wasm, "page_count": len(pages)}},
            "include_characters": lexicon.characters,
        }
    )
    files["pagefind-entry.json"] = indexed_file(entry)
    return files


def whole_index(articles: Sequence[bytes], language: str, lexicon: Lexicon) -> dict[str, IndexedFile]:
    """The files of an index of some articles, each given as its `IndexRecord.data`, as `index_files` gives them."""
    texts = texts_of(enumerate(map(article_of, articles)), lexicon.numbers)
    counts = texts.contents().values()
    contents = map(fragment_content, articles, counts)
    shown = [
        (Fragment(digest(content), words), partial(bytes, content))
        for content, words in zip(contents, counts, strict=True)
    ]
    return index_files(shown, postings_of(texts, lexicon).words, language, lexicon)


def indexed_file(content: bytes) -> IndexedFile:
    """A file whose content is known as it is written."""
    return IndexedFile(digest(content), partial(bytes, content))


def _packed_text(content: Callable[[], bytes]) -> bytes:
    return pack(content(), QUICK)


def _name(digest: bytes, language: str, taken: Iterable[str]) -> str:
    """A short name that depends on the content, and isn't taken: browsers load the names of all fragments."""
    letters = digest.hex()
    names = (f"{language}_{letters[:length]}" for length in range(_NAME, len(letters)))
    return next(name for name in names if name not in taken)


def _chunks(encoded: Mapping[str, bytes]) -> Iterator[tuple[str, str, bytes]]:
    """The words in files of a bounded size: the first and the last word of each, and its content."""
    words: list[bytes] = []
    size, first, last = 0, "", ""
    for word, own in encoded.items():
        longer = size + len(own)
        if words and longer > _CHUNK and (longer > _LONGEST_CHUNK or crc32(word.encode()) % _END == 0):
            yield first, last, list_head(1) + list_head(len(words)) + b"".join(words)
            words, size = [], 0
        if not words:
            first = word
        words.append(own)
        size += len(own)
        last = word
    if words:
        yield first, last, list_head(1) + list_head(len(words)) + b"".join(words)

"""Pagefind's program behind its pipe, what it is told, and the bundles that come out."""

from __future__ import annotations

import gzip
import json
import stat
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_gen.site.engines import Asset, SearchEntry
from kb_gen.site.fulltext import (
    Indexing,
    IndexRecord,
    MissingPagefindError,
    PagefindError,
    Shelf,
    bundle_count,
    bundle_of,
    index_record,
    making,
    pagefind_program,
    service,
)
from kb_gen.site.fulltext.amending import amended
from kb_gen.site.fulltext.dcd import UnknownFormError, unpack
from kb_gen.site.fulltext.index_files import whole_index
from kb_gen.site.fulltext.lexicon import Lexicon, ask_for_lexicon, words_of_index
from kb_gen.site.fulltext.making import BundleMaker
from kb_gen.site.fulltext.postings import Postings, postings_of
from kb_gen.site.fulltext.texts import Article, article_of, texts_of
from kb_gen.site.outputs import Disk
from kb_gen.site.settings import Settings
from kb_gen.site.workers import Processes, shared


@pytest.fixture(scope="module")
def program() -> Path:
    try:
        return pagefind_program()
    except MissingPagefindError:
        pytest.skip("needs Pagefind: install kb-gen[search]")


def entry(number: int, text: str = "Die Warteschlange ist voll.", terms: tuple[str, ...] = ()) -> SearchEntry:
    return SearchEntry("de", f"de/shop/{number}/index.html", f"Shop {number}", text, terms)


def records(count: int) -> list[IndexRecord]:
    return [index_record(entry(number, f"Die Warteschlange {number} ist voll.")) for number in range(count)]


def index_bundle(locale: str, name: str, entries: list[IndexRecord], program: Path) -> list[Asset]:
    """The files of one bundle."""
    with tempfile.TemporaryDirectory() as cache:
        ((made, files),) = BundleMaker(locale, program, Path(cache)).make(name, {name: entries}, 1)
    assert made == name
    return [Asset(file.url, file.content()) for file in files]


def script(folder: Path, text: str) -> Path:
    """A program in Pagefind's place."""
    path = folder / "pagefind"
    path.write_text(f"#!{sys.executable}\nimport sys\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


# What Pagefind is told


def test_a_record_has_the_text_as_it_is_shown_and_terms_beside_it() -> None:
    record = index_record(entry(7, "Der Empfangsconnector: „voll“ & <leer>", ("connector", "empfang")))
    assert msgspec.json.decode(record.data) == {
        "url": "shop/7/index.html",
        "content": "Der Empfangsconnector: „voll“ & <leer>",
        "meta": {"title": "Shop 7", "terms": "connector empfang"},
    }


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert msgspec.json.decode(index_record(entry(7, "a\ud800b")).data)["content"] == "a?b"


@given(st.text(st.sampled_from("a \n\t\r\x0b\x0c\x1c\x1f\x85\xa0\xadß\u2003\u2028\ufeff\U0001f600"), max_size=12))
def test_one_space_stands_between_two_words(text: str) -> None:
    assert msgspec.json.decode(index_record(entry(7, text)).data)["content"] == " ".join(text.split())


# Which bundle an entry is in


def test_a_bundle_depends_on_the_address_alone() -> None:
    keys = [index_record(entry(number)).key for number in range(500)]
    assert [index_record(entry(number, "anders", ("x",))).key for number in range(500)] == keys
    names = [bundle_of(key, 4) for key in keys]
    assert set(names) == {"0", "1", "2", "3"}
    assert max(names.count(name) for name in set(names)) < 200


@pytest.mark.parametrize(("entries", "bundles"), [(0, 1), (1, 1), (2600, 1), (2601, 2), (50_000, 20)])
def test_a_bundle_has_a_bounded_number_of_entries(entries: int, bundles: int) -> None:
    assert bundle_count(entries) == bundles


# Indexing


def test_the_same_records_give_the_same_bytes(program: Path) -> None:
    first, second = (index_bundle("de", "0", records(40), program) for _ in range(2))
    assert first == second
    urls = {asset.url for asset in first}
    assert {"de/search/0/pagefind.js", "de/search/0/pagefind-entry.json", "de/search/0/wasm.de.pagefind"} <= urls
    assert sum("/fragment/" in url for url in urls) == 40
    assert not any("ui" in url or "highlight" in url for url in urls)


def test_only_the_first_bundle_has_the_program_for_the_browser(program: Path) -> None:
    urls = {asset.url for asset in index_bundle("de", "1", records(3), program)}
    assert "de/search/1/pagefind-entry.json" in urls
    assert not any(url.endswith(("pagefind.js", ".pagefind")) for url in urls)


def test_a_language_without_stems_is_indexed_as_it_is(program: Path) -> None:
    urls = {asset.url for asset in index_bundle("sk", "0", records(3), program)}
    assert "sk/search/0/wasm.unknown.pagefind" in urls


def test_a_bundle_that_is_there_already_is_left_alone(program: Path, tmp_path: Path) -> None:
    def build(made_of: list[IndexRecord]) -> dict[str, bool]:
        indexing = Indexing(Disk(tmp_path / "site"), program, tmp_path / "cache", {"de": made_of})
        assert indexing.bundles("de") == ("0",)
        (portion,) = indexing.portions()
        return {file.url: file.changed for file in indexing.write(portion)}

    own = records(5)
    first = build(own)
    assert all(first.values())
    again = build(own)
    assert again.keys() == first.keys()
    assert not any(again.values())
    edited = [*own[:4], index_record(entry(4, "Etwas anderes."))]
    changed = {url for url, different in build(edited).items() if different}
    assert "de/search/0/bundle.json" in changed
    assert sum("/fragment/" in url for url in changed) == 1
    (tmp_path / "site/de/search/0/pagefind-entry.json").unlink()
    assert build(edited)["de/search/0/pagefind-entry.json"]


@pytest.mark.parametrize("kept", ["whole", "damaged", "made up", "none"])
def test_an_edit_gives_what_a_new_index_would_have(program: Path, tmp_path: Path, kept: str) -> None:
    def write(site: str, cache: str, made_of: list[IndexRecord]) -> dict[str, bytes]:
        indexing = Indexing(Disk(tmp_path / site), program, tmp_path / cache, {"de": made_of})
        written = [file for portion in indexing.portions() for file in indexing.write(portion)]
        return {file.url: (tmp_path / site / file.url).read_bytes() for file in written}

    texts = [" ".join(f"wort{word}" for word in range(number, 3000, 7)) for number in range(60)]
    own = [index_record(entry(number, text)) for number, text in enumerate(texts)]
    write("site", "cache", own)
    for pack in (tmp_path / "cache").glob("[bl]*-de-*"):
        if kept == "damaged":
            pack.write_bytes(pack.read_bytes()[:-9])
        elif kept == "made up":
            pack.write_bytes(b"kb-gen lexicon\r\n" + bytes(40))
        elif kept == "none":
            pack.unlink()
    edited = [*own[:30], index_record(entry(30, f"{texts[30]} Ein niegesehenes Wort: 0x1f, größer")), *own[31:]]
    assert write("site", "cache", edited) == write("new", "other", edited)


def test_an_edit_leaves_the_files_of_other_words_alone(program: Path, tmp_path: Path) -> None:
    texts = [" ".join(f"wort{word}" for word in range(number, 6000, 7)) for number in range(60)]

    def write(last: str) -> list[str]:
        made_of = [index_record(entry(number, text)) for number, text in enumerate([*texts, last])]
        indexing = Indexing(Disk(tmp_path / "site"), program, tmp_path / "cache", {"de": made_of})
        return [file.url for portion in indexing.portions() for file in indexing.write(portion) if file.changed]

    assert sum("/index/" in url for url in write("Ende gut")) > 8
    # A file of words for each word at most, and its neighbour, if what divides them has moved.
    assert sum("/index/" in url for url in write("Ende schlecht")) <= 4


def test_a_damaged_note_of_what_a_bundle_is_made_of_is_not_believed(program: Path, tmp_path: Path) -> None:
    for content in (b"", b"[]", b'{"digest":1}', b"\xff"):
        memo = tmp_path / "site/de/search/0/bundle.json"
        memo.parent.mkdir(parents=True, exist_ok=True)
        memo.write_bytes(content)
        indexing = Indexing(Disk(tmp_path / "site"), program, tmp_path / "cache", {"de": records(2)})
        assert sum(len(indexing.write(portion)) for portion in indexing.portions()) > 5


# An index that is put together from what Pagefind says of words


def _index(assets: Iterable[Asset]) -> dict[str, tuple[object, list[object]]]:
    files = {asset.url: asset.content for asset in assets if isinstance(asset.content, bytes)}
    return {word: (pages, sorted(spellings)) for word, pages, spellings in words_of_index(files)}


def _pagefinds_own(entries: list[IndexRecord], program: Path) -> dict[str, bytes]:
    with service.PagefindService(program, "de") as pagefind:
        pagefind.add([record.data for record in entries])
        return {file.path: file.content for file in pagefind.files()}


WORDS = (
    *("größer", "und/oder"),
    *("die", "Die", "Warteschlange", "Warteschlangen,", "Übermittlungswarteschlange", "uebermittelt", "gross"),
    *(
        "MSExchangeTransport",
        "0x400",
        "0x82863906,",
        "x86:",
        "v1.2.3,",
        "%1",
        "–",
        "12.05.2010",
        "https://a.example/b?c=d",
        "C:\\Temp\\*.log",
    ),
    *("don't", "x-y_z", "&", "<b>", "\u00adweich", "😀", "ﬁn", "a.b.c.", "Straße:", "'", "漢字", "e\u0301", "…"),
)


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(WORDS), min_size=1), st.lists(st.sampled_from(WORDS))),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=30, deadline=None)
def test_it_is_the_one_that_pagefind_makes(texts: list[tuple[list[str], list[str]]]) -> None:
    try:
        program = pagefind_program()
    except MissingPagefindError:
        pytest.skip("needs Pagefind: install kb-gen[search]")
    made_of = [
        index_record(entry(number, "\n".join(("Text", *text)), tuple(terms)))
        for number, (text, terms) in enumerate(texts)
    ]
    words = {word for record in made_of for text in _texts(record) for word in text.split()}
    lexicon = ask_for_lexicon(words, "de", program)
    raw = whole_index([record.data for record in made_of], "de", lexicon)
    files = {path: file.content() for path, file in raw.items()}
    theirs = _pagefinds_own(made_of, program)
    assert _index(Asset(*file) for file in files.items()) == _index(Asset(*file) for file in theirs.items())
    assert _fragments(files) == _fragments(theirs)


SYLLABLES = [f"{first}{last}" for first in "abcdef" for last in ("ein", "aus", "Um")]


def _made_up_lexicon() -> Lexicon:
    """Each word is found by itself, by its first letter with its spelling, and by its end at a lower weight."""
    names: dict[tuple[str, str], int] = {}
    headings: list[int] = []
    for word in SYLLABLES:
        found = ((word.lower(), ""), (word[0], word), (word[1:].lower(), ""))
        headings += [names.setdefault(name, len(names)) for name in found]
    return Lexicon(
        {word: number for number, word in enumerate(SYLLABLES)},
        np.arange(len(SYLLABLES) + 1) * 3,
        np.array(headings),
        np.array([24, 24, 7] * len(SYLLABLES)),
        list(names),
        "1.0",
        [],
        {},
    )


ARTICLES = st.builds(
    lambda text, terms, title: Article("a", " ".join(text), {"terms": " ".join(terms), "title": " ".join(title)}),
    *[st.lists(st.sampled_from(SYLLABLES), max_size=6)] * 3,
)


@given(st.lists(ARTICLES, min_size=1, max_size=6), st.data())
def test_what_an_index_says_after_edits_is_what_one_of_the_edited_articles_says(
    articles: list[Article], data: st.DataObject
) -> None:
    lexicon = _made_up_lexicon()
    kept = postings_of(texts_of(enumerate(articles), lexicon.numbers), lexicon)
    for _ in range(2):
        places = data.draw(st.sets(st.integers(0, len(articles) - 1), min_size=1))
        changed = {place: data.draw(ARTICLES) for place in places}
        kept = amended(kept, texts_of(changed.items(), lexicon.numbers), lexicon)
        articles = [changed.get(place, article) for place, article in enumerate(articles)]
        anew = postings_of(texts_of(enumerate(articles), lexicon.numbers), lexicon)
        assert _comparable(kept) == _comparable(anew)


def _comparable(postings: Postings) -> tuple[object, ...]:
    return list(postings.words.items()), *(own.tolist() for own in postings[1:])


def _texts(record: IndexRecord) -> list[str]:
    article = article_of(record.data)
    return [article.content, *article.meta.values()]


def _fragments(files: Mapping[str, bytes]) -> list[object]:
    """What the browser is told of each article, by the order of pages."""
    (meta,) = (unpack(content) for path, content in files.items() if path.endswith(".pf_meta"))
    pages = [(files[f"fragment/{name}.pf_fragment"], count) for name, count in meta[1]]
    found = [(json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd")), count) for content, count in pages]
    return [*found, meta[0], *meta[3:]]


def test_a_long_index_is_cut_into_files_that_say_which_words_they_have(program: Path) -> None:
    made_of = [
        index_record(entry(number, " ".join(f"wort{word}" for word in range(number, 4000, 7)))) for number in range(90)
    ]
    assets = index_bundle("de", "0", made_of, program)
    files = {asset.url: asset.content for asset in assets if isinstance(asset.content, bytes)}
    (meta,) = (unpack(content) for path, content in files.items() if path.endswith(".pf_meta"))
    assert len(meta[2]) > 3
    for first, last, name in meta[2]:
        (words,) = unpack(files[f"de/search/0/index/{name}.pf_index"])
        assert (words[0][0], words[-1][0]) == (first, last)
        assert [word[0] for word in words] == sorted(word[0] for word in words)
    assert _index(assets) == _index(Asset(*file) for file in _pagefinds_own(made_of, program).items())


@pytest.mark.parametrize("reason", ["another form", "another result", "no words"])
def test_where_it_would_not_be_the_same_pagefind_makes_it(
    program: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    made_of = records(30) if reason != "no words" else []
    expected = _pagefinds_own(made_of, program)

    def unknown(*_: object) -> None:
        raise UnknownFormError

    if reason == "another form":
        monkeypatch.setattr(making, "ask_for_lexicon", unknown)
    elif reason == "another result":
        monkeypatch.setattr(making, "whole_index", lambda *_: {})
    files = {
        asset.url.removeprefix("de/search/0/"): asset.content for asset in index_bundle("de", "0", made_of, program)
    }
    assert files == {path: expected[path] for path in files}
    assert "pagefind-entry.json" in files


def test_a_language_without_spaces_is_left_to_pagefind(program: Path) -> None:
    assert index_bundle("ja", "0", [index_record(entry(1, "メッセージを送信できません 送信 キュー"))], program)


# When Pagefind isn't what it should be


def test_a_missing_program_is_one_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_PACKAGES", ("no_such_package",))
    monkeypatch.setattr(service, "_COMMANDS", ("no-such-command",))
    with pytest.raises(MissingPagefindError) as found:
        pagefind_program()
    assert "kb-gen[search]" in str(found.value)
    assert "\n" not in str(found.value)


@pytest.mark.skipif(sys.platform == "win32", reason="needs programs that are scripts")
@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("sys.exit('out of memory')", "ended unexpectedly: out of memory"),
        ("sys.stdin.read(30); sys.exit(3)", "ended unexpectedly: exit code 3"),
        ("sys.stdin.read(10); print('!!', end=',', flush=True); sys.stdin.read()", "can't be read"),
        (
            # {"payload":{"type":"Error","message":"no"}}
            "print('eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyJ9fQ==', end=',')",
            "refused a request: no",
        ),
    ],
)
def test_a_program_that_fails_is_reported(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(PagefindError, match=complaint):
        index_bundle("de", "0", records(3), script(tmp_path, text))


@pytest.mark.skipif(sys.platform == "win32", reason="needs programs that are scripts")
def test_a_program_that_ends_in_the_middle_is_reported(tmp_path: Path) -> None:
    text = (
        "import base64; sys.stdin.read(10)\n"
        'print(base64.b64encode(b\'{"payload":{"type":"NewIndex","index_id":0}}\').decode(), end=",", flush=True)\n'
        "sys.stdin.read(5000); sys.exit('gone')"
    )
    with pytest.raises(PagefindError, match="gone"):
        index_bundle("de", "0", records(5000), script(tmp_path, text))


def test_a_program_that_is_none_is_reported(tmp_path: Path) -> None:
    with pytest.raises(PagefindError, match="doesn't run"):
        index_bundle("de", "0", records(1), tmp_path / "nothing")


# The choice


@pytest.mark.parametrize(
    ("engine", "search", "articles", "kind"),
    [
        ("mkdocs", "auto", 1500, "material"),
        ("mkdocs", "auto", 1501, "pagefind"),
        ("mkdocs", "material", 9000, "material"),
        ("mkdocs", "none", 3, "none"),
        ("zensical", "auto", 9000, "material"),
    ],
)
def test_large_sites_are_searched_by_pagefind(engine: str, search: str, articles: int, kind: str) -> None:
    settings = Settings(Path(), Path("mkdocs.yml"), Path("site"), "Events", engine=engine, search=search)
    assert settings.search_kind(articles) == kind


def _data(place: int) -> bytes:
    found: bytes = shared()[place].data
    return found


def test_what_is_shelved_is_what_was_put_there(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert not [*tmp_path.iterdir()], "the file has a name"
    put = [IndexRecord(number, bytes([number]) * (number * 1000 + 1), bytes([number])) for number in range(20)]
    shelved = [*shelf.put(put[:12]), *shelf.put([]), *shelf.put(put[12:])]
    assert [(one.key, one.data, one.state) for one in shelved] == [(one.key, one.data, one.state) for one in put]
    with Processes(2).executor(shelved) as executor:
        assert [executor.submit(_data, place).result() for place in range(20)] == [record.data for record in put]


def test_without_room_in_the_cache_there_is_another_shelf(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "missing")
    assert [one.data for one in shelf.put([IndexRecord(1, b"{}", b"")])] == [b"{}"]

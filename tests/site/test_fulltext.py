"""Pagefind's program behind its pipe, what it is told, and the bundles that come out."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import msgspec
import pytest

from kb_gen.site.engines import SearchEntry
from kb_gen.site.fulltext import (
    Indexing,
    IndexRecord,
    MissingPagefindError,
    PagefindError,
    bundle_count,
    bundle_of,
    index_bundle,
    index_record,
    pagefind_program,
    service,
)
from kb_gen.site.outputs import Disk
from kb_gen.site.settings import Settings


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


def script(folder: Path, text: str) -> Path:
    """A program in Pagefind's place."""
    path = folder / "pagefind"
    path.write_text(f"#!{sys.executable}\nimport sys\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


# What Pagefind is told


def test_a_record_has_the_text_as_it_is_shown_and_terms_beside_it() -> None:
    record = index_record(entry(7, "Der Empfangsconnector: „voll“ & <leer>", ("connector", "empfangsconnector")))
    assert msgspec.json.decode(record.data) == {
        "url": "shop/7/index.html",
        "content": "Der Empfangsconnector: „voll“ & <leer>",
        "language": "de",
        "meta": {"title": "Shop 7", "terms": "connector"},
    }


def test_terms_that_another_word_begins_with_are_left_out() -> None:
    data = msgspec.json.decode(index_record(entry(7, "Connectors", ("conn", "tempauth", "temp", "auth"))).data)
    assert data["meta"]["terms"] == "auth tempauth"


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert msgspec.json.decode(index_record(entry(7, "a\ud800b")).data)["content"] == "a?b"


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
        with Indexing(Disk(tmp_path), program, 2) as indexing:
            assert indexing.begin("de", made_of) == ("0",)
            return {file.url: file.changed for file in indexing.finish()}

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
    (tmp_path / "de/search/0/pagefind-entry.json").unlink()
    assert build(edited)["de/search/0/pagefind-entry.json"]


def test_a_damaged_note_of_what_a_bundle_is_made_of_is_not_believed(program: Path, tmp_path: Path) -> None:
    for content in (b"", b"[]", b'{"digest":1}', b"\xff"):
        memo = tmp_path / "de/search/0/bundle.json"
        memo.parent.mkdir(parents=True, exist_ok=True)
        memo.write_bytes(content)
        with Indexing(Disk(tmp_path), program, 1) as indexing:
            indexing.begin("de", records(2))
            assert len(list(indexing.finish())) > 5


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

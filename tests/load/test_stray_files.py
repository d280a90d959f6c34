"""Nothing in the content folder goes unread in silence, and nothing outside gets in."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kb_gen.load import load_project
from kb_gen.validate import validate

HEAD = "id: 1024\nsource: MSExchangeTransport\nproduct: exchange\n"
PATH = "exchange/msexchangetransport/1024.yml"


def _found(root: Path, path: str, data: bytes = HEAD.encode()) -> list[tuple[str, str]]:
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    (root / "content/products.yml").write_text("exchange: {name: Exchange}\n")
    file.write_bytes(data)
    loaded = load_project(root)
    return [(finding.code, finding.message) for finding in (*loaded.diagnostics, *validate(loaded))]


@pytest.mark.parametrize("name", ["1024.yml.txt", "1024.json", "notes.txt"])
def test_files_of_other_endings_are_named(tmp_path: Path, name: str) -> None:
    path = f"exchange/msexchangetransport/{name}"
    assert _found(tmp_path, path) == [("stray-file", "nothing reads this file")]


@pytest.mark.parametrize(
    "path",
    [
        "exchange/1024.yml",
        "exchange/msexchangetransport/sub/1024.yml",
        "Exchange/msexchangetransport/1024.yml",
        "exchange/MSExchangeTransport/1024.yml",
    ],
)
def test_a_record_on_a_wrong_level_or_in_other_case_is_misplaced(tmp_path: Path, path: str) -> None:
    assert [code for code, _ in _found(tmp_path, path)] == ["misplaced-record"]


@pytest.mark.parametrize("path", ["exchange/all.yml", "exchange/msexchangetransport/all.yml"])
def test_a_list_may_lie_in_either_folder(tmp_path: Path, path: str) -> None:
    assert _found(tmp_path, path, f"- {HEAD.strip().replace(chr(10), chr(10) + '  ')}\n".encode()) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (HEAD.encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (HEAD.encode("utf-16-be"), "UTF-16 (big-endian) without a byte order mark"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        (gzip.compress(HEAD.encode(), mtime=0), "a gzip archive"),
        (b"\x7fELF\x02\x01\x01\0\0\xff\xfe\x80", "a binary file"),
    ],
)
def test_what_is_no_utf8_text_is_named_for_what_it_is(tmp_path: Path, data: bytes, words: str) -> None:
    ((code, message),) = _found(tmp_path, PATH, data)
    assert code == "wrong-encoding"
    assert words in message


@pytest.mark.parametrize("name", ["en/x", "en", ".", "en/picture.png~"])
def test_no_link_among_the_pages_leads_out(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    link = tmp_path / "content/pages" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    assert [finding.code for finding in load_project(tmp_path).diagnostics] == ["outside-tree"]


def test_links_among_the_pages_may_lead_inside(tmp_path: Path) -> None:
    pages = tmp_path / "content/pages"
    (pages / "en").mkdir(parents=True)
    (pages / "en/notes.txt").write_text("x")
    (pages / "de").symlink_to("en")
    assert load_project(tmp_path).diagnostics == ()
    (pages / "en/again").symlink_to("../en")
    assert {finding.code for finding in load_project(tmp_path).diagnostics} == {"outside-tree"}

"""Books of many articles: where their volumes end, and how these find each other."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_files import kb_gen, project_of, text_of

from kb_gen.document import article_file, book_files, product_volumes, volumes_of
from kb_gen.model import Entry, KnowledgeBase, Record


def entries(numbers: list[int]) -> list[Entry]:
    return [Entry(Record(str(number), "Source", "product"), f"{number}.yml") for number in numbers]


@given(st.integers(0, 2000))
def test_volumes_have_all_articles_in_order_and_none_has_too_many(count: int) -> None:
    own = entries(list(range(count)))
    volumes = volumes_of("book", "Book", own)
    assert [entry for volume in volumes for entry in volume.entries] == own
    assert all(len(volume.entries) <= 250 for volume in volumes)
    assert [volume.number for volume in volumes] == list(range(1, len(volumes) + 1))
    assert all(len(volume.entries) >= 100 for volume in volumes) or count < 200


@given(st.integers(0, 3000))
def test_a_new_article_changes_few_volumes(place: int) -> None:
    numbers = list(range(3000))
    before = set(_cut(numbers))
    after = _cut([*numbers[:place], 9999, *numbers[place:]])
    assert len([own for own in after if own not in before]) <= 4


@pytest.mark.parametrize("count", [255, 300, 400, 1000])
def test_a_new_article_hardly_ever_changes_another_volume(count: int) -> None:
    numbers = list(range(count))
    before = set(_cut(numbers))
    changed = []
    for place in range(0, count, count // 50):
        after = _cut([*numbers[:place], 10_000 + place, *numbers[place:]])
        changed.append(len([own for own in after if own not in before]))
    assert sum(number > 1 for number in changed) <= len(changed) // 10


def test_no_product_has_the_files_of_another() -> None:
    keys = {"shop": 300, "shop-1": 1, "shop-index": 1, "Shop": 1}
    records = [Entry(Record(str(n), "Bus", key), "x.yml") for key, count in keys.items() for n in range(count)]
    volumes = product_volumes(KnowledgeBase(entries=tuple(records)))
    assert list(volumes) == list(keys)
    files = [file for own in volumes.values() for file in book_files(own)]
    assert len(set(files)) == len(files) == 6
    assert {"shop-1.pdf", "shop-2.pdf", "shop-index.pdf"} == book_files(volumes["shop"])
    assert all(volume.book == own[0].book for own in volumes.values() for volume in own)


def test_no_other_file_has_the_name_of_a_products_book(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", [{"source": "Odd"}, {"source": "Other"}])
    assert kb_gen(project, "pdf", "-l", "en").returncode == 0
    whole = (project / "pdf/en/odd.pdf").read_bytes()
    done = kb_gen(project, "pdf", "-l", "en", "--source", "Odd")
    assert "pdf/en/odd_2.pdf" in done.stdout
    assert (project / "pdf/en/odd.pdf").read_bytes() == whole


def test_a_file_of_one_article_has_no_name_that_is_taken() -> None:
    assert article_file("shop/1") == "shop-1.pdf"
    assert article_file("shop/1", {"shop-1.pdf"}) == "shop_1.pdf"


def _cut(numbers: list[int]) -> list[tuple[str, ...]]:
    volumes = volumes_of("book", "Book", entries(numbers))
    return [tuple(entry.record.id for entry in volume.entries) for volume in volumes]


def test_volumes_refer_to_one_another(large: Path) -> None:
    folder = large / "pdf" / "en"
    files = sorted(file.name for file in folder.iterdir())
    assert files == ["shop-1.pdf", "shop-2.pdf", "shop-index.pdf"]
    targets = {}
    for name in files[:2]:
        with pikepdf.open(folder / name) as pdf:
            targets[name] = set(pikepdf.NameTree(pdf.Root.Names.Dests))
    remote = {name: _remote(folder / name) for name in files}
    # The last article of each names the first of the other, and each lists the other.
    assert all(len(remote[name]) >= 2 for name in files)
    assert all(label in targets[file] for name in files for file, label in remote[name] if label)
    first = text_of(folder / "shop-1.pdf")
    assert "Volume 1 of 2" in first
    assert "(volume 2)" in first
    assert "Volume 2 of 2: ShopBus " in " ".join(first.split())


def _remote(file: Path) -> list[tuple[str, str]]:
    """Where a file's links to other files lead: the file, and the place in it, or nothing for its beginning."""
    with pikepdf.open(file) as pdf:
        actions = [annotation.get("/A") for page in pdf.pages for annotation in page.obj.get("/Annots", [])]
        return [
            (str(action.F.UF), str(action.D) if isinstance(action.D, pikepdf.String) else "")
            for action in actions
            if action is not None and action.S == "/GoToR"
        ]


def test_the_index_of_all_volumes_finds_each_article(large: Path) -> None:
    folder = large / "pdf/en"
    remote = _remote(folder / "shop-index.pdf")
    second = next(int(label.split("/")[1]) for file, label in remote if file == "shop-2.pdf")
    # By its symbolic name, and by its message.
    for number in range(1, 321):
        assert remote.count((f"shop-{1 if number < second else 2}.pdf", f"shopbus/{number}")) >= 2
    text = text_of(folder / "shop-index.pdf", "-layout").replace("\u00a0", " ")
    assert re.search(r"BUS_319 +ShopBus 319, vol\. 2$", text, re.MULTILINE)
    assert "Index of all volumes" in text
    with pikepdf.open(folder / "shop-index.pdf") as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == ["Contents", "Index of symbolic names", "Index of messages"]


def test_a_volume_leads_to_the_index_of_all(large: Path) -> None:
    # Among the volumes, and above each of its own indexes.
    assert _remote(large / "pdf/en/shop-1.pdf").count(("shop-index.pdf", "")) == 3
    assert text_of(large / "pdf/en/shop-1.pdf").count("The index of all volumes is a file of its own.") == 2


def test_only_the_volume_that_changes_is_made_again(large: Path) -> None:
    records = large / "content/shop/shopbus/events.yml"
    before = records.read_text(encoding="utf-8")
    records.write_text(before.replace("Bus 320 is late.", "Bus 320 is very late."), encoding="utf-8")
    try:
        told = json.loads(kb_gen(large, "pdf", "--format", "json").stdout)
    finally:
        records.write_text(before, encoding="utf-8")
    # With its message, the index of all volumes changes.
    assert [file["state"] for file in told["files"]] == ["unchanged", "made", "made"]


def test_the_index_of_all_volumes_stays_where_nothing_changes_that_it_has(large: Path) -> None:
    records = large / "content/shop/shopbus/events.yml"
    before = records.read_text(encoding="utf-8")
    kb_gen(large, "pdf", "-o", "again")
    records.write_text(before.replace("Another bus.", "Another bus again.", 1), encoding="utf-8")
    try:
        told = json.loads(kb_gen(large, "pdf", "-o", "again", "--format", "json").stdout)
    finally:
        records.write_text(before, encoding="utf-8")
    assert {Path(file["path"]).name: file["state"] for file in told["files"]}["shop-index.pdf"] == "unchanged"


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux to see processes")
@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_of_a_run_that_is_killed(large: Path, signal_number: int) -> None:
    output = large / "killed"
    kept = output / "en/shop-1.pdf"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"the last good one")
    command = [sys.executable, "-c", "from kb_gen.cli import main; main()", "pdf", "-o", str(output)]
    run = subprocess.Popen(command, cwd=large, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children: list[int] = []
    while not children and run.poll() is None:
        children = _children(run.pid)
    run.send_signal(signal_number)
    run.wait(60)
    assert children
    while any(_is_python(child) for child in children):
        time.sleep(0.02)
    files = [file for file in output.rglob("*") if file.is_file()]
    assert kept in files
    assert kept.read_bytes() == b"the last good one" or kept.read_bytes().startswith(b"%PDF")
    assert {file.suffix for file in files} == {".pdf"}


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux to see processes")
def test_what_an_interrupt_means_is_left_to_the_command(large: Path) -> None:
    command = [sys.executable, "-c", "from kb_gen.cli import main; main()", "pdf", "-o", "interrupted", "-l", "en"]
    run = subprocess.Popen(command, cwd=large, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seen: set[int] = set()
    while run.poll() is None:
        for child in set(_children(run.pid)) - seen:
            seen.add(child)
            # As a terminal does it; some may have ended before.
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGINT)
    _, told = run.communicate(timeout=60)
    assert len(seen) >= 3
    assert run.returncode == 0, told
    assert "Traceback" not in told


def _children(process: int) -> list[int]:
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(child) for child in found.split()]


def _is_python(process: int) -> bool:
    try:
        return b"kb_gen" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False

"""Two browsers and an editor write one catalog at once, and the workbench is killed in the middle: nothing is lost."""

from __future__ import annotations

import json
import multiprocessing
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest
from running_workbench import RunningWorkbench, workbench
from site_trees import write_tree

from kb_gen.load import load_project, write_atomically
from kb_gen.locales import Edit, update, write_templates
from kb_gen.locales.edits import edited_text
from kb_gen.locales.po import Key, po_text, read_po

ENTRIES = 60
"""Texts of each writer."""

SAVES = 120
"""How often the browsers save at least, before and after the workbench is killed."""

CATALOG = "translations/de/LC_MESSAGES/demo.po"


def _project(folder: Path) -> Path:
    texts = "\n\n".join(
        f"  Text {number} of writer {writer}, long enough to matter." for writer in "ABE" for number in range(ENTRIES)
    )
    write_tree(
        folder,
        f"""\
-- mkdocs.yml --
site_name: Together
theme:
  name: material
plugins:
  - kb-gen:
      locales: [en, de]
-- content/products.yml --
demo:
  name: Demo
  sources:
    Demo: {{}}
-- content/demo/demo/1.yml --
id: 1
source: Demo
product: demo
explanation: |
{texts}
""",
    )
    write_templates(folder, load_project(folder).knowledge_base, "Together", "translations")
    update(folder, "de")
    return folder


def _source(writer: str, number: int) -> str:
    return f"Text {number} of writer {writer}, long enough to matter."


def _texts(project: Path) -> dict[str, str]:
    text, findings = po_text((project / CATALOG).read_bytes(), CATALOG)
    assert text is not None
    catalog, odd = read_po(text, CATALOG)
    assert not findings
    assert not odd
    return {entry.msgid: entry.msgstr[0] for entry in catalog.entries}


class _Translator(threading.Thread):
    """Saves one text after the other, as a browser does, and remembers what it was told is saved."""

    def __init__(self, bench: RunningWorkbench, writer: str, saves: int, texts: dict[str, str]) -> None:
        super().__init__()
        self.bench, self.writer, self.saves, self.texts = bench, writer, saves, texts
        self.failure: BaseException | None = None
        self.count = 0

    def run(self) -> None:
        try:
            rows = {row["source"]: row["id"] for row in self._ask("GET", "articles/demo/1")["units"]}
            for count in range(self.saves):
                source = _source(self.writer, count % ENTRIES)
                unit = self._ask("GET", f"units/{rows[source]}")
                # The writers before and after the kill differ in how much they are to save: no text comes twice.
                text = f"{self.writer} {self.saves}.{count}: gespeichert, und lang genug, um etwas zu bedeuten."
                entry = {"msgstr": [text], "fuzzy": False, "comments": unit["entry"]["comments"]}
                saved = self._ask("POST", "save", {"unit": unit["id"], "entry": entry, "before": unit["entry"]})
                assert saved["outcome"] == "saved", saved
                self.texts[source] = text
                self.count += 1
        except (OSError, AssertionError, ValueError) as reason:
            # The workbench was killed: what it hasn't said is saved, may be so or not.
            self.failure = reason

    def _ask(self, method: str, path: str, data: object = None) -> Any:
        """What the workbench answers, asked again while the editor leaves no gap, as its message has people do."""
        while True:
            status, _, text = self.bench.request(method, f"/api/{path}", data)
            if status != HTTPStatus.SERVICE_UNAVAILABLE:
                assert status == HTTPStatus.OK, text
                return json.loads(text)


def _edit(project: Path, stop: Event, in_place: bool, said: Any) -> None:
    """An editor: it opens the file, takes its time, changes texts of its own, and writes the whole."""
    chance = random.Random(1)
    count = 0
    file = project / CATALOG
    while not stop.is_set():
        data = file.read_bytes()
        time.sleep(chance.uniform(0.01, 0.15))
        text, _ = po_text(data, CATALOG)
        assert text is not None
        catalog, _ = read_po(text, CATALOG)
        number = count % ENTRIES
        written = f"E {count}: vom Editor"
        fresh, _ = edited_text(text, catalog, [Edit(Key(None, _source("E", number)), (written,))])
        if in_place:
            with file.open("wb", buffering=0) as out:
                encoded = fresh.encode()
                third = len(encoded) // 3 + 1
                for start in range(0, len(encoded), third):
                    out.write(encoded[start : start + third])
                    time.sleep(0.01)
        else:
            write_atomically(file, fresh.encode())
        said[_source("E", number)] = written
        count += 1
        time.sleep(chance.uniform(0.2, 0.5))


@contextmanager
def _editor(project: Path, in_place: bool) -> Iterator[dict[str, str]]:
    context = multiprocessing.get_context("fork")
    with context.Manager() as manager:
        stop, said, texts = context.Event(), manager.dict(), dict[str, str]()
        process = context.Process(target=_edit, args=(project, stop, in_place, said))
        process.start()
        try:
            yield texts
        finally:
            stop.set()
            process.join(60)
            texts.update(said)
    assert process.exitcode == 0


@contextmanager
def _msgfmt_looks(project: Path, run: bool) -> Iterator[None]:
    """Has gettext's own reader look at the file all the time."""
    stop = threading.Event()
    wrong: list[str] = []

    def look() -> None:
        while not stop.wait(0.05):
            done = subprocess.run(
                ["msgfmt", "-c", "-o", "/dev/null", str(project / CATALOG)], check=False, capture_output=True, text=True
            )
            if done.returncode:
                wrong.append(done.stderr)

    thread = threading.Thread(target=look)
    if run:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        if run:
            thread.join()
    assert wrong == []


@pytest.mark.parametrize("in_place", [False, True], ids=["an editor that renames", "an editor that writes in place"])
def test_what_was_saved_is_there_after_all_of_it(tmp_path: Path, in_place: bool) -> None:
    project = _project(tmp_path / "project")
    saved: dict[str, str] = {}
    with _msgfmt_looks(project, not in_place), _editor(project, in_place) as edited:
        with workbench(project) as bench:
            bench.until_ready()
            writers = [_Translator(bench, writer, 10_000, saved) for writer in "AB"]
            for writer in writers:
                writer.start()
            while sum(writer.count for writer in writers) < SAVES // 2 and all(w.is_alive() for w in writers):
                time.sleep(0.01)
            bench.kill()
            for writer in writers:
                writer.join()
            assert sum(writer.count for writer in writers) >= SAVES // 2, [writer.failure for writer in writers]
        with workbench(project) as bench:
            bench.until_ready()
            writers = [_Translator(bench, writer, SAVES // 4, saved) for writer in "AB"]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
            assert [writer.failure for writer in writers] == [None, None]
            # The editor's last word, and what it has written over, both have to be in the end.
            time.sleep(1.0)
    with workbench(project) as bench:
        bench.until_ready()
    texts = _texts(project)
    assert {source: texts[source] for source in saved} == saved
    assert {source: texts[source] for source in edited} == edited
    assert len(texts) == 3 * ENTRIES

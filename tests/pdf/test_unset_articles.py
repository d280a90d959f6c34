"""An article that can't be set: it is named, and the rest of the book is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb_gen.document import find_targets, volumes_of
from kb_gen.load import load_project
from kb_gen.locales import Localizer, load_catalogs
from kb_gen.pdf import Problem, ProblemKind, Sheet, SheetKind, State, making, printing_findings
from kb_gen.pdf.book import Bookbinder
from kb_gen.pdf.edition import Edition
from kb_gen.pdf.finishing import Finished
from kb_gen.pdf.glyphs import NOTHING_ABSENT
from kb_gen.pdf.press import Printed
from kb_gen.pdf.typesetting import CannotBeSet

ROOT = Path(__file__).parents[2]


class _Typst:
    """Refuses books that have a certain article."""

    def __init__(self, *refused: str) -> None:
        self.refused = refused
        self.set: list[str] = []

    def __call__(self, inputs: dict[str, str], fonts: Path | None, epoch: int) -> bytes:
        book = inputs["book"]
        for chapter in json.loads(book).get("chapters", [{"articles": json.loads(book).get("articles", [])}]):
            for article in chapter["articles"]:
                if article["title"] in self.refused and article["sections"]:
                    raise CannotBeSet("it is too odd", "")
        self.set.append(book)
        return book.encode()


@pytest.fixture
def binder() -> Bookbinder:
    loaded = load_project(ROOT, "content")
    catalogs, _ = load_catalogs(ROOT, ("de",))
    kb = loaded.knowledge_base
    volumes = volumes_of("exchange", "Exchange", kb.entries)
    return Bookbinder(kb, Localizer(kb, catalogs, "de"), find_targets(kb), volumes, Edition("Events"))


@pytest.fixture(autouse=True)
def _unfinished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "finish", lambda data, titles, bookmarks: Finished(data, 1))
    monkeypatch.setattr(making, "absent_characters", lambda parts, fonts: NOTHING_ABSENT)


def test_the_others_are_set(binder: Bookbinder, monkeypatch: pytest.MonkeyPatch) -> None:
    typst = _Typst("MSExchangeTransport 1024", "MSExchange ADAccess 2114")
    monkeypatch.setattr(making, "typeset", typst)
    sheet = Sheet("de/exchange.pdf", "de", binder.volumes[0])
    made = making.make(making.manuscript(sheet, binder), binder)
    assert {(problem.kind, problem.identity.id if problem.identity else "") for problem in made.problems} == {
        (ProblemKind.ARTICLE, "1024"),
        (ProblemKind.ARTICLE, "2114"),
    }
    book = json.loads(made.data)
    articles = {article["label"]: article for chapter in book["chapters"] for article in chapter["articles"]}
    assert len(articles) == 7
    assert articles["msexchangetransport/1024"]["sections"] == []
    assert "konnte nicht gedruckt werden" in json.dumps(articles["msexchangetransport/1024"])
    assert articles["msexchangetransport/1025"]["sections"]


def test_the_finding_names_the_records_place(binder: Bookbinder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "typeset", _Typst("MSExchangeTransport 1024"))
    made = making.make(making.manuscript(Sheet("de/exchange.pdf", "de", binder.volumes[0]), binder), binder)
    printed = [Printed("de/exchange.pdf", State.MADE, problems=made.problems)] * 2
    (finding,) = printing_findings(printed, binder.kb, ROOT)
    assert finding.code == "pdf-article"
    assert finding.message == "MSExchangeTransport 1024 can't be set in type: it is too odd"
    assert finding.place is not None
    assert finding.place.path == "content/exchange/msexchangetransport/1024.yml"
    text = (ROOT / finding.place.path).read_text(encoding="utf-8")
    assert text[finding.place.start : finding.place.end] == '"1024"'


def test_a_file_of_its_own_says_that_it_is_missing(binder: Bookbinder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "typeset", _Typst("MSExchangeTransport 1024"))
    entry = next(entry for entry in binder.kb.entries if entry.record.id == "1024")
    (volume,) = volumes_of("msexchangetransport-1024", "", [entry])
    made = making.make(making.manuscript(Sheet("x.pdf", "de", volume, SheetKind.ARTICLE), binder), binder)
    assert [problem.kind for problem in made.problems] == [ProblemKind.ARTICLE]
    assert "konnte nicht gedruckt werden" in made.data.decode()


@pytest.mark.parametrize(("kind", "cure"), [(ProblemKind.FILE, "--source"), (ProblemKind.CROWDED, "--jobs 1")])
def test_a_file_that_fails_altogether_is_named(binder: Bookbinder, kind: ProblemKind, cure: str) -> None:
    printed = [Printed("de/exchange.pdf", State.FAILED, problems=(Problem(kind, "memory ran out"),))]
    (finding,) = printing_findings(printed, binder.kb, ROOT)
    assert finding.code == "pdf-file"
    assert finding.message == "de/exchange.pdf can't be made: memory ran out"
    assert cure in finding.help


class _Narrow:
    """Refuses what stands around articles, and one of these."""

    def __call__(self, inputs: dict[str, str], fonts: Path | None, epoch: int) -> bytes:
        book = json.loads(inputs["book"])
        if book["indexes"]:
            raise CannotBeSet("an index is too odd", "")
        if any(article["title"].endswith("1024") and article["sections"] for article in _articles(book)):
            raise CannotBeSet("an article is too odd", "")
        return inputs["book"].encode()


def _articles(book: Any) -> list[Any]:
    return [article for chapter in book["chapters"] for article in chapter["articles"]]


def test_articles_are_printed_without_what_is_around_them(binder: Bookbinder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "typeset", _Narrow())
    made = making.make(making.manuscript(Sheet("de/exchange.pdf", "de", binder.volumes[0]), binder), binder)
    assert [(problem.kind, problem.detail) for problem in made.problems] == [
        (ProblemKind.SURROUNDINGS, "an index is too odd"),
        (ProblemKind.ARTICLE, "an article is too odd"),
    ]
    book = json.loads(made.data)
    assert [bool(article["sections"]) for article in _articles(book)].count(False) == 1
    assert book["contents"]["msexchangetransport/1025"][0] == "1025"
    printed = [Printed("de/exchange.pdf", State.MADE, problems=made.problems)]
    findings = printing_findings(printed, binder.kb, ROOT)
    assert {finding.code for finding in findings} == {"pdf-surroundings", "pdf-article"}

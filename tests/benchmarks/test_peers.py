"""The comparison with other site generators: what they are given, what counts as a result, and how it is shown.

No peer is run: they aren't installed, and building takes long.
"""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from markdown_it import MarkdownIt

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.append(str(BENCHMARKS))

from peers.checking import IncompleteSiteError, check_site  # noqa: E402
from peers.contenders import CONTENDERS  # noqa: E402
from peers.corpus import LOCALES, Corpus, read_corpus  # noqa: E402
from peers.environment import REQUIREMENTS  # noqa: E402
from peers.markdown import text_markdown  # noqa: E402
from peers.measuring import Figures, Result  # noqa: E402
from peers.picture import picture  # noqa: E402
from peers.report import Report, read_report, table, write_report  # noqa: E402
from processes import run  # noqa: E402
from synthetic import write_project  # noqa: E402

RECORDS = 5
FIGURES = Figures(wall=2.5, user=3, system=0.5, memory=100_000_000, files=12, bytes=3_000_000)
RESULTS = (
    Result("kb-gen", "kb_gen", "1.0", 1000, 3, 60, FIGURES),
    Result("sphinx", "Sphinx with MyST", "9.0", 1000, 3, 60, None, "more than 60 s"),
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    project = tmp_path_factory.mktemp("peers") / "project"
    write_project(project, RECORDS)
    return read_corpus(project)


@pytest.mark.parametrize(
    ("key", "content"), [("hugo", "content"), ("zensical", "docs"), ("mkdocs", "docs"), ("sphinx", "docs")]
)
def test_every_article_is_a_page_in_both_languages(corpus: Corpus, key: str, content: str, tmp_path: Path) -> None:
    CONTENDERS[key].write(corpus, tmp_path / key)
    for locale in LOCALES:
        pages = tmp_path / key / content / locale
        for article in corpus.sample(locale, RECORDS):
            text = (pages / f"{article.address}.md").read_text(encoding="utf-8")
            facts, body = text.removeprefix("---\n").split("\n---\n", 1)
            assert yaml.safe_load(facts)["title"] == article.title
            assert article.description in body
            assert body.count("```") == 2 * 3
            assert "(../" in body


def test_links_lead_to_files_that_are_there(corpus: Corpus, tmp_path: Path) -> None:
    CONTENDERS["mkdocs"].write(corpus, tmp_path / "mkdocs")
    for page in (tmp_path / "mkdocs" / "docs").rglob("*.md"):
        tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
        inlines = [child for token in tokens for child in token.children or ()]
        links = [str(child.attrGet("href")) for child in inlines if child.type == "link_open"]
        assert all((page.parent / link).is_file() for link in links if not link.startswith("https:"))


@pytest.mark.parametrize(
    "text",
    ["a_b * c <d> & [e](f) `g` \\", "# no heading", "1. no item", "- no item", "+ none", "%1 | 5 %", "4.2", "a. b) c"],
)
def test_text_is_shown_as_it_is(text: str) -> None:
    shown = MarkdownIt().enable("table").parse(text_markdown(text))
    assert [token.type for token in shown] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in shown[1].children or ()) == text


def test_configurations_can_be_read() -> None:
    folder = BENCHMARKS / "peers" / "contenders"
    for file in folder.rglob("*.toml"):
        tomllib.loads(file.read_text(encoding="utf-8"))
    assert yaml.safe_load((folder / "mkdocs" / "mkdocs.yml").read_text(encoding="utf-8"))["theme"]["name"] == "material"


def test_every_requirement_has_its_version() -> None:
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines if "==" in line}
    assert all("==" in line for line in lines if line and not line.startswith("#"))
    assert {contender.package for contender in CONTENDERS.values() if contender.is_peer} <= pinned


def test_a_site_without_a_page_or_text_is_no_result(corpus: Corpus, tmp_path: Path) -> None:
    site, contender = tmp_path / "site", CONTENDERS["kb-gen"]
    subprocess.run(
        [sys.executable, "-m", "kb_gen", "build", "--search", "none", "--site-dir", str(site)],
        cwd=corpus.project,
        check=True,
        capture_output=True,
    )
    assert check_site(contender, corpus, site) == 2 * RECORDS
    page = site / contender.page("de", corpus.addresses[0])
    page.write_text("<p>Nothing.</p>", encoding="utf-8")
    with pytest.raises(IncompleteSiteError, match="lacks a text"):
        check_site(contender, corpus, site)
    page.unlink()
    with pytest.raises(IncompleteSiteError, match="lacks 1 of 10 pages"):
        check_site(contender, corpus, site)


def test_a_build_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    program = "import pathlib, subprocess; child = subprocess.Popen(['sleep', '60'])"
    endless = f"{program}; pathlib.Path('pid').write_text(str(child.pid)); child.wait()"
    with pytest.raises(subprocess.TimeoutExpired):
        run([sys.executable, "-c", endless], tmp_path, limit=1)
    child = Path("/proc") / (tmp_path / "pid").read_text() / "status"
    # It has been killed; that it is gone may take a moment, and whoever adopts it may never fetch its status.
    give_up = time.monotonic() + 20
    while child.exists() and "State:\tZ" not in child.read_text() and time.monotonic() < give_up:
        time.sleep(0.05)
    assert not child.exists() or "State:\tZ" in child.read_text()


def test_figures_are_kept_and_shown(tmp_path: Path) -> None:
    report = Report("python benchmarks/peers/run.py", "2 processors", RESULTS)
    write_report(report, tmp_path / "figures.json")
    assert read_report(tmp_path / "figures.json") == report
    header, _, ours, theirs = table(report.results).splitlines()
    assert header.count("|") == ours.count("|") == theirs.count("|")
    assert [cell.strip() for cell in ours.split("|")[1:5]] == ["1,000", "kb_gen", "1.0", "2.5"]
    assert "more than 60 s" in theirs
    assert ET.fromstring(picture(report.results)).tag.endswith("svg")


def test_the_manual_shows_the_figures_that_are_kept() -> None:
    report = read_report(BENCHMARKS / "peers" / "figures.json")
    manual = BENCHMARKS.parent / "docs"
    assert table(report.results) in (manual / "benchmarks.md").read_text(encoding="utf-8")
    assert picture(report.results) == (manual / "images" / "peers.svg").read_text(encoding="utf-8")

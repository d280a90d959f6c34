"""An article's HTML, in the source language and half translated, as a whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from golden_files import assert_golden

from kb_gen.document import Article, ArticleWriter, find_targets, plain
from kb_gen.load import load_project
from kb_gen.locales import Localizer, load_catalogs
from kb_gen.render.html import HtmlRenderer

SAMPLE = Path(__file__).parents[1] / "sample"


def _article(locale: str, id_: str) -> Article:
    loaded = load_project(SAMPLE)
    assert not loaded.diagnostics
    kb = loaded.knowledge_base
    catalogs, diagnostics = load_catalogs(SAMPLE, ["en", "de"])
    assert not diagnostics
    writer = ArticleWriter(kb, Localizer(kb, catalogs, locale), find_targets(kb))
    return writer.article(next(entry for entry in kb.entries if entry.record.id == id_))


@pytest.mark.golden
@pytest.mark.parametrize("id_", ["100", "101", "7"])
@pytest.mark.parametrize("locale", ["en", "de"])
def test_article(locale: str, id_: str) -> None:
    html = HtmlRenderer(lambda address: f"../../{address}/index.html").article(_article(locale, id_))
    assert_golden(f"article-{id_}.{locale}.html", html)


def test_coverage_counts_passages_of_the_article() -> None:
    coverage = _article("de", "100").coverage
    assert (coverage.translated, coverage.outdated) == (4, 1)
    assert coverage.missing > 5


def test_an_outdated_passage_says_so_to_those_who_listen() -> None:
    html = HtmlRenderer(lambda address: address).article(_article("de", "100"))
    remark = '<span class="kb-unseen">Seit der Übersetzung geändert: </span>'
    assert html.count(f'{remark}<span lang="en" dir="auto" class="kb-untranslated" data-state="outdated">') == 1
    assert html.count("kb-unseen") == 1
    assert "kb-unseen" not in HtmlRenderer(lambda address: address).article(_article("en", "100"))


def test_the_banner_speaks_of_missing_and_of_outdated_passages() -> None:
    banner = _article("de", "100").banner
    assert banner is not None
    words = plain(banner.inlines)
    assert "noch nicht übersetzt" in words
    assert "inzwischen geändert" in words


def test_the_message_is_quoted_not_translated() -> None:
    html = HtmlRenderer(lambda address: address).article(_article("de", "100"))
    assert '<blockquote class="kb-message" translate="no" dir="auto" lang="en"><p>Order ' in html
    assert '<blockquote class="kb-message" translate="no" dir="auto"><p>Bestellung ' in html


def test_what_a_command_is_for_says_its_language_where_it_has_no_translation() -> None:
    html = HtmlRenderer(lambda address: address).article(_article("fr", "100"))
    assert re.search(r'<figcaption><span lang="en" dir="auto">[^<]+</span></figcaption>', html)
    assert "<figcaption><span" not in HtmlRenderer(lambda address: address).article(_article("de", "100"))

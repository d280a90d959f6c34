"""Articles for translators are those that readers get, with the names of units on them and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from kb_gen.document import (
    Addressed,
    AddressedArticleWriter,
    AddressedMessage,
    Article,
    ArticleWriter,
    MessageBlock,
    find_targets,
    units_of,
)
from kb_gen.load import load_project
from kb_gen.locales import AddressedLocalizer, Localizer, load_catalogs, unit_id
from kb_gen.model import KnowledgeBase
from kb_gen.render.html import HtmlRenderer

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests/sample"


def _without_addresses(part: Any) -> Any:
    """A part of an article as readers get it."""
    if isinstance(part, AddressedMessage):
        return MessageBlock(part.template, part.parts, part.lang, part.version)
    if isinstance(part, tuple):
        plain: list[Any] = []
        for one in part:
            plain += _without_addresses(one.children) if isinstance(one, Addressed) else [_without_addresses(one)]
        return tuple(plain)
    if isinstance(part, msgspec.Struct):
        return type(part)(*[_without_addresses(getattr(part, name)) for name in part.__struct_fields__])
    return part


def _writers(project: Path, locale: str, drafts: dict[str, str]) -> tuple[ArticleWriter, ArticleWriter, KnowledgeBase]:
    kb = load_project(project).knowledge_base
    catalogs, _ = load_catalogs(project, ["en", "de"])
    targets = find_targets(kb)
    addressed = AddressedLocalizer(kb, catalogs, locale, "en", unit_id, drafts)
    normal = Localizer(kb, catalogs, locale, "en")
    return ArticleWriter(kb, normal, targets), AddressedArticleWriter(kb, addressed, targets), kb


@pytest.mark.parametrize("project", [ROOT, SAMPLE], ids=["own", "sample"])
@pytest.mark.parametrize("locale", ["de", "en"])
def test_without_its_addresses_an_article_is_what_readers_get(project: Path, locale: str) -> None:
    normal, addressed, kb = _writers(project, locale, {})
    for entry in kb.entries:
        article = addressed.article(entry)
        assert len(units_of(article)) > 5
        assert _without_addresses(article) == normal.article(entry)


def _article(drafts: dict[str, str]) -> Article:
    _, addressed, kb = _writers(SAMPLE, "de", drafts)
    return addressed.article(next(entry for entry in kb.entries if entry.record.id == "100"))


def test_each_unit_is_named_where_it_is_shown() -> None:
    article = _article({})
    html = HtmlRenderer(lambda address: address).article(article)
    refused = unit_id("shopservice", "", "The order %1 was *refused*.")
    assert f'<p class="kb-summary"><span data-unit="{refused}">Die Bestellung <span class="kb-parameter"' in html
    message = unit_id("shopservice", "message template", "Order %1 refused.")
    assert f'data-unit="{message}"><p>' in html
    assert [unit for unit in units_of(article) if f'data-unit="{unit}"' not in html] == []


def test_a_draft_is_shown_as_it_is_and_counts_as_translated() -> None:
    number = unit_id("shopservice", "", "Ask the %2:")
    before, after = _article({}), _article({number: "Fragen & <b>"})
    html = HtmlRenderer(lambda address: address).article(after)
    assert f'<span data-unit="{number}">Fragen &amp; &lt;b&gt;</span>' in html
    assert after.coverage.translated == before.coverage.translated + 1
    assert after.coverage.outdated == before.coverage.outdated - 1

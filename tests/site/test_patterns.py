"""An article made from its pattern is the article that is made in a locale directly."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from site_samples import FIXTURES, context_of

from kb_gen.document import find_targets
from kb_gen.locales import Catalog, Catalogs, Said
from kb_gen.model import Action, Entry, KnowledgeBase, Parameter, Step
from kb_gen.site.context import SiteContext, site_context
from kb_gen.site.filling import Filler, filled_alone
from kb_gen.site.patterns import make_pattern

ROOT = Path(__file__).parents[2]
LOCALES = ("en", "de", "fr", "ar")


def differences(context: SiteContext, entry: Entry) -> list[str]:
    """What differs between the two ways, by locale."""
    before, after = context.kb.entries[0], context.kb.entries[-1]
    pattern = make_pattern(entry, context)
    assert pattern is not None
    return [
        f"{tag}: {name}"
        for tag, site in context.locales.items()
        for filled, direct in [
            (Filler(site, context).fill(pattern, before, after), filled_alone(entry, before, after, site, context))
        ]
        for name in ("parts", "json", "text", "row", "lookup", "weight")
        if getattr(filled, name) != getattr(direct, name)
    ]


def with_gaps(context: SiteContext) -> SiteContext:
    """The site with every third translation gone, half of these outdated."""
    thinned = {
        tag: {domain: replace(catalog, layers=(_thinned(catalog),)) for domain, catalog in domains.items()}
        for tag, domains in context.catalogs.by_locale.items()
    }
    return site_context(context.settings, context.kb, context.targets, Catalogs(thinned))


def with_pdf_files(context: SiteContext) -> SiteContext:
    """The site whose pages lead to PDF files."""
    settings = replace(context.settings, pdf="articles")
    return site_context(settings, context.kb, context.targets, context.catalogs)


def _thinned(catalog: Catalog) -> Said:
    return Said(
        {key: text for number, (key, text) in enumerate(catalog.texts.items()) if number % 3},
        dict(catalog.plurals),
        frozenset([key for number, key in enumerate(catalog.texts) if number % 6 == 0]),
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "project"
    generate = ROOT / "benchmarks" / "generate.py"
    subprocess.run([sys.executable, str(generate), "--records", "40", "--out", str(folder)], check=True)
    return folder


@pytest.mark.parametrize("address", ["", "https://kb.example/events/"])
@pytest.mark.parametrize("project", [ROOT, ROOT / "tests" / "sample", FIXTURES / "lookup", "generated"])
def test_patterns_become_the_articles(project: Path | str, address: str, generated: Path) -> None:
    context = context_of(generated if isinstance(project, str) else project, address, LOCALES)
    for site in (context, with_gaps(context), with_pdf_files(context)):
        assert [found for entry in site.kb.entries for found in differences(site, entry)] == []


_PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "word ",
                "Wort ",
                "<b>",
                "&",
                '"',
                "`code` ",
                "**strong** ",
                "*so* ",
                "%1 ",
                "%2",
                "%9",
                "\\",
                "\n\n- ",
                "\n",
            ),
            *(
                "event:MSExchangeTransport/1024 ",
                "event:No/1 ",
                "[text](https://example.com) ",
                "[x](javascript:1)",
                "é",
            ),
        ]
    ),
    max_size=8,
)
_TEXTS = _PIECES.map("".join)


@settings(max_examples=60, deadline=None)
@example("%1 ", "", "word ", "")
@given(_TEXTS, _TEXTS, _TEXTS, _TEXTS)
def test_any_texts_become_the_same_articles(summary: str, explanation: str, name: str, holds: str) -> None:
    context = context_of(FIXTURES / "lookup")
    entries = list(context.kb.entries)
    parameters = {1: Parameter(name, holds, "1"), 2: Parameter("%1", "", "")}
    record = msgspec.structs.replace(
        entries[0].record, summary=summary, explanation=explanation, parameters=parameters, related=(entries[1].title,)
    )
    entries[0] = msgspec.structs.replace(entries[0], record=record)
    kb = KnowledgeBase(
        context.kb.products, context.kb.categories, context.kb.snippets, tuple(entries), context.kb.paths
    )
    changed = site_context(context.settings, kb, find_targets(kb), context.catalogs)
    assert [found for entry in entries for found in differences(changed, entry)] == []


def test_texts_with_the_characters_of_slots_have_no_pattern() -> None:
    context = context_of(FIXTURES / "lookup")
    entry = context.kb.entries[0]
    odd = msgspec.structs.replace(entry, record=msgspec.structs.replace(entry.record, summary="a \ue001 b"))
    assert make_pattern(odd, context) is None
    assert make_pattern(entry, context) is not None


def test_an_article_with_too_many_texts_has_no_pattern_and_the_next_one_has() -> None:
    context = context_of(FIXTURES / "lookup")
    entry = context.kb.entries[0]
    paragraphs = "\n\n".join(f"Text {number}." for number in range(1100))
    long = msgspec.structs.replace(entry, record=msgspec.structs.replace(entry.record, explanation=paragraphs))
    assert make_pattern(long, context) is None
    assert differences(context, entry) == []


def test_more_shared_texts_than_there_are_shared_slots_are_the_article_s_own() -> None:
    context = context_of(FIXTURES / "lookup")
    entry, *others = context.kb.entries
    snippets = {f"s{number}": Step(text=f"Shared {number}.") for number in range(900)}
    uses = [tuple(Action(use=f"s{number}") for number in range(start, start + 450)) for start in (0, 450)]
    entries = [
        msgspec.structs.replace(entry, record=msgspec.structs.replace(entry.record, id=f"{number}", actions=actions))
        for number, actions in enumerate(uses, 50_000)
    ]
    kb = msgspec.structs.replace(context.kb, snippets=snippets, entries=(*entries, *others))
    changed = site_context(context.settings, kb, find_targets(kb), context.catalogs)
    assert [found for entry in kb.entries for found in differences(changed, entry)] == []

"""A translation uses the words that the glossary has for the terms of its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, Severity
from kb_gen.load import collection_paused
from kb_gen.locales.catalogs import CatalogSource, catalog_sources
from kb_gen.locales.checks.pair import Finding
from kb_gen.locales.glossary import GLOSSARY_FILE, Glossary, Term, load_glossary
from kb_gen.locales.po import PoEntry, offset_in, read_po, read_po_text
from kb_gen.locales.tags import locale_info
from kb_gen.locales.units import MESSAGE_CONTEXT

__all__ = ["check_terms", "term_findings"]


def check_terms(source: str, text: str, glossary: Glossary) -> Iterator[Finding]:
    """Finds terms that are translated otherwise than the glossary says.

    Code, links' targets and insertion strings are neither terms nor their translations. Message templates aren't asked
    about: they quote their product; nor are names that are the same in both languages.

    Args:
        source: the source text.
        text: its translation.
        glossary: the glossary of the translation's locale.
    """
    if text == source:
        return
    forbidden = glossary.forbidden_in(source, text)
    for use in forbidden:
        start = text.find(use.words)
        place = (start, start + len(use.words)) if start >= 0 else (None, None)
        message = f"`{use.words}` isn't to be used for `{use.term.source}`"
        yield Finding("translation-term", Severity.WARNING, message, _help(use.term), *place)
    told = {use.term.source for use in forbidden}
    for term in glossary.missing(source, text):
        if term.source not in told:
            message = f"the translation doesn't have what the glossary says for `{term.source}`: {_named(term)}"
            help_text = "use it, in whatever form the sentence needs, or add what you used to the glossary"
            yield Finding("translation-term", Severity.WARNING, message, help_text)


def _help(term: Term) -> str:
    return f"use {_named(term)}" if term.targets else "use another word"


def _named(term: Term) -> str:
    return " or ".join(f"`{target}`" for target in term.targets)


def term_findings(root: Path, locales: Sequence[str], translations: str = "translations") -> list[Diagnostic]:
    """What is wrong with the glossary, and with the approved translations of its terms in a project's own catalogs.

    Args:
        root: the project's root.
        locales: BCP 47 tags of the locales.
        translations: the folder of the catalogs, relative to `root`.

    Raises:
        UnknownLocale: there is no such locale.
    """
    findings: dict[Diagnostic, None] = {}
    for locale in locales:
        tag = locale_info(locale).tag
        glossary, wrong = load_glossary(root, tag, translations)
        findings.update(dict.fromkeys(wrong))
        if len(glossary):
            table = Place(f"{translations}/{GLOSSARY_FILE}", label="the glossary")
            with collection_paused():
                for source in catalog_sources(root, [tag], translations, {})[tag]:
                    if source.root == root and source.tag == tag:
                        findings.update(dict.fromkeys(_in_catalog(source, glossary, table)))
    return list(findings)


def _in_catalog(source: CatalogSource, glossary: Glossary, table: Place) -> Iterator[Diagnostic]:
    text, _ = read_po_text(source.root, source.path)
    if text is None:
        return
    catalog, _ = read_po(text, source.path)
    for entry in catalog.entries:
        if not entry.fuzzy and entry.context != MESSAGE_CONTEXT:
            for number, translation in enumerate(entry.msgstr):
                if translation:
                    msgid = entry.msgid if entry.msgid_plural is None or number == 0 else entry.msgid_plural
                    for finding in check_terms(msgid, translation, glossary):
                        place = _place(finding, entry, number, text, source.path)
                        yield Diagnostic(finding.code, finding.severity, finding.message, place, finding.help, (table,))


def _place(finding: Finding, entry: PoEntry, number: int, text: str, path: str) -> Place:
    start, end = entry.msgstr_at[number]
    if finding.start is None or finding.end is None:
        return Place(path, start, end)
    inner = offset_in(text, start, finding.start)
    return Place(path, inner, max(inner + 1, offset_in(text, start, finding.end)))

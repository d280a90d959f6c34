"""A translation uses the words that the glossary has for the terms of its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, Severity
from kb_gen.load import collection_paused
from kb_gen.locales.catalogs import CatalogSource, catalog_sources
from kb_gen.locales.checks.pair import Finding
from kb_gen.locales.checks.silencing import TERM_CODE, heard, silencing_problems, silencings
from kb_gen.locales.glossary import GLOSSARY_FILE, Glossary, Term, load_glossary
from kb_gen.locales.po import PoEntry, offset_in, read_po, read_po_text
from kb_gen.locales.tags import locale_info
from kb_gen.locales.units import is_message_context

__all__ = ["check_terms", "term_findings", "waiting_term_findings"]


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
        _, wrong = load_glossary(root, locale_info(locale).tag, translations)
        findings.update(dict.fromkeys(wrong))
        findings.update(dict.fromkeys(_in_catalogs(root, locale, translations, _is_approved)))
    return list(findings)


def waiting_term_findings(root: Path, locales: Sequence[str], translations: str = "translations") -> list[Diagnostic]:
    """What would be wrong with the terms of translations that wait for approval; arguments as above."""
    return [
        replace(finding, message=f"{finding.message} (the entry is fuzzy)")
        for locale in locales
        for finding in _in_catalogs(root, locale, translations, _is_fuzzy)
    ]


def _is_approved(entry: PoEntry) -> bool:
    return not entry.fuzzy


def _is_fuzzy(entry: PoEntry) -> bool:
    return entry.fuzzy


def _in_catalogs(root: Path, locale: str, translations: str, chosen: Callable[[PoEntry], bool]) -> Iterator[Diagnostic]:
    """What is wrong with the terms in a locale's own catalogs, as far as their entries are chosen."""
    tag = locale_info(locale).tag
    glossary, _ = load_glossary(root, tag, translations)
    if not len(glossary):
        return
    table = Place(f"{translations}/{GLOSSARY_FILE}", label="the glossary")
    with collection_paused():
        for source in catalog_sources(root, [tag], translations, {})[tag]:
            if source.root == root and source.tag == tag:
                yield from _in_catalog(source, glossary, table, chosen)


def _in_catalog(
    source: CatalogSource, glossary: Glossary, table: Place, chosen: Callable[[PoEntry], bool]
) -> Iterator[Diagnostic]:
    text, _ = read_po_text(source.root, source.path)
    if text is None:
        return
    for entry in read_po(text, source.path)[0].entries:
        if chosen(entry) and not is_message_context(entry.context):
            yield from _in_entry(entry, text, source.path, glossary, table)


def _in_entry(entry: PoEntry, text: str, path: str, glossary: Glossary, table: Place) -> Iterator[Diagnostic]:
    notes = text[entry.span[0] : entry.msgid_at[0]]
    silenced = [silencing for silencing in silencings(notes) if silencing.code == TERM_CODE]
    found: list[Finding] = []
    for number, translation in enumerate(entry.msgstr):
        if translation:
            msgid = entry.msgid if entry.msgid_plural is None or number == 0 else entry.msgid_plural
            findings = list(check_terms(msgid, translation, glossary))
            found += findings
            for finding in heard(findings, silenced):
                place = _place(finding, entry, number, text, path)
                yield Diagnostic(finding.code, finding.severity, finding.message, place, finding.help, (table,))
    if silenced and all(entry.msgstr):
        yield from silencing_problems(silenced, found, path, entry.span[0])


def _place(finding: Finding, entry: PoEntry, number: int, text: str, path: str) -> Place:
    start, end = entry.msgstr_at[number]
    if finding.start is None or finding.end is None:
        return Place(path, start, end)
    inner = offset_in(text, start, finding.start)
    return Place(path, inner, max(inner + 1, offset_in(text, start, finding.end)))

"""Translations of another catalog for the texts of the knowledge base, found by their source text.

A PO file has no events: it is no format of `FORMATS`. What it translates is looked up in the project's catalogs, and
taken into them as other tools' files are, by the same checks and with the same report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.importers.formats.text_files import TextFile, read_text_file
from kb_gen.locales.exchange import (
    Address,
    ImportReport,
    Policy,
    Project,
    ReturnedUnit,
    UnitState,
    chosen_locale,
    form_id,
    import_units,
    open_catalogue,
)
from kb_gen.locales.po import PoEntry, PoFile, read_po
from kb_gen.locales.unit_ids import unit_id

__all__ = ["CatalogCounts", "CatalogImport", "translations_from"]

_DEFAULT = Policy()


class CatalogCounts(Struct, frozen=True):
    """What a catalog had for the knowledge base, in its own entries.

    Attributes:
        file: its name, as it was given.
        entries: those in use that have a translation.
        matched: those of them whose source text is one of the knowledge base's.
        older: obsolete ones, and translations of earlier texts, that were taken where nothing better is there.
        without_counterpart: the source texts of all others that are in use, one for each entry.
    """

    file: str
    entries: int = 0
    matched: int = 0
    older: int = 0
    without_counterpart: tuple[str, ...] = ()


class CatalogImport(Struct, frozen=True):
    """What became of catalogs.

    Attributes:
        report: what was taken, what stood against it, and which catalogs were written.
        counts: of each file, what it had.
        diagnostics: what is odd about the files. An error means that something of them couldn't be taken.
    """

    report: ImportReport
    counts: tuple[CatalogCounts, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class _Candidate(Struct, frozen=True):
    """A translation for a source text, and the entry that has it."""

    entry: PoEntry
    state: UnitState


def translations_from(
    paths: Sequence[Path],
    project: Project,
    locale: str = "",
    encoding: str = "",
    policy: Policy = _DEFAULT,
    save: bool = True,
) -> CatalogImport:
    """Take the translations of other catalogs into the project's.

    Fuzzy translations stay for review; so are obsolete ones, and those of a text that the other catalog has changed
    since (`#| msgid`). White space between words needn't be the same.

    Args:
        paths: PO files.
        project: what to take them into; its catalogs have to be up to date.
        locale: the BCP 47 tag of the language that all of them are in; empty to take what their headers say.
        encoding: what files are encoded in that don't tell; may be empty.
        policy: what to do where the catalogs have a translation already.
        save: False leaves the catalogs as they are, and tells what would be done.
    """
    findings: list[Diagnostic] = []
    counts: list[CatalogCounts] = []
    units: dict[str, list[tuple[str, list[ReturnedUnit]]]] = {}
    texts: dict[str, Mapping[str, Sequence[Address]]] = {}
    for path in paths:
        file, odd = read_text_file(path, encoding)
        findings += odd
        if file is None:
            continue
        catalog, odd = read_po(file.text, file.path)
        findings += odd
        tag = locale or chosen_locale(catalog.fields.get("Language", ""), project.locales)
        if tag is None:
            findings.append(_no_locale(file, catalog, project))
            continue
        if tag not in texts:
            texts[tag], odd = _texts(project, tag)
            findings += odd
        taken, count = _units(file, catalog, texts[tag])
        units.setdefault(tag, []).append((file.path, taken))
        counts.append(count)
    # What nobody made from the project's catalogs corrects nothing in them, not even what waits for review.
    policy = replace(policy, review_stays=True)
    reports = [import_units(project, found, policy, tag, save) for tag, found in units.items()]
    return CatalogImport(_together(reports), tuple(counts), tuple(findings))


def _texts(project: Project, tag: str) -> tuple[Mapping[str, Sequence[Address]], list[Diagnostic]]:
    """Where each source text of the knowledge base stands in the catalogs of a locale."""
    catalogue, findings = open_catalogue(project.root, tag, project.translations)
    if not catalogue.entries and not findings:
        words = f"the project has no catalogs for {tag}, and so no texts to translate"
        findings = [error("import-locale", words, None, "run `kb-gen i18n update`, and import the file again")]
    found: defaultdict[str, list[Address]] = defaultdict(list)
    for address in catalogue.entries.values():
        found[_normal(address.entry.msgid)].append(address)
    return found, findings


def _normal(text: str) -> str:
    return " ".join(text.split())


def _units(
    file: TextFile, catalog: PoFile, texts: Mapping[str, Sequence[Address]]
) -> tuple[list[ReturnedUnit], CatalogCounts]:
    """The translations for entries of the project."""
    translated = [entry for entry in catalog.entries if entry.translated and entry.msgid.strip()]
    candidates: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for entry in translated:
        state = UnitState.FUZZY if entry.fuzzy else UnitState.APPROVED
        candidates[_normal(entry.msgid)].append(_Candidate(entry, state))
    older = 0
    # What is used no more, or belongs to an earlier text, only where nothing better is there.
    for key, entry in _older(catalog):
        if key in texts and key not in candidates:
            candidates[key].append(_Candidate(entry, UnitState.FUZZY))
            older += 1
    units: list[ReturnedUnit] = []
    for key in candidates.keys() & texts.keys():
        for address in texts[key]:
            units += _for_address(file, address, candidates[key])
    units.sort(key=lambda unit: (unit.line, unit.id))
    missing = tuple([entry.msgid for entry in translated if _normal(entry.msgid) not in texts])
    matched = len(translated) - len(missing)
    return units, CatalogCounts(file.path, len(translated), matched, older, missing)


def _older(catalog: PoFile) -> Iterator[tuple[str, PoEntry]]:
    for entry in catalog.entries:
        if entry.previous is not None and entry.fuzzy and entry.translated:
            yield _normal(entry.previous.msgid), entry
    for entry in catalog.obsolete:
        if entry.translated and entry.msgid.strip():
            yield _normal(entry.msgid), entry


def _for_address(file: TextFile, address: Address, candidates: Sequence[_Candidate]) -> Iterator[ReturnedUnit]:
    """What there is for one entry: in its own context, else in none, else in any; all that differ."""
    own = address.entry
    same = [each for each in candidates if each.entry.context == own.context]
    plain = [each for each in candidates if each.entry.context is None]
    near = same or plain or candidates
    fitting = [each for each in near if len(each.entry.msgstr) == len(own.msgstr)]
    if not fitting and len(own.msgstr) == 1:
        # The form for one is the nearest to a text that has no others.
        fitting = [_Candidate(_without_plural(each.entry), UnitState.FUZZY) for each in near]
    fitting.sort(key=lambda each: each.state is not UnitState.APPROVED)
    different = {each.entry.msgstr for each in fitting}
    # Which of several translations suits a text, a person has to decide.
    certain = len(different) == 1 and (bool(same) or bool(plain) or own.context is None)
    for each in fitting:
        state = each.state if certain else UnitState.FUZZY
        name = unit_id(address.domain, own.context, own.msgid)
        for form, text in enumerate(each.entry.msgstr):
            yield ReturnedUnit(
                id=form_id(name, form if len(own.msgstr) > 1 else None),
                source=None,
                target=_fitted(text, each.entry.msgid, own.msgid),
                state=state,
                line=file.line(each.entry.msgstr_at[form][0] if each.entry.msgstr_at else each.entry.span[0]),
            )


def _without_plural(entry: PoEntry) -> PoEntry:
    return replace(entry, msgid_plural=None, msgstr=entry.msgstr[:1], msgstr_at=entry.msgstr_at[:1])


def _fitted(text: str, source: str, own: str) -> str:
    """A translation with the white space of the project's text, where the other catalog's has another."""
    return text if source == own or "\n" in own else _normal(text)


def _no_locale(file: TextFile, catalog: PoFile, project: Project) -> Diagnostic:
    told = catalog.fields.get("Language", "")
    allowed = " or ".join(project.locales)
    words = f"the catalog's language is {told}, and not {allowed}" if told else "the header doesn't tell the language"
    place = (
        file.place(*catalog.header.msgstr_at[0]) if catalog.header and catalog.header.msgstr_at else Place(file.path)
    )
    return error("import-locale", words, place, "name the language with `--language`")


def _together(reports: Sequence[ImportReport]) -> ImportReport:
    return ImportReport(
        tuple(file for report in reports for file in report.files),
        tuple(path for report in reports for path in report.catalogs),
        tuple(finding for report in reports for finding in report.findings),
    )

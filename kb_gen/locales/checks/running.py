"""All checks over one catalog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb_gen.diagnostics import Diagnostic, Place
from kb_gen.locales.catalogs import CatalogFile, CatalogSource, catalog_file
from kb_gen.locales.checks.characters import check_characters
from kb_gen.locales.checks.copied import check_copied
from kb_gen.locales.checks.emphasis import check_emphasis
from kb_gen.locales.checks.headers import check_header, check_plural_counts
from kb_gen.locales.checks.length import SHORTEST_ROOM, check_length, narrowest_room, room_in_notes
from kb_gen.locales.checks.pair import Check, Finding, Pair, PairKind
from kb_gen.locales.checks.placeholders import check_placeholders
from kb_gen.locales.checks.protected_parts import check_protected_parts
from kb_gen.locales.checks.quick import QuickCheck
from kb_gen.locales.checks.quotation_marks import check_quotation_marks
from kb_gen.locales.checks.structure import check_structure
from kb_gen.locales.checks.unsafe_links import check_unsafe_links
from kb_gen.locales.checks.white_space import check_blank, check_doubled_spaces, check_edges
from kb_gen.locales.po import (
    PoEntry,
    PoFile,
    QuickLookup,
    lookup_of,
    offset_in,
    po_text,
    quick_lookup,
    read_po,
    read_po_bytes,
)
from kb_gen.locales.units import MESSAGE_CONTEXT, UI_DOMAIN

__all__ = ["CHECKS", "check_pair", "checked_catalog", "read_catalog"]

CHECKS: Sequence[Check] = (
    check_blank,
    check_protected_parts,
    check_unsafe_links,
    check_emphasis,
    check_placeholders,
    check_characters,
    check_copied,
    check_edges,
    check_doubled_spaces,
    check_quotation_marks,
    check_structure,
    check_length,
)
"""The rules that every approved translation goes through, in the order in which their findings are told."""


def read_catalog(source: CatalogSource) -> CatalogFile:
    """What one catalog says, and everything that is wrong with it. Depends on nothing but the file and `source`.

    Entries that wait for approval are left alone: nobody is shown them.
    """
    data = read_po_bytes(source.root, source.path)
    return CatalogFile(findings=(data,)) if isinstance(data, Diagnostic) else checked_catalog(data, source)


def checked_catalog(data: bytes, source: CatalogSource) -> CatalogFile:
    """What a catalog says that holds `data`, and everything that is wrong with it; see `read_catalog`."""
    text, unreadable = po_text(data, source.path)
    if text is None:
        return CatalogFile(findings=tuple(unreadable))
    quick = quick_lookup(text)
    if quick is not None and _surely_sound(quick, source):
        return catalog_file(quick.lookup, tuple(unreadable), source.syntax)
    catalog, odd = read_po(text, source.path)
    wrong = list(_wrong_translations(catalog, text, source))
    headers = check_header(catalog, text, source.path, source.tag)
    counts = check_plural_counts(catalog, source.path)
    findings = (*unreadable, *odd, *headers, *counts, *wrong)
    lookup = quick.lookup if quick is not None else lookup_of(catalog)
    return catalog_file(lookup, findings, None if wrong else source.syntax)


def _surely_sound(quick: QuickLookup, source: CatalogSource) -> bool:
    """Whether a quick look finds nothing wrong with a catalog, as nearly always.

    Only where it does is the catalog read with care, to learn the places.
    """
    lookup, domain = quick.lookup, source.domain
    header = PoFile(PoEntry("", (lookup.header,), msgstr_at=((0, 0),)))
    if lookup.plurals or not lookup.header or any(check_header(header, "", source.path, source.tag)):
        return False
    proves = QuickCheck(source.tag, source.syntax).proves
    without_context = _kind(None, domain)
    for (key, translation), notes in zip(lookup.texts.items(), quick.notes, strict=True):
        if translation:
            msgid, kind = key, without_context
            if "\x04" in key:
                context, _, msgid = key.rpartition("\x04")
                kind = _kind(context, domain)
            room = room_in_notes(notes) if len(translation) > SHORTEST_ROOM else None
            if not proves(msgid, translation, kind, room) and any(
                check_pair(Pair(msgid, translation, source.tag, kind, source.syntax, room))
            ):
                return False
    return True


def _wrong_translations(catalog: PoFile, text: str, source: CatalogSource) -> Iterator[Diagnostic]:
    proves = QuickCheck(source.tag, source.syntax).proves
    for entry in catalog.entries:
        if entry.fuzzy:
            continue
        kind, room = _kind(entry.context, source.domain), narrowest_room(entry.extracted)
        for number, translation in enumerate(entry.msgstr):
            msgid = _source_form(entry, number)
            if translation and not proves(msgid, translation, kind, room):
                for finding in check_pair(Pair(msgid, translation, source.tag, kind, source.syntax, room)):
                    yield _diagnostic(finding, entry, number, text, source.path, kind)


def check_pair(pair: Pair) -> Iterator[Finding]:
    """Everything that is wrong with one translation."""
    for rule in CHECKS:
        yield from rule(pair)


def _kind(context: str | None, domain: str) -> PairKind:
    if domain == UI_DOMAIN:
        return PairKind.INTERFACE
    return PairKind.MESSAGE if context == MESSAGE_CONTEXT else PairKind.TEXT


def _source_form(entry: PoEntry, number: int) -> str:
    return entry.msgid if entry.msgid_plural is None or number == 0 else entry.msgid_plural


def _diagnostic(finding: Finding, entry: PoEntry, number: int, text: str, path: str, kind: PairKind) -> Diagnostic:
    start, end = entry.msgstr_at[number]
    if finding.start is not None and finding.end is not None:
        inner = offset_in(text, start, finding.start)
        place = Place(path, inner, max(inner + 1, offset_in(text, start, finding.end)))
    else:
        place = Place(path, start, end)
    records = () if kind is PairKind.INTERFACE else entry.references[:1]
    related = tuple(Place(record, label="the source text") for record in records)
    return Diagnostic(finding.code, finding.severity, finding.message, place, finding.help, related)

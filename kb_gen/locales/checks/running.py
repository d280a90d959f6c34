"""All checks over one catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb_gen.diagnostics import Diagnostic, Place
from kb_gen.locales.catalogs import CatalogFile, CatalogSource, catalog_file
from kb_gen.locales.checks.apostrophes import check_apostrophes
from kb_gen.locales.checks.characters import check_characters
from kb_gen.locales.checks.copied import check_copied
from kb_gen.locales.checks.emphasis import check_emphasis
from kb_gen.locales.checks.end_punctuation import check_end_punctuation
from kb_gen.locales.checks.headers import check_header, check_plural_counts
from kb_gen.locales.checks.length import (
    LEAST_GROWTH,
    SHORTEST_LINE,
    SHORTEST_ROOM,
    check_length,
    narrowest_room,
    room_in_notes,
)
from kb_gen.locales.checks.pair import Check, Finding, Pair, PairKind
from kb_gen.locales.checks.placeholders import check_placeholders
from kb_gen.locales.checks.protected_parts import check_protected_parts
from kb_gen.locales.checks.protected_words import check_protected_words
from kb_gen.locales.checks.quick import QuickCheck
from kb_gen.locales.checks.quotation_marks import check_quotation_marks
from kb_gen.locales.checks.silencing import SILENCING_WORD, TERM_CODE, Silencing, heard, silencing_problems, silencings
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
    read_po_text,
)
from kb_gen.locales.units import UI_DOMAIN, is_message_context

__all__ = ["CHECKS", "check_pair", "checked_catalog", "read_catalog", "waiting_findings"]

CHECKS: Sequence[Check] = (
    check_blank,
    check_protected_parts,
    check_unsafe_links,
    check_protected_words,
    check_emphasis,
    check_placeholders,
    check_characters,
    check_copied,
    check_edges,
    check_doubled_spaces,
    check_end_punctuation,
    check_quotation_marks,
    check_apostrophes,
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
    approved = (entry for entry in catalog.entries if not entry.fuzzy)
    wrong = list(_wrong_translations(approved, text, source))
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
    proves = QuickCheck(source.tag, source.syntax, source.words).proves
    without_context = _kind(None, domain)
    for (key, translation), notes in zip(lookup.texts.items(), quick.notes, strict=True):
        if translation:
            msgid, kind = key, without_context
            if "\x04" in key:
                context, _, msgid = key.rpartition("\x04")
                kind = _kind(context, domain)
            length, room = len(translation), None
            if length > SHORTEST_ROOM and (length > SHORTEST_LINE or length > len(msgid) * LEAST_GROWTH):
                room = room_in_notes(notes, msgid)
            silences = SILENCING_WORD in notes
            if silences or not proves(msgid, translation, kind, room):
                pair = Pair(msgid, translation, source.tag, kind, source.syntax, room, source.words)
                if not _is_sound(pair, silencings(notes) if silences else (), source.path):
                    return False
    return True


def _is_sound(pair: Pair, silenced: Sequence[Silencing], path: str) -> bool:
    """Whether there is nothing to say of a translation, nor of what its entry silences."""
    findings = list(check_pair(pair))
    return not heard(findings, silenced) and not any(silencing_problems(_ours(silenced), findings, path, 0))


def _ours(silenced: Sequence[Silencing]) -> list[Silencing]:
    """Silencings of what is found here, or nowhere."""
    return [silencing for silencing in silenced if silencing.code != TERM_CODE]


def _wrong_translations(entries: Iterable[PoEntry], text: str, source: CatalogSource) -> Iterator[Diagnostic]:
    """What is wrong with the translations of some of a catalog's entries; `text` is the file's."""
    proves = QuickCheck(source.tag, source.syntax, source.words).proves
    for entry in entries:
        kind, room = _kind(entry.context, source.domain), narrowest_room(entry.extracted, entry.msgid)
        notes = text[entry.span[0] : entry.msgid_at[0]] if any(SILENCING_WORD in note for note in _notes(entry)) else ""
        silenced = silencings(notes)
        found: list[Finding] = []
        for number, translation in enumerate(entry.msgstr):
            msgid = _source_form(entry, number)
            if translation and (silenced or not proves(msgid, translation, kind, room)):
                findings = list(
                    check_pair(Pair(msgid, translation, source.tag, kind, source.syntax, room, source.words))
                )
                found += findings
                for finding in heard(findings, silenced):
                    yield _diagnostic(finding, entry, number, text, source.path, kind)
        if silenced and all(entry.msgstr):
            yield from silencing_problems(_ours(silenced), found, source.path, entry.span[0])


def _notes(entry: PoEntry) -> Iterator[str]:
    """All that an entry says by comments and flags."""
    yield from entry.comments
    yield from entry.extracted
    yield from entry.flags


def waiting_findings(source: CatalogSource) -> tuple[Diagnostic, ...]:
    """What would be wrong with a catalog's fuzzy entries, were they approved."""
    text, _ = read_po_text(source.root, source.path)
    if text is None:
        return ()
    waiting = [entry for entry in read_po(text, source.path)[0].entries if entry.fuzzy]
    found = _wrong_translations(waiting, text, source)
    return tuple([replace(finding, message=f"{finding.message} (the entry is fuzzy)") for finding in found])


def check_pair(pair: Pair) -> Iterator[Finding]:
    """Everything that is wrong with one translation."""
    for rule in CHECKS:
        yield from rule(pair)


def _kind(context: str | None, domain: str) -> PairKind:
    if domain == UI_DOMAIN:
        return PairKind.INTERFACE
    return PairKind.MESSAGE if is_message_context(context) else PairKind.TEXT


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

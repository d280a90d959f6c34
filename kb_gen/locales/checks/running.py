"""All checks over all catalogs of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place
from kb_gen.locales.catalogs import MESSAGES, catalog_path
from kb_gen.locales.checks.characters import check_characters
from kb_gen.locales.checks.copied import check_copied
from kb_gen.locales.checks.emphasis import check_emphasis
from kb_gen.locales.checks.headers import check_header, check_plural_counts
from kb_gen.locales.checks.length import SHORTEST_ROOM, check_length, room_for
from kb_gen.locales.checks.pair import Check, Finding, Pair, PairKind
from kb_gen.locales.checks.placeholders import check_placeholders
from kb_gen.locales.checks.protected_parts import check_protected_parts
from kb_gen.locales.checks.quotation_marks import check_quotation_marks
from kb_gen.locales.checks.structure import check_structure
from kb_gen.locales.checks.unsafe_links import check_unsafe_links
from kb_gen.locales.checks.white_space import check_blank, check_doubled_spaces, check_edges
from kb_gen.locales.po import PoEntry, PoFile, offset_in, quick_lookup, read_po, read_po_text
from kb_gen.locales.protection import domain_syntaxes
from kb_gen.locales.tags import folder_name, locale_info
from kb_gen.locales.units import MESSAGE_CONTEXT, UI_DOMAIN
from kb_gen.model import KnowledgeBase, MessageSyntax

__all__ = ["CHECKS", "CatalogCheck", "check", "check_catalog", "check_pair"]

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


CatalogCheck = Callable[[Path, str, str, MessageSyntax], Sequence[Diagnostic]]
"""Checks one catalog, as `check_catalog` does."""


def check(
    root: Path,
    kb: KnowledgeBase,
    locales: Sequence[str],
    translations: str = "translations",
    check_one: CatalogCheck | None = None,
) -> list[Diagnostic]:
    """Everything that is wrong with the catalogs of `locales`, with its place in the PO file.

    Entries that wait for approval are left alone: nobody is shown them.

    Args:
        root: the project's root.
        kb: the knowledge base, which knows how each source writes its message templates.
        locales: BCP 47 tags; those without catalogs have nothing wrong in them.
        translations: the folder of the catalogs, relative to `root`.
        check_one: stands in for `check_catalog`, for callers that know what it said before.

    Raises:
        UnknownLocale: there is no such locale.
    """
    syntaxes = domain_syntaxes(kb)
    findings: list[Diagnostic] = []
    for locale in locales:
        tag = locale_info(locale).tag
        folder = root / translations / folder_name(tag) / MESSAGES
        for file in sorted(folder.glob("*.po")):
            path = catalog_path(translations, tag, file.stem)
            syntax = syntaxes.get(file.stem, MessageSyntax.FORMATMESSAGE)
            findings.extend((check_one or check_catalog)(root, path, tag, syntax))
    return findings


def check_catalog(root: Path, path: str, tag: str, syntax: MessageSyntax) -> Sequence[Diagnostic]:
    """Everything that is wrong with one catalog. Depends on nothing but its file and the arguments.

    Args:
        root: the project's root.
        path: the catalog, relative to `root`, with `/`.
        tag: the BCP 47 tag of its locale.
        syntax: how its domain's message templates are written.
    """
    text, findings = read_po_text(root, path)
    if text is None or _sound(text, path, tag, syntax):
        return findings
    catalog, odd = read_po(text, path)
    return [*findings, *odd, *_catalog_findings(catalog, text, path, tag, syntax)]


def _sound(text: str, path: str, tag: str, syntax: MessageSyntax) -> bool:
    """Whether a quick look finds nothing wrong with a catalog, as nearly always.

    Only where it does is the catalog read with care, to learn the places.
    """
    lookup = quick_lookup(text)
    if lookup is None or lookup.plurals:
        return False
    header = PoFile(PoEntry("", (lookup.header,), msgstr_at=((0, 0),)))
    if not lookup.header or any(check_header(header, "", path, tag)):
        return False
    domain = Path(path).stem
    for key, translation in lookup.texts.items():
        if translation:
            context, separator, msgid = key.rpartition("\x04")
            kind = _kind(context if separator else None, domain)
            long = len(translation) > SHORTEST_ROOM
            room = _room(_extracted(lookup.notes[key])) if long else None
            if any(check_pair(Pair(msgid, translation, tag, kind, syntax, room))):
                return False
    return True


def _catalog_findings(catalog: PoFile, text: str, path: str, tag: str, syntax: MessageSyntax) -> Iterator[Diagnostic]:
    yield from check_header(catalog, text, path, tag)
    yield from check_plural_counts(catalog, path)
    domain = Path(path).stem
    for entry in catalog.entries:
        if entry.fuzzy:
            continue
        for number, translation in enumerate(entry.msgstr):
            if translation:
                kind, room = _kind(entry.context, domain), _room(entry.extracted)
                pair = Pair(_source_form(entry, number), translation, tag, kind, syntax, room)
                for finding in check_pair(pair):
                    yield _diagnostic(finding, entry, number, text, path, pair.kind)


def check_pair(pair: Pair) -> Iterator[Finding]:
    """Everything that is wrong with one translation."""
    for rule in CHECKS:
        yield from rule(pair)


def _extracted(notes: str) -> Iterator[str]:
    """The comments for the translator among the lines before an entry."""
    return (line.removeprefix("#. ") for line in notes.split("\n") if line.startswith("#. "))


def _room(extracted: Iterable[str]) -> int | None:
    """The room of the narrowest of the places where a text is shown."""
    return min((room for comment in extracted if (room := room_for(comment)) is not None), default=None)


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

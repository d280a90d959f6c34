"""What an export holds: the chosen units of a locale's catalogs, in the catalogs' order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Severity
from kb_gen.locales.catalogs import MESSAGES, catalog_path
from kb_gen.locales.checks.length import narrowest_room
from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.exchange.units import Mark, Note, NoteKind, OutgoingUnit, Previous, UnitState, form_id
from kb_gen.locales.glossary.noting import TERM_NOTE
from kb_gen.locales.merging import SUGGESTED
from kb_gen.locales.plural_forms import PluralForms, plural_forms, standard_plural_forms
from kb_gen.locales.po import PoEntry, PoFile, read_po_file
from kb_gen.locales.protection import domain_syntaxes
from kb_gen.locales.tags import folder_name, locale_info
from kb_gen.locales.unit_ids import unit_id
from kb_gen.locales.units import UI_DOMAIN, is_message_context
from kb_gen.model import KnowledgeBase, MessageSyntax

__all__ = [
    "Choice",
    "Parcel",
    "Shipment",
    "catalog_domains",
    "entry_state",
    "kind_of",
    "room_of",
    "shipment",
    "source_form",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which units of the catalogs go out.

    Attributes:
        domains: only those of these catalogs; all if empty.
        states: only those in these states; all if empty.
        units: only those with these ids; None for all.
        messages: message templates without a translation, too: only who knows the product's own words can translate
            them, and they don't count as missing.
    """

    domains: Collection[str] = ()
    states: Collection[UnitState] = ()
    units: Collection[str] | None = None
    messages: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """The units of one catalog."""

    domain: str
    path: str
    units: tuple[OutgoingUnit, ...]


@dataclass(frozen=True, slots=True)
class Shipment:
    """An export.

    Attributes:
        source_language: the BCP 47 tag of the language to translate from.
        source_direction: `ltr` or `rtl`.
        locale: the BCP 47 tag of the locale to translate into.
        direction: `ltr` or `rtl`.
        parcels: the catalogs that have any of the chosen units.
    """

    source_language: str
    source_direction: str
    locale: str
    direction: str
    parcels: tuple[Parcel, ...]

    @property
    def units(self) -> Iterator[OutgoingUnit]:
        """All units."""
        return (unit for parcel in self.parcels for unit in parcel.units)


def catalog_domains(root: Path, locale: str, translations: str = "translations") -> tuple[str, ...]:
    """The catalogs that a project has in a locale.

    Raises:
        UnknownLocale: there is no such locale.
    """
    folder = root / translations / folder_name(locale) / MESSAGES
    return tuple(sorted(file.stem for file in folder.glob("*.po")))


def shipment(
    root: Path, kb: KnowledgeBase, locale: str, choice: Choice, translations: str = "translations", source: str = "en"
) -> tuple[Shipment, list[Diagnostic]]:
    """The chosen units of a locale's catalogs, and what is wrong with those.

    Args:
        root: the project's root.
        kb: the knowledge base, which knows how each source writes its message templates.
        locale: the BCP 47 tag of the locale.
        choice: which units.
        translations: the folder of the catalogs, relative to `root`.
        source: the BCP 47 tag of the language that records are written in.

    Raises:
        UnknownLocale: there is no such locale.
    """
    info, origin = locale_info(locale), locale_info(source)
    syntaxes = domain_syntaxes(kb)
    parcels: list[Parcel] = []
    findings: list[Diagnostic] = []
    for domain in catalog_domains(root, info.tag, translations):
        if choice.domains and domain not in choice.domains:
            continue
        path = catalog_path(translations, info.tag, domain)
        catalog, odd = read_po_file(root, path)
        findings.extend(finding for finding in odd if finding.severity is Severity.ERROR)
        if catalog is not None:
            syntax = syntaxes.get(domain, MessageSyntax.FORMATMESSAGE)
            units = tuple(_chosen_units(catalog, domain, info.tag, syntax, choice))
            if units:
                parcels.append(Parcel(domain, path, units))
    return Shipment(origin.tag, origin.direction, info.tag, info.direction, tuple(parcels)), findings


def _chosen_units(
    catalog: PoFile, domain: str, tag: str, syntax: MessageSyntax, choice: Choice
) -> Iterator[OutgoingUnit]:
    forms = plural_forms(catalog.fields.get("Plural-Forms", "")) or standard_plural_forms(tag)
    for entry in catalog.entries:
        state = entry_state(entry)
        left_to_product = kind_of(entry, domain) is PairKind.MESSAGE and state is UnitState.UNTRANSLATED
        if (choice.states and state not in choice.states) or (left_to_product and not choice.messages):
            continue
        name = unit_id(domain, entry.context, entry.msgid)
        if choice.units is None or name in choice.units:
            yield from _units(entry, name, domain, syntax, forms)


def _units(entry: PoEntry, name: str, domain: str, syntax: MessageSyntax, forms: PluralForms) -> Iterator[OutgoingUnit]:
    state = entry_state(entry)
    mark = Mark.of(entry.msgstr, state)
    plural = entry.msgid_plural is not None
    for form, target in enumerate(entry.msgstr):
        notes = (Note(NoteKind.FORM, _form_note(form, len(entry.msgstr), forms)),) if plural else ()
        yield OutgoingUnit(
            id=form_id(name, form if plural else None),
            source=source_form(entry, form),
            target=target,
            state=state if target else UnitState.UNTRANSLATED,
            mark=mark,
            context=entry.context or "",
            notes=(*_notes(entry), *notes, *(Note(NoteKind.FILE, path) for path in entry.references)),
            comments=tuple(comment.removeprefix(" ") for comment in entry.comments if comment.strip()),
            previous=_previous(entry, form) if target else None,
            room=_room(entry, form),
            kind=kind_of(entry, domain),
            syntax=syntax,
            forms=len(entry.msgstr) if plural else 0,
        )


def room_of(entry: PoEntry) -> int | None:
    """How many characters fit in the narrowest place that shows an entry's text; None for running text."""
    return narrowest_room(entry.extracted, entry.msgid)


def _room(entry: PoEntry, form: int) -> int | None:
    """How long a translation may be: what the source takes, there is room for."""
    room = room_of(entry)
    return None if room is None else max(room, len(source_form(entry, form)))


def entry_state(entry: PoEntry) -> UnitState:
    """How far an entry's translation is."""
    if not any(entry.msgstr):
        return UnitState.UNTRANSLATED
    return UnitState.FUZZY if entry.fuzzy else UnitState.APPROVED


def kind_of(entry: PoEntry, domain: str) -> PairKind:
    """How an entry's texts are read."""
    if domain == UI_DOMAIN:
        return PairKind.INTERFACE
    return PairKind.MESSAGE if is_message_context(entry.context) else PairKind.TEXT


def source_form(entry: PoEntry, form: int) -> str:
    """The source text of one of an entry's forms."""
    return entry.msgid if entry.msgid_plural is None or form == 0 else entry.msgid_plural


_KINDS = (
    (NoteKind.INSERTION, re.compile(r"%[0-9]+: ")),
    (NoteKind.AROUND, re.compile("(?:preceded|followed) by: ")),
    (NoteKind.TERM, re.compile(re.escape(TERM_NOTE))),
    (NoteKind.SUGGESTION, re.compile(re.escape(SUGGESTED))),
    (NoteKind.ADDRESS, re.compile(r"https?://\S+\Z")),
)


def _notes(entry: PoEntry) -> Iterator[Note]:
    for comment in entry.extracted:
        if comment.strip():
            kinds = (kind for kind, expression in _KINDS if expression.match(comment))
            yield Note(next(kinds, NoteKind.PLACE), comment)


_SHOWN_NUMBERS = 5
_TRIED_NUMBERS = 200


def _form_note(form: int, count: int, forms: PluralForms) -> str:
    numbers = [number for number in range(_TRIED_NUMBERS) if forms.index(number) == form]
    told = ", ".join(map(str, numbers[:_SHOWN_NUMBERS]))
    more = " …" if len(numbers) > _SHOWN_NUMBERS else ""
    return f"form {form + 1} of {count}" + (f", for {told}{more}" if told else "")


def _previous(entry: PoEntry, form: int) -> Previous | None:
    if entry.previous is None or not entry.fuzzy:
        return None
    plural = entry.previous.msgid_plural
    source = entry.previous.msgid if form == 0 or plural is None else plural
    return Previous(source, entry.msgstr[form])

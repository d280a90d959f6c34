"""Files from translators taken into the catalogs: entry by entry, all that is in order, and a reason for the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error
from kb_gen.load.xml_reading import BrokenXml
from kb_gen.locales.edits import Edit, Outcome, save_edits
from kb_gen.locales.exchange.addresses import Address, Catalogue, Nowhere, chosen_locale, open_catalogue
from kb_gen.locales.exchange.formats import reader_for
from kb_gen.locales.exchange.judging import Judgement, Policy, judge
from kb_gen.locales.exchange.reports import FileReport, ImportReport, Refusal
from kb_gen.locales.exchange.tables import UnreadableTable
from kb_gen.locales.exchange.units import ReturnedUnit
from kb_gen.locales.po import Key
from kb_gen.locales.protection import domain_syntaxes
from kb_gen.model import KnowledgeBase, MessageSyntax

__all__ = ["Project", "import_files", "import_units"]

_LARGEST = 500_000_000
_MOST_UNITS = 1_000_000
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Project:
    """What translations are taken into.

    Attributes:
        root: the project's root.
        kb: the knowledge base, which knows how each source writes its message templates.
        locales: the BCP 47 tags of the locales that are translated.
        translations: the folder of the catalogs, relative to `root`.
    """

    root: Path
    kb: KnowledgeBase
    locales: tuple[str, ...]
    translations: str = "translations"


@dataclass(slots=True)
class _Entry:
    """What one file has for one entry."""

    address: Address
    tag: str
    units: dict[int, ReturnedUnit] = field(default_factory=dict)

    @property
    def first(self) -> ReturnedUnit:
        return next(iter(self.units.values()))


@dataclass(slots=True)
class _Counts:
    """What becomes of one file, while it is found out."""

    file: str
    locales: dict[str, None] = field(default_factory=dict)
    saved: int = 0
    approved: int = 0
    unchanged: int = 0
    untranslated: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def report(self) -> FileReport:
        in_order = sorted(self.refusals, key=lambda refusal: refusal.line)
        counts = (self.saved, self.approved, self.unchanged, self.untranslated)
        return FileReport(self.file, tuple(self.locales), *counts, tuple(in_order))


@dataclass(frozen=True, slots=True)
class _Planned:
    """An edit to save, and what is then told of it."""

    edit: Edit
    entry: _Entry
    counts: _Counts
    note: Refusal | None


def import_files(
    project: Project,
    files: Sequence[Path],
    policy: Policy,
    locale: str | None = None,
    save: bool = True,
    told: Callable[[int], None] | None = None,
) -> ImportReport:
    """Take the translations of files into the catalogs.

    Args:
        project: what to take them into.
        files: the files, of any form that exports have.
        policy: what to do where it isn't plain.
        locale: the BCP 47 tag of the only locale to take; None for each file's own.
        save: False leaves the catalogs as they are, and tells what would be done.
        told: is called with the number of units read, now and then.
    """
    return _Import(project, policy, locale, told).run(files, save)


def import_units(
    project: Project,
    units: Sequence[tuple[str, Sequence[ReturnedUnit]]],
    policy: Policy,
    locale: str,
    save: bool = True,
) -> ImportReport:
    """Take translations into the catalogs that were read from files of another kind.

    Args:
        project: what to take them into.
        units: the name of each file with its translations.
        policy: what to do where it isn't plain.
        locale: the BCP 47 tag of the locale that they are in.
        save: False leaves the catalogs as they are, and tells what would be done.
    """
    return _Import(project, policy, locale, None).run(units, save)


class _Import:
    """One run over several files."""

    def __init__(
        self, project: Project, policy: Policy, locale: str | None, told: Callable[[int], None] | None
    ) -> None:
        self._project = project
        self._policy = policy
        self._locale = locale
        self._told = told
        self._syntaxes = domain_syntaxes(project.kb)
        self._catalogues: dict[str, Catalogue] = {}
        self._findings: list[Diagnostic] = []
        self._claimed: dict[tuple[str, Key], _Entry] = {}
        self._planned: dict[str, list[_Planned]] = {}

    def run(self, files: Sequence[Path | tuple[str, Sequence[ReturnedUnit]]], save: bool) -> ImportReport:
        """The report on all files, which are read here or have been read before."""
        counted = [self._file(file) if isinstance(file, Path) else self._counted(*file) for file in files]
        written = []
        for path, planned in sorted(self._planned.items()):
            done = self._saved(path, planned) if save else [_outlook(one) for one in planned]
            for one, outcome in zip(planned, done, strict=True):
                self._count(one, outcome)
            if Outcome.SAVED in done:
                written.append(path)
        return ImportReport(tuple(counts.report() for counts in counted), tuple(written), tuple(self._findings))

    def _file(self, file: Path) -> _Counts:
        try:
            units = self._read(file)
        except (UnreadableTable, BrokenXml) as reason:
            help_text = (
                reason.help if isinstance(reason, UnreadableTable) else "export it anew from the tool it is from"
            )
            refusal = Refusal("import-unreadable-file", str(reason), help_text, reason.line)
            return _Counts(str(file), refusals=[refusal])
        return self._counted(str(file), units)

    def _counted(self, file: str, units: Sequence[ReturnedUnit]) -> _Counts:
        counts = _Counts(file)
        for entry in self._entries(units, counts):
            self._plan(entry, counts)
        return counts

    def _read(self, file: Path) -> list[ReturnedUnit]:
        if file.stat().st_size > _LARGEST:
            raise UnreadableTable(f"the file is larger than {_LARGEST // 1_000_000} MB")
        units: list[ReturnedUnit] = []
        with file.open("rb") as stream:
            reader = reader_for(stream.read(4096))
            stream.seek(0)
            for unit in reader(stream):
                units.append(unit)
                if len(units) > _MOST_UNITS:
                    raise UnreadableTable(f"the file has more than {_MOST_UNITS:,} texts")
                if self._told and len(units) % 1000 == 0:
                    self._told(1000)
        return units

    def _entries(self, units: Sequence[ReturnedUnit], counts: _Counts) -> list[_Entry]:
        """The entries that units belong to; those that belong to none are refused."""
        found: dict[tuple[str, Key], _Entry] = {}
        for unit in units:
            try:
                tag = self._tag(unit)
                address = self._catalogue(tag).address(unit)
            except Nowhere as reason:
                if unit.target:
                    refusal = Refusal(reason.code, str(reason), reason.help, unit.line, unit, reason.near)
                    counts.refusals.append(refusal)
                else:
                    counts.untranslated += 1
                continue
            counts.locales[tag] = None
            entry = found.setdefault((address.path, address.entry.key), _Entry(address, tag))
            known = entry.units.get(address.form)
            if problem := _problem(unit, known):
                counts.refusals.append(replace(problem, address=address))
            elif known is None or not known.target:
                entry.units[address.form] = unit
        return [entry for entry in found.values() if entry.units]

    def _tag(self, unit: ReturnedUnit) -> str:
        allowed = (self._locale,) if self._locale else self._project.locales
        if not unit.locale:
            if len(allowed) == 1:
                return allowed[0]
            message = "the file doesn't tell which language it is in"
            raise Nowhere("import-locale", message, "name the locale with `--locale`")
        tag = chosen_locale(unit.locale, allowed)
        if tag is None:
            message = f"the translation is into {unit.locale}, and not into {' or '.join(allowed)}"
            raise Nowhere("import-locale", message, "import it where that language is translated")
        return tag

    def _catalogue(self, tag: str) -> Catalogue:
        if tag not in self._catalogues:
            catalogue, findings = open_catalogue(self._project.root, tag, self._project.translations)
            self._catalogues[tag] = catalogue
            self._findings.extend(findings)
        return self._catalogues[tag]

    def _plan(self, entry: _Entry, counts: _Counts) -> None:
        address = entry.address
        first = self._claimed.setdefault((address.path, address.entry.key), entry)
        if first is not entry and _texts(first) != _texts(entry):
            message = "another of these files has another translation of this text"
            refusal = Refusal(
                "import-twice", message, "import one of them alone", entry.first.line, entry.first, address
            )
            counts.refusals.append(refusal)
            return
        syntax = self._syntaxes.get(address.domain, MessageSyntax.FORMATMESSAGE)
        judgement = judge(address, entry.units, entry.tag, syntax, self._policy)
        note = _note(judgement, entry)
        if judgement.edit is None:
            if note:
                counts.refusals.append(note)
            elif any(unit.target for unit in entry.units.values()):
                counts.unchanged += 1
            else:
                counts.untranslated += 1
        elif first is entry:
            self._planned.setdefault(address.path, []).append(_Planned(judgement.edit, entry, counts, note))
        else:
            counts.unchanged += 1

    def _saved(self, path: str, planned: Sequence[_Planned]) -> list[Outcome]:
        try:
            done, findings = save_edits(self._project.root, path, [one.edit for one in planned])
        except OSError as reason:
            self._findings.append(_not_written(path, reason))
            return [Outcome.NOT_WRITTEN] * len(planned)
        self._findings.extend(findings)
        return [edited.outcome for edited in done]

    @staticmethod
    def _count(one: _Planned, outcome: Outcome) -> None:
        counts = one.counts
        if outcome is Outcome.SAVED:
            counts.saved += 1
            counts.approved += not one.edit.fuzzy
        elif outcome is Outcome.UNCHANGED:
            counts.unchanged += 1
        if outcome in {Outcome.SAVED, Outcome.UNCHANGED}:
            counts.refusals += [one.note] if one.note else []
            return
        code, message = _OUTCOMES[outcome]
        unit = one.entry.first
        counts.refusals.append(Refusal(code, message, "import the file again", unit.line, unit, one.entry.address))


_OUTCOMES = {
    Outcome.CONFLICT: ("import-conflict", "the catalog's translation has changed while the file was imported"),
    Outcome.UNKNOWN: ("import-unknown-unit", "the catalog's entry is gone since the file was read"),
    Outcome.UNFITTING: ("import-incomplete", "the catalog's header wants another number of plural forms"),
    Outcome.NOT_WRITTEN: ("import-not-saved", "the catalog couldn't be written"),
}


def _problem(unit: ReturnedUnit, known: ReturnedUnit | None) -> Refusal | None:
    """Why a unit isn't taken, whatever it belongs to; `known` is the first of the file for the same text."""
    if unit.problem:
        help_text = "correct it where the file comes from, or translate this text in the catalog"
        return Refusal("import-not-a-text", unit.problem, help_text, unit.line, unit)
    if _UNWRITABLE.search(unit.target):
        message = "the translation holds a null character or half of a surrogate pair, which no catalog can"
        return Refusal("import-not-a-text", message, "delete the character", unit.line, unit)
    if known is not None and known.target and unit.target and unit.target != known.target:
        message = f"the file translates this text twice, first in line {known.line}, and not alike"
        return Refusal("import-twice", message, "keep the better one", unit.line, unit)
    return None


def _outlook(one: _Planned) -> Outcome:
    """What would become of an edit."""
    entry, edit = one.entry.address.entry, one.edit
    same = (edit.msgstr, edit.fuzzy) == (entry.msgstr, entry.fuzzy) and edit.comments in {None, entry.comments}
    return Outcome.UNCHANGED if same else Outcome.SAVED


def _texts(entry: _Entry) -> dict[int, str]:
    return {form: unit.target for form, unit in entry.units.items()}


def _note(judgement: Judgement, entry: _Entry) -> Refusal | None:
    if not judgement.code:
        return None
    unit, taken = entry.first, judgement.edit is not None
    return Refusal(judgement.code, judgement.message, judgement.help, unit.line, unit, entry.address, taken)


def _not_written(path: str, reason: OSError) -> Diagnostic:
    words = reason.strerror or str(reason)
    help_text = "close other programs that have it open, see whether it may be written, and import again"
    return error("import-not-saved", f"the catalog can't be written: {words}", Place(path), help_text)

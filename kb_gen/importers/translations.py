"""The messages of a file in further languages, as translations in the project's catalogs: exactly as shipped.

A translation that people have approved stays, unless it is to be overwritten. One that a build would refuse to show
waits for review.
"""

from __future__ import annotations

import errno
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from kb_gen.diagnostics import Diagnostic, Place, Severity, warning
from kb_gen.importers.imported import Imported, ImportedEvent
from kb_gen.importers.reports import Merge
from kb_gen.importers.sources import nearest_language
from kb_gen.locales import (
    Edit,
    Outcome,
    UpdateOrder,
    catalog_path,
    message_context,
    planned_templates,
    planned_update,
    record_domain,
    save_edits,
    source_domain,
    update,
    write_changes,
)
from kb_gen.locales.checks.pair import Pair, PairKind
from kb_gen.locales.checks.running import check_pair
from kb_gen.locales.edits import Before
from kb_gen.locales.glossary import load_glossary
from kb_gen.locales.language_fit import language_fit
from kb_gen.locales.po import Key, PoEntry, read_po
from kb_gen.model import Entry, KnowledgeBase, MessageSyntax

__all__ = [
    "Catalogs",
    "LocaleReport",
    "TranslationPlan",
    "plan_translations",
    "save_translations",
    "untaken",
]


class Catalogs(Struct, frozen=True):
    """Where translations go.

    Attributes:
        root: the project's root.
        locales: the BCP 47 tags of the locales that are translated.
        translations: the folder of the catalogs, relative to `root`.
        site_name: the name that templates give the project.
        workbench: the address of the translators' workbench; may be empty.
    """

    root: Path
    locales: tuple[str, ...]
    translations: str = "translations"
    site_name: str = "Knowledge base"
    workbench: str = ""


class LocaleReport(Struct, frozen=True):
    """What becomes of the translations into one locale.

    Attributes:
        locale: its BCP 47 tag.
        saved: how many are new or replace another.
        unchanged: how many are there already.
        review: how many of those wait for review, since this import or an earlier one.
        kept: how many aren't taken, because people have approved others.
    """

    locale: str
    saved: int = 0
    unchanged: int = 0
    review: int = 0
    kept: int = 0


class TranslationPlan(Struct, frozen=True):
    """What is to be saved into catalogs.

    Attributes:
        order: how templates and catalogs are brought up to date before.
        edits: what to save then, by catalog.
        catalogs: the catalogs that change, by path relative to the project's root.
        reports: what becomes of each locale.
        diagnostics: what isn't taken as it is, and what is wrong with the catalogs.
    """

    orders: Mapping[str, UpdateOrder]
    edits: Mapping[str, tuple[Edit, ...]]
    catalogs: tuple[str, ...]
    reports: tuple[LocaleReport, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """Whether nothing may be written."""
        return any(finding.severity is Severity.ERROR for finding in self.diagnostics)


def plan_translations(catalogs: Catalogs, imported: Imported, merge: Merge, overwrite: bool = False) -> TranslationPlan:
    """What becomes of the messages, and of the descriptions of sources, in further languages.

    Args:
        catalogs: where they go.
        imported: what the file has.
        merge: what becomes of their records.
        overwrite: whether they replace translations that people have approved.
    """
    kb, events = merge.knowledge_base, imported.events
    templates = planned_templates(catalogs.root, kb, catalogs.site_name, catalogs.translations, catalogs.workbench)
    plan = _Plan(kb, overwrite)
    orders: dict[str, UpdateOrder] = {}
    # Where no event is taken, there is nothing to translate that wasn't there before.
    for tag in catalogs.locales if any(merge.entries) else ():
        glossary, wrong = load_glossary(catalogs.root, tag, catalogs.translations)
        orders[tag] = UpdateOrder(catalogs.translations, catalogs.workbench, templates, glossary=glossary)
        updates, odd = planned_update(catalogs.root, tag, orders[tag])
        plan.findings += [finding for finding in (*wrong, *odd) if finding.severity is Severity.ERROR]
        plan.changed |= dict.fromkeys(templates.changes)
        plan.changed |= {update.path: None for update in updates if update.written}
        contents = {update.path: update.content for update in updates}
        wanted = _wanted(events, merge.entries, kb, tag, catalogs.translations)
        for path, described in _descriptions(imported, merge, tag, catalogs.translations):
            wanted.setdefault(path, []).append(described)
        plan.left_over(events, merge.entries, tag)
        for path, units in wanted.items():
            plan.catalog(path, tag, contents.get(path, b""), units)
        plan.close(tag)
    return TranslationPlan(orders, plan.edits, tuple(plan.changed), tuple(plan.reports), tuple(plan.findings))


def save_translations(root: Path, plan: TranslationPlan) -> list[Diagnostic]:
    """Write templates and catalogs; gives what couldn't be written.

    Raises:
        OSError: a file can't be written; those before it are. If nobody may write there, none is.
    """
    for folder in dict.fromkeys((root / path).parent for path in plan.catalogs):
        # A replaced file's own permissions say nothing: another file is renamed to it.
        if folder.is_dir() and not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    findings: list[Diagnostic] = []
    for tag, order in plan.orders.items():
        write_changes(root, order.templates.changes)
        _, odd = update(root, tag, order)
        findings += [finding for finding in odd if finding.severity is Severity.ERROR]
    for path, edits in plan.edits.items():
        done, odd = save_edits(root, path, edits)
        findings += odd
        lost = sum(edited.outcome not in {Outcome.SAVED, Outcome.UNCHANGED} for edited in done)
        if lost and not odd:
            saved = "1 translation wasn't" if lost == 1 else f"{lost} translations weren't"
            message = f"{saved} saved: somebody has changed the catalog meanwhile"
            findings.append(warning("import-translation-differs", message, Place(path), "import the file again"))
    return findings


def untaken(events: Iterable[ImportedEvent], locales: Sequence[str], kb: KnowledgeBase) -> dict[str, int]:
    """The languages that events have messages in and that no locale takes, each with their number."""
    counted: Counter[str] = Counter()
    for event in events:
        own = kb.event_source(event.record).message_language
        counted.update(tag for tag in event.messages if tag != own)
    return {
        tag: number
        for tag, number in sorted(counted.items())
        if all(language_fit(tag, locale) is None for locale in locales)
    }


class _Unit(Struct, frozen=True):
    """A text to translate, its translation, and what it is.

    Attributes:
        key: its key in the catalog.
        text: the translation.
        what: what it is, for findings: `message of Disk 7 (FULL)`.
        place: where the file has it.
        kind: how it is read.
        syntax: how message templates mark insertion strings.
    """

    key: Key
    text: str
    what: str
    place: Place
    kind: PairKind
    syntax: MessageSyntax


def _wanted(
    events: Sequence[ImportedEvent],
    entries: Sequence[Entry | None],
    kb: KnowledgeBase,
    tag: str,
    translations: str,
) -> dict[str, list[_Unit]]:
    """The messages in a language, by the catalog that they belong to."""
    found: defaultdict[str, list[_Unit]] = defaultdict(list)
    for event, entry in zip(events, entries, strict=True):
        if entry is None:
            continue
        own = kb.event_source(entry.record).message_language
        if own == tag:
            continue
        language = nearest_language(tuple(event.messages), tag, own)
        msgid = _shipped(entry, event.messages.get(own, "")) if language else ""
        if language and msgid:
            path = catalog_path(translations, tag, record_domain(entry.record, kb))
            key = Key(message_context(entry.record), msgid)
            syntax = kb.event_source(entry.record).syntax
            what = f"message of {_titled(entry)}"
            found[path].append(
                _Unit(key, event.messages[language], what, event.place_of(language), PairKind.MESSAGE, syntax)
            )
    return found


def _descriptions(imported: Imported, merge: Merge, tag: str, translations: str) -> Iterator[tuple[str, _Unit]]:
    """The descriptions of sources in a language, where products.yml says what the file does; and their catalogs."""
    products = {entry.record.product for entry in merge.entries if entry}
    for name, described in imported.descriptions.items():
        own = imported.sources[name]
        language = nearest_language(tuple(described.texts), tag, own.message_language)
        for product in products if language and tag != own.message_language else ():
            source = merge.knowledge_base.products[product].sources.get(name)
            if source is not None and source.description == own.description:
                path = catalog_path(translations, tag, source_domain(name, source.address))
                key, text = Key(None, " ".join(own.description.split())), described.texts[language]
                unit = _Unit(key, text, f"description of {name}", described.place, PairKind.TEXT, source.syntax)
                yield path, unit


def _shipped(entry: Entry, template: str) -> str:
    """The message of a record that a translation belongs to: what the file has in the source's own language."""
    record = entry.record
    known = [message for message in (record.message, *(variant.message for variant in record.variants)) if message]
    if not template:
        return known[0] if len(known) == 1 else ""
    return next((message for message in known if message.rstrip("\n") == template.rstrip("\n")), "")


class _Plan:
    """What is to be saved, while it is worked out."""

    def __init__(self, kb: KnowledgeBase, overwrite: bool) -> None:
        self._kb = kb
        self._overwrite = overwrite
        self._counts: Counter[str] = Counter()
        self.changed: dict[str, None] = {}
        self.edits: dict[str, tuple[Edit, ...]] = {}
        self.reports: list[LocaleReport] = []
        self.findings: list[Diagnostic] = []

    def close(self, tag: str) -> None:
        """A locale is done."""
        counts = self._counts
        self.reports.append(LocaleReport(tag, counts["saved"], counts["unchanged"], counts["review"], counts["kept"]))
        self._counts = Counter()

    def left_over(self, events: Sequence[ImportedEvent], entries: Sequence[Entry | None], tag: str) -> None:
        """Tell messages that translate none of their record: it has none, or one that says something else."""
        for event, entry in zip(events, entries, strict=True):
            if entry is None:
                continue
            own = self._kb.event_source(entry.record).message_language
            language = nearest_language(tuple(event.messages), tag, own)
            if own == tag or not language:
                continue
            if not _shipped(entry, event.messages.get(own, "")):
                self._counts["kept"] += 1
                if not entry.record.message:
                    # Told of all languages together.
                    continue
                reason = "whose message is another one"
                message = f"the {tag} message of {_titled(entry)} isn't taken into its record, {reason}"
                help_text = f"give the record the message that the file has in `{own}`, and import again"
                self.findings.append(
                    warning(
                        "import-translation-differs", message, event.place_of(language), help_text, (Place(entry.path),)
                    )
                )

    def catalog(self, path: str, tag: str, content: bytes, units: Sequence[_Unit]) -> None:
        """What becomes of one catalog, which holds `content`."""
        entries = {entry.key: entry for entry in read_po(content.decode(), path)[0].entries}
        seen: dict[Key, _Unit] = {}
        became: dict[Key, Counter[str]] = {}
        edits = []
        for unit in units:
            first = seen.setdefault(unit.key, unit)
            if first is not unit:
                if first.text != unit.text:
                    self._twice(first, unit, tag)
                else:
                    # People count messages, not the entries that some of them share.
                    self._counts += became.get(unit.key, Counter())
                continue
            entry = entries.get(unit.key)
            before = self._counts.copy()
            if entry is not None and (edit := self._edit(entry, unit, path, tag)):
                edits.append(edit)
            became[unit.key] = self._counts - before
        if edits:
            self.edits[path] = tuple(edits)
            self.changed[path] = None

    def _edit(self, entry: PoEntry, unit: _Unit, path: str, tag: str) -> Edit | None:
        approved = entry.translated and not entry.fuzzy
        if entry.msgstr == (unit.text,) and approved:
            self._counts["unchanged"] += 1
            return None
        refused = next(self._errors(unit, tag), "")
        if (approved and (refused or not self._overwrite)) or "\0" in unit.text:
            # No catalog can hold a null character, not even for review.
            self._counts["kept"] += 1
            reason = f": {refused}" if refused else ""
            message = f"the {tag} {unit.what} differs from the catalog's, which stays{reason}"
            help_text = "see which is right; `--overwrite translations` takes the file's"
            self.findings.append(warning("import-translation-differs", message, unit.place, help_text, (Place(path),)))
            return None
        if refused:
            self._counts["review"] += 1
            message = f"the {tag} {unit.what} can't be shown: {refused}; it waits for review"
            help_text = "a reader of the log meets it all the same; correct it in the catalog, or leave it there"
            self.findings.append(warning("import-translation-refused", message, unit.place, help_text, (Place(path),)))
            if entry.msgstr == (unit.text,):
                self._counts["unchanged"] += 1
                return None
        self._counts["saved"] += 1
        return Edit(entry.key, (unit.text,), bool(refused), Before(entry.msgstr, entry.fuzzy))

    def _errors(self, unit: _Unit, tag: str) -> Iterator[str]:
        """What keeps a translation from being shown."""
        for finding in check_pair(Pair(unit.key.msgid, unit.text, tag, unit.kind, unit.syntax)):
            if finding.severity is Severity.ERROR:
                yield finding.message

    def _twice(self, first: _Unit, unit: _Unit, tag: str) -> None:
        self._counts["kept"] += 1
        message = f"the {first.what} and the {unit.what} are alike, but not in {tag}; the first is taken for both"
        help_text = "give one of the records a `context`, run `kb-gen i18n update`, and import again"
        self.findings.append(warning("import-translation-differs", message, unit.place, help_text, (first.place,)))


def _titled(entry: Entry) -> str:
    record = entry.record
    return f"{record.source} {record.id}{f' ({record.symbolic_name})' if record.symbolic_name else ''}"

"""The workbench without its server: a project's units in one locale, their states, and what becomes of saved ones.

Belongs to one thread, which does one thing after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from kb_gen.diagnostics import Diagnostic, Severity
from kb_gen.load import CACHE_FOLDER, collection_paused
from kb_gen.locales import UI_DOMAIN, Edit, Edited, Outcome, Unit, UnitKind, locale_info
from kb_gen.locales.po import Key, PoEntry, lookup_key
from kb_gen.locales.protected_words import protected_words
from kb_gen.locales.protection import domain_syntaxes
from kb_gen.preview.workbench.journal import Journal, Promise, Text
from kb_gen.preview.workbench.pages import Pages, Shown
from kb_gen.preview.workbench.shelf import Changed, Shelf, Signature
from kb_gen.preview.workbench.suggestions import Terms
from kb_gen.preview.workbench.units import (
    UnitState,
    index_units,
    interface_unit,
    unit_key,
)
from kb_gen.preview.workbench.version_control import written_by_git
from kb_gen.preview.workbench.views import Counts
from kb_gen.site.reading import read_project
from kb_gen.site.settings import Settings
from kb_gen.site.workers import Processes

__all__ = ["Bench", "Progress", "Unknown"]


class Unknown(LookupError):  # noqa: N818 - says what is the case
    """There is no such unit, article or catalog."""


class Progress:
    """How far the opening of a project is. Written by one thread and read by another."""

    def __init__(self) -> None:
        self.stage = "catalogs"
        self._done = 0
        self._total = 0

    def begin(self, stage: str, total: int = 0) -> None:
        """A stage begins in which there is so much to do; 0 where that isn't known."""
        self.stage, self._done, self._total = stage, 0, total

    def advance(self, count: int) -> None:
        """So much more is done."""
        self._done += count

    @property
    def share(self) -> float:
        """How much of the stage is done, 0 to 1."""
        return min(1.0, self._done / self._total) if self._total else 0.0


class Bench:
    """A project's units in one locale.

    Attributes:
        settings: the project.
        locale: the locale.
        shelf: its catalogs.
        conflicts: entries of which a catalog says something else than was saved here, with what was saved.
        returned: how many entries were put back because another program had written an older state over them.
        terms: the locale's glossary.
        words: the names that the project protects.
        index: the project's units.
        problems: how many errors the records have; what can't be read isn't shown.
    """

    def __init__(self, settings: Settings, tag: str, translator: str, progress: Progress) -> None:
        """Read the project's catalogs and records.

        Args:
            settings: the project.
            tag: the locale.
            translator: see `Shelf`.
            progress: is told how far this is.

        Raises:
            ConfigurationError: the project's configuration can't be used.
            OSError: the journal can't be read or written.
        """
        self.settings = settings
        self.locale = locale_info(tag)
        self.conflicts: dict[tuple[str, Key], Text] = {}
        self.returned = 0
        # Catalogs of which it isn't known yet what they have lost.
        self._uncompared: set[str] = set()
        # Conflicts with what git has brought back: it isn't written over, but shown.
        self._taken_back: set[tuple[str, Key]] = set()
        self.terms = Terms(settings, self.locale.tag)
        self.words = protected_words(settings.root, settings.translations)[0]
        self._progress = progress
        progress.begin("catalogs")
        with collection_paused():
            self.shelf = Shelf(settings.root, self.locale.tag, settings.translations, translator)
        self._journal = Journal(settings.root / CACHE_FOLDER / "workbench" / f"{self.locale.tag}.jsonl")
        # All of them: one may have been read while somebody was writing it.
        self._uncompared.update(self.shelf.domains())
        self.read_content()

    def read_content(self) -> None:
        """Read the records, find out about their units, and prepare the theme."""
        progress = self._progress
        progress.begin("records")
        with collection_paused():
            project = read_project(self.settings, Processes(1))
            kb = project.kb
            progress.begin("articles", len(kb.entries))
            index = index_units(kb, self._interface(), progress.advance)
            progress.begin("theme")
            pages = Pages(self.settings, kb, self.locale.tag, self.name_of)
            assets = {asset.url: asset.content for asset in pages.assets()}
            # All at once, and only when nothing can go wrong any more.
            self.kb, self.index, self._pages, self.assets = kb, index, pages, assets
            self.problems = sum(one.severity is Severity.ERROR for one in project.loaded.diagnostics)
            self.syntaxes = domain_syntaxes(kb)
            self._states = bytearray(len(index.units))
            for domain in index.domains:
                self._look_at_states(domain)

    def _interface(self) -> Iterator[Unit]:
        """The interface's words, as far as the project has a catalog of them."""
        if UI_DOMAIN in self.shelf.domains():
            path, said = self.shelf.path(UI_DOMAIN), self.shelf.said(UI_DOMAIN)
            for msgid in dict.fromkeys((*said.texts, *said.plurals, *sorted(said.outdated))):
                yield interface_unit(msgid, path)

    def name_of(self, domain: str, context: str, msgid: str) -> str:
        """The name of a unit; nothing where there is none."""
        number = self.index.known.get((domain, context, msgid))
        return "" if number is None else self.index.ids[number]

    def _look_at_states(self, domain: str) -> None:
        said, shown = self.shelf.said(domain), self.shelf.shown(domain)
        for number in self.index.domains.get(domain, ()):
            unit = self.index.units[number]
            key = lookup_key(unit.context, unit.msgid)
            text, forms = shown.texts.get(key), shown.plurals.get(key)
            if key in shown.outdated:
                state = UnitState.REVIEW
            elif (text and not text.isspace()) or (forms and all(form.strip() for form in forms)):
                state = UnitState.TRANSLATED
            elif unit.kind is UnitKind.MESSAGE:
                state = UnitState.OPTIONAL
            else:
                is_there = key in said.texts or key in said.plurals
                state = UnitState.UNTRANSLATED if is_there else UnitState.ABSENT
            self._states[number] = state

    # What there is

    def number(self, name: str) -> int:
        """The number of a unit of this name.

        Raises:
            Unknown: there is none.
        """
        try:
            return self.index.numbers[name]
        except KeyError:
            raise Unknown(name) from None

    def place(self, address: str) -> int:
        """The position of the article at an address.

        Raises:
            Unknown: there is none.
        """
        try:
            return self._pages.places[address]
        except KeyError:
            raise Unknown(address) from None

    def address(self, place: int) -> str:
        """The address of the article at a position."""
        return self._pages.targets.book[self.kb.entries[place].identity]

    def state(self, number: int) -> UnitState:
        """How a unit stands."""
        return UnitState(self._states[number])

    def counts(self, numbers: Iterable[int]) -> Counts:
        """How many of some units are in each state."""
        states = bytes(map(self._states.__getitem__, numbers))
        absent = states.count(UnitState.ABSENT)
        return Counts(
            states.count(UnitState.TRANSLATED),
            states.count(UnitState.REVIEW),
            states.count(UnitState.UNTRANSLATED) + absent,
            absent,
        )

    def served(self, number: int) -> str:
        """What readers see of a unit that its own catalog doesn't translate, where another locale's does."""
        unit = self.index.units[number]
        catalog = self.shelf.catalogs.catalog(self.locale.tag, unit.domain)
        key = lookup_key(unit.context, unit.msgid)
        return catalog.texts.get(key) or next(iter(catalog.plurals.get(key, ())), "")

    def entry(self, number: int) -> PoEntry | None:
        """What the catalog has of a unit.

        Raises:
            Changed: the catalog isn't what was last seen of it.
        """
        unit = self.index.units[number]
        if unit.domain in self._uncompared:
            raise Changed(unit.domain)
        return self.shelf.entries(unit.domain).get(unit_key(unit))

    def conflict(self, number: int) -> Text | None:
        """What was saved of a unit, where the catalog says something else now."""
        unit = self.index.units[number]
        return self.conflicts.get((unit.domain, unit_key(unit)))

    def page(self, place: int, drafts: Mapping[str, str]) -> Shown:
        """The page of the article at a position, with drafts by unit."""
        return self._pages.page(place, self.shelf.catalogs, drafts)

    # What is saved

    def save(self, number: int, text: Text, before: Text) -> tuple[Edited | None, tuple[Diagnostic, ...]]:
        """Save a unit's translation, if the catalog says what its translator has seen.

        Args:
            number: the unit.
            text: the translation.
            before: what its translator has seen.

        Returns:
            What became of it, and what kept it from being written, if anything did.

        Raises:
            Changed: the catalog has to be looked at again first; nothing was written.
            OSError: it can't be written.
        """
        unit = self.index.units[number]
        domain, key = unit.domain, unit_key(unit)
        if domain in self._uncompared:
            raise Changed(domain)
        earlier = self._journal.promises.get((domain, key))
        # Comments that nobody has changed are left to whoever does change them.
        comments = None if text.comments == before.comments else text.comments
        edit = Edit(key, text.msgstr, text.fuzzy, before.before, comments)
        try:
            saved = self.shelf.save(domain, [edit], partial(self._promise, domain))
        except BaseException:
            # It wasn't written, and nobody is told that it was.
            self._journal.restore(earlier, domain, key)
            raise
        edited = saved.edited[0] if saved.edited else None
        if edited is not None and edited.outcome in (Outcome.SAVED, Outcome.UNCHANGED):
            if edited.outcome is Outcome.UNCHANGED:
                # Somebody has written the same. It is promised all the same.
                self._journal.promise(domain, key, text, before)
            self.conflicts.pop((domain, key), None)
            self._look_at_states(domain)
        return edited, saved.findings

    def _promise(self, domain: str, edits: Sequence[Edited]) -> None:
        for one in edits:
            if one.outcome is Outcome.SAVED and one.entry is not None:
                before = Text.of(one.entry)
                comments = before.comments if one.edit.comments is None else one.edit.comments
                self._journal.promise(domain, one.edit.key, Text(one.edit.msgstr, one.edit.fuzzy, comments), before)

    def settle(self, number: int) -> None:
        """Leave a conflict as the catalog has it: what was saved here before is given up."""
        unit = self.index.units[number]
        self.conflicts.pop((unit.domain, unit_key(unit)), None)
        self._journal.restore(None, unit.domain, unit_key(unit))

    def is_changed(self, domain: str) -> bool:
        """Whether a catalog has to be looked at again."""
        return domain in self._uncompared or self.shelf.is_changed(domain)

    def absorb(self, domain: str, rested: Signature) -> None:
        """Take over what another program has written, and put back what it has written over without having seen it.

        Raises:
            Changed: the catalog is another one already.
            OSError: it can't be written.
        """
        # Until what is lost has been put back, nobody is to see that it is.
        self._uncompared.add(domain)
        self.shelf.absorb(domain, rested)
        promises = [one for (name, _), one in self._journal.promises.items() if name == domain]
        if promises:
            self._compare(domain, promises)
        self._uncompared.discard(domain)
        self._look_at_states(domain)

    def _compare(self, domain: str, promises: Sequence[Promise]) -> None:
        """Compare what was promised with what is there."""
        entries = self.shelf.entries(domain)
        by_git = written_by_git(self.settings.root / self.shelf.path(domain))
        lost: list[Edit] = []
        for promise in promises:
            entry = entries.get(promise.key)
            if entry is None:
                continue  # it may come back
            name = (domain, promise.key)
            theirs, ours = Text.of(entry), promise.ours
            older = theirs in promise.pasts or any(theirs.says(past) for past in promise.pasts)
            self.conflicts.pop(name, None)
            self._taken_back.discard(name)
            if theirs == ours or (theirs.says(ours) and theirs not in promise.pasts):
                continue
            if older and not by_git:
                lost.append(Edit(promise.key, ours.msgstr, ours.fuzzy, theirs.before, ours.comments))
                continue
            self.conflicts[name] = ours
            if older:
                self._taken_back.add(name)
        if lost:
            self.shelf.save(domain, lost, lambda _: None)
            self.returned += len(lost)

    def unsettled(self) -> tuple[str, ...]:
        """The domains of which an earlier run, which was killed, may have saved what isn't there."""
        return tuple(dict.fromkeys(domain for domain, _ in self._journal.promises if domain in self.shelf.domains()))

    def close(self) -> None:
        """End the session: what was saved is in the catalogs, and only conflicts are still of interest.

        What git has taken back is none of them for longer than the session: it may be meant.
        """
        self._journal.keep_only(name for name in self.conflicts if name not in self._taken_back)

"""A catalog brought up to date with its template, losing nothing.

What gettext's msgmerge does, with its rules: a text that is still there keeps its translation, one that has changed
becomes fuzzy with the text it was translated from, one that is gone becomes obsolete, one that comes back is revived.
Beyond them, a change that is taken back takes back its fuzzy mark: the translation fits its text again. And a change
that was declared to be slight gives none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb_gen.locales.candidates import Candidate, Candidates, Suggesting, Suggestion
from kb_gen.locales.headers import CREATED, with_field
from kb_gen.locales.plural_forms import form_count
from kb_gen.locales.po import Key, PoEntry, PoFile, PreviousText, lookup_key
from kb_gen.locales.po.strings import escape
from kb_gen.locales.slight_changes import NOTHING_SLIGHT, Declared, Former, SlightChange, obstacle

__all__ = ["SUGGESTED", "Aids", "Changes", "Merged", "dropped_entries", "merge"]

_SAME = 99.0
"""From this score on, a text says the same."""

_CLEARLY = 10.0
"""So much more alike is clearly more alike, in percent."""

SUGGESTED = "suggested: "
"""Begins the comment that says where a translation comes from that nobody has approved here."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What an update may go by, besides the catalog and its template.

    Attributes:
        tag: the BCP 47 tag of the catalog's locale.
        domain: the catalog's domain.
        moved: translations that other catalogs no longer have a use for.
        declared: the changes that are none for translators.
        memory: what remembers translations of other texts, if anything does.
        fill: whether entries that the catalog had without a translation are offered remembered ones, too.
        served: the lookup keys of texts that readers see translated even where the catalog says nothing, because
            others serve for it. They are offered nothing remembered: that would be a second copy to look after.
    """

    tag: str = "und"
    domain: str = ""
    moved: Mapping[Key, PoEntry] = field(default_factory=dict)
    declared: Declared = NOTHING_SLIGHT
    memory: Suggesting | None = None
    fill: bool = False
    served: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did to a catalog, in messages.

    Attributes:
        added: new and without a translation.
        fuzzy: new or changed, with an old translation to approve.
        revived: back from the obsolete or from a change, or come from another catalog, with their translation.
        kept: changed slightly, as was declared, with their approved translation.
        obsolete: no longer used.
    """

    added: int = 0
    fuzzy: int = 0
    revived: int = 0
    kept: int = 0
    obsolete: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog after its update, what was done to it, and what became of changes that were declared to be slight."""

    catalog: PoFile
    changes: Changes
    slight: tuple[SlightChange, ...] = ()


def dropped_entries(catalog: PoFile, template: PoFile) -> tuple[PoEntry, ...]:
    """The entries in use whose text the template doesn't have any more."""
    wanted = {entry.key for entry in template.entries}
    return tuple(entry for entry in catalog.entries if entry.key not in wanted)


_NO_AIDS = Aids()


def merge(template: PoFile, catalog: PoFile, header: PoEntry, aids: Aids = _NO_AIDS) -> Merged:
    """Bring a catalog up to date.

    Args:
        template: what there is to translate.
        catalog: what is translated.
        header: the catalog's header; its date of creation becomes the template's if any text or translation changes.
        aids: what else there is to go by.
    """
    dropped = dropped_entries(catalog, template)
    merging = _Merging(template, catalog, header, aids, dropped)
    entries = tuple([merging.entry(wanted) for wanted in template.entries])
    gone = {*merging.used, *(entry.key for entry in template.entries)}
    kept_obsolete = [entry for entry in catalog.obsolete if entry.key not in gone]
    now_obsolete = [_obsolete(entry) for entry in dropped if entry.key not in gone and _worth_keeping(entry)]
    obsolete = (*_without(kept_obsolete, now_obsolete), *now_obsolete)
    merged = replace(catalog, header=header, entries=entries, obsolete=obsolete)
    changes = merging.counts.changes(len(now_obsolete))
    return Merged(_dated(merged, catalog, template), changes, tuple(merging.slight))


@dataclass(slots=True)
class _Counts:
    """Messages, as they are dealt with."""

    added: int = 0
    fuzzy: int = 0
    revived: int = 0
    kept: int = 0

    def changes(self, obsolete: int) -> Changes:
        """These, and how many are no longer used."""
        return Changes(self.added, self.fuzzy, self.revived, self.kept, obsolete)


class _Merging:
    """One template's entries, each given the best translation there is."""

    def __init__(
        self, template: PoFile, catalog: PoFile, header: PoEntry, aids: Aids, dropped: Sequence[PoEntry]
    ) -> None:
        self.used: set[Key] = set()
        self.slight: list[SlightChange] = []
        self.counts = _Counts()
        self._aids = aids
        self._forms = form_count(replace(catalog, header=header).fields.get("Plural-Forms", ""))
        self._current = {entry.key: entry for entry in catalog.entries}
        self._former = {entry.key: entry for entry in catalog.obsolete}
        unused = (*catalog.obsolete, *dropped)
        self._outdated = {_previous_key(entry): entry for entry in unused if entry.fuzzy}
        free = [entry for entry in (*dropped, *catalog.obsolete) if any(entry.msgstr)]
        self._free = {entry.key: entry for entry in reversed(free)}
        self._candidates = Candidates(free)
        self._declared = Former(aids.declared, catalog, template)

    def entry(self, wanted: PoEntry) -> PoEntry:
        """The catalog's entry for an entry of the template."""
        kept = self._current.get(wanted.key)
        if kept:
            return self._filled(kept, wanted) or self._refreshed(kept, wanted)
        return _commented(self._revived(wanted) or self._new(wanted), self._former.get(wanted.key))

    def _filled(self, kept: PoEntry, wanted: PoEntry) -> PoEntry | None:
        """An entry in use without a translation, with one to approve, if that is wanted and there is one."""
        known = self._remembered(wanted) if self._aids.fill and not any(kept.msgstr) else None
        if known is None:
            return None
        self.counts.fuzzy += 1
        suggested = replace(_suggested(known, wanted, self._forms), flags=_flags(kept, wanted, "fuzzy"))
        return _commented(suggested, kept)

    def _refreshed(self, kept: PoEntry, wanted: PoEntry) -> PoEntry:
        """An entry in use with what the template now says about it."""
        if _taken_back(kept, wanted):
            return _approved(kept, wanted, self._forms)
        if kept.msgid_plural != wanted.msgid_plural:
            return self._with_other_forms(kept, wanted)
        if (
            kept.fuzzy
            and kept.previous
            and kept.translated
            and self._aids.declared.covers(kept)
            and self._is_slight(kept, kept.previous, wanted)
        ):
            self.counts.kept += 1
            return _approved(kept, wanted, self._forms)
        return _with_notes(kept, wanted)

    def _with_other_forms(self, old: PoEntry, wanted: PoEntry) -> PoEntry:
        """An entry whose text has got a plural, or lost it."""
        if not any(old.msgstr):
            return _commented(_untranslated(wanted, self._forms), old)
        self.counts.fuzzy += 1
        return _fuzzy(old, wanted, self._forms)

    def _revived(self, wanted: PoEntry) -> PoEntry | None:
        """An entry that was out of use, or in use elsewhere, or whose text was another for a while."""
        back = _fitting(self._former.get(wanted.key), wanted) or _fitting(self._aids.moved.get(wanted.key), wanted)
        if back:
            self.used.add(wanted.key)
            self.counts.revived += 1
            if _taken_back(back, wanted):
                return _approved(back, wanted, self._forms)
            return _with_notes(replace(back, obsolete=False, raw=""), wanted)
        changed = self._outdated.get(wanted.key)
        if changed and _taken_back(changed, wanted):
            self.used.add(changed.key)
            self.counts.revived += 1
            return _approved(changed, wanted, self._forms)
        return None

    def _new(self, wanted: PoEntry) -> PoEntry:
        """An entry for a text that the catalog doesn't have, with a translation to approve if there is one."""
        other = self._former.get(wanted.key)
        if other and any(other.msgstr):
            return self._with_other_forms(other, wanted)
        before = self._declared.of(wanted)
        if before and self._is_slight(before, _text(before), wanted):
            self.used.add(before.key)
            self.counts.kept += 1
            return _approved(before, wanted, self._forms)
        if not before and (before := self._declared.waiting(wanted)):
            self.slight.append(SlightChange(before.msgid, wanted.msgid, "its translation waited for approval before"))
        if before:
            self.used.add(before.key)
            self.counts.fuzzy += 1
            return _fuzzy(before, wanted, self._forms)
        like = self._candidates.best(wanted)
        known = self._remembered(wanted)
        own = self._free.get(Key(known.source.context, known.source.msgid)) if known else None
        if known and own:
            # What this catalog itself has no more use for changes its text; it isn't a suggestion from elsewhere.
            like, known = Candidate(own, known.score), None
        if known and (like is None or _is_better(known, like)):
            self.counts.fuzzy += 1
            return _suggested(known, wanted, self._forms)
        if like:
            self.used.add(like.entry.key)
            self.counts.fuzzy += 1
            return _fuzzy(like.entry, wanted, self._forms)
        self.counts.added += 1
        return _untranslated(wanted, self._forms)

    def _remembered(self, wanted: PoEntry) -> Suggestion | None:
        """What the memory has for a text that readers see untranslated."""
        if self._aids.memory is None or lookup_key(wanted.context, wanted.msgid) in self._aids.served:
            return None
        return self._aids.memory.best(self._aids.domain, wanted)

    def _is_slight(self, old: PoEntry, before: PreviousText, wanted: PoEntry) -> bool:
        """Whether a declared change leaves a translation approved; either is told."""
        why = obstacle(before, old.msgstr, wanted, self._aids.tag, self._aids.declared)
        self.slight.append(SlightChange(before.msgid, wanted.msgid, why))
        return not why


def _is_better(known: Suggestion, like: Candidate) -> bool:
    """Whether a translation from elsewhere serves better than what the catalog itself has for a text that was changed.

    What was said there before is nearer to what is meant than what is said elsewhere in words a little more alike.
    """
    return known.score > like.score + _CLEARLY or known.score >= _SAME > like.score


def _dated(merged: PoFile, before: PoFile, template: PoFile) -> PoFile:
    """`merged` with the template's date, unless nothing but what is said about the texts has changed."""
    created = template.fields.get(CREATED, "")
    if merged.header is None or not created or _substance(merged) == _substance(before):
        return merged
    return replace(merged, header=with_field(merged.header, CREATED, created))


def _text(entry: PoEntry) -> PreviousText:
    return PreviousText(entry.msgid, entry.msgid_plural, entry.context)


def _substance(catalog: PoFile) -> set[tuple[object, ...]]:
    """The texts of a catalog, their translations and their states."""
    entries = (*catalog.entries, *catalog.obsolete)
    return {(entry.key, entry.msgid_plural, entry.msgstr, entry.fuzzy, entry.obsolete) for entry in entries}


def _without(entries: Sequence[PoEntry], newer: Sequence[PoEntry]) -> list[PoEntry]:
    """Obsolete entries without those that became obsolete once more, with a newer translation."""
    keys = {entry.key for entry in newer}
    return [entry for entry in entries if entry.key not in keys]


def _worth_keeping(entry: PoEntry) -> bool:
    return any(entry.msgstr) or any(comment.strip() for comment in entry.comments)


def _obsolete(entry: PoEntry) -> PoEntry:
    """An entry as gettext keeps it when it is out of use: without what extraction said about it."""
    flags = tuple(flag for flag in entry.flags if not _from_template(flag))
    return replace(entry, obsolete=True, extracted=(), references=(), flags=flags, raw="")


def _fitting(old: PoEntry | None, wanted: PoEntry) -> PoEntry | None:
    """`old` if it has a translation and is of the same kind."""
    if old is None or not any(old.msgstr) or (old.msgid_plural is None) != (wanted.msgid_plural is None):
        return None
    return old


def _empty(wanted: PoEntry, forms: int) -> tuple[str, ...]:
    return ("",) if wanted.msgid_plural is None else ("",) * forms


def _from_template(flag: str) -> bool:
    """Whether a flag is extraction's to set; the translator's own (`no-wrap`, `no-qt-format`) are kept."""
    return flag.endswith("-format") and not flag.startswith("no-")


def _flags(old: PoEntry, wanted: PoEntry, *more: str) -> tuple[str, ...]:
    own = [flag for flag in old.flags if not _from_template(flag)]
    first = ["fuzzy"] if "fuzzy" in (*own, *more) else []
    return tuple(dict.fromkeys((*first, *wanted.flags, *own)))


def _with_notes(kept: PoEntry, wanted: PoEntry) -> PoEntry:
    """An entry with what the template says about it; as it was read where that is the same."""
    # Where a suggestion comes from is of use until somebody has approved it.
    origin = tuple(note for note in kept.extracted if note.startswith(SUGGESTED)) if kept.fuzzy else ()
    extracted = (*origin, *wanted.extracted)
    fresh = replace(kept, extracted=extracted, references=wanted.references, flags=_flags(kept, wanted))
    same = (kept.extracted, kept.references, set(kept.flags)) == (extracted, wanted.references, set(fresh.flags))
    return kept if same and kept.raw else replace(fresh, raw="")


def _untranslated(wanted: PoEntry, forms: int) -> PoEntry:
    """A new entry."""
    return replace(wanted, msgstr=_empty(wanted, forms), body="", raw="")


def _commented(entry: PoEntry, former: PoEntry | None) -> PoEntry:
    """An entry with what translators had made of the same text, and noted at it, when it was in use before."""
    if former is None:
        return entry
    noted = (*former.comments, *_lost_forms(former, entry.msgstr))
    missing = tuple(comment for comment in noted if comment not in entry.comments)
    return replace(entry, comments=(*missing, *entry.comments), raw="") if missing else entry


def _suggested(known: Suggestion, wanted: PoEntry, forms: int) -> PoEntry:
    """A new text with a translation that is remembered from elsewhere, and where that is."""
    source = PoEntry(known.source.msgid, known.msgstr, known.source.context, known.source.msgid_plural)
    same = known.source.msgid == wanted.msgid
    fuzzy = _fuzzy(source, wanted, forms)
    origin = f"{SUGGESTED}{' '.join(known.origin.split())}"
    return replace(
        fuzzy,
        extracted=(origin, *fuzzy.extracted),
        # A text can't have changed into itself: that would be a change taken back, and approved.
        previous=None if same else fuzzy.previous,
    )


def _fuzzy(old: PoEntry, wanted: PoEntry, forms: int) -> PoEntry:
    """A new text with an old one's translation, which remembers the text that it translates."""
    previous = old.previous if old.fuzzy and old.previous else _text(old)
    fresh = replace(
        wanted,
        msgstr=_forms(old, wanted, forms),
        comments=(*old.comments, *_lost_forms(old, _forms(old, wanted, forms))),
        flags=_flags(old, wanted, "fuzzy"),
        previous=previous,
        body="",
        raw="",
    )
    if not _taken_back(fresh, wanted):
        return fresh
    # Only now is it known that the translation belongs to this very text; the next update would see that.
    return _approved(old, wanted, forms) if _taken_back(old, wanted) else replace(fresh, previous=None)


def _forms(old: PoEntry, wanted: PoEntry, forms: int) -> tuple[str, ...]:
    """An old translation in as many forms as the new text wants."""
    if wanted.msgid_plural is None:
        return old.msgstr[:1]
    return (old.msgstr + ("",) * forms)[:forms] if len(old.msgstr) > 1 else old.msgstr[:1] * forms


def _lost_forms(old: PoEntry, kept: Sequence[str]) -> tuple[str, ...]:
    """The forms of a translation that aren't among those that are kept, as a translator's comments."""
    lost = [(number, text) for number, text in enumerate(old.msgstr) if text and text not in kept]
    return tuple(f" formerly msgstr[{number}]: {escape(text)}" for number, text in lost)


def _previous_key(entry: PoEntry) -> Key | None:
    return Key(entry.previous.context, entry.previous.msgid) if entry.previous else None


def _taken_back(old: PoEntry, wanted: PoEntry) -> bool:
    """Whether the text that a fuzzy entry's translation belongs to is the wanted one, with all of its forms."""
    if not (old.fuzzy and old.previous and old.translated):
        return False
    forms_kept = wanted.msgid_plural is None or old.msgid_plural is not None
    return forms_kept and old.previous == PreviousText(wanted.msgid, wanted.msgid_plural, wanted.context)


def _approved(old: PoEntry, wanted: PoEntry, forms: int) -> PoEntry:
    """A text whose change was taken back, with the translation that was approved for it."""
    own = replace(old, flags=tuple(flag for flag in old.flags if flag != "fuzzy"))
    return replace(
        wanted,
        msgstr=_forms(old, wanted, forms),
        comments=(*old.comments, *_lost_forms(old, _forms(old, wanted, forms))),
        flags=_flags(own, wanted),
        body="",
        raw="",
    )

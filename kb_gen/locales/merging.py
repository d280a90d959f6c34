"""A catalog brought up to date with its template, losing nothing.

What gettext's msgmerge does, with its rules: a text that is still there keeps its translation, one that has changed
becomes fuzzy with the text it was translated from, one that is gone becomes obsolete, one that comes back is revived.
Beyond them, a change that is taken back takes back its fuzzy mark: the translation fits its text again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb_gen.locales.candidates import Candidates
from kb_gen.locales.headers import CREATED, with_field
from kb_gen.locales.plural_forms import form_count
from kb_gen.locales.po import Key, PoEntry, PoFile, PreviousText

__all__ = ["Changes", "Merged", "dropped_entries", "merge"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did to a catalog, in messages.

    Attributes:
        added: new and without a translation.
        fuzzy: new or changed, with an old translation to approve.
        revived: back from the obsolete or from a change, or come from another catalog, with their translation.
        obsolete: no longer used.
    """

    added: int = 0
    fuzzy: int = 0
    revived: int = 0
    obsolete: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog after its update, and what was done to it."""

    catalog: PoFile
    changes: Changes


def dropped_entries(catalog: PoFile, template: PoFile) -> tuple[PoEntry, ...]:
    """The entries in use whose text the template doesn't have any more."""
    wanted = {entry.key for entry in template.entries}
    return tuple(entry for entry in catalog.entries if entry.key not in wanted)


def merge(template: PoFile, catalog: PoFile, header: PoEntry, moved: Mapping[Key, PoEntry]) -> Merged:
    """Bring a catalog up to date.

    Args:
        template: what there is to translate.
        catalog: what is translated.
        header: the catalog's header; its date of creation becomes the template's if anything else changes.
        moved: translations that other catalogs no longer have a use for.
    """
    forms = form_count(replace(catalog, header=header).fields.get("Plural-Forms", ""))
    current = {entry.key: entry for entry in catalog.entries}
    former = {entry.key: entry for entry in catalog.obsolete}
    dropped = dropped_entries(catalog, template)
    candidates = Candidates([entry for entry in (*dropped, *catalog.obsolete) if any(entry.msgstr)])
    outdated = {_previous_key(entry): entry for entry in (*catalog.obsolete, *dropped) if entry.fuzzy}
    used: set[Key] = set()
    added = fuzzy = revived = 0
    entries: list[PoEntry] = []
    for wanted in template.entries:
        if kept := current.get(wanted.key):
            entries.append(_refreshed(kept, wanted, forms))
            continue
        if back := _fitting(former.get(wanted.key), wanted) or _fitting(moved.get(wanted.key), wanted):
            used.add(wanted.key)
            entries.append(_refreshed(replace(back, obsolete=False, raw=""), wanted, forms))
            revived += 1
        elif (changed := outdated.get(wanted.key)) and _taken_back(changed, wanted):
            used.add(changed.key)
            entries.append(_approved(changed, wanted, forms))
            revived += 1
        elif like := candidates.best(wanted):
            used.add(like.key)
            entries.append(_fuzzy(like, wanted, forms))
            fuzzy += 1
        else:
            entries.append(replace(wanted, msgstr=_empty(wanted, forms), body="", raw=""))
            added += 1
    wanted_keys = {entry.key for entry in template.entries}
    kept_obsolete = [entry for entry in catalog.obsolete if entry.key not in used | wanted_keys]
    now_obsolete = [_obsolete(entry) for entry in dropped if entry.key not in used and _worth_keeping(entry)]
    merged = replace(
        catalog, header=header, entries=tuple(entries), obsolete=(*_without(kept_obsolete, now_obsolete), *now_obsolete)
    )
    return Merged(_dated(merged, catalog, template), Changes(added, fuzzy, revived, len(now_obsolete)))


def _dated(merged: PoFile, before: PoFile, template: PoFile) -> PoFile:
    """`merged` with the template's date, unless nothing else has changed."""
    created = template.fields.get(CREATED, "")
    if merged.header is None or not created or (merged.entries, merged.obsolete) == (before.entries, before.obsolete):
        return merged
    return replace(merged, header=with_field(merged.header, CREATED, created))


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


def _refreshed(kept: PoEntry, wanted: PoEntry, forms: int) -> PoEntry:
    """An entry in use with what the template now says about it."""
    if _taken_back(kept, wanted):
        return _approved(kept, wanted, forms)
    if kept.msgid_plural != wanted.msgid_plural:
        return (
            _fuzzy(kept, wanted, forms)
            if any(kept.msgstr)
            else replace(wanted, msgstr=_empty(wanted, forms), comments=kept.comments, body="", raw="")
        )
    fresh = replace(kept, extracted=wanted.extracted, references=wanted.references, flags=_flags(kept, wanted))
    same = (kept.extracted, kept.references, set(kept.flags)) == (wanted.extracted, wanted.references, set(fresh.flags))
    return kept if same and kept.raw else replace(fresh, raw="")


def _fuzzy(old: PoEntry, wanted: PoEntry, forms: int) -> PoEntry:
    """A new text with an old one's translation, which remembers the text that it translates."""
    previous = old.previous if old.fuzzy and old.previous else PreviousText(old.msgid, old.msgid_plural, old.context)
    return replace(
        wanted,
        msgstr=_forms(old, wanted, forms),
        comments=old.comments,
        flags=_flags(old, wanted, "fuzzy"),
        previous=previous,
        body="",
        raw="",
    )


def _forms(old: PoEntry, wanted: PoEntry, forms: int) -> tuple[str, ...]:
    """An old translation in as many forms as the new text wants."""
    if wanted.msgid_plural is None:
        return old.msgstr[:1]
    return (old.msgstr + ("",) * forms)[:forms] if len(old.msgstr) > 1 else old.msgstr[:1] * forms


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
        comments=old.comments,
        flags=_flags(own, wanted),
        body="",
        raw="",
    )

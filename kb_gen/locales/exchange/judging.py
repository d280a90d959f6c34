"""What becomes of an entry when a translation of it comes back: a merge of three.

The file says what its author made of the translation, the mark what the author was given, the catalog what others have
made of it since. What the file didn't change leaves the catalog alone, and nothing that it lacks is deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kb_gen.diagnostics import Severity
from kb_gen.locales.checks.pair import Finding, Pair
from kb_gen.locales.checks.running import check_pair
from kb_gen.locales.edits import Before, Edit
from kb_gen.locales.exchange.addresses import Address
from kb_gen.locales.exchange.parcels import entry_state, kind_of, room_of, source_form
from kb_gen.locales.exchange.units import Mark, ReturnedUnit, UnitState
from kb_gen.locales.po import PoEntry
from kb_gen.model import MessageSyntax

__all__ = ["Judgement", "Policy", "judge"]

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Policy:
    """What whoever imports has decided.

    Attributes:
        approve: translations that were changed count as approved, whatever the file says of them.
        overwrite: the file's translation is taken also where the catalog has another one by now.
        option: how people ask for that, for findings.
        review_stays: a translation that waits for review counts as one that is there. A file that nobody made from the
            catalog doesn't correct it; one of an earlier source text gives way.
    """

    approve: bool = False
    overwrite: bool = False
    option: str = "--overwrite"
    review_stays: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be done with what came back for one entry.

    Attributes:
        edit: what to save; None if nothing is.
        code: what is wrong, if anything; the edit, if there is one all the same, is then for review.
        message: the same in words.
        help: what to do about it.
    """

    edit: Edit | None = None
    code: str = ""
    message: str = ""
    help: str = ""


def judge(
    address: Address, units: Mapping[int, ReturnedUnit], tag: str, syntax: MessageSyntax, policy: Policy
) -> Judgement:
    """What becomes of an entry.

    Args:
        address: the entry.
        units: what came back for its forms.
        tag: the BCP 47 tag of the locale.
        syntax: how the message templates of its catalog mark insertion strings.
        policy: what whoever imports has decided.
    """
    entry = address.entry
    current = entry_state(entry)
    mark = _mark(units, entry)
    edited = _is_edited(units, entry, mark)
    # Where the catalog has nothing, there is nothing to lose.
    taken = edited or current is UnitState.UNTRANSLATED
    fresh = _fresh(units, entry, mark is None or edited) if taken else entry.msgstr
    state = _state(units.values(), edited, mark, current, policy)
    if not any(unit.target for unit in units.values()) or (fresh == entry.msgstr and state is current):
        comments = _comments(entry, units.values())
        kept = Edit(entry.key, entry.msgstr, entry.fuzzy, Before(entry.msgstr, entry.fuzzy), comments)
        return Judgement(kept if comments else None)
    if not policy.overwrite and (reason := _conflict(entry, fresh, mark, current, policy)):
        help_text = f"decide in the catalog, or let `{policy.option}` take the file's translation"
        return Judgement(code="import-conflict", message=reason, help=help_text)
    before = Before(entry.msgstr, entry.fuzzy)
    edit = Edit(entry.key, fresh, state is UnitState.FUZZY, before, _comments(entry, units.values()))
    if edit.fuzzy:
        return Judgement(edit)
    if not all(text.strip() for text in fresh):
        message = "some plural forms have no translation; the others are taken for review"
        return Judgement(replace(edit, fuzzy=True), "import-incomplete", message, "translate all forms")
    wrong = next(_errors(address, fresh, tag, syntax), None)
    return _not_good(edit, wrong, current) if wrong else Judgement(edit)


def _not_good(edit: Edit, wrong: Finding, current: UnitState) -> Judgement:
    """A translation with an error in it: nobody may be shown it, and what is shown now stays."""
    if current is UnitState.APPROVED:
        message = f"{wrong.message}; the catalog's translation stays"
        return Judgement(code="import-check-failed", message=message, help=wrong.help)
    message = f"{wrong.message}; the translation is taken for review"
    return Judgement(replace(edit, fuzzy=True), "import-check-failed", message, wrong.help)


def _mark(units: Mapping[int, ReturnedUnit], entry: PoEntry) -> Mark | None:
    """How the entry stood when it went out, if all of it has come back."""
    marks = {unit.mark for unit in units.values()}
    return marks.pop() if len(marks) == 1 and len(units) == len(entry.msgstr) else None


def _is_edited(units: Mapping[int, ReturnedUnit], entry: PoEntry, mark: Mark | None) -> bool:
    """Whether the file has another translation than its author was given, or else than the catalog has."""
    if mark is not None:
        return Mark.of([units[form].target for form in range(len(entry.msgstr))], mark.state) != mark
    return any(unit.target and unit.target != entry.msgstr[form] for form, unit in units.items())


def _fresh(units: Mapping[int, ReturnedUnit], entry: PoEntry, other: bool) -> tuple[str, ...]:
    """The entry's translation with the forms that have come back, others than those that went out or the same."""
    texts = list(entry.msgstr)
    for form, unit in units.items():
        text = unit.target
        if other and "\r" not in entry.msgid:
            # Spreadsheets and editors on Windows write line ends of their own.
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        texts[form] = text or texts[form]
    return tuple(texts)


def _state(
    units: Iterable[ReturnedUnit], edited: bool, mark: Mark | None, current: UnitState, policy: Policy
) -> UnitState:
    states = {unit.state for unit in units if unit.target}
    told = next((state for state in (UnitState.FUZZY, UnitState.APPROVED) if state in states), None)
    if edited:
        return UnitState.FUZZY if told is UnitState.FUZZY and not policy.approve else UnitState.APPROVED
    if current is UnitState.UNTRANSLATED:
        return told or UnitState.APPROVED
    if told is None or (mark is not None and told is mark.state):
        return current
    # Without a mark, it may be for want of a better word that a tool says less of a translation than the catalog.
    return current if mark is None and told is UnitState.FUZZY else told


def _conflict(entry: PoEntry, fresh: tuple[str, ...], mark: Mark | None, current: UnitState, policy: Policy) -> str:
    if current is UnitState.UNTRANSLATED or fresh == entry.msgstr:
        return ""
    if mark is not None:
        moved = Mark.of(entry.msgstr, current) != mark
        return "the catalog's translation has changed since the file was made" if moved else ""
    if current is UnitState.APPROVED:
        return "the catalog has another approved translation, and the file doesn't tell which one it is made from"
    if policy.review_stays and entry.previous is None:
        return "the catalog has another translation, which waits for review"
    return ""


def _comments(entry: PoEntry, units: Iterable[ReturnedUnit]) -> tuple[str, ...] | None:
    """The translators' comments with those that have come back; None if there are no new ones."""
    known = {comment.strip() for comment in entry.comments}
    told = (_UNWRITABLE.sub("", line).strip() for unit in units for line in unit.comments or ())
    new = dict.fromkeys(line for line in told if line and line not in known)
    return (*entry.comments, *(f" {line}" for line in new)) if new else None


def _errors(address: Address, texts: tuple[str, ...], tag: str, syntax: MessageSyntax) -> Iterator[Finding]:
    """What keeps a translation from being shown."""
    entry = address.entry
    room, kind = room_of(entry), kind_of(entry, address.domain)
    for form, text in enumerate(texts):
        for finding in check_pair(Pair(source_form(entry, form), text, tag, kind, syntax, room)):
            if finding.severity is Severity.ERROR:
                yield finding

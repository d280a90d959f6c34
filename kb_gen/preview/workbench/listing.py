"""Lists of articles and of units, narrowed down by what stands in them and by what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb_gen.locales import Unit
from kb_gen.locales.checks.pair import PairKind
from kb_gen.locales.placeholders import placeholders
from kb_gen.locales.po import PoEntry, lookup_key
from kb_gen.locales.protection import keeps_message, keeps_protected
from kb_gen.model import MessageSyntax
from kb_gen.preview.workbench.bench import Bench
from kb_gen.preview.workbench.units import UnitState, pair_kind
from kb_gen.preview.workbench.views import ArticleRow, Counts, DomainRow, Page, UnitRow

__all__ = ["articles", "domains", "search", "unit_row"]

OPEN = "open"
"""Stands for all states in which there is something to do."""


def articles(bench: Bench, query: str, state: str, start: int, count: int) -> Page:
    """Articles by what stands in their title, symbol, product or summary, and by the states of their units."""
    words = query.casefold().split()
    found: list[tuple[int, Counts]] = []
    for place, entry in enumerate(bench.kb.entries):
        record = entry.record
        if words:
            text = f"{entry.title} {record.symbolic_name} {record.product} {record.summary}".casefold()
            if not all(word in text for word in words):
                continue
        counts = bench.counts(bench.index.articles[place])
        if not state or _has(counts, state):
            found.append((place, counts))
    return Page([_article_row(bench, place, counts) for place, counts in found[start : start + count]], len(found))


def _has(counts: Counts, state: str) -> bool:
    if state == OPEN:
        return bool(counts.review or counts.untranslated)
    return bool(getattr(counts, state, 0))


def _article_row(bench: Bench, place: int, counts: Counts) -> ArticleRow:
    entry = bench.kb.entries[place]
    return ArticleRow(bench.address(place), entry.title, entry.record.symbolic_name or entry.record.summary, counts)


def domains(bench: Bench) -> list[DomainRow]:
    """Every catalog."""
    return [DomainRow(domain, bench.counts(numbers)) for domain, numbers in sorted(bench.index.domains.items())]


def search(bench: Bench, query: str, state: str, domain: str, start: int, count: int) -> Page:
    """Units of all catalogs by what stands in their source text or translation, and by how they stand.

    Raises:
        Changed: a catalog has to be looked at again first.
    """
    found = list(_matching(bench, query.casefold().split(), state, domain))
    return Page([unit_row(bench, number) for number in found[start : start + count]], len(found))


def _matching(bench: Bench, words: Sequence[str], state: str, domain: str) -> Iterator[int]:
    for name, numbers in sorted(bench.index.domains.items()):
        if domain and name != domain:
            continue
        said = bench.shelf.shown(name)
        for number in numbers:
            own = bench.state(number)
            if state and not _is(own, state):
                continue
            if words:
                unit = bench.index.units[number]
                key = lookup_key(unit.context, unit.msgid)
                texts = [unit.msgid, said.texts.get(key, ""), *said.plurals.get(key, ())]
                if own is UnitState.REVIEW and (entry := bench.entry(number)):
                    texts += entry.msgstr
                text = "\n".join(texts).casefold()
                if not all(word in text for word in words):
                    continue
            yield number


def _is(state: UnitState, wanted: str) -> bool:
    if wanted == OPEN:
        return state in (UnitState.REVIEW, UnitState.UNTRANSLATED, UnitState.ABSENT)
    return state.word == wanted or (wanted == "untranslated" and state is UnitState.ABSENT)


def _is_refused(bench: Bench, unit: Unit, entry: PoEntry) -> bool:
    """Whether readers aren't shown a translation, because it doesn't keep what it has to."""
    translation = entry.msgstr[0]
    match pair_kind(unit):
        case PairKind.INTERFACE:
            return entry.msgid_plural is None and placeholders(translation) != placeholders(unit.msgid)
        case PairKind.MESSAGE:
            syntax = bench.syntaxes.get(unit.domain, MessageSyntax.FORMATMESSAGE)
            return not keeps_message(unit.msgid, translation, syntax)
        case _:
            return not keeps_protected(unit.msgid, translation)


def unit_row(bench: Bench, number: int, place: int | None = None) -> UnitRow:
    """A unit in a list, which may be that of the article at a position.

    Raises:
        Changed: its catalog has to be looked at again first.
    """
    unit = bench.index.units[number]
    entry = bench.entry(number)
    first = bench.index.first[number]
    state = bench.state(number)
    translation = entry.msgstr[0] if entry else ""
    approved = translation if entry and not entry.fuzzy else ""
    if state is UnitState.TRANSLATED and not approved:
        translation = bench.served(number)
    return UnitRow(
        id=bench.index.ids[number],
        source=unit.msgid,
        translation=translation,
        state=state.word,
        kind=pair_kind(unit).name.lower(),
        place=unit.place,
        article=bench.address(first) if first >= 0 else "",
        own=place is None or number in bench.index.articles[place],
        conflict=bench.conflict(number) is not None,
        refused=state is UnitState.TRANSLATED
        and approved != ""
        and entry is not None
        and _is_refused(bench, unit, entry),
    )

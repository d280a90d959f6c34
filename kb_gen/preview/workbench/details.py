"""Everything that helps to translate one unit, and what is wrong with a translation of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from kb_gen.diagnostics import Severity
from kb_gen.diagnostics.formats.concise import concise
from kb_gen.load import Sources
from kb_gen.locales.checks.length import narrowest_room
from kb_gen.locales.checks.pair import Pair, PairKind
from kb_gen.locales.checks.running import check_pair
from kb_gen.locales.checks.silencing import heard, silencings
from kb_gen.locales.checks.terms import check_terms
from kb_gen.locales.glossary import TERM_NOTE
from kb_gen.locales.plural_forms import plural_forms, standard_plural_forms
from kb_gen.locales.po import PoEntry, write_entry
from kb_gen.model import MessageSyntax
from kb_gen.preview.workbench.bench import Bench, Unknown
from kb_gen.preview.workbench.inserts import inserts
from kb_gen.preview.workbench.journal import Text
from kb_gen.preview.workbench.listing import unit_row
from kb_gen.preview.workbench.units import pair_kind
from kb_gen.preview.workbench.views import ArticleView, CheckResult, EntryText, Form, TermView, UnitView

__all__ = ["article_view", "entry_text", "findings", "problem_lines", "terms", "text_of", "unit_view"]

_SHOWN = 20
"""So many of the articles that show a unit are named."""

_NUMBERS = (*range(31), 100, 101, 102, 1000, 1_000_000)
_EXAMPLES = 4


def article_view(bench: Bench, address: str) -> ArticleView:
    """The units of an article in the order of its page, those of others that it shows among them.

    Raises:
        Unknown: there is no such article.
        Changed: a catalog has to be looked at again first.
    """
    place = bench.place(address)
    own = bench.index.articles[place]
    shown = [bench.number(name) for name in bench.page(place, {}).units]
    numbers = dict.fromkeys((*shown, *own))
    rows = [unit_row(bench, number, place) for number in numbers]
    return ArticleView(address, bench.kb.entries[place].title, bench.counts(own), rows)


def unit_view(bench: Bench, name: str) -> UnitView:
    """One unit.

    Raises:
        Unknown: there is no such unit.
        Changed: its catalog has to be looked at again first.
    """
    number = bench.number(name)
    unit = bench.index.units[number]
    entry = bench.entry(number)
    kind = pair_kind(unit)
    conflict = bench.conflict(number)
    shown_in = bench.index.shown_in(number)
    return UnitView(
        id=name,
        domain=unit.domain,
        path=bench.shelf.path(unit.domain),
        kind=kind.name.lower(),
        state=bench.state(number).word,
        source=unit.msgid,
        source_language=unit.language,
        forms=_forms(bench, unit.domain, entry) if entry else [],
        entry=entry_text(Text.of(entry)) if entry else None,
        place=unit.place,
        notes=_notes(bench, entry) if entry else [],
        references=list(entry.references) if entry else [unit.path],
        flags=[flag for flag in entry.flags if flag != "fuzzy"] if entry else [],
        previous=entry.previous.msgid if entry and entry.previous else "",
        inserts=inserts(unit.msgid, kind, _syntax(bench, unit.domain)),
        articles=[(bench.address(place), bench.kb.entries[place].title) for place in islice(shown_in, _SHOWN)],
        shown=len(shown_in),
        conflict=entry_text(conflict) if conflict else None,
        findings=findings(bench, name, entry.msgstr) if entry else [],
        terms=terms(bench, name, entry.msgstr[0] if entry else ""),
        problem="" if entry else "\n".join(problem_lines(bench, unit.domain)),
    )


def problem_lines(bench: Bench, domain: str) -> list[str]:
    """What keeps a catalog from being worked on, a line each."""
    return list(concise(bench.shelf.problems(domain), Sources(bench.settings.root)))


def _notes(bench: Bench, entry: PoEntry) -> list[str]:
    """What extraction says of an entry, but for what the workbench shows anyway: its own address, and terms."""
    own = bench.settings.workbench_url
    return [note for note in entry.extracted if not note.startswith(TERM_NOTE) and not (own and note.startswith(own))]


def terms(bench: Bench, name: str, translation: str) -> list[TermView]:
    """The glossary's terms in a unit. Message templates have none: they quote their product.

    Raises:
        Unknown: there is no such unit.
    """
    unit = bench.index.units[bench.number(name)]
    return [] if pair_kind(unit) is PairKind.MESSAGE else bench.terms.of(unit.msgid, translation)


def _syntax(bench: Bench, domain: str) -> MessageSyntax:
    return bench.syntaxes.get(domain, MessageSyntax.FORMATMESSAGE)


def _forms(bench: Bench, domain: str, entry: PoEntry) -> list[Form]:
    """The forms that a translation has: more than one where the entry has a plural."""
    if entry.msgid_plural is None:
        return [Form(entry.msgid)]
    header: Mapping[str, str] = bench.shelf.header(domain)
    forms = plural_forms(header.get("Plural-Forms", "")) or standard_plural_forms(bench.locale.tag)
    numbers: dict[int, list[str]] = {}
    for number in _NUMBERS:
        numbers.setdefault(forms.index(number), []).append(str(number))
    return [
        Form(
            entry.msgid if form == 0 else entry.msgid_plural,
            ", ".join(numbers.get(form, [])[:_EXAMPLES]) + (" …" if len(numbers.get(form, [])) > _EXAMPLES else ""),
        )
        for form in range(forms.count)
    ]


def findings(bench: Bench, name: str, msgstr: Sequence[str]) -> list[CheckResult]:
    """What checks find in a translation, saved or not; nothing in one that is empty.

    Raises:
        Unknown: there is no such unit.
        Changed: its catalog has to be looked at again first.
    """
    number = bench.number(name)
    unit = bench.index.units[number]
    entry = bench.entry(number)
    if entry is None:
        raise Unknown(name)
    room = narrowest_room(entry.extracted, entry.msgid)
    silenced = silencings(write_entry(entry))
    found = []
    for form, text in enumerate(msgstr):
        if not text:
            continue
        source = entry.msgid if entry.msgid_plural is None or form == 0 else entry.msgid_plural
        syntax = _syntax(bench, unit.domain)
        pair = Pair(source, text, bench.locale.tag, pair_kind(unit), syntax, room, bench.words)
        wrong = [*check_pair(pair)]
        if pair.kind is not PairKind.MESSAGE:
            wrong += check_terms(source, text, bench.terms.glossary)
        found += [
            CheckResult(one.code, one.severity.value, one.message, one.help, form, one.start, one.end)
            for one in heard(wrong, silenced)
        ]
    return found


def has_errors(bench: Bench, name: str, msgstr: Sequence[str]) -> bool:
    """Whether checks find an error in a translation, so that it can't be approved.

    Nothing is found for a unit that the catalog doesn't have, or whose catalog can't be read.

    Raises:
        Unknown: there is no such unit.
        Changed: its catalog has to be looked at again first.
    """
    if bench.entry(bench.number(name)) is None:
        return False
    return any(found.severity == Severity.ERROR.value for found in findings(bench, name, msgstr))


def entry_text(text: Text) -> EntryText:
    """What an entry says, as the interface shows it: comments are lines of one text."""
    return EntryText(text.msgstr, text.fuzzy, "\n".join([line.removeprefix(" ") for line in text.comments]))


def text_of(shown: EntryText) -> Text:
    """What an entry is to say: the inverse of `entry_text`."""
    lines = shown.comments.rstrip().split("\n") if shown.comments.strip() else []
    return Text(shown.msgstr, shown.fuzzy, tuple([f" {line.rstrip()}" if line.strip() else "" for line in lines]))

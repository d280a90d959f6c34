"""What the workbench's interface is told: rows of lists, and units with everything that helps to translate them."""

from __future__ import annotations

from msgspec import Struct

__all__ = [
    "ArticleRow",
    "ArticleView",
    "CheckResult",
    "Counts",
    "DomainRow",
    "DraftView",
    "EntryText",
    "Form",
    "Home",
    "Page",
    "SaveView",
    "Suggestion",
    "TermView",
    "UnitRow",
    "UnitView",
]


class Counts(Struct, frozen=True):
    """How many units are in each state; those that need no translation aren't counted.

    `absent` are those of the untranslated ones that their catalog doesn't have yet.
    """

    translated: int = 0
    review: int = 0
    untranslated: int = 0
    absent: int = 0


class ArticleRow(Struct, frozen=True):
    """An article in a list."""

    address: str
    title: str
    summary: str
    counts: Counts


class DomainRow(Struct, frozen=True):
    """A catalog in the list of catalogs."""

    domain: str
    counts: Counts


class Page(Struct, frozen=True):
    """A part of a list: the rows, and how many there are in all."""

    rows: list[ArticleRow] | list[UnitRow]
    total: int


class UnitRow(Struct, frozen=True):
    """A unit in a list: what it says, how it stands, and where it is shown.

    `own` is false for what an article shows of others. `conflict`: the catalog says something else than was saved here.
    `refused`: readers see the source text, because the translation loses or invents what a translation has to keep.
    """

    id: str
    source: str
    translation: str
    state: str
    kind: str
    place: str
    article: str = ""
    own: bool = True
    conflict: bool = False
    refused: bool = False


class ArticleView(Struct, frozen=True):
    """An article's units, in the order of its page."""

    address: str
    title: str
    counts: Counts
    units: list[UnitRow]


class EntryText(Struct, frozen=True):
    """What an entry says."""

    msgstr: tuple[str, ...]
    fuzzy: bool
    comments: str = ""


class Form(Struct, frozen=True):
    """A plural form: its source text, and some of the numbers that take it."""

    source: str
    numbers: str = ""


class CheckResult(Struct, frozen=True):
    """What a check found: in which form of the translation, and from where to where in it."""

    code: str
    severity: str
    message: str
    help: str
    form: int = 0
    start: int | None = None
    end: int | None = None


class Suggestion(Struct, frozen=True):
    """A translation of the same or a similar text."""

    source: str
    targets: tuple[str, ...]
    score: int
    origin: str


class TermView(Struct, frozen=True):
    """A term of the glossary that occurs in the source text."""

    source: str
    targets: str
    note: str
    missing: bool = False


class UnitView(Struct, frozen=True):
    """Everything about one unit."""

    id: str
    domain: str
    path: str
    kind: str
    state: str
    source: str
    source_language: str
    forms: list[Form]
    entry: EntryText | None
    place: str
    notes: list[str]
    references: list[str]
    flags: list[str]
    previous: str
    inserts: list[str]
    articles: list[tuple[str, str]]
    shown: int
    conflict: EntryText | None
    findings: list[CheckResult]
    terms: list[TermView]
    problem: str = ""


class DraftView(Struct, frozen=True):
    """What is known of a draft: the page with it, what checks find, and which terms of the glossary it lacks."""

    html: str
    findings: list[CheckResult]
    terms: list[TermView]


class SaveView(Struct, frozen=True):
    """What became of a translation that was to be saved: the outcome, what the catalog holds, and why, if need be."""

    outcome: str
    entry: EntryText | None
    problem: str = ""
    state: str = ""
    refused: bool = False


class Home(Struct, frozen=True):
    """How far the workbench is, and what there is in it.

    Attributes:
        ready: whether the project has been read.
        stage: what is being done, if not.
        share: how much of that is done, 0 to 1.
        problem: what went wrong, if anything did.
        version: a number that grows with every change.
        counts: all units by state.
        articles: how many articles there are.
        domains: every catalog.
        returned: how many entries were put back after another program had written an older state over them.
        errors: how many errors the records have.
        broken: what keeps catalogs from being worked on, a line each.
        conflicts: the units of which a catalog says something else than was saved.
    """

    ready: bool
    stage: str = ""
    share: float = 0.0
    problem: str = ""
    version: int = 0
    counts: Counts = Counts()
    articles: int = 0
    domains: list[DomainRow] = []
    returned: int = 0
    errors: int = 0
    broken: list[str] = []
    conflicts: list[str] = []

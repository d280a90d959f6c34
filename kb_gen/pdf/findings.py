"""What couldn't be printed, as findings that name a record's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error, in_order
from kb_gen.load import Outline, Sources
from kb_gen.model import KnowledgeBase
from kb_gen.pdf.making import Problem, ProblemKind
from kb_gen.pdf.press import Printed

__all__ = ["printing_findings"]

_MOST = 8
"""So many characters are named."""


def printing_findings(printed: Iterable[Printed], kb: KnowledgeBase, root: Path) -> tuple[Diagnostic, ...]:
    """Everything that couldn't be printed; what several files share is told once.

    Args:
        printed: the files.
        kb: the knowledge base.
        root: the project's folder.
    """
    entries = {entry.identity: entry for entry in kb.entries}
    sources = Sources(root)
    outline = lru_cache(maxsize=16)(lambda path: Outline(sources(path) or ""))

    def place(problem: Problem) -> Place | None:
        entry = entries.get(problem.identity) if problem.identity else None
        if entry:
            where: tuple[int | str, ...] = ("id",) if entry.index is None else (entry.index, "id")
            return Place(entry.path, *outline(entry.path).locate(where))
        path = kb.paths.get("products")
        return Place(path, *outline(path).locate((problem.product,), key=True)) if path and problem.product else None

    def findings() -> Iterator[Diagnostic]:
        for file in printed:
            for problem in file.problems:
                entry = entries.get(problem.identity) if problem.identity else None
                name = entry.title if entry else file.url
                if problem.product:
                    name = f"what is said of the product `{problem.product}`"
                yield _FINDINGS[problem.kind](name, problem, place(problem))

    return tuple(in_order(dict.fromkeys(findings())))


def _characters(name: str, problem: Problem, place: Place | None) -> Diagnostic:
    named = ", ".join([_character(each) for each in problem.characters[:_MOST]])
    more = len(problem.characters) - _MOST
    others = f" and {more} more" if more > 0 else ""
    return error(
        "pdf-characters",
        f"{name} has characters that no font has: {named}{others}",
        place,
        "put a font that has them into a folder, and name the folder with `--fonts` or `pdf_fonts` in mkdocs.yml",
    )


def _character(character: str) -> str:
    return f"`{character}` ({' '.join([f'U+{ord(each):04X}' for each in character])})"


def _article(name: str, problem: Problem, place: Place | None) -> Diagnostic:
    return error(
        "pdf-article",
        f"{name} can't be set in type: {problem.detail}",
        place,
        "take what is named out of the record, or write it in another way; the rest of the book is made",
    )


def _surroundings(name: str, problem: Problem, place: Place | None) -> Diagnostic:
    return error(
        "pdf-surroundings",
        f"what stands around the articles of {name} can't be set in type: {problem.detail}",
        place,
        "write it in another way in products.yml, mkdocs.yml or their translations; the articles are printed",
    )


def _file(name: str, problem: Problem, place: Place | None) -> Diagnostic:
    return error(
        "pdf-file",
        f"{name} can't be made: {problem.detail}",
        place,
        "choose fewer articles, with `--source` or `--event`",
    )


def _crowded(name: str, problem: Problem, place: Place | None) -> Diagnostic:
    return error(
        "pdf-file", f"{name} can't be made: {problem.detail}", place, "make one file at a time, with `--jobs 1`"
    )


_FINDINGS: Mapping[ProblemKind, Callable[[str, Problem, Place | None], Diagnostic]] = {
    ProblemKind.CHARACTERS: _characters,
    ProblemKind.ARTICLE: _article,
    ProblemKind.SURROUNDINGS: _surroundings,
    ProblemKind.FILE: _file,
    ProblemKind.CROWDED: _crowded,
}

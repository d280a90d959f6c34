"""What couldn't be printed, as findings that name a record's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from kb_gen.diagnostics import Diagnostic, Place, error, in_order
from kb_gen.load import Outline, Sources
from kb_gen.model import Entry, KnowledgeBase
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

    def place(entry: Entry) -> Place:
        where = ("id",) if entry.index is None else (entry.index, "id")
        return Place(entry.path, *outline(entry.path).locate(where))

    def findings() -> Iterator[Diagnostic]:
        for file in printed:
            for problem in file.problems:
                entry = entries.get(problem.identity) if problem.identity else None
                yield _finding(file.url, problem, entry, place(entry) if entry else None)

    return tuple(in_order(dict.fromkeys(findings())))


def _finding(url: str, problem: Problem, entry: Entry | None, place: Place | None) -> Diagnostic:
    if entry is None:
        return error(
            "pdf-file", f"{url} can't be made: {problem.detail}", None, "make one file at a time, with `--jobs 1`"
        )
    if problem.kind is ProblemKind.CHARACTERS:
        named = ", ".join([f"`{each}` (U+{ord(each):04X})" for each in problem.detail[:_MOST]])
        more = len(problem.detail) - _MOST
        others = f" and {more} more" if more > 0 else ""
        return error(
            "pdf-characters",
            f"{entry.title} has characters that no font has: {named}{others}",
            place,
            "put a font that has them into a folder, and name the folder with `--fonts` or `pdf_fonts` in mkdocs.yml",
        )
    return error(
        "pdf-article",
        f"{entry.title} can't be set in type: {problem.detail}",
        place,
        "take what is named out of the record, or write it in another way; the rest of the book is made",
    )

"""What a human has to look at before a draft is an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb_gen.importers.formats.article_language import language_of
from kb_gen.model import Record, Step

__all__ = ["language_notes", "missing_notes", "not_taken", "nothing_below"]


def not_taken(plain: str) -> str:
    """That a passage of the article isn't in the record."""
    return f"Not taken: “{' '.join(plain.split())}”"


def nothing_below(heading: str) -> str:
    """That a section is empty."""
    return f"Nothing stands below the heading “{' '.join(heading.split())}”."


def missing_notes(record: Record, kind: str) -> Iterator[str]:
    """What a record lacks for being an article.

    Args:
        record: the draft.
        kind: what it was made from: `article` or `runbook`.
    """
    if not record.explanation:
        yield f"The {kind} explains nothing: write an `explanation`."
    if not record.actions:
        yield f"The {kind} says nothing to do: write `actions`."


def language_notes(record: Record) -> Iterator[str]:
    """Which of a record's texts are German: records are written in English, and translated in the catalogs."""
    told = [(where, language_of(text)) for where, text in _passages(record)]
    german = [where for where, language in told if language == "de"]
    if german and not any(language == "en" for _, language in told):
        yield "All texts are in German: write them in English, and put the German ones into the catalog."
    elif german:
        yield f"In German, and not in English as records are: {', '.join(german)}."


def _passages(record: Record) -> Iterator[tuple[str, str]]:
    paragraphs = [part for part in record.explanation.split("\n\n") if part.strip()]
    for number, paragraph in enumerate(paragraphs, 1):
        yield f"explanation, paragraph {number}", paragraph
    yield from _of_steps("action", record.actions)
    for number, reference in enumerate(record.references, 1):
        yield f"reference {number}", reference.title


def _of_steps(name: str, steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    for number, step in enumerate(steps, 1):
        yield f"{name} {number}", step.text
        if step.note:
            yield f"{name} {number}, note", step.note
        yield from _of_steps(f"{name} {number}, step", step.steps)

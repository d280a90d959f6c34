"""Which changes of the source texts a user declares to be none for translators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import click
from rapidfuzz import process

from kb_gen.load import RevisionError, commit_contents
from kb_gen.locales import Declared, declared_records, declared_revisions
from kb_gen.model import Entry, KnowledgeBase
from kb_gen.site.settings import Settings

__all__ = ["declared_changes", "unfuzzy_options"]

F = TypeVar("F", bound=Callable[..., Any])


def unfuzzy_options(command: F) -> F:
    """`--unfuzzy` and `--unfuzzy-commit`."""
    record = click.option(
        "--unfuzzy",
        "records",
        multiple=True,
        metavar="SOURCE/ID",
        help="The texts of this record changed by a comma or a typo only; may be given several times.",
    )
    commit = click.option(
        "--unfuzzy-commit",
        "revisions",
        multiple=True,
        metavar="REV",
        help="This git commit changed texts by a comma or a typo only; may be given several times.",
    )
    return record(commit(command))


def declared_changes(
    settings: Settings, kb: KnowledgeBase, records: Sequence[str], revisions: Sequence[str]
) -> dict[str, Declared]:
    """What was declared, by domain.

    Raises:
        click.BadParameter: there is no such record or commit.
    """
    declared = declared_records(kb, [entry for name in records for entry in _named(name, kb)])
    try:
        changes = [commit_contents(settings.root, settings.content, revision) for revision in revisions]
    except RevisionError as reason:
        raise click.BadParameter(str(reason), param_hint="--unfuzzy-commit") from reason
    return declared_revisions(declared, changes, kb)


def _named(name: str, kb: KnowledgeBase) -> Iterator[Entry]:
    """The records of a source and an ID, in all of their versions."""
    names = [f"{entry.record.source}/{entry.record.id}" for entry in kb.entries]
    wanted = name.casefold()
    found = [entry for entry, own in zip(kb.entries, names, strict=True) if own.casefold() == wanted]
    if not found:
        close = process.extractOne(name, names, score_cutoff=60)
        hint = f"; did you mean `{close[0]}`?" if close else "; write the event's source and ID, as in `MyService/1024`"
        raise click.BadParameter(f"there is no record `{name}`{hint}", param_hint="--unfuzzy")
    yield from found

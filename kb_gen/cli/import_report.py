"""What an import has done, or would do: for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kb_gen.cli.output import counted
from kb_gen.diagnostics import FORMATS, Diagnostic, LineIndex, Severity, visible
from kb_gen.importers import EventReport, LocaleReport, Merge, Outcome, TranslationPlan

__all__ = ["ImportReport", "report_data", "report_lines"]

_MOST_NAMED = 20
"""So many new events are named; of more, people want to know their number."""
_NOT_ALL = frozenset({"article-several-events"})
"""Findings of readers by which something of the file wasn't taken."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """An import.

    Attributes:
        dry_run: whether nothing was to be written.
        findings: what is odd about the file, and about what was made of it.
        merge: what becomes of records; None where that wasn't looked at.
        plan: what becomes of translations.
        left: the languages of the file that no locale takes, with the number of messages.
        failed: whether nothing was written because something is wrong.
    """

    dry_run: bool
    findings: tuple[Diagnostic, ...]
    merge: Merge | None = None
    plan: TranslationPlan | None = None
    left: Mapping[str, int] = field(default_factory=dict)
    failed: bool = False

    @property
    def events(self) -> tuple[EventReport, ...]:
        """What becomes of each event."""
        return self.merge.events if self.merge else ()

    @property
    def counts(self) -> Counter[Outcome]:
        """How many events there are of each outcome."""
        return Counter(event.outcome for event in self.events)

    @property
    def locales(self) -> tuple[LocaleReport, ...]:
        """What becomes of each locale's translations."""
        return self.plan.reports if self.plan else ()

    @property
    def written(self) -> tuple[str, ...]:
        """The files that are written."""
        catalogs = self.plan.catalogs if self.plan else ()
        return (*self.merge.changes, *catalogs) if self.merge and not self.failed else ()

    @property
    def clean(self) -> bool:
        """Whether everything was taken, and there was something. How a file is written is its product's affair."""
        kept = any(locale.kept or locale.review for locale in self.locales)
        wrong = any(finding.severity is Severity.ERROR for finding in self.findings)
        differs = self.merge is not None and bool(self.merge.diagnostics)
        differs |= any(finding.code in _NOT_ALL for finding in self.findings)
        return not (
            self.failed
            or not self.events
            or kept
            or wrong
            or differs
            or self.counts[Outcome.DIFFERS]
            or self.counts[Outcome.SKIPPED]
        )


def report_lines(report: ImportReport) -> Iterator[str]:
    """What was done: events that people have to look at, then figures."""
    if report.merge is None or report.plan is None:
        yield "Nothing was written: mend the errors first."
        return
    counts = report.counts
    told = {Outcome.DIFFERS, Outcome.SKIPPED}
    if not report.failed:
        told |= {Outcome.CHANGED, Outcome.ADDED} if counts[Outcome.ADDED] <= _MOST_NAMED else {Outcome.CHANGED}
    for event in report.events:
        if event.outcome in told:
            yield from _event_lines(event)
    if report.failed:
        yield "Nothing was written: mend the errors first."
        return
    added = "Would add" if report.dry_run else "Added"
    yield from (f"{added} {line} to products.yml" for line in report.merge.shared)
    parts = [f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome]]
    total = len(report.events)
    yield f"{counted(total, 'event')}: {', '.join(parts) or 'none'}"
    for locale in report.locales:
        if line := _locale_line(locale, report.dry_run):
            yield line
    if report.left:
        left = ", ".join(f"{tag} {number}" for tag, number in report.left.items())
        yield f"Messages in languages that aren't taken: {left} (take them with --locale)"
    written = len(report.written)
    if not total and not written:
        yield "The file has no events to take."
    elif not written:
        yield "All of it is there already: no file changes."
    else:
        yield f"{'Would write' if report.dry_run else 'Wrote'} {counted(written, 'file')}"


def _event_lines(event: EventReport) -> Iterator[str]:
    symbol = f" {event.symbol}" if event.symbol else ""
    where = f"  {event.path}" if event.path else ""
    what = f" ({', '.join(event.changed)})" if event.changed else ""
    yield visible(f"{event.outcome.value:<9} {event.source} {event.id}{symbol}{what}{where}")
    yield from (visible(f"          {reason}") for reason in event.reasons)


def _locale_line(locale: LocaleReport, dry_run: bool) -> str:
    parts = [f"{locale.saved} {'to save' if dry_run else 'saved'}"] if locale.saved else []
    parts += [f"{locale.unchanged} unchanged"] if locale.unchanged else []
    parts += [f"{locale.review} of them to review"] if locale.review else []
    parts += [f"{locale.kept} not taken"] if locale.kept else []
    return f"Translations into {locale.locale}: {', '.join(parts)}" if parts else ""


def report_data(report: ImportReport, texts: Callable[[str], str | None]) -> str:
    """The same as JSON; its keys are stable."""
    lines = _Lines(texts)
    data = {
        "dry_run": report.dry_run,
        "failed": report.failed,
        "counts": {outcome.value: report.counts[outcome] for outcome in Outcome},
        "events": [_event_data(event, lines) for event in report.events],
        "shared": list(report.merge.shared) if report.merge else [],
        "locales": [
            {
                "locale": locale.locale,
                "saved": locale.saved,
                "to_review": locale.review,
                "unchanged": locale.unchanged,
                "kept": locale.kept,
            }
            for locale in report.locales
        ],
        "left": dict(report.left),
        "files": list(report.written),
        "findings": json.loads("\n".join(FORMATS["json"](report.findings, texts))),
    }
    return json.dumps(data, indent=1)


class _Lines:
    """Lines of places, each file looked at once."""

    def __init__(self, texts: Callable[[str], str | None]) -> None:
        self._texts = texts
        self._indexes: dict[str, LineIndex] = {}

    def of(self, path: str, offset: int | None) -> int | None:
        """The line of an offset, from 1."""
        if path not in self._indexes:
            self._indexes[path] = LineIndex(self._texts(path) or "")
        return None if offset is None else self._indexes[path].position(offset).line


def _event_data(event: EventReport, lines: _Lines) -> dict[str, object]:
    return {
        "outcome": event.outcome.value,
        "source": event.source,
        "id": event.id,
        "symbol": event.symbol or None,
        "file": event.place.path,
        "line": lines.of(event.place.path, event.place.start),
        "path": event.path or None,
        "changed": list(event.changed),
        "reasons": list(event.reasons),
    }

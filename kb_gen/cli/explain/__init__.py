"""`kb-gen explain`: which events a log has, how often, and what they mean."""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from kb_gen.cli.explain.data import summary_as_json
from kb_gen.cli.explain.known_entries import ProjectEvents
from kb_gen.cli.explain.live import LiveTable
from kb_gen.cli.explain.moments import chosen_zone, moment
from kb_gen.cli.explain.table import show_summary
from kb_gen.cli.known_events import chosen_locale, known_events
from kb_gen.cli.output import show_findings
from kb_gen.cli.project import config_option, project_settings
from kb_gen.diagnostics import Diagnostic
from kb_gen.document import SEVERITY_WORDS
from kb_gen.load.writing import write_atomically
from kb_gen.locales import Localizer, load_catalogs, package_translations
from kb_gen.logs import (
    FORMATS,
    STANDARD_INPUT,
    Entry,
    EvtxMissing,
    Findings,
    LogStream,
    Reading,
    Summary,
    Tally,
    open_log,
    read_log,
    report_page,
    unreadable,
)
from kb_gen.model import EventSeverity, KnowledgeBase
from kb_gen.site.answers.details import LocaleEvents
from kb_gen.site.settings import Settings

__all__ = ["command"]

_STANDARD_INPUT = "-"
_REPORT = b"<!doctype html>"
"""What a report begins with."""


class _Span(NamedTuple):
    """The time that is asked for; both ends belong to it."""

    since: dt.datetime | None
    until: dt.datetime | None

    @property
    def is_empty(self) -> bool:
        """Whether it ends before it begins."""
        return self.since is not None and self.until is not None and self.until < self.since

    def has(self, entry: Entry) -> bool:
        """Whether an entry is in it."""
        if self.since is None and self.until is None:
            return True
        if entry.time is None:
            return False
        return (self.since is None or entry.time >= self.since) and (self.until is None or entry.time <= self.until)


@click.command("explain")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@config_option
@click.option(
    "--locale",
    "-l",
    metavar="TAG",
    help="The language of articles' texts and of the report; the project's first by default.",
)
@click.option(
    "--input-format", type=click.Choice(list(FORMATS)), help="What the logs are; by default, their content tells."
)
@click.option("--encoding", help="The encoding of text logs; by default, their bytes tell.")
@click.option(
    "--time-zone",
    metavar="NAME",
    help="The zone in which times are shown, and of times that name none; this machine's by default.",
)
@click.option("--since", metavar="TIME", help="Count entries from then on: 2026-05-01, 2026-05-01T03:00, 24h.")
@click.option("--until", metavar="TIME", help="Count entries up to then.")
@click.option("--limit", "-n", type=click.IntRange(1), default=40, show_default=True, help="Rows of a table at most.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to answer."
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a report with a chart, as one HTML file that needs nothing else.",
)
def command(  # noqa: PLR0913 - click hands over what was asked for
    *,
    files: tuple[str, ...],
    config_file: Path,
    locale: str | None,
    input_format: str | None,
    encoding: str | None,
    time_zone: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    form: str,
    report: Path | None,
) -> int:
    """Say which events occur in logs, how often, from when to when, and where their articles are.

    FILE is a Windows event log (.evtx), Windows events as XML or CSV, syslog, what journalctl prints, an error log of
    MariaDB, or any text; packed with gzip or not. For `-`, standard input is read.

    \b
    Example:
      kb-gen explain System.evtx Application.evtx
      kb-gen explain /var/log/syslog* --since 24h --locale de
      journalctl -o json -b | kb-gen explain -
      kb-gen explain error.log --report report.html

    Exit codes: 0 all was read, whatever it says, 1 something is damaged or lost, 2 wrong usage or environment.
    """
    gc.enable()  # unlike other commands, this one may read for hours
    now = dt.datetime.now(dt.UTC)
    zone = chosen_zone(time_zone)
    span = _Span(moment(since, zone, now, option="--since"), moment(until, zone, now, option="--until"))
    if span.is_empty:
        raise click.UsageError("--until names a time before --since")
    names = _chosen_logs(files)
    if report is not None:
        _check_report(report, names)
    _check_encoding(encoding)
    settings = project_settings(config_file)
    tag = chosen_locale(locale, settings)
    tally = Tally(_project_events(settings, tag), zone)
    reading = Reading(zone, now, encoding or "")
    summary = _read(names, reading, input_format or "", tally, span)
    words = _interface(tag)
    if report is not None:
        _write(report, report_page(summary, words, zone, settings.site_names.get(tag, settings.site_name)))
    if form == "json":
        click.echo(summary_as_json(summary, tag))
    else:
        show_summary(summary, lambda severity: _severity_word(severity, words), zone, limit)
        if summary.findings:
            click.echo()
            show_findings(summary.findings, lambda _: None, "full")
    return 1 if any(finding.severity.value == "error" for finding in summary.findings) else 0


def _project_events(settings: Settings, tag: str) -> ProjectEvents:
    """The project's events in a locale."""
    known, shown = known_events(settings, tag)
    source = settings.source_locale

    def own() -> LocaleEvents:
        return shown if source == tag or source not in settings.locales else known_events(settings, source)[1]

    return ProjectEvents(known, shown, settings, own)


def _chosen_logs(files: Sequence[str]) -> list[str]:
    """The logs that are to be read, each once."""
    names = list(dict.fromkeys(files))
    for name in names:
        if name != _STANDARD_INPUT and not Path(name).exists():
            raise click.UsageError(f"there is no file {name}")
        if name != _STANDARD_INPUT and Path(name).is_dir():
            raise click.UsageError(f"{name} is a folder; name the logs in it")
        if name != _STANDARD_INPUT and not os.access(name, os.R_OK):
            raise click.UsageError(f"{name} can't be read: you have no permission to")
    return names


def _check_report(report: Path, names: Sequence[str]) -> None:
    """Refuse, before hours of reading, to write a report over a log or another file, or where there is no folder."""
    if any(name != _STANDARD_INPUT and report.exists() and report.samefile(name) for name in names):
        raise click.UsageError(f"{report} is one of the logs; name another file for the report")
    if report.is_dir() or not report.name:
        raise click.UsageError(f"`{report}` is a folder; name a file for the report")
    if not report.absolute().parent.is_dir():
        raise click.UsageError(f"there is no folder {report.parent}; make it, or name another file for the report")
    try:
        with report.open("rb") as file:
            own = file.read(len(_REPORT)).lower() == _REPORT
    except FileNotFoundError:
        return
    except OSError as reason:
        message = f"{report} can't be written: {(reason.strerror or type(reason).__name__).lower()}"
        raise click.UsageError(message) from reason
    if not own:
        raise click.UsageError(f"{report} is there already, and is no report; name another file, or remove it")


def _check_encoding(encoding: str | None) -> None:
    try:
        "".encode(encoding or "utf-8")
    except (LookupError, ValueError) as reason:
        raise click.UsageError(f"there is no encoding `{encoding}`; name one as `utf-8` or `cp1252`") from reason


def _read(names: Sequence[str], reading: Reading, form: str, tally: Tally, span: _Span) -> Summary:
    """Read logs one after the other."""
    findings, left_out = Findings(), 0
    total = sum(Path(name).stat().st_size for name in names if name != _STANDARD_INPUT)
    with LiveTable(tally, 0 if _STANDARD_INPUT in names else total) as live:
        for name in names:
            with ExitStack() as opened:
                try:
                    stream = opened.enter_context(_opened(name))
                except OSError as reason:
                    findings.add(unreadable(name, reason))
                    continue
                own = Reading(reading.zone, _written(name) or reading.latest, reading.encoding)
                for found in _found(stream, own, form):
                    if not isinstance(found, Entry):
                        findings.add(found)
                    elif span.has(found):
                        tally.add(found)
                    else:
                        left_out += 1
                    live.look(stream)
                live.done(stream)
    return tally.summary(
        [STANDARD_INPUT if name == _STANDARD_INPUT else name for name in names], findings.all(), left_out
    )


def _found(stream: LogStream, reading: Reading, form: str) -> Iterator[Entry | Diagnostic]:
    """What is in a log. Where a disk or a network gives no more of it, what was read counts, and so do other logs."""
    try:
        yield from read_log(stream, reading, form)
    except EvtxMissing as reason:
        raise click.UsageError(str(reason)) from reason
    except OSError as reason:
        yield unreadable(stream.name, reason)


@contextmanager
def _opened(name: str) -> Iterator[LogStream]:
    if name == _STANDARD_INPUT:
        if sys.stdin is None:
            raise click.UsageError("standard input is closed; name a log, or pipe one into this command")
        yield LogStream(STANDARD_INPUT, sys.stdin.buffer)
        return
    with open_log(Path(name)) as stream:
        yield stream


def _written(name: str) -> dt.datetime | None:
    """When a file was written last."""
    if name == _STANDARD_INPUT:
        return None
    return dt.datetime.fromtimestamp(Path(name).stat().st_mtime, dt.UTC)


def _interface(tag: str) -> Localizer:
    """The interface's words in a locale."""
    translations = package_translations()
    catalogs, _ = load_catalogs(translations.parent, (tag,), translations.name)
    return Localizer(KnowledgeBase(), catalogs, tag)


def _severity_word(severity: EventSeverity | None, words: Localizer) -> str:
    return words.text(SEVERITY_WORDS[severity]) if severity else ""


def _write(file: Path, page: str) -> None:
    try:
        write_atomically(file, page.encode("utf-8", "replace"))
    except OSError as reason:
        message = f"{file} can't be written: {(reason.strerror or type(reason).__name__).lower()}"
        raise click.UsageError(message) from reason
    click.echo(f"Wrote {file}", err=True)

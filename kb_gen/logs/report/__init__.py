"""A page about what logs come to, for a ticket: one HTML file that needs nothing but itself, and no script."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kb_gen.document import SEVERITY_WORDS
from kb_gen.locales import INTERFACE_LANGUAGE, Localizer
from kb_gen.logs.report.timeline import chart_of
from kb_gen.logs.said import in_words
from kb_gen.logs.summary import EntryCounts, Summary
from kb_gen.logs.times import shown_in, zone_name
from kb_gen.logs.top_values import ValueCount
from kb_gen.model import EventSeverity

__all__ = ["report_page"]

_MOST_ROWS = 400
_LONGEST_NAME = 80


def report_page(summary: Summary, words: Localizer, zone: dt.tzinfo, site_name: str) -> str:
    """The page.

    Args:
        summary: what the logs come to.
        words: the interface's words in the page's language.
        zone: the time zone in which times are shown.
        site_name: what the knowledge base is called.
    """
    style = resources.files("kb_gen.logs.report").joinpath("report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    view = _View(words, zone)
    return (
        _environment()
        .get_template("report.html")
        .render(
            summary=summary,
            site_name=site_name,
            style=Markup(style),  # noqa: S704 - our own file
            policy=f"default-src 'none'; style-src 'sha256-{digest}'",
            notes=list(view.notes(summary)),
            chart=chart_of(summary.timeline, words),
            known=summary.known[:_MOST_ROWS],
            unknown=summary.unknown[:_MOST_ROWS],
            more_known=max(0, len(summary.known) - _MOST_ROWS),
            more_unknown=max(0, len(summary.unknown) - _MOST_ROWS),
            unknown_entries=summary.entries - summary.known_entries,
            locale=words.locale,
            ui=view.ui,
            text=words.text,
            plural=words.plural,
            number=words.number,
            when=view.when,
            zone_of=lambda time: zone_name(time, zone),
            counted=view.counted,
            span=view.span,
            severity=view.severity,
            told=view.told,
            named=view.named,
            is_link=_is_link,
            short=_short,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kb_gen.logs.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


class _View:
    """How values are written in the page's language."""

    def __init__(self, words: Localizer, zone: dt.tzinfo) -> None:
        self._words = words
        self._zone = zone

    def ui(self, msgid: str, **values: str | int | float) -> Markup:
        """Interface words, inside an element that names their language where it isn't the page's."""
        passage = self._words.ui(msgid, **values)
        return self._in_its_language(passage.text, passage.lang)

    def told(self, sentence: str) -> Markup:
        """What a finding says, in the page's language where it can be said in that."""
        passage = in_words(sentence, self._words)
        return (
            self._in_its_language(passage.text, passage.lang)
            if passage
            else self._in_its_language(sentence, INTERFACE_LANGUAGE)
        )

    def named(self, log: str) -> str:
        """What a log is called: by its file, or in words."""
        passage = in_words(log, self._words)
        return passage.text if passage else log

    def _in_its_language(self, text: str, lang: str) -> Markup:
        if lang == self._words.locale.tag:
            return escape(str(text))
        return Markup('<span lang="{}">{}</span>').format(lang, text)

    def notes(self, summary: Summary) -> Iterator[Markup]:
        """What was odd about the entries altogether."""
        ui = self.ui
        if summary.timeless:
            yield ui("Entries without a time: {count}", count=summary.timeless)
        if summary.left_out:
            yield ui(
                "Entries left out, because they are outside the time that was asked for: {count}",
                count=summary.left_out,
            )
        if summary.ungrouped:
            yield ui("Entries in no group, because there are too many different ones: {count}", count=summary.ungrouped)
        if summary.zone_assumed:
            yield ui(
                "Some times name no time zone. "
                "They were taken for times of the zone in which this page shows all of them."
            )
        if summary.year_assumed:
            yield ui("Some times name no year. The latest possible one was taken.")

    def when(self, time: dt.datetime | None) -> Markup:
        """A time, with the element that programs read it from."""
        if time is None:
            return Markup("–")
        shown = shown_in(self._zone, time)
        return Markup('<time datetime="{}">{}</time>').format(
            shown.isoformat(timespec="seconds"), self._words.date_time(shown)
        )

    def span(self, counts: EntryCounts) -> Markup:
        """The first and the last time; once where they are the same."""
        if counts.first == counts.last:
            return self.when(counts.first)
        return Markup("{} – <br>{}").format(self.when(counts.first), self.when(counts.last))

    def counted(self, values: Sequence[ValueCount]) -> list[tuple[str, str, str]]:
        """Values with what they mean and how often they occur."""
        return [
            (
                value.text,
                value.meaning,
                f"{'' if value.is_exact else '≥ '}{self._words.number(value.count)}",
            )
            for value in values
        ]

    def severity(self, severity: EventSeverity | None) -> str:
        """What a severity is called."""
        return self._words.text(SEVERITY_WORDS[severity]) if severity else ""


def _is_link(url: str) -> bool:
    """Whether an address leads there from wherever the page lies."""
    return url.startswith(("https://", "http://"))


def _short(text: str) -> str:
    """A name that isn't longer than a line."""
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"
